"""JSON blocks on pages: which are found, what each is held to, and where a fault is told to be."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from conftest import Project, Result

RIGHT = '{"reason": "FIRST_FAULT", "status": "NOT_FOUND"}'
WRONG = '{"reason": "FIRST_FALT", "status": "NOT_FOUND"}'
UNKNOWN = 'error[example-reason]: The body names "FIRST_FALT", which is not a reason of Alpha API.'
API = "---\napi: alpha\n---\n# Page\n\n"
RST_API = ":api: alpha\n\nPage\n====\n\n"


class Page(NamedTuple):
    """A page, the number of JSON blocks on it, and what is said of them: line, column, message."""

    suffix: str
    text: str
    blocks: int
    said: tuple[str, ...] = ()


def md(text: str, blocks: int, *said: str) -> Page:
    return Page("md", text, blocks, said)


def rst(text: str, blocks: int, *said: str) -> Page:
    return Page("rst", text, blocks, said)


def fence(body: str, info: str = "json", mark: str = "```") -> str:
    return f"{mark}{info}\n{body}\n{mark}\n"


def indented(text: str, by: int = 3) -> str:
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


def rst_error(body: str) -> str:
    return f".. error-json:: alpha\n\n   {body}\n"


PAGES = {
    # Fences
    "right": md(API + fence(RIGHT), 1),
    "wrong": md(API + fence(WRONG), 1, f"7:12: {UNKNOWN}"),
    "two": md(API + fence(RIGHT) + "\n" + fence(WRONG), 2, f"11:12: {UNKNOWN}"),
    "lines": md(
        API + fence('{\n  "reason": "FIRST_FAULT",\n  "surplus": 1\n}'),
        1,
        "9:3: error[example-member]: /surplus is not described by the schema.",
    ),
    "broken": md(
        API + fence('{\n  "reason": FIRST_FAULT\n}'),
        1,
        "8:13: error[json-syntax]: This is not a valid JSON value: FIRST_FAULT.",
    ),
    "a-byte-order-mark": md(
        API + fence(f"\ufeff{RIGHT}"),
        1,
        "7:1: error[json-syntax]: There is a byte-order mark before the JSON.",
    ),
    "capitals": md(API + fence(WRONG, "JSON"), 1, f"7:12: {UNKNOWN}"),
    "tildes": md(API + fence(WRONG, "json", "~~~"), 1, f"7:12: {UNKNOWN}"),
    "words-after": md(API + fence(WRONG, "json title={x}"), 1, f"7:12: {UNKNOWN}"),
    "no-api": md(
        "# Page\n\n" + fence(RIGHT),
        1,
        "4:1: error[page-api]: The page does not say of which API this JSON is.",
    ),
    "no-such-api": md(
        API.replace("alpha", "gamma") + fence(RIGHT),
        1,
        "7:1: error[page-api]: The page names no API of the catalogue: 'gamma'.",
    ),
    "no-reason": md(
        API + fence('{"status": "NOT_FOUND"}'),
        1,
        '7:1: error[example-envelope]: The body: the member "reason" is missing.',
        "7:1: error[example-reason]: There is no reason at /reason.",
    ),
    "code-block": md(API + fence(WRONG, "{code-block} JSON"), 1, f"7:12: {UNKNOWN}"),
    "in-a-list": md(API + "- Item:\n\n" + indented(fence(WRONG), 2), 1, f"9:14: {UNKNOWN}"),
    "in-a-quote": md(API + "> ```json\n> " + WRONG + "\n> ```\n", 1, f"7:14: {UNKNOWN}"),
    "in-a-note": md(API + fence(fence(WRONG), "{note}", "````"), 1, f"8:12: {UNKNOWN}"),
    "in-a-tab": md(
        API + fence(fence(fence(WRONG), "{tab-item} One", "````"), "{tab-set}", "`````"),
        1,
        f"9:12: {UNKNOWN}",
    ),
    "in-colons": md(API + fence(fence(WRONG), "{note}", ":::"), 1, f"8:12: {UNKNOWN}"),
    "in-rst": md(
        API + fence(f".. code-block:: json\n\n   {WRONG}", "{eval-rst}"), 1, f"9:15: {UNKNOWN}"
    ),
    "shown-as-text": md(API + fence(fence(WRONG), "markdown", "````"), 0),
    "shown-as-code": md(API + fence(fence(WRONG), "{code-block} markdown", "````"), 0),
    "included": md(
        API + fence(":language: json", "{literalinclude} wrong.json"),
        1,
        "wrong.json:3:13: " + UNKNOWN,
    ),
    "included-as-code": md(
        API + fence(":code: json", "{include} wrong.json"), 1, "wrong.json:3:13: " + UNKNOWN
    ),
    "included-in-part": md(
        API + fence(":code: json\n:start-line: 2\n:end-line: 3", "{include} two.txt"),
        1,
        "two.txt:3:12: " + UNKNOWN,
    ),
    "other-names": md(
        API + "".join(fence(WRONG, name) + "\n" for name in ("json-object", "jsonld", "JSON-LD")),
        3,
        *(f"{line}:12: {UNKNOWN}" for line in (7, 11, 15)),
    ),
    "not-json": md(API + fence("{a: 1}", "json5") + "\n" + fence("{}", "jsonnet"), 0),
    # The directive
    "error-json": md(fence(RIGHT, "{error-json} alpha"), 1),
    "error-json-wrong": md(
        API.replace("alpha", "beta") + fence(f"\n{WRONG}", "{error-json} alpha"),
        1,
        f"8:12: {UNKNOWN}",
    ),
    "error-json-in-colons": md(fence(WRONG, "{error-json} alpha", ":::"), 1, f"2:12: {UNKNOWN}"),
    "error-json-in-a-note": md(
        fence(fence(WRONG, "{error-json} alpha"), "{note}", "````"), 1, f"3:12: {UNKNOWN}"
    ),
    "error-json-three-times": md(
        "# Page\n\n" + "Text.\n\n".join([fence(WRONG, "{error-json} alpha")] * 3),
        3,
        *(f"{line}:12: {UNKNOWN}" for line in (4, 9, 14)),
    ),
    "error-json-three-times-in-notes": md(
        "# Page\n\n" + fence("\n" + fence(WRONG, "{error-json} alpha") * 3, "{note}", "````"),
        3,
        *(f"{line}:12: {UNKNOWN}" for line in (6, 9, 12)),
    ),
    "error-json-twice-in-an-included-page": md(
        "# Page\n\n" + fence("", "{include} part.txt"),
        2,
        *(f"part.txt:{line}:12: {UNKNOWN}" for line in (2, 6)),
    ),
    "error-json-twice-in-rst": md(
        "# Page\n\n" + fence(f"{rst_error(WRONG)}\n{rst_error(WRONG)}", "{eval-rst}"),
        2,
        *(f"{line}:15: {UNKNOWN}" for line in (6, 10)),
    ),
    "request": md(
        fence(f":request: GET /first_fault?x=1\n\n{RIGHT}", "{error-json} alpha"),
        1,
    ),
    "request-of-another": md(
        fence(f":request: GET /second_fault\n\n{RIGHT}", "{error-json} alpha"),
        1,
        "4:1: error[example-request]: GET /second_fault is not one of the operations that send "
        "FIRST_FAULT: GET /first_fault.",
    ),
    "request-without-method": md(
        fence(f":request: /first_fault\n\n{RIGHT}", "{error-json} alpha"),
        1,
        "4:1: error[bad-request-line]: /first_fault is not a valid request line.",
        "4:1: error[example-request]: /first_fault is not one of the operations that send "
        "FIRST_FAULT: GET /first_fault.",
    ),
    "no-envelope": md(
        fence(':no-envelope: the body of a request\n\n{"any": 1}', "{error-json} alpha"), 1
    ),
    "no-envelope-but-json": md(
        fence(':no-envelope: a request\n\n{"any": 1, "any": 2}', "{error-json} alpha"),
        1,
        '4:12: error[json-duplicate-member]: The member "any" is there twice.',
    ),
    "schema": md(fence(':schema: any.json\n\n{"any": 1}', "{error-json} alpha"), 1),
    "schema-wrong": md(
        fence(':schema: any.json\n\n{"any": "1"}', "{error-json} alpha"),
        1,
        '4:9: error[page-schema]: /any: "1" is not of type "integer".',
    ),
    "schema-missing": md(
        fence(':schema: none.json\n\n{"any": 1}', "{error-json} alpha"),
        1,
        "4:1: error[page-schema]: none.json cannot be read: No such file or directory.",
    ),
    "schema-with-faults": md(
        fence(':schema: faults.json\n\n{"any": 1}', "{error-json} alpha"),
        1,
        "faults.json:2:3: error[schema-keyword]: tpye is not a keyword of JSON Schema 2020-12.",
    ),
    "schema-twice": md(
        fence(':schema: twice.json\n\n{"any": 1}', "{error-json} alpha"),
        1,
        'twice.json:2:3: error[json-duplicate-member]: The member "type" is there twice.',
    ),
    # reStructuredText
    "rst-code-block": rst(RST_API + f".. code-block:: json\n\n   {WRONG}\n", 1, f"8:15: {UNKNOWN}"),
    "rst-code": rst(RST_API + f".. code:: Json\n\n   {WRONG}\n", 1, f"8:15: {UNKNOWN}"),
    "rst-sourcecode": rst(
        RST_API + f".. sourcecode:: json\n   :caption: A body\n\n   {WRONG}\n",
        1,
        f"9:15: {UNKNOWN}",
    ),
    "rst-error-json": rst(
        f"Page\n====\n\n.. error-json:: alpha\n   :request: GET /first_fault\n\n   {WRONG}\n",
        1,
        f"7:15: {UNKNOWN}",
    ),
    "rst-in-a-tab": rst(
        RST_API
        + ".. tab-set::\n\n   .. tab-item:: One\n\n      .. code-block:: json\n\n"
        + f"         {WRONG}\n",
        1,
        f"12:21: {UNKNOWN}",
    ),
    "rst-in-a-list": rst(
        RST_API + f"- Item\n\n  .. code-block:: json\n\n     {WRONG}\n", 1, f"10:17: {UNKNOWN}"
    ),
    "rst-included": rst(
        RST_API + ".. literalinclude:: wrong.json\n   :language: json\n",
        1,
        "wrong.json:3:13: " + UNKNOWN,
    ),
    "rst-included-as-code": rst(
        RST_API + ".. include:: wrong.json\n   :code: json\n   :number-lines:\n",
        1,
        "wrong.json:3:13: " + UNKNOWN,
    ),
    "rst-error-json-three-times": rst(
        "Page\n====\n\n" + "\nText.\n\n".join([rst_error(WRONG)] * 3),
        3,
        *(f"{line}:15: {UNKNOWN}" for line in (6, 12, 18)),
    ),
    "rst-error-json-twice-in-a-note": rst(
        "Page\n====\n\n.. note::\n\n" + indented((rst_error(WRONG) + "\n") * 2),
        2,
        *(f"{line}:18: {UNKNOWN}" for line in (8, 12)),
    ),
    "rst-error-json-twice-in-an-included-page": rst(
        "Page\n====\n\n.. include:: part.rst.txt\n",
        2,
        *(f"part.rst.txt:{line}:15: {UNKNOWN}" for line in (3, 7)),
    ),
    "rst-no-api": rst(
        f"Page\n====\n\n.. code-block:: json\n\n   {RIGHT}\n",
        1,
        "6:4: error[page-api]: The page does not say of which API this JSON is.",
    ),
    "rst-shown-as-text": rst(
        RST_API + f"Write::\n\n   .. code-block:: json\n\n      {WRONG}\n\n"
        f".. A comment\n   .. code-block:: json\n\n      {WRONG}\n",
        0,
    ),
}
FILES = {
    "wrong.json": '{\n  "status": "NOT_FOUND",\n  "reason": "FIRST_FALT"\n}\n',
    "two.txt": f"{RIGHT}\n\n{WRONG}\n",
    "part.txt": (fence(WRONG, "{error-json} alpha") + "\n") * 2,
    "part.rst.txt": (rst_error(WRONG) + "\n") * 2,
    "any.json": '{"type": "object", "properties": {"any": {"type": "integer"}}}',
    "faults.json": '{\n  "tpye": "object"\n}',
    "twice.json": '{"type": "object",\n  "type": "object"}',
}
CONF = """
extensions.append("myst_parser")
myst_enable_extensions = ["colon_fence"]
reasonbook_json = "all"
"""


@pytest.fixture(scope="module")
def project(new_project: Callable[..., Project]) -> Project:
    project = new_project(CONF)
    for name, page in PAGES.items():
        title = "" if "Page" in page.text else "# Page\n\n"
        assert not title or page.suffix == "md"
        project.write(f"{name}.{page.suffix}", page.text)
    for name, text in FILES.items():
        project.write(name, text)
    return project


@pytest.fixture(scope="module")
def tested(project: Project) -> Result:
    return project.build(builder="doctest")


def faults(project: Project, result: Result) -> dict[str, list[str]]:
    """What is said of each page."""
    found: dict[str, list[str]] = {}
    for line in result.status.splitlines():
        if match := re.match(r"    check_example\('(.+)/\d+'\)", line):
            name = match[1]
        elif ": error[" in line:
            found.setdefault(name, []).append(line.strip().replace(f"{project.source}/", ""))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str, project: Project, tested: Result) -> None:
    page = PAGES[name]
    own = f"{name}.{page.suffix}:"
    expected = [said if re.match(r"[a-z]", said) else own + said for said in page.said]
    assert faults(project, tested).get(name, []) == expected


def test_every_block_is_run(tested: Result) -> None:
    blocks = sum(page.blocks for page in PAGES.values()) + 7
    assert f"\n{blocks} JSON examples run.\n" in tested.status


def test_the_number_of_failures_is_that_of_the_wrong_blocks(tested: Result) -> None:
    wrong = sum(min(page.blocks, len(page.said)) for page in PAGES.values())
    assert re.search(rf"\b{wrong} failures in tests\n", tested.status)
    assert tested.code == 1
