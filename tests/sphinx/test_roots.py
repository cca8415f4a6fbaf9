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
REASONS = {
    "problem-details": 4,
    "lower-case": 3,
    "error-info": 4,
    "numeric": 8,
    "payment": 6,
    "envelopes": 5,
}
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
    chars = {r"\sphinxhyphen{}": "-", r"\_": "_", r"\textquotesingle{}": "'", r"\textendash{}": "–"}
    for escape, char in chars.items():
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


def test_every_accordion_says_the_name_and_the_http_status_or_how_else_it_comes(
    root: Root,
) -> None:
    for page, reason in root.reasons():
        name = "/".join([reason["reason"], *filter(None, [reason.get("sub_reason")])])
        title = f" – {reason['title']}" if "title" in reason else ""
        head = f"{name}{title}{badges(reason, root.api)}{reason.get('lifecycle', '')}"
        assert squeezed(head) in root.squeezed(page)


def badges(reason: dict[str, Any], api: dict[str, Any]) -> str:
    http = reason.get("http") or api["statuses"][reason["status"]]["http"]
    if http == "none":
        return f"({', '.join(reason['arrives_in'])})"
    return "" if http == "unknown" else "".join(map(str, listed(http)))


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_every_cause_stands_in_the_table_and_in_the_accordion(root: Root) -> None:
    for page, reason in root.reasons():
        for cause in listed(reason["cause"]):
            assert root.squeezed(page).count(squeezed(cause)) >= 2


def test_every_fix_stands_in_the_table_and_in_the_accordion(root: Root) -> None:
    for page, reason in root.reasons():
        for step in listed(reason.get("fix", [])):
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


def test_a_reason_that_is_in_no_response_has_no_status_line(
    pages: Callable[[str, str], str],
) -> None:
    page = pages("numeric", "relay/delivery.txt")
    assert '"error_code": 30003' in page
    assert "HTTP/1.1" not in page


def test_what_no_source_says_is_not_known(pages: Callable[[str, str], str]) -> None:
    page = " ".join(pages("numeric", "relay/requests.txt").split())
    assert "Not known: HTTP status, fix, whether to retry, which operations send it." in page


def test_what_else_the_source_says(pages: Callable[[str, str], str]) -> None:
    assert "\nBilled:\n   yes\n" in pages("numeric", "relay/delivery.txt")


def test_each_example_has_one_of_several_statuses(pages: Callable[[str, str], str]) -> None:
    page = pages("numeric", "relay/requests.txt")
    for status in ("400 Bad Request", "404 Not Found"):
        assert f"\n   HTTP/1.1 {status}\n" in page


def test_the_first_level_leads_to_the_second(pages: Callable[[str, str], str]) -> None:
    page = " ".join(pages("payment", "till/cards.txt").split())
    assert 'Second-level codes at "/errors/*/decline_code"' in page
    assert "Bank not reachable. What is said here is for any other, or none." in page


def test_a_sub_reason_has_a_page_of_its_own(built_once: Callable[..., Result]) -> None:
    reasons = built_once(root="payment").output / "till/reasons/card_declined"
    assert "Retry: never;" in (reasons / "lost_card.md").read_text()
    assert "Retry: after a wait;" in (reasons / "try_again_later.md").read_text()


def test_every_envelope_has_its_section(pages: Callable[[str, str], str]) -> None:
    page = pages("envelopes", "errors/postbox/envelope.txt")
    assert "\nEnvelope oauth\n==============\n" in page
    assert '\nReason:\n   the "X-Error-Code" header\n' in page


def test_answers_outside_the_envelope_are_on_the_overview(
    pages: Callable[[str, str], str],
) -> None:
    page = pages("envelopes", "errors/postbox/index.txt")
    for name in ("gateway-page", "login-redirect", "no-answer"):
        assert f'| "{name}"' in page
