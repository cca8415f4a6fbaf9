"""Foreign projects, with other themes, formats and builders, that differ from ours by data only."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup

from reasonbook.cli.main import main

if TYPE_CHECKING:
    from conftest import Result

ROOTS = Path(__file__).parents[1] / "roots"
REASONS = {"problem-details": 4, "lower-case": 3, "error-info": 4}
SUFFIXES = {"html": ".html", "text": ".txt", "latex": ".tex"}


class Root:
    """A built project with its catalogue as plain data."""

    def __init__(self, name: str, builder: str, output: Path) -> None:
        (self.catalogue,) = (ROOTS / f"test-{name}" / "catalogue").iterdir()
        self.api = yaml.safe_load((self.catalogue / "api.yaml").read_text())
        self.builder = builder
        self.output = output
        self.expected = REASONS[name]

    def reasons(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every reason, with the source of the page that shows its domain."""
        found = 0
        for domain in self.api["domains"]:
            page = self.page(domain)
            for reason in yaml.safe_load((self.catalogue / f"{domain}.yaml").read_text())[
                "reasons"
            ]:
                found += 1
                yield page, reason
        assert found == self.expected

    def page(self, domain: str) -> str:
        """The page of a domain; LaTeX has all pages in one file."""
        paths = self.output.rglob(f"*{SUFFIXES[self.builder]}")
        (path,) = (p for p in paths if self.builder == "latex" or p.stem in (domain, "errors"))
        return path.read_text()

    def squeezed(self, page: str) -> str:
        """What people read, without the marks and breaks that builders write in their own ways."""
        if self.builder == "html":
            page = BeautifulSoup(page, "html.parser").get_text()
        elif self.builder == "latex":
            page = plain_latex(page)
        else:
            page += "".join(columns(page))
        return squeezed(page)


def columns(text: str) -> list[str]:
    """The columns of the tables of a plain text, which break in the middle of their sentences."""
    rows = [line.split("|") for line in text.splitlines() if line.startswith("|")]
    return ["".join(cells) for cells in zip_longest(*rows, fillvalue="")]


def plain_latex(text: str) -> str:
    """The text of a LaTeX document, without its commands."""
    for escape, char in {r"\sphinxhyphen{}": "-", r"\_": "_", r"\textquotesingle{}": "'"}.items():
        text = text.replace(escape, char)
    text = re.sub(r"\\hyperref\[.*?\]|\\label\{\\detokenize\{.*?\}\}", "", text)
    text = re.sub(r"\\DUrole\{[\w-]+\}", "", text)
    return re.sub(r"\\[a-zA-Z]+|[{}]", "", text)


def squeezed(text: str) -> str:
    return re.sub(r'[\s"`*]', "", text)


@pytest.fixture(
    scope="session",
    params=[(name, builder) for name in REASONS for builder in SUFFIXES],
    ids="-".join,
)
def root(request: pytest.FixtureRequest, built_once: Callable[..., Result]) -> Root:
    name, builder = request.param
    return Root(name, builder, built_once(root=name, builder=builder).output)


@pytest.mark.parametrize("name", REASONS)
def test_the_catalogue_passes_its_check(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(ROOTS / f"test-{name}" / "catalogue")]) == 0, capsys.readouterr()


def test_every_accordion_says_the_http_status(root: Root) -> None:
    for page, reason in root.reasons():
        http = reason.get("http") or root.api["statuses"][reason["status"]]["http"]
        lifecycle = reason.get("lifecycle", "")
        head = f"{reason['reason']}{http}{lifecycle}"
        assert head in root.squeezed(page)


def test_every_cause_stands_in_the_table_and_in_the_accordion(root: Root) -> None:
    for page, reason in root.reasons():
        assert root.squeezed(page).count(squeezed(reason["cause"])) >= 2


def test_every_fix_stands_in_the_table_and_in_the_accordion(root: Root) -> None:
    for page, reason in root.reasons():
        steps = reason["fix"] if isinstance(reason["fix"], list) else [reason["fix"]]
        for step in steps:
            assert root.squeezed(page).count(squeezed(step)) >= 2


def test_every_body_is_shown_to_the_byte(root: Root) -> None:
    for page, reason in root.reasons():
        for example in reason.get("examples", []):
            assert shows(page, example["body"], root.builder)


def shows(page: str, body: str, builder: str) -> bool:
    if builder == "html":
        blocks = BeautifulSoup(page, "html.parser").find_all("pre")
        return body in [block.get_text() for block in blocks]
    if builder == "text":
        return f"\n\n{textwrap.indent(body, '   ')}" in page
    blocks = re.findall(r"(?s)\\begin{sphinxVerbatim}\[.*?\]\n(.*?)\\end{sphinxVerbatim}", page)
    return body in [plain_pygments(block) for block in blocks]


def plain_pygments(text: str) -> str:
    """The text of a highlighted block, which Pygments writes as commands."""
    chars = {"ob": "\1", "cb": "\2", "dq": '"', "hy": "-", "lt": "<", "gt": ">", "am": "&"}
    chars |= {"bs": "\\", "us": "_", "at": "@", "sq": "'"}
    text = text.replace(r"\textendash{}", "–")
    text = re.sub(r"\\PYGZ(\w\w)\{\}", lambda match: chars[match[1]], text)
    text = re.sub(r"\\PYG\{[\w+]+\}|[{}]", "", text)
    return text.replace("\1", "{").replace("\2", "}")


@pytest.fixture(scope="session")
def pages(built_once: Callable[..., Result]) -> Callable[[str, str], str]:
    """Read a page of a root as plain text."""
    return lambda name, page: built_once(root=name, builder="text").page(page)


def test_a_reason_after_a_prefix(pages: Callable[[str, str], str]) -> None:
    page = pages("problem-details", "bank/envelope.txt")
    assert 'Reason:\n   "/type", after "https://api.example.com/problems/"\n' in page


def test_a_reason_in_a_list_of_typed_objects(pages: Callable[[str, str], str]) -> None:
    page = pages("error-info", "errors/library/envelope.txt")
    place = '"/reason" of the item of "/error/details" in which "@type" is'
    assert f'{place} "type.googleapis.com/google.rpc.ErrorInfo"' in " ".join(page.split())


def test_a_media_type_of_its_own(pages: Callable[[str, str], str]) -> None:
    page = pages("problem-details", "bank/transactions.txt")
    assert "\n   HTTP/1.1 403 Forbidden\n   Content-Type: application/problem+json\n" in page


def test_details_of_one_reason(pages: Callable[[str, str], str]) -> None:
    page = pages("problem-details", "bank/requests.txt")
    assert '| "/errors/*/pointer"' in page


def test_no_link_to_a_page_that_is_not_written(pages: Callable[[str, str], str]) -> None:
    assert "Permanent page" not in pages("problem-details", "bank/requests.txt")
    assert "Permanent page" not in pages("lower-case", "errors.txt")
