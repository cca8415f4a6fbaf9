"""A base over the life of a catalogue, and where CI gets it from."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]
REASON = """\
  - reason: {0}
    http: 409
    cause: It is so.
    fix: Do it otherwise.
    remedy: {{actor: caller, retry: after-fix}}
    examples:
      - {{title: So, origin: constructed, body: '{{"code": "{0}"}}'}}
"""
ORDERS, PAYMENTS, API = "shop/orders.yaml", "shop/payments.yaml", "shop/api.yaml"


def add(name: str, path: str = ORDERS) -> Callable[[Any], None]:
    def change(repo: Any) -> None:
        with (repo.catalogue / path).open("a") as file:
            file.write(REASON.format(name))

    return change


def put(path: str, old: str, new: str) -> Callable[[Any], None]:
    return lambda repo: repo.put(path, old, new)


def move(repo: Any) -> None:
    part = REASON.format("ORDER_LATE")
    repo.put(ORDERS, part, "")
    with (repo.catalogue / PAYMENTS).open("a") as file:
        file.write(part)


def reorder(repo: Any) -> None:
    part = REASON.format("ORDER_OPEN")
    repo.put(ORDERS, part, "")
    repo.put(ORDERS, "reasons:\n", f"reasons:\n{part}")


def new_domain(repo: Any) -> None:
    repo.write(
        "catalogue/shop/refunds.yaml",
        "domain: refunds\ntitle: Refunds\nsummary: Of refunds.\nreasons:\n"
        + REASON.format("REFUND_TWICE"),
    )
    repo.put(API, "  - payments\n", "  - refunds\n  - payments\n")


STEPS: list[Callable[[Any], None]] = [
    add("ORDER_LATE"),
    put(ORDERS, "There is no such order.", "The order is not there."),
    add("ORDER_OPEN"),
    reorder,
    move,
    new_domain,
    put(API, "title: Shop", "title: The shop"),
    put(PAYMENTS, "- Ask for another card.", "- Ask for a card of another bank."),
    add("CARD_LOST", PAYMENTS),
    put(API, "  - orders\n  - refunds\n", "  - refunds\n  - orders\n"),
]


@pytest.mark.parametrize("releases", [(), (1, 4, 8), tuple(range(len(STEPS)))])
def test_what_only_grows_gives_no_finding(
    releases: tuple[int, ...], repo: Any, capsys: Capture
) -> None:
    for number, step in enumerate(STEPS):
        step(repo)
        if number in releases:
            assert main(["publish", "catalogue", "--date", f"2026-02-{number + 1:02}"]) == 0
        assert repo.check("HEAD") == 0, capsys.readouterr()
        repo.commit()
        assert repo.check(f"HEAD~{number + 1}") == 0, capsys.readouterr()
    capsys.readouterr()
    assert repo.check("HEAD") == 0
    assert "2 of bank, 6 of shop." in capsys.readouterr().err


def commands(project: Path, path: str) -> list[str]:
    """Return the commands of a workflow that fetch a base."""
    text = (project / path).read_text()
    if path.endswith(".md"):
        blocks = re.findall(r"^```yaml\n(- run: git fetch.*?)```", text, re.DOTALL | re.MULTILINE)
        steps = [step for block in blocks for step in yaml.safe_load(block)]
    else:
        steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    runs = [step["run"] for step in steps if "git fetch" in step.get("run", "")]
    return [run.partition(" && ")[0].replace('"', "").replace("$BASE", "main") for run in runs]


@pytest.mark.parametrize("path", ["source/guide/lifecycle.md", ".github/workflows/check.yml"])
def test_a_tag_does_not_become_what_ci_fetches(
    path: str, repo: Any, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To `git fetch origin main` a tag called main is nearer than the branch."""
    repo.git("switch", "-qc", "feature")
    repo.drop()
    repo.commit("dropped")
    repo.git("tag", "main")
    source = f"file://{repo.root}"
    repo.git("clone", "-q", "--depth=1", "-b", "feature", source, str(tmp_path / "clone"))
    clone = type(repo)(tmp_path / "clone")
    monkeypatch.chdir(clone.root)
    (command,) = commands(project, path)
    clone.git(*command.split()[1:])
    assert clone.check("FETCH_HEAD") == 1
