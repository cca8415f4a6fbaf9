"""The configurations of hosts, checked by the schemas of those hosts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (".readthedocs.yaml", "vendor.readthedocs"),
        (".github/workflows/check.yml", "vendor.github-workflows"),
        (".github/workflows/pages.yml", "vendor.github-workflows"),
    ],
)
def test_the_schema_of_the_host(project: Path, name: str, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    result = subprocess.run([*command, str(project / name)], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "ok -- validation done\n"), result.stdout


def test_both_build_by_the_makefile_with_the_address_of_the_site(project: Path) -> None:
    docs = yaml.safe_load((project / ".readthedocs.yaml").read_text())
    assert docs["build"]["commands"][0] == (
        'REASONBOOK_SITE_URL="$READTHEDOCS_CANONICAL_URL" make site'
    )
    pages = yaml.safe_load((project / ".github/workflows/pages.yml").read_text())
    (make,) = [step for step in pages["jobs"]["build"]["steps"] if step.get("run") == "make site"]
    assert make["env"] == {"REASONBOOK_SITE_URL": "${{ steps.pages.outputs.base_url }}"}
