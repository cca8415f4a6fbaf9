"""``reasonbook rules``: what a rule is for, how a finding is fixed, and a real example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import click

from reasonbook.cli.arguments import shown
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.problems import printable

if TYPE_CHECKING:
    from reasonbook.diagnostics.rules import Rule

#: Made from the bad inputs that the tests run: a real one, and what is printed of it, by rule.
EXAMPLES = "rule_examples.json"


@click.command(
    short_help="Explain a rule, or list all.",
    epilog="\b\nExamples:\n  reasonbook rules\n  reasonbook rules example-envelope",
)
@click.argument("name", required=False)
def rules(name: str | None) -> int:
    """Explain the rule NAME, as `reasonbook check` prints it in brackets; without it, list all.

    Exit codes: 0 printed, 2 there is no such rule.
    """
    from reasonbook.diagnostics.rules import Rule
    from reasonbook.diagnostics.suggestions import did_you_mean, nearest

    by_label = {rule.label: rule for rule in Rule}
    if name is None:
        width = max(map(len, by_label))
        for label, rule in by_label.items():
            click.echo(f"{label:{width}}  {rule.cause}")
        return 0
    if name not in by_label:
        hint = did_you_mean(nearest(name, [*by_label]), "`reasonbook rules` lists all.")
        raise RefusedError(f"There is no rule {shown(name)}.", hint)
    for line in _explained(by_label[name]):
        click.echo(printable(line))
    return 0


def _explained(rule: Rule) -> Iterator[str]:
    example = json.loads(files(__package__).joinpath(EXAMPLES).read_text("utf-8"))[rule.label]
    yield f"{rule.severity}[{rule.label}]"
    yield from ("", rule.cause)
    yield from ("", f"To fix it: {rule.hint}")
    yield from ("", f"Example: {example['story']}")
    for block in (example["input"], example["output"]):
        yield ""
        yield from (f"  {line}" for line in block)
