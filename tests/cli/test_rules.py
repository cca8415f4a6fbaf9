"""``reasonbook rules``: what the reference on the site says, where no site is at hand."""

from __future__ import annotations

import pytest

from reasonbook.cli.main import main
from reasonbook.diagnostics.rules import Rule

EXPLAINED = """\
error[missing-key]

Something that every reader needs is missing.

To fix it: Add it.

Example: The place is the beginning of what should hold the key.

  --- shop/api.yaml
  -schema_version: 1

  shop/api.yaml:1:1: error[missing-key]: The file has no schema_version.
    hint: Add schema_version: 1 at first; raised when a published reason is removed or renamed.
"""


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "missing-key"]) == 0
    assert capsys.readouterr() == (EXPLAINED, "")


@pytest.mark.parametrize("rule", Rule, ids=lambda rule: rule.label)
def test_every_rule_has_cause_fix_and_example(
    rule: Rule, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", rule.label]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{rule.severity}[{rule.label}]\n\n{rule.cause}\n\nTo fix it: ")
    assert f" {rule.severity}[{rule.label}]: " in out


def test_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1) for line in lines] == [[r.label, r.cause] for r in Rule]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("exmaple-envelope", "exmaple-envelope.\n  hint: Did you mean example-envelope?\n"),
        ("EXAMPLE_HTTP", "EXAMPLE_HTTP.\n  hint: Did you mean example-http?\n"),
        ("", '"".\n  hint: `reasonbook rules` lists all.\n'),
        ("\x1b[31m", "\\u001b[31m.\n  hint: `reasonbook rules` lists all.\n"),
    ],
)
def test_a_rule_that_does_not_exist(
    name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", name]) == 2
    assert capsys.readouterr() == ("", f"reasonbook: There is no rule {said}")
