"""Every directive on pages written by hand, in reStructuredText and in MyST."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from conftest import Project, Result


class Use(NamedTuple):
    """A directive as it is written: its name, argument, options and content."""

    name: str
    argument: str = ""
    options: tuple[str, ...] = ()
    content: str = ""

    def rst(self) -> str:
        lines = [f".. {self.name}:: {self.argument}", *(f"   {o}" for o in self.options)]
        lines += ["", f"   {self.content}"] if self.content else []
        return "\n".join(lines)

    def myst(self) -> str:
        lines = [f"```{{{self.name}}} {self.argument}", *self.options]
        lines += [self.content] if self.content else []
        return "\n".join([*lines, "```"])


BODY = '{"reason": "FIRST_FAULT", "status": "NOT_FOUND"}'

# A directive, where to look in what it shows, and what is read there.
SHOWN = [
    (Use("reason-table", "alpha/one"), "td:first-child", ["FIRST_FAULT", "PLANNED_FAULT planned"]),
    (Use("reason-table", "alpha/one"), "th", ["Reason", "HTTP", "Cause → Fix"]),
    (
        Use("reason-table", "alpha/one", (":lifecycle: planned",)),
        "td:first-child",
        ["PLANNED_FAULT planned"],
    ),
    (
        Use("reason-table", "alpha/one", (":reasons: FIRST_FAULT",)),
        "td:first-child",
        ["FIRST_FAULT"],
    ),
    (
        Use("reason-table", "alpha/one", (":lifecycle: retired",)),
        "p",
        ["No reasons are published for this domain yet."],
    ),
    (
        Use("reason-examples", "alpha/one"),
        "details > summary",
        ["FIRST_FAULT 404", "PLANNED_FAULT 404 planned"],
    ),
    (Use("reason", "alpha/LAST_FAULT"), "details > summary", ["LAST_FAULT 404"]),
    (Use("reason", "alpha/LAST_FAULT"), "p.rb-cause", ["The cause of last_fault."]),
    (
        Use("ai-context", "alpha"),
        ".rb-ai-context p",
        ["AI context", "Agents of alpha branch on the reason."],
    ),
    (
        Use("ai-context", "alpha/one"),
        ".rb-ai-context p",
        ["AI context", "Agents in one read the reason twice."],
    ),
    (Use("envelope-fields", "alpha"), "td:first-child", ["/reason", "/status"]),
    (Use("http-statuses", "alpha"), "td:first-child", ["404 Not Found"]),
    (Use("canonical-statuses", "alpha"), "td", ["NOT_FOUND", "404", "It is not in alpha."]),
    (Use("domain-list", "alpha"), "li strong", ["Domain one", "Domain two"]),
    (Use("api-list"), "li strong", ["Alpha API", "Beta API"]),
    (
        Use("error-json", "alpha", (":request: GET /first_fault",), BODY),
        "pre",
        [
            "GET /first_fault HTTP/1.1",
            "HTTP/1.1 404 Not Found Content-Type: application/json",
            BODY,
        ],
    ),
    (Use("error-json", "alpha", (":no-envelope: An excerpt.",), "[1]"), "pre", ["[1]"]),
]

# A directive, and what is said of it.
FAULTS = [
    (Use("reason-table"), "1 argument(s) required, 0 supplied"),
    (Use("reason-table", "gamma/one"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (
        Use("reason-table", "alpa/one"),
        "there is no API 'alpa'. Did you mean alpha? Choose one of alpha, beta.",
    ),
    (
        Use("reason-table", "beta/three"),
        "there is no error domain 'beta/three'. Did you mean beta/one? Choose one of beta/one.",
    ),
    (
        Use("reason-table", "alpha"),
        "Choose one of alpha/one, alpha/two.",
    ),
    (
        Use("reason-table", "alpha/one", (":lifecycle: old",)),
        'choose from "planned", "active", "deprecated", or "retired"',
    ),
    (
        Use("reason-table", "alpha/one", (":reasons: LAST_FAULT",)),
        "there is no reason 'LAST_FAULT'. Did you mean FIRST_FAULT? Choose one of FIRST_FAULT, ",
    ),
    (Use("reason-table", "alpha/one", (":colour: red",)), "colour"),
    (
        Use("reason-examples", "alpha/zero"),
        "there is no error domain 'alpha/zero'. Did you mean alpha/two?",
    ),
    (
        Use("reason", "alpha/FRIST_FAULT"),
        "there is no reason 'alpha/FRIST_FAULT'. Did you mean alpha/FIRST_FAULT?",
    ),
    (
        Use("reason", "beta/x"),
        "there is no reason 'beta/x'. Choose one of beta/OTHER_FAULT, beta/SHARED_FAULT.",
    ),
    (Use("ai-context", "gamma"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (
        Use("ai-context", "alpha/zero"),
        "there is no error domain 'alpha/zero'. Did you mean alpha/two?",
    ),
    (Use("envelope-fields", "gamma"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (Use("http-statuses", "gamma"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (Use("canonical-statuses", "gamma"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (Use("domain-list", "gamma"), "there is no API 'gamma'. Choose one of alpha, beta."),
    (Use("error-json", "gamma", (), BODY), "there is no API 'gamma'. Choose one of alpha, beta."),
    (Use("error-json", "alpha"), 'Content block expected for the "error-json" directive'),
]


def page(uses: list[str], heading: Callable[[int], str], head: str) -> str:
    """A page with a section for each directive."""
    return head + "\n\n".join(f"{heading(number)}\n\n{use}" for number, use in enumerate(uses))


def pages(uses: list[Use]) -> dict[str, str]:
    """The same directives as a page in either format."""
    return {
        "restructured__rst": page(
            [use.rst() for use in uses],
            lambda number: f"Case {number}\n{'-' * 8}",
            ":orphan:\n\nPage\n====\n\n",
        ),
        "markdown__md": page(
            [use.myst() for use in uses],
            lambda number: f"## Case {number}",
            "---\norphan: true\n---\n# Page\n\n",
        ),
    }


def plan_fault(project: Project) -> None:
    """Have alpha/one hold an active and a planned reason."""
    planned = {**project.reason("PLANNED_FAULT"), "lifecycle": "planned", "examples": []}

    def change(domain: Any) -> None:
        domain["reasons"][1:] = [planned]

    project.edit("alpha/one.yaml", change)


@pytest.fixture(scope="module")
def site(new_project: Callable[..., Project]) -> Result:
    project = new_project('extensions.append("myst_parser")', **pages([use for use, *_ in SHOWN]))
    plan_fault(project)
    return project.build_strictly()


def words(element: Tag) -> str:
    return " ".join(element.get_text().split())


def name_of(use: Use) -> str:
    return " ".join([use.name, use.argument, *use.options]).strip()


@pytest.mark.parametrize("file", ["restructured", "markdown"])
@pytest.mark.parametrize(
    "number", range(len(SHOWN)), ids=[f"{name_of(use)}, {where}" for use, where, _ in SHOWN]
)
def test_a_directive_shows_its_part_of_the_catalogue(site: Result, file: str, number: int) -> None:
    _, where, expected = SHOWN[number]
    section = BeautifulSoup(site.page(f"{file}.html"), "html.parser").select_one(f"#case-{number}")
    assert section
    assert [words(element) for element in section.select(where)] == expected


@pytest.fixture(scope="module")
def faulty(new_project: Callable[..., Project]) -> tuple[Project, Result]:
    project = new_project('extensions.append("myst_parser")', **pages([use for use, _ in FAULTS]))
    return project, project.build("-n", "-W")


def test_faulty_directives_fail_the_build(faulty: tuple[Project, Result]) -> None:
    assert faulty[1].code == 1


@pytest.mark.parametrize("file", ["restructured.rst", "markdown.md"])
@pytest.mark.parametrize("number", range(len(FAULTS)), ids=[name_of(use) for use, _ in FAULTS])
def test_a_faulty_directive_is_told_with_its_place(
    faulty: tuple[Project, Result], file: str, number: int
) -> None:
    project, result = faulty
    use, expected = FAULTS[number]
    source = (project.source / file).read_text()
    written = use.rst() if file.endswith(".rst") else use.myst()
    before, _, _ = source.partition(f"Case {number}\n")
    begin = source.index(written, len(before))
    first = source.count("\n", 0, begin) + 1
    lines = range(first, first + written.count("\n") + 1)
    told = [text for line, text in messages(result.warnings, file) if line in lines]
    assert len(told) == 1
    assert expected in told[0]


def messages(warnings: str, file: str) -> list[tuple[int, str]]:
    """What was said of a file: the line, and the message on one line."""
    heads = re.compile(r"(?m)^(?P<path>/\S+?):(?P<line>\d+): (?:ERROR|WARNING): ")
    found = [*heads.finditer(warnings)]
    ends = [*(head.start() for head in found[1:]), len(warnings)]
    return [
        (int(head["line"]), " ".join(warnings[head.end() : end].split()))
        for head, end in zip(found, ends, strict=True)
        if head["path"].endswith(f"/{file}")
    ]


# A directive, and the edited files after which its page is read again.
DEPENDENCIES = [
    (Use("reason-table", "alpha/one"), {"alpha/api", "alpha/one"}),
    (Use("reason-examples", "alpha/one"), {"alpha/api", "alpha/one"}),
    (Use("reason", "alpha/FIRST_FAULT"), {"alpha/api", "alpha/one"}),
    (Use("ai-context", "alpha"), {"alpha/api"}),
    (Use("ai-context", "alpha/one"), {"alpha/api", "alpha/one"}),
    (Use("envelope-fields", "alpha"), {"alpha/api"}),
    (Use("http-statuses", "alpha"), {"alpha/api"}),
    (Use("canonical-statuses", "alpha"), {"alpha/api"}),
    (Use("domain-list", "alpha"), {"alpha/api", "alpha/one", "alpha/two"}),
    (Use("api-list"), {"alpha/api", "alpha/one", "alpha/two", "beta/api"}),
    (Use("error-json", "alpha", (), BODY), {"alpha/api", "alpha/one"}),
    (Use("error-json", "alpha", (":no-envelope: An excerpt.",), "[1]"), {"alpha/api"}),
]


@pytest.fixture(scope="module")
def reread(new_project: Callable[..., Project]) -> dict[str, set[str]]:
    """After the edit of a file of the catalogue: the pages that were read again."""
    uses = {
        f"page{number}__rst": f":orphan:\n\nPage\n====\n\n{use.rst()}\n"
        for number, (use, _) in enumerate(DEPENDENCIES)
    }
    project = new_project("reasonbook_pages = 'none'", **uses)
    project.build_strictly()
    found = {}
    for file in ("alpha/api", "alpha/one", "alpha/two", "beta/api"):
        project.edit(f"{file}.yaml", lambda data: data.update(ai_context="Something new."))
        found[file] = project.build("-n", "-W").read
    return found


@pytest.mark.parametrize(
    "number", range(len(DEPENDENCIES)), ids=[name_of(use) for use, _ in DEPENDENCIES]
)
def test_a_page_is_read_again_when_what_it_shows_changes(
    reread: dict[str, set[str]], number: int
) -> None:
    files = {file for file, pages in reread.items() if f"page{number}" in pages}
    assert files == DEPENDENCIES[number][1]


def test_a_page_with_a_json_fence_is_read_again_when_its_reason_changes(
    new_project: Callable[..., Project],
) -> None:
    page = f":api: alpha\n:orphan:\n\nPage\n====\n\n.. code-block:: json\n\n   {BODY}\n"
    project = new_project(page__rst=page)
    project.build_strictly()
    project.edit("alpha/two.yaml", lambda domain: domain.update(title="New"))
    assert "page" not in project.build("-n", "-W").read
    project.edit("alpha/one.yaml", lambda domain: domain.update(title="New"))
    assert "page" in project.build("-n", "-W").read
