"""Each kind of drift beside the exact words that ``reasonbook audit`` has for it.

The cases are as those of ``tests/test_corpus.py``; what they write beside the catalogue is audited.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main
from reasonbook.diagnostics.rules import Rule

from .test_corpus import edit, rules_in, sections

CASES = sorted((Path(__file__).parent / "corpus/audits").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(
    case: Path, shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    *steps, (end, expected) = sections(case)
    edit(shop, steps)
    files = sorted(path for path in shop.iterdir() if path.name != "shop")
    monkeypatch.chdir(shop.parent)

    code = main(["audit", *(shutil.move(path, path.name) for path in files)])

    assert capsys.readouterr().out == expected
    assert f"exit code {code}" == end


def test_every_rule_for_what_is_sent_has_a_case() -> None:
    shown = {rule for case in CASES for rule in rules_in(sections(case)[-1][1])}
    labels = {rule.label for rule in Rule}
    assert {label for label in labels if label.startswith(("recording-", "sent-"))} <= shown
