"""The rules on the site: ``rule-index`` lists all, ``rule-reference`` shows a group in full.

An address of a finding, ``rules.html#rule``, leads to the index, which leads to a real bad input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from reasonbook.diagnostics.rules import Rule
from reasonbook.format.prose import Code, parse_inline
from reasonbook.render.facts.statements import Steps, Table, paragraph, row
from reasonbook.render.wording import FIX
from reasonbook.sphinx.nodes.custom import code_name, filter_place
from reasonbook.sphinx.nodes.prose import block_node, titled_section

MAX_LINES = 16


class Group(NamedTuple):
    """Rules that follow each other in the registry, from the first one on."""

    name: str
    title: str
    first: Rule

    @property
    def rules(self) -> list[Rule]:
        """The rules of the group, up to the first one of the next."""
        every = [*Rule]
        starts = [every.index(group.first) for group in GROUPS]
        start = every.index(self.first)
        return every[start : min((n for n in starts if n > start), default=len(every))]


#: Each is in full on its page, ``rules/<name>``.
GROUPS = (
    Group("files", "Files and their syntax", Rule.UNREADABLE_FILE),
    Group("shape", "The shape of the data", Rule.UNKNOWN_KEY),
    Group("catalogue", "The catalogue as a whole", Rule.EMPTY_CATALOGUE),
    Group("schemas", "Schemas", Rule.SCHEMA_INVALID),
    Group("examples", "Examples", Rule.JSON_DUPLICATE_MEMBER),
    Group("published", "What was published stays", Rule.LEDGER_BROKEN),
    Group("pages", "JSON on pages written by hand", Rule.PAGE_API),
    Group("audit", "What an API really sends", Rule.RECORDING_SYNTAX),
    Group("source", "What the source of an API sends", Rule.SOURCE_NOT_DOCUMENTED),
    Group("descriptions", "An API's own description", Rule.DESCRIPTION_OPERATION),
)


class Case(NamedTuple):
    """Bad input beside what is printed of it; the tests run every one."""

    name: str
    story: str
    steps: tuple[tuple[str, str], ...]
    output: str

    def shows(self, rule: Rule) -> bool:
        """Tell whether the case is there for a rule."""
        return self.name.startswith(f"{rule.label}-") and f"[{rule.label}]: " in self.output


def read_case(path: Path) -> Case:
    """Read a case: a story, then sections that begin with a line of ``===``; the last is output."""
    text = path.read_text(encoding="utf-8")
    story, *parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)
    sections = tuple(zip(parts[::2], parts[1::2], strict=True))
    return Case(path.stem, " ".join(story.split()), sections[:-1], sections[-1][1])


def read_cases(paths: Iterable[Path]) -> list[Case]:
    """Read the cases among some files; what holds bad input alone is none."""
    return [read_case(path) for path in paths if "\n===" in path.read_text(encoding="utf-8")]


def sample_of(rule: Rule, cases: Iterable[Case]) -> Case | None:
    """Return the shortest case of a rule."""
    fitting = (case for case in cases if case.shows(rule))
    return min(
        fitting, key=lambda case: (len(f"{case.steps}{case.output}"), case.name), default=None
    )


class RuleIndex(SphinxDirective):
    """``rule-index::``: every rule by group on a few lines, with a field that filters them."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each group; each rule has its name as its address."""
        place = filter_place("", label="Filter by name, cause or fix", noun="rules")
        return [place, *map(_group_index, GROUPS)]


def _group_index(group: Group) -> nodes.section:
    rows = [
        row(Code(rule.label), [paragraph(parse_inline(rule.cause)), fix], anchor=rule.label)
        for rule in group.rules
        for fix in [Steps([[paragraph(parse_inline(rule.hint))]])]
    ]
    table = block_node(Table("rules", group.title, ("Rule", f"Cause → {FIX}"), rows))
    for rule, cells in zip(group.rules, table.findall(_is_row_of_body), strict=True):
        name = next(cells.findall(code_name))
        name.replace_self(_link(rule, name.deepcopy()))
    section = titled_section(group.title, f"group-{group.name}", table)
    section["support_smartquotes"] = False
    return section


def _is_row_of_body(node: nodes.Node) -> bool:
    return isinstance(node, nodes.row) and isinstance(node.parent, nodes.tbody)


def _link(rule: Rule, content: nodes.Node) -> addnodes.pending_xref:
    """Return a reference to a rule in full."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", content),
        refdomain="std",
        reftype="ref",
        reftarget=_label(rule),
        refexplicit=True,
        refwarn=True,
    )


def _label(rule: Rule) -> str:
    return f"rule-{rule.label}"


class RuleReference(SphinxDirective):
    """``rule-reference:: GROUP`` with ``:cases:``, the folder that holds the bad inputs."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Callable[[str], Any]] | None] = {
        "cases": directives.unchanged_required
    }

    def run(self) -> list[nodes.Node]:
        """Return a section for each rule of the group, whose address is the rule's name."""
        groups = {group.name: group for group in GROUPS}
        group = groups.get(self.arguments[0])
        if group is None:
            choices = ", ".join(groups)
            raise self.error(
                f"rule-reference: there is no group {self.arguments[0]!r}. Choose one of {choices}."
            )
        folder = Path(self.env.relfn2path(self.options.get("cases", ""))[1])
        paths = sorted(folder.rglob("*.txt")) if "cases" in self.options else []
        if "cases" in self.options and not paths:
            raise self.error(f"rule-reference: there are no cases in {self.options['cases']}.")
        for path in paths:
            self.env.note_dependency(path.as_posix())
        cases = read_cases(paths)
        names = self.env.domains.standard_domain
        for rule in group.rules:
            names.note_hyperlink_target(_label(rule), self.env.docname, rule.label, rule.label)
        return [_section(rule, sample_of(rule, cases)) for rule in group.rules]


def _section(rule: Rule, case: Case | None) -> nodes.section:
    section = nodes.section("", ids=[rule.label], names=[rule.label])
    section["support_smartquotes"] = False
    section += nodes.title("", rule.label)
    section += nodes.paragraph("", "", *_inline(rule.cause))
    section += nodes.paragraph("", "", nodes.strong("", "To fix it:"), *_inline(f" {rule.hint}"))
    if case is not None:
        section += nodes.paragraph("", "", nodes.strong("", "Example:"), *_inline(f" {case.story}"))
        section += _block("\n".join(input_lines(case)), "diff")
        section += _block("\n".join(output_lines(rule, case)), "text")
    return section


def input_lines(case: Case) -> list[str]:
    """Return what the case changes, in the manner of a diff; a long one is cut."""
    lines = [*_changes(case)]
    return lines if len(lines) <= MAX_LINES else [*lines[: MAX_LINES - 1], "+..."]


def _changes(case: Case) -> Iterator[str]:
    for title, content in case.steps:
        name, _, action = title.rpartition(": ")
        if name:
            how = action if action not in ("instead of", "write") else ""
            yield f"--- {name} {how}".rstrip()
        elif action == "later":
            yield "--- later"
        elif action.startswith("$ "):  # of a rule that another command than check has
            yield action
        mark = "-" if action == "instead of" else "+"
        yield from (mark + line for line in content.splitlines())


def output_lines(rule: Rule, case: Case) -> list[str]:
    """Return what is printed under a rule, with the hints; other findings are left out."""
    lines = case.output.splitlines()
    found = [index for index, line in enumerate(lines) if f"[{rule.label}]: " in line]
    return [line for index in found for line in lines[index : index + 2]]


def _inline(text: str) -> list[nodes.Node]:
    """Return a text whose only marks are those of code."""
    return [
        nodes.literal("", part) if index % 2 else nodes.Text(part)
        for index, part in enumerate(text.split("`"))
    ]


def _block(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language, classes=["rb-wrap"], linenos=False)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directives."""
    app.add_directive("rule-index", RuleIndex)
    app.add_directive("rule-reference", RuleReference)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
