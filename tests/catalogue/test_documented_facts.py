"""The catalogue of VoIPbin says what its sources say: a list of these facts is read alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api, Reason, RequestStep

FACTS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "facts" / "voipbin.json").read_text(encoding="utf-8")
)
REASONS: list[dict[str, Any]] = FACTS["reasons"]


@pytest.fixture(scope="module")
def api(project: Path) -> Api:
    return load_catalogue(project / "catalogue").catalogue.apis["voipbin"]


def test_every_documented_reason_is_there_and_no_other(api: Api) -> None:
    assert sorted(api.reasons) == sorted(fact["reason"] for fact in REASONS)


def test_what_is_sent_or_was_is_on_record(project: Path) -> None:
    ledger = json.loads((project / "catalogue/voipbin/published.json").read_text(encoding="utf-8"))
    assert sorted(ledger["reasons"]) == sorted(
        fact["reason"] for fact in REASONS if fact["life"] != "planned"
    )


@pytest.mark.parametrize("fact", REASONS, ids=lambda fact: fact["reason"])
class TestReason:
    def test_status_life_and_date(self, api: Api, fact: dict[str, Any]) -> None:
        reason = api.reasons[fact["reason"]]
        assert (reason.http, reason.lifecycle, reason.since) == (
            fact["http"],
            fact["life"],
            fact["since"],
        )
        if fact["status"]:
            assert reason.status == fact["status"]

    def test_what_sends_it_and_what_helps(self, api: Api, fact: dict[str, Any]) -> None:
        reason = api.reasons[fact["reason"]]
        assert set(fact["sent_by"]) <= set(reason.operations)
        assert set(fact["helped_by"]) <= requests_that_help(reason)

    def test_a_sent_one_shows_its_messages(self, api: Api, fact: dict[str, Any]) -> None:
        shown = messages_shown(api.reasons[fact["reason"]])
        if fact["life"] == "active":
            assert shown == set(fact["messages"]) or not fact["messages"]

    def test_one_that_was_never_sent_shows_no_body(self, api: Api, fact: dict[str, Any]) -> None:
        assert fact["life"] != "planned" or not api.reasons[fact["reason"]].examples


def messages_shown(reason: Reason) -> set[str]:
    return {json.loads(example.body)["error"]["message"] for example in reason.examples}


def test_a_message_that_was_made_up_is_told(api: Api) -> None:
    (note,) = [note.text for note in api.notes if "**Messages in examples**" in note.text]
    made_up = {
        fact["reason"]
        for fact in REASONS
        if messages_shown(api.reasons[fact["reason"]]) - set(fact["messages"])
    }
    assert set(re.findall(r"`([A-Z_]+)`", note)) == made_up


def requests_that_help(reason: Reason) -> set[str]:
    """The requests of the remedy, and those that a text names."""
    named = re.findall(r"`([A-Z]+ /[^`?]*)", " ".join([*reason.fix, reason.ai_context or ""]))
    steps = reason.remedy.next if reason.remedy else ()
    requests = [step.request for step in steps if isinstance(step, RequestStep)]
    return {*named, *(request.partition("?")[0] for request in requests)}


def planned() -> list[str]:
    return [fact["reason"] for fact in REASONS if fact["life"] == "planned"]


@pytest.mark.parametrize("name", planned())
def test_what_is_not_sent_names_what_comes_instead(api: Api, name: str) -> None:
    instead = [api.reasons[other] for other in api.reasons[name].falls_back_to]
    assert instead
    assert {other.lifecycle for other in instead} == {"active"}
    assert {other.http for other in instead} == {api.reasons[name].http}


@pytest.mark.parametrize(
    "fact", [fact for fact in REASONS if fact["life"] == "retired"], ids=lambda fact: fact["reason"]
)
def test_what_was_retired_names_its_successor(api: Api, fact: dict[str, Any]) -> None:
    gone = api.reasons[fact["reason"]].deprecated
    assert gone
    assert (gone.retired, gone.replaced_by) == (fact["retired"], fact["replaced_by"])


def test_the_canonical_statuses(api: Api) -> None:
    assert {name: status.http for name, status in api.statuses.items()} == FACTS["statuses"]


def test_the_details(api: Api) -> None:
    found = {
        reason.name: sorted(reason.details["items"]["properties"])
        for reason in api.reasons.values()
        if isinstance(reason.details, dict)
    }
    assert found == {name: sorted(members) for name, members in FACTS["details"].items()}


def test_every_operation_with_its_documented_statuses(api: Api) -> None:
    assert api.listed_operations
    assert api.listed_operations.operations == {
        operation: tuple(codes) for operation, codes in FACTS["operations"].items()
    }


def test_answers_without_a_body_are_outside_the_envelope(api: Api) -> None:
    (empty,) = [answer for answer in api.outside if answer.media_type == "none"]
    assert empty.raised_by == tuple(FACTS["without_body"])
    assert empty.http == tuple(sorted({code for c in FACTS["without_body"].values() for code in c}))


def test_contradictions_of_the_documentation_are_resolved(api: Api) -> None:
    # The source sends the header on 429, though one page denies it.
    assert [429] in [list(p.http) for p in api.response_headers if p.name == "Retry-After"]
    # No list has it, and the source never sends it.
    assert "BILLING_ACCESS_DENIED" not in api.reasons
    # The API description writes the recording operations with underscores.
    named = {o for reason in api.reasons.values() for o in reason.operations}
    named |= {o for reason in api.reasons.values() for o in requests_that_help(reason)}
    assert {o.replace("-", "_") for o in named if "recording" in o} <= named
