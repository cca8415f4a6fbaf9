"""The workflow that the guide gives to copy: its commands run in a small project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..mock.conftest import running

pytestmark = pytest.mark.slow
SUITE = """
import httpx

def test_an_order_that_is_gone():
    prefer = {"Prefer": "reason=ORDER_NOT_FOUND"}
    assert httpx.get("ADDRESS/shop/orders/1", headers=prefer).status_code == 404

def test_a_card_that_is_refused():
    prefer = {"Prefer": "reason=CARD_DECLINED"}
    assert httpx.post("ADDRESS/shop/payments", headers=prefer).status_code == 402
"""
#: Notes what it is told, and answers with the comment that is there already.
GH = """#!/bin/sh
echo "$*" >> calls
case "$*" in *--paginate*) cat found ;; esac
"""


@pytest.fixture
def folder(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project with a catalogue, and tests of a server that sends what the catalogue says."""
    root = shop.parent
    monkeypatch.chdir(root)
    served = shutil.copytree(shop, root / "served")
    tools = root / "tools"
    tools.mkdir()
    (tools / "gh").write_text(GH)
    (tools / "gh").chmod(0o755)
    with running(str(served)) as (_, address):
        (root / "test_shop.py").write_text(SUITE.replace("ADDRESS", address))
        yield root


def steps(project: Path, job: str) -> list[dict[str, Any]]:
    workflow = yaml.safe_load((project / "source/guide/record/errors.yml").read_text())
    return [step for step in workflow["jobs"][job]["steps"] if "run" in step]


def run(step: dict[str, Any], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner of GitHub does."""
    path = os.pathsep.join([str(folder / "tools"), str(Path(sys.executable).parent)])
    environment = {
        "PATH": path + os.pathsep + os.environ["PATH"],
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "GITHUB_REPOSITORY": "shop/shop",
        "NUMBER": "7",
        "OURS": step.get("env", {}).get("OURS", ""),
    }
    command = ["bash", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_tests_that_meet_what_is_documented_pass(project: Path, folder: Path) -> None:
    install, *others = steps(project, "audit")
    assert install["run"].startswith("pip install ")
    for step in others:
        done = run(step, folder)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "| 2 of 2 | 100% |" in (folder / "summary.md").read_text()


def test_a_code_that_is_not_documented_fails_the_run(project: Path, folder: Path) -> None:
    for path in (folder / "catalogue").rglob("*.yaml"):
        path.write_text(path.read_text().replace("ORDER_NOT_FOUND", "ORDER_GONE"))
    record, audit, summary = steps(project, "audit")[1:]
    assert run(record, folder).returncode == 0
    done = run(audit, folder)
    assert done.returncode == 1, done.stdout + done.stderr
    assert (
        "::error file=errors.jsonl,line=1,col=1,title=sent-reason::ORDER_NOT_FOUND" in done.stdout
    )
    run(summary, folder)
    assert "| 1 of 2 | 50% |" in (folder / "summary.md").read_text()


@pytest.mark.parametrize(
    ("found", "last"),
    [
        ("", "api --silent --method POST repos/shop/shop/issues/7/comments -F body=@comment.md"),
        (
            "5\n9\n",
            "api --silent --method PATCH repos/shop/shop/issues/comments/5 -F body=@comment.md",
        ),
    ],
    ids=["first run", "later run"],
)
def test_one_comment_is_written_and_then_updated(
    found: str, last: str, project: Path, folder: Path
) -> None:
    (folder / "coverage.md").write_text("the table\n")
    (folder / "found").write_text(found)
    (step,) = steps(project, "comment")
    done = run(step, folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "comment.md").read_text().startswith("<!-- errors -->\n")
    assert (folder / "comment.md").read_text().endswith("\n\nthe table\n")
    assert (folder / "calls").read_text().splitlines()[-1] == last


def test_only_the_job_that_runs_nothing_of_the_change_may_write(project: Path) -> None:
    workflow = yaml.safe_load((project / "source/guide/record/errors.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["audit"]
    assert workflow["jobs"]["comment"]["permissions"] == {"pull-requests": "write"}
    assert "actions/checkout" not in str(workflow["jobs"]["comment"])
    assert "head.repo.full_name == github.repository" in workflow["jobs"]["comment"]["if"]
