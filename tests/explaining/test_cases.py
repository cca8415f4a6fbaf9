"""The one table of cases: what each pasted text is explained as."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import reasonbook
from reasonbook.explaining.book import book
from reasonbook.explaining.explanation import Explanation, explain
from reasonbook.explaining.saying import as_text
from reasonbook.format.model import Api, Example, Reason
from reasonbook.render.facts.short import example_status
from reasonbook.render.facts.statements import Block, Line
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ROOT = Path(__file__).parents[2]
ROOTS = sorted((ROOT / "tests/roots").glob("*/catalogue"))
EVERY_FOLDER = ["catalogue", *(str(folder.relative_to(ROOT)) for folder in ROOTS)]
TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases.yaml").read_text("utf-8")
)
CASES = [
    pytest.param(folder, case, id=case["what"]) for folder, cases in TABLE.items() for case in cases
]


@cache
def apis_of(folder: str) -> tuple[Api, ...]:
    return tuple(reasonbook.load(ROOT / folder).apis.values())


def as_row(found: Explanation) -> dict[str, Any]:
    """Return an explanation as the table has it."""
    return {
        "http": found.answer.status if found.answer else None,
        "reasons": [f"{each.api.name}/{each.reason.name}" for each in found.named if each.reason],
        "unknown": [each.code for each in found.named if not each.reason],
        "near": [each.near[0] for each in found.named if each.near],
        "outside": [f"{api.name}/{each.name}" for api, each in found.outside],
        "by": [each.status for each in found.decisions],
        "faults": sorted({fault.line for fault in found.faults}),
    }


def expected(case: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Return what the table says; what it leaves out is empty."""
    return {key: case.get(key, [] if isinstance(row[key], list) else None) for key in row}


class NoWords:
    """Writes nothing: how an answer is read does not depend on the words."""

    def line(self, line: Line) -> str:
        return ""

    def statements(self, statements: Iterable[Block]) -> str:
        return ""


def asked(scripts: Path, folder: str, texts: list[str]) -> list[list[dict[str, Any]]]:
    """Return what the script of the site says of each text."""
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    data = {"apis": [book(api, urls, NoWords()) for api in apis_of(folder)]}
    names = (scripts / name for name in ("reasonbook-explain.js", "reasonbook-json-schema.js"))
    answer = subprocess.run(
        ["node", str(Path(__file__).with_name("ask.mjs")), *map(str, names)],
        input=json.dumps([data, texts]),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    found: list[list[dict[str, Any]]] = json.loads(answer.stdout)
    return found


@pytest.mark.parametrize(("folder", "case"), CASES)
def test_in_python(folder: str, case: dict[str, Any]) -> None:
    (found,) = explain(case["text"], apis_of(folder))
    row = as_row(found)
    assert row == expected(case, row)


@pytest.mark.parametrize("folder", TABLE)
def test_in_the_browser_the_same(folder: str, scripts: Path) -> None:
    cases = TABLE[folder]
    rows = asked(scripts, folder, [case["text"] for case in cases])
    wrong = {
        case["what"]: (found, expected(case, found[0]))
        for case, found in zip(cases, rows, strict=True)
        if found != [expected(case, found[0])]
    }
    assert wrong == {}


TOO_MUCH: dict[str, tuple[str, dict[str, Any]]] = {
    "objects that are nested too deep": ('{"error":' * 50_000 + "1" + "}" * 50_000, {"by": [None]}),
    "lists that are nested too deep": ("[" * 50_000 + "]" * 50_000, {"by": [None]}),
    "lists that do not end": ("[" * 50_000, {"by": [None]}),
    "a word that is too long": ("A" * 50_000, {"unknown": ["A" * 50_000]}),
    "many braces": ('{ "a" ' * 5_000, {"by": [None]}),
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_text_that_is_too_much_is_answered(what: str, scripts: Path) -> None:
    text, wanted = TOO_MUCH[what]
    (found,) = explain(text, apis_of("catalogue"))
    ((in_browser,),) = asked(scripts, "catalogue", [text])
    row = as_row(found)
    assert in_browser == row
    assert {**row, "faults": []} == expected(wanted, row)


def as_curl_prints(api: Api, reason: Reason, example: Example) -> str:
    """Return a documented error as a client gets it; its body alone where it is no response."""
    status = example_status(reason, example)
    if status is None:
        return example.body
    headers = {"Content-Type": api.envelope_of(reason).media_type, **example.headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", example.body])


def is_told_by_its_body(api: Api, reason: Reason, example: Example) -> bool:
    """Tell whether all that names the reason is shown."""
    places = api.envelope_of(reason).reason
    return example_status(reason, example) is not None or all(isinstance(p, str) for p in places)


@pytest.mark.parametrize("folder", EVERY_FOLDER)
def test_every_documented_error_is_explained_without_a_fault(folder: str, scripts: Path) -> None:
    errors = [
        (api, reason, as_curl_prints(api, reason, example))
        for api in apis_of(folder)
        for reason in api.reasons.values()
        for example in reason.examples
        if is_told_by_its_body(api, reason, example)
    ]
    assert errors
    rows = asked(scripts, folder, [text for _, _, text in errors])
    for (api, reason, text), (in_browser,) in zip(errors, rows, strict=True):
        (found,) = explain(text, apis_of(folder))
        assert as_row(found) == in_browser, text
        names = {f"{api.name}/{reason.name}", f"{api.name}/{reason.code}"}
        assert names & {*in_browser["reasons"]}, text
        assert in_browser["faults"] == [], text


def test_broken_json_that_may_be_of_any_api_is_not_called_a_difference_from_one() -> None:
    said = as_text(explain('{"error": ', apis_of("catalogue")))
    assert "What is wrong with this text\n  - line 1, " in said
    assert "documented of" not in said
