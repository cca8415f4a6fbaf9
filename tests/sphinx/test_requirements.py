"""What the extension says where the extra ``sphinx`` was not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import reasonbook

NO_DESIGN = "import sys\nsys.modules['sphinx_design'] = None\n"
OLD_SPHINX = "import sphinx\nsphinx.version_info = (8, 1, 3)\n"


@pytest.mark.parametrize("extension", ["reasonbook", "reasonbook.site"])
@pytest.mark.parametrize(
    ("conf", "said"),
    [
        pytest.param(NO_DESIGN, "needs sphinx_design, which is not installed here. ", id="missing"),
        pytest.param(OLD_SPHINX, "Sphinx v8.2", id="old"),
    ],
)
def test_what_is_missing_is_said(extension: str, conf: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(f"{conf}extensions = ['{extension}']\n")
    (tmp_path / "index.rst").write_text("Page\n====\n")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", tmp_path, tmp_path / "site"],
        env=os.environ | {"PYTHONPATH": str(Path(reasonbook.__file__).parents[1])},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert said in done.stderr
