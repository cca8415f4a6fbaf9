"""Every fault of a file is reported at its place, and everything else is still read."""

from __future__ import annotations

from typing import Any

import pytest

from reasonbook.diagnostics.problems import Problems
from reasonbook.format import schemas
from reasonbook.format.model import Api, BackoffWait, ErrorDomain, PointerWait, Remedy
from reasonbook.format.reading import read_record
from reasonbook.format.record import Record
from reasonbook.text.yaml_nodes import MappingNode
from reasonbook.text.yaml_reader import parse_yaml


def read(model: type[Any], text: str) -> tuple[Any, list[str]]:
    problems = Problems()
    root = parse_yaml(text, "file", problems)
    assert isinstance(root, MappingNode)
    record = read_record(model, root, problems)
    return record, [problem.message for problem in problems]


DOMAIN = """\
domain: orders
title: Orders
summary: About orders.
reasons:
  - reason: GONE
    http: {http}
    cause: It is gone.
    remedy: {{actor: nobody, retry: later}}
    casue: It is gone.
    examples:
      - title: One
        body: "{{}}"
"""


def test_all_faults_of_one_reason_are_found_in_one_run() -> None:
    _, messages = read(ErrorDomain, DOMAIN.format(http='"404"'))
    assert messages == [
        "reasons[0].http must be a whole number, a list or nothing, or the word unknown or none, "
        'not the text "404".',
        "reasons[0].remedy.retry is later, which is not one of never, after-fix, after-delay, "
        "at-once, unknown.",
        "reasons[0] has the unknown key casue.",
        "reasons[0].examples[0] has no origin.",
    ]


def test_what_is_not_at_fault_is_read() -> None:
    domain, _ = read(ErrorDomain, DOMAIN.format(http="404"))
    (reason,) = domain.reasons
    assert (reason.name, reason.own_http, reason.cause) == ("GONE", 404, "It is gone.")
    assert reason.examples[0].body == "{}"


def test_a_record_knows_which_of_its_values_were_at_fault() -> None:
    domain, _ = read(ErrorDomain, DOMAIN.format(http='"404"'))
    (reason,) = domain.reasons
    assert [key for key in ("reason", "http", "cause") if not reason.is_sound(key)] == ["http"]
    assert not reason.remedy.is_sound("retry")
    assert reason.remedy.is_sound("actor")
    assert domain.is_sound("reasons")


def test_of_a_record_that_is_none_no_value_is_sound() -> None:
    domain, messages = read(
        ErrorDomain, "domain: d\ntitle: T\nsummary: S\nreasons: [GONE, {reason: A}]\n"
    )
    assert messages[0] == 'reasons[0] must be keys and values, not the text "GONE".'
    assert not domain.reasons[0].is_sound("reason")
    assert domain.reasons[1].is_sound("reason")


def test_a_number_for_a_code_is_read_as_its_digits() -> None:
    domain, _ = read(ErrorDomain, "domain: d\ntitle: T\nsummary: S\nreasons: [{reason: 20003}]\n")
    assert domain.reasons[0].name == "20003"


@pytest.mark.parametrize(
    ("wait", "message"),
    [
        ("{}", "has none; it must have exactly one of header, pointer, backoff or seconds."),
        ("{unit: s}", "has none; it must have exactly one of header, pointer, backoff or seconds."),
        (
            "{header: A, seconds: 3}",
            "has header and seconds; it must have exactly one of header, pointer, backoff or "
            "seconds.",
        ),
        ("{secs: 3}", "has the unknown key secs."),
    ],
)
def test_a_wait_is_exactly_one_kind(wait: str, message: str) -> None:
    _remedy, messages = read(Remedy, f"actor: client\nretry: after-delay\nwait: [{wait}]\n")
    assert messages == [f"wait[0] {message}"]


@pytest.mark.parametrize(
    ("wait", "expected"),
    [
        ("{pointer: /a}", PointerWait(pointer="/a", unit="s")),
        (
            "{backoff: {first: 1, factor: 2.5}}",
            BackoffWait.model_validate({"backoff": {"first": 1, "factor": 2.5}}),
        ),
    ],
)
def test_a_wait_is_read_as_its_kind(wait: str, expected: Record) -> None:
    remedy, messages = read(Remedy, f"actor: client\nretry: after-delay\nwait: [{wait}]\n")
    assert messages == []
    assert remedy.wait == (expected,)


def test_a_place_is_named_as_people_say_it() -> None:
    _, messages = read(Api, "http:\n  404: {meaning: m}\nnotes: [{kind: tip}]\n")
    assert {"http.404 has no title.", "notes[0] has no text.", "The file has no api."} <= {
        *messages
    }


def test_every_value_knows_its_place() -> None:
    domain, _ = read(ErrorDomain, DOMAIN.format(http="404"))
    (reason,) = domain.reasons
    assert str(reason.at("cause")) == "file:7:12"
    assert str(reason.remedy.at("actor")) == "file:8:21"
    assert str(reason.at("since")) == "file:5:5"
    assert str(reason.examples[0].at("title")) == "file:11:16"


@pytest.mark.parametrize("most", [200])
def test_of_many_faults_the_first_are_told(most: int) -> None:
    items = ", ".join(["{}"] * (most + 1))
    _, messages = read(Api, f"links: [{items}]\n")
    assert f"After {most} faults the rest of the file is not looked at." in messages


def test_the_same_faults_in_many_files_cost_no_new_schemas() -> None:
    """Thousands of files of another kind may lie in a folder."""
    text = "apiVersion: v1\nkind: Deployment\nspec: {replicas: 2}\n"
    read(ErrorDomain, text)
    known = schemas._validator.cache_info().misses
    first, second = read(ErrorDomain, text), read(ErrorDomain, text)
    assert first[1] == second[1] != []
    assert schemas._validator.cache_info().misses == known
