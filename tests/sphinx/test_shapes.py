"""Pages of APIs that are not one code, one status, one envelope."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from bs4 import BeautifulSoup, Tag

from reasonbook import limits

from .conftest import Project, Result

REMEDY = {"actor": "client", "retry": "after-fix"}
PAYMENTS = {
    "reason_pattern": "[a-z_]+",
    "envelope": {
        "schema": "envelope.schema.json",
        "reason": "/code",
        "sub_reason": "/sub",
        "example": '{"code": "card_declined", "sub": "lost_card"}',
    },
}
SUBS = [
    {"reason": "card_declined", "http": 402, "cause": "The bank said no.", "remedy": REMEDY},
    {
        "reason": "card_declined",
        "sub_reason": "lost_card",
        "http": 402,
        "cause": "The card is lost.",
        "remedy": {"actor": "end-user", "retry": "never"},
        "see_also": ["card_declined"],
        "examples": [
            {
                "title": "Lost",
                "origin": "constructed",
                "body": '{"code": "card_declined", "sub": "lost_card"}',
            }
        ],
    },
]
CALLBACKS = {
    "reason_pattern": "[0-9]+",
    "operations": "named",
    "envelopes": {
        "oauth": {
            "schema": "oauth.schema.json",
            "reason": {"header": "X-Error"},
            "example": '{"error": 1}',
        }
    },
    "outside": [
        {"name": "gateway-page", "http": [502, 503], "media_type": "text/html", "cause": "A proxy."}
    ],
}
CODES = [
    {
        "reason": "30003",
        "title": "Unreachable [handset]",
        "http": "none",
        "arrives_in": ["callback"],
        "examples": [{"title": "One", "origin": "constructed", "body": '{"code": "30003"}'}],
    },
    {"reason": "30004", "http": [400, 404], "envelope": "oauth", "raised_by": ["Send a message"]},
    {"reason": "30005", "http": "unknown"},
]


def written(folder: Path, more: dict[str, Any], reasons: list[dict[str, Any]]) -> Project:
    project = Project(folder)
    extensions = 'extensions = ["reasonbook.site", "myst_parser"]'
    project.write("conf.py", f'project = "Sample"\n{extensions}\nhtml_theme = "alabaster"\n')
    index = "# Sample\n\n```{api-list}\n:toctree:\n```\n\n{err:reason}`x/card_declined/lost_card`\n"
    is_deep = "sub_reason" in json.dumps(more)
    project.write("index.md", index if is_deep else index.partition("{err:")[0])
    properties = {"code": {"type": ["string", "integer"]}, "sub": {"type": "string"}}
    project.write_data("x/envelope.schema.json", {"type": "object", "properties": properties})
    if "envelopes" in more:
        oauth = {"type": "object", "properties": {"error": {"type": "integer"}}}
        project.write_data("x/oauth.schema.json", oauth)
    api = {
        "format": 2,
        "api": "x",
        "title": "X",
        "summary": "Errors of an API.",
        "source": {"url": "https://example.com/"},
        "requires": [],
        "envelope": {
            "schema": "envelope.schema.json",
            "reason": "/code",
            "example": '{"code": 30003}',
        },
        "schema_version": 1,
        "domains": ["d"],
        **more,
    }
    project.write_data("x/api.yaml", api)
    domain = {"domain": "d", "title": "D", "summary": "Errors of D.", "reasons": reasons}
    project.write_data("x/d.yaml", domain)
    return project


Build = Callable[[str, dict[str, Any], list[dict[str, Any]]], Result]


@pytest.fixture(scope="module")
def build(once: Callable[[str, Callable[[Path], Any]], Any]) -> Build:
    def run(name: str, more: dict[str, Any], reasons: list[dict[str, Any]]) -> Result:
        def work(folder: Path) -> dict[str, Any]:
            result = written(folder, more, reasons).build_strictly()
            return {**vars(result), "output": str(result.output)}

        found = once(f"shape-{name}", work)
        return Result(**{**found, "output": Path(found["output"])})

    return run


@pytest.fixture
def payments(build: Build) -> Result:
    return build("payments", PAYMENTS, SUBS)


@pytest.fixture
def callbacks(build: Build) -> Result:
    return build("callbacks", CALLBACKS, CODES)


@pytest.fixture
def large(build: Build) -> Result:
    codes = [{"reason": str(30000 + n), "http": 400} for n in range(limits.ACCORDIONS + 1)]
    return build("large", {"reason_pattern": "[0-9]+"}, codes)


def soup(result: Result, name: str) -> BeautifulSoup:
    return BeautifulSoup(result.page(name), "html.parser")


def only(page: BeautifulSoup, selector: str) -> Tag:
    (found,) = page.select(selector)
    return found


def links(page: BeautifulSoup) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in page.select("section a[href]")}


LOST = "x/reasons/card_declined/lost_card"


def test_a_second_level_code_has_its_page_with_both_twins(payments: Result) -> None:
    assert (
        only(soup(payments, f"{LOST}.html"), "section h1")
        .get_text()
        .startswith("card_declined/lost")
    )
    assert "\n# card_declined/lost_card\n" in payments.page(f"{LOST}.md")
    data = json.loads(payments.page(f"{LOST}.json"))
    assert (data["reason"], data["sub_reason"]) == ("card_declined", "lost_card")


@pytest.mark.parametrize("name", ["x/reasons/card_declined", LOST])
def test_every_address_on_a_page_leads_somewhere(payments: Result, name: str) -> None:
    page = soup(payments, f"{name}.html")
    found = [str(tag[key]) for key in ("href", "src") for tag in page.find_all(attrs={key: True})]
    inside = [address for address in found if "://" not in address and address[0] != "#"]
    assert inside
    for address in inside:
        path = (payments.output / name).parent / address.partition("?")[0].partition("#")[0]
        assert path.exists(), address


def test_a_reason_and_its_second_level_lead_to_each_other(payments: Result) -> None:
    above, below = (soup(payments, f"{name}.html") for name in ("x/reasons/card_declined", LOST))
    assert links(above)["card_declined/lost_card"] == "card_declined/lost_card.html"
    assert links(below)["card_declined"] == "../card_declined.html"
    assert only(above, ".rb-levels").get_text() == (
        "Second-level codes at /sub: card_declined/lost_card. "
        "What is said here is for any other, or none."
    )
    assert (
        "This page is for any second-level code at `sub` but lost_card (never), which have pages "
        "of their own: http://localhost:8000/x/reasons/card_declined/SUB.md"
    ) in payments.page("x/reasons/card_declined.md")


def test_the_anchor_on_the_domain_page_is_both_codes(payments: Result) -> None:
    target = soup(payments, "x/d.html").find(id="card_declined/lost_card")
    assert isinstance(target, Tag)
    assert target.find_parent("details") is not None


def test_a_role_leads_to_a_second_level_code(payments: Result) -> None:
    assert links(soup(payments, "index.html"))["card_declined/lost_card"] == f"{LOST}.html"


def test_the_inventory_has_both_levels(payments: Result) -> None:
    reasons = payments.inventory()["err:reason"]
    assert [*reasons] == ["x/card_declined", "x/card_declined/lost_card"]
    assert reasons["x/card_declined/lost_card"] == f"{LOST}.html"


def test_redirects_and_the_404_list_have_both_levels(payments: Result) -> None:
    lines = payments.page("_static/reasonbook-redirects.map").splitlines()
    assert f"/{LOST} /{LOST}.html;" in lines
    known = json.loads(payments.page("_static/reasonbook-addresses.json"))["x/"]["reasons"]
    assert known == ["card_declined", "card_declined/lost_card"]


def test_indexes_say_where_second_level_codes_are(payments: Result) -> None:
    assert "http://localhost:8000/x/reasons/REASON/SUB.md" in payments.page("x/llms.txt")
    assert "REASON/SUB" in payments.page("llms.txt")


def test_what_is_no_response_has_no_status_line(callbacks: Result) -> None:
    page = soup(callbacks, "x/reasons/30003.html")
    assert "HTTP/1.1" not in page.get_text()
    assert "Content-Type" not in page.get_text()
    assert only(page, ".rb-verdict .rb-arrives").get_text() == "callback"


def test_a_title_stands_with_its_code_wherever_there_are_lists(callbacks: Result) -> None:
    name = "30003 – Unreachable [handset]"
    page = soup(callbacks, "x/reasons/30003.html")
    assert only(page, "section h1").get_text().startswith(name)
    assert only(page, "title").get_text().startswith(f"{name} – X")
    assert name in soup(callbacks, "x/d.html").get_text()
    assert "30003 (Unreachable [handset])" in callbacks.page("x/llms.txt").replace("\\", "")
    contents = callbacks.page("llms-contents.txt").replace("\\", "")
    assert "[30003 – Unreachable (handset)](" in contents
    assert callbacks.page("searchindex.js").count("30003 \\u2013 Unreachable") >= 1


def test_an_index_line_says_what_is_known(callbacks: Result) -> None:
    lines = callbacks.page("llms-contents.txt").splitlines()
    assert lines[-1].endswith("/x/reasons/30005.md)")
    assert lines[-2].endswith("/x/reasons/30004.md): 400/404")
    assert lines[-3].endswith("/x/reasons/30003.md): callback")


def test_each_envelope_has_its_section(callbacks: Result) -> None:
    page = soup(callbacks, "x/envelope.html")
    section = only(page, "section#envelope-oauth")
    assert "the X-Error header" in section.get_text()
    assert {str(part["id"]) for part in section.select("section")} == {
        *("oauth-example", "oauth-where", "oauth-fields")
    }
    assert (
        "../envelope.html#envelope-oauth" in links(soup(callbacks, "x/reasons/30004.html")).values()
    )
    assert "## Envelope `oauth`" in callbacks.page("x/envelope.md")
    assert json.loads(callbacks.page("x/envelope-oauth.schema.json"))["type"] == "object"


def test_answers_outside_the_envelope_are_on_the_overview_and_for_agents(
    callbacks: Result,
) -> None:
    assert "gateway-page" in only(soup(callbacks, "x/index.html"), "section#outside").get_text()
    assert "- gateway-page (502, 503, text/html): A proxy." in callbacks.page("x/unknown.md")
    (answer,) = json.loads(callbacks.page("x/unknown.json"))["outside"]
    assert answer["name"] == "gateway-page"


def test_the_overview_says_how_complete_it_is(callbacks: Result) -> None:
    said = "HTTP status of 2 of 3 reasons, cause of 0, fix of 0, remedy of 0, example of 1, title"
    assert said in soup(callbacks, "x/index.html").get_text()
    assert said in callbacks.page("x/index.md")


def test_an_operation_by_name_has_an_anchor_without_spaces(callbacks: Result) -> None:
    assert soup(callbacks, "x/endpoints.html").find(id="Send-a-message")


@pytest.mark.parametrize("name", ["payments", "callbacks"])
def test_the_export_is_valid(request: pytest.FixtureRequest, name: str) -> None:
    result: Result = request.getfixturevalue(name)
    files = ["reasons.json", "x/reasons.json", "x/unknown.json"]
    files += [str(path.relative_to(result.output)) for path in result.output.rglob("x/**/*.json")]
    for file in files:
        if not file.endswith((".schema.json", "openapi.json")):
            data = json.loads(result.page(file))
            schema = json.loads(result.page(Path(data["$schema"]).name))
            jsonschema_rs.validator_for(schema).validate(data)


def test_a_large_domain_keeps_its_details_on_the_pages_of_its_reasons(large: Result) -> None:
    page = soup(large, "x/d.html")
    assert not page.select("details.rb-reason")
    target = page.find(id="30007")
    assert isinstance(target, Tag)
    row = target.find_parent("tr")
    assert row is not None
    assert "30007" in row.get_text()
    assert links(page)["30007"] == "reasons/30007.html"


def test_other_builders_have_the_details_of_a_large_domain(large: Result, tmp_path: Path) -> None:
    codes = [{"reason": str(30000 + n), "http": 400} for n in range(limits.ACCORDIONS + 1)]
    codes[-1]["cause"] = "The last one."
    codes[-1]["attributes"] = [{"name": "Severity", "value": "warning"}]
    project = written(tmp_path, {"reason_pattern": "[0-9]+"}, codes)
    assert "warning" in project.build_strictly("text").page("x/d.txt")
