"""What the box finds for what people type and paste: one table of cases, asked of the script."""

from __future__ import annotations

import gzip
import json
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook import limits
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.render.data.find import find_index
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ROOT = Path(__file__).parents[3]
ASK = Path(__file__).with_name("ask.mjs")
Ask = Callable[..., list[list[dict[str, Any]]]]
CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text())
URLS = SiteUrls("https://x/", Addresses(""))


def index_of(folder: str) -> dict[str, Any]:
    ((_, text),) = find_index(load_catalogue(ROOT / folder).catalogue, URLS)
    return dict(json.loads(text))


@pytest.fixture
def ask(scripts: Path) -> Ask:
    return partial(_ask, scripts / "reasonbook-find.js")


def _ask(script: Path, index: dict[str, Any], *queries: str) -> list[list[dict[str, Any]]]:
    """What is found for each query, with addresses as the table has them."""
    command = ["node", str(ASK), str(script)]
    said = json.dumps([index, queries])
    answer = subprocess.run(command, input=said, capture_output=True, text=True, check=True)
    found: list[list[dict[str, Any]]] = json.loads(answer.stdout)
    for entry in (entry for entries in found for entry in entries):
        entry["address"] = entry["address"].removesuffix(".html").replace("/reasons/", "/", 1)
    return found


@pytest.mark.parametrize("folder", CASES)
def test_what_is_meant_comes_first(
    ask: Ask, folder: str, reached: Callable[[str, str, str], None]
) -> None:
    cases = CASES[folder]
    answers = ask(index_of(folder), *(case["query"] for case in cases))
    not_first, not_shown = [], []
    for case, answer in zip(cases, answers, strict=True):
        places = [entry["address"] for entry in answer]
        if not {*places[:1]} & {*case["right"]}:
            not_first.append((case["query"], places[:3]))
        if not {*places[:3]} & {*case["right"]}:
            not_shown.append((case["query"], places[:3]))
    for what, missed, least in (("first", not_first, 95), ("in first three", not_shown, 100)):
        share = 1 - len(missed) / len(cases)
        name = f"{len(cases)} searches, {Path(folder).parent.name or 'samples'}: {what}"
        reached(name, f"{share:.1%}", f"at least {least} %")
    assert not_shown == []
    assert len(not_first) <= 0.05 * len(cases), not_first


def test_only_a_code_in_full_is_exact(ask: Ask) -> None:
    index = index_of("catalogue")
    queries = ["CALL_NOT_FOUND", "call not found", "CALL_NOT", "call", "404", "CALL_NOT_FOUNT"]
    exact = [any(entry["exact"] for entry in found) for found in ask(index, *queries)]
    assert exact == [True, True, False, False, False, False]


@pytest.mark.parametrize(
    "query", ["503", "HTTP 503", "error 503", "503 Service Unavailable", "HTTP/1.1 503 \n\n"]
)
def test_a_status_alone_leads_to_all_that_has_it(ask: Ask, query: str) -> None:
    """After the reasons, which one usually looks for."""
    (found,) = ask(index_of("catalogue"), query)
    addresses = [entry["address"] for entry in found]
    assert addresses[-2:] == ["vobiz/http.html#http-503", "voipbin/http.html#http-503"]
    assert "voipbin/SERVICE_UNAVAILABLE" in addresses


def test_there_is_room_for_a_status_that_many_reasons_have(ask: Ask) -> None:
    (found,) = ask(index_of("catalogue"), "404")
    assert [entry["address"] for entry in found][-2:] == [
        "vobiz/http.html#http-404",
        "voipbin/http.html#http-404",
    ]


@pytest.mark.parametrize("query", ["404 trunk", "CALL_NOT_FOUND"])
def test_a_status_beside_other_words_is_no_answer(ask: Ask, query: str) -> None:
    (found,) = ask(index_of("catalogue"), query)
    named = [entry["address"] for entry in found if "#" in entry["address"]]
    assert named == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        pytest.param("no such call", "voipbin/CALL_NOT_FOUND", id="words that many texts have"),
        pytest.param("out of credits", "voipbin/INSUFFICIENT_BALANCE", id="another ending"),
        pytest.param("tts", "voipbin/SPEAKING_NOT_FOUND", id="a domain"),
        pytest.param("HTTP 502", "voipbin/index.html#outside", id="what comes in no envelope"),
        pytest.param("401 of the API", "voipbin/AUTHENTICATION_REQUIRED", id="a reason before it"),
    ],
)
def test_a_rule_puts_first(ask: Ask, query: str, first: str) -> None:
    (found,) = ask(index_of("catalogue"), query)
    assert found[0]["address"] == first


def test_near_spellings_are_told_from_what_was_written(ask: Ask) -> None:
    index = index_of("catalogue")
    right, near, nothing, empty = ask(index, "balance", "INSUFICIENT_BALANCE", "xqzzvw", "  ")
    assert [entry["near"] for entry in right[:2]] == [False, False]
    assert [entry["near"] for entry in near[:2]] == [True, True]
    assert nothing == empty == []


def test_guides_come_last(ask: Ask) -> None:
    index = index_of("catalogue") | {"guides": [["guide/x.html", "Balance", "On any balance."]]}
    (found,) = ask(index, "balance")
    assert [entry["address"] for entry in found][-1] == "guide/x"
    assert len(found) > 2


def test_no_pasted_text_takes_long(ask: Ask) -> None:
    """Nor has it to be JSON, or of a sensible length."""
    texts = ["[" * 50_000, "CALL_" * 10_000, "POST /" * 10_000, "a b " * 10_000, "\\(?<*+" * 999]
    assert len(ask(index_of("catalogue"), *texts)) == len(texts)


def test_a_thousand_reasons_are_60_kilobytes() -> None:
    """As the second half of the real ones is, since the first has the words of the format."""
    index = index_of("catalogue")
    rows = [row for api in index["apis"] for row in api["reasons"]]
    half = len(rows) // 2
    whole, first = (len(gzip.compress(json.dumps(part).encode())) for part in (rows, rows[:half]))
    assert first + (whole - first) / (len(rows) - half) * (1_000 - half) < 60_000


def test_a_large_index_is_several_files(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FIND_CHARACTERS", 3_000)
    catalogue = load_catalogue(ROOT / "catalogue").catalogue
    files = dict(find_index(catalogue, URLS))
    first, *others = map(json.loads, files.values())
    assert [f"_static/{name}" for name in first["more"]] == [*files][1:]
    named = [
        f"{api['folder']}{row[0]}"
        for part in (first, *others)
        for api in part["apis"]
        for row in api["reasons"]
    ]
    assert named == [f"{r.api}/reasons/{r.name}" for r in catalogue.reasons()]
    assert max(map(len, files.values())) < 4_100
    (whole,) = ask({**first, "apis": [a for part in (first, *others) for a in part["apis"]]}, "503")
    pages = [entry["address"] for entry in whole if "#" in entry["address"]]
    assert pages == [
        "voipbin/index.html#outside",  # once, although its API is in several files
        "vobiz/http.html#http-503",
        "voipbin/http.html#http-503",
    ]
