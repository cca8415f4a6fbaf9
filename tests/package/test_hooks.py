"""The hook of pre-commit and the workflow of the guide, as one copies them."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

from .conftest import Shell, commit

pytestmark = pytest.mark.slow
WRONG = "catalogue/shop/orders.yaml:17:48: error[example-envelope]"
#: What the guide names in place of the address of the repository.
ADDRESS = "https://git.example.com/reasonbook"


def captioned(project: Path, name: str) -> str:
    """Return a file of the guide."""
    guide = (project / "source/guide/own-api.md").read_text()
    (text,) = re.findall(
        rf"^```\{{code-block\}} \w+\n:caption: {re.escape(name)}\n\n(.*?)^```$", guide, re.M | re.S
    )
    return text


def spoil(catalogue: Path) -> None:
    path = catalogue / "shop/orders.yaml"
    code = '"code": "ORDER_NOT_FOUND"'
    path.write_text(path.read_text().replace(code, f'{code}, "hint": 5'))


@pytest.fixture
def work(shell: Shell, project: Path) -> Shell:
    """Somebody's repository with a clean catalogue."""
    shutil.copytree(project / "tests/corpus/base", shell.folder / "catalogue")
    (shell.folder / ".gitignore").write_text("/reasonbook/\n/.venv/\n/.pre-commit/\n")
    shell.run("git init -q")
    return shell


def test_pre_commit_stops_a_bad_example(work: Shell, project: Path) -> None:
    config = captioned(project, ".pre-commit-config.yaml")
    revision = work.run("git -C reasonbook rev-parse HEAD").strip()
    assert ADDRESS in config
    config = config.replace(ADDRESS, str(work.folder / "reasonbook"))
    (work.folder / ".pre-commit-config.yaml").write_text(
        re.sub("rev: .*", f"rev: {revision}", config)
    )
    commit(work.folder, "A catalogue")
    run = f"{sys.executable} -m pre_commit run"

    assert re.search(r"^reasonbook check\.+Passed$", work.run(run), re.MULTILINE)

    spoil(work.folder / "catalogue")
    commit_nothing = work.run(f"git add -A && {run}", code=1)
    assert WRONG in commit_nothing


def test_the_workflow_fails_on_a_bad_example(work: Shell, project: Path) -> None:
    workflow = yaml.safe_load(captioned(project, ".github/workflows/catalogue.yml"))
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert ADDRESS in steps[0]
    revision = work.run("git -C reasonbook rev-parse HEAD").strip()
    own = f"file://{work.folder}/reasonbook"
    steps[0] = re.sub(rf"{re.escape(ADDRESS)}(\.git)?@\w+", f"{own}@{revision}", steps[0])
    work.run("python3 -m venv .venv")

    for step in steps:
        work.run(step)

    spoil(work.folder / "catalogue")
    assert "::error file=catalogue/shop/orders.yaml,line=17,col=48," in work.run(steps[-1], code=1)
