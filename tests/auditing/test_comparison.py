"""What differs from the catalogue; the words for each rule are in the corpus."""

from __future__ import annotations

import pytest

from .conftest import Audit, error, line, told

AT = "recording:1:1: error"


def test_what_is_documented_is_counted_by_reason_and_operation(audit: Audit) -> None:
    text = line(404, error(), method="GET", url="/orders/7", time="2026-11-25T23:30:00-02:00")
    text += line(404, error(), method="GET", url="/orders/8", time="2026-11-20T10:00:00Z")
    audited = audit(text + line(404, error()))
    assert told(audited) == []
    assert [(*seen, tally.count, str(tally.last)) for seen, tally in audited.seen] == [
        ("market", "ORDER_NOT_FOUND", "", 1, "None"),
        ("market", "ORDER_NOT_FOUND", "GET /orders/{id}", 2, "2026-11-26"),
    ]


def test_what_is_alike_is_one_finding_at_its_first_place(audit: Audit) -> None:
    audited = audit(line(404, error()) + 10_000 * line(410, error()))
    assert told(audited) == [
        "recording:2:1: error[sent-http]: The HTTP status is 410, but ORDER_NOT_FOUND has 404 "
        "(10,000 times)."
    ]


@pytest.mark.parametrize(
    ("http", "body", "expected"),
    [
        (404, error("ORDER_LATE"), "[sent-http]: The HTTP status is 404, but ORDER_LATE is not "
         "documented to arrive in a response."),
        (409, error("ORDER_SOON"), "[sent-lifecycle]: ORDER_SOON is planned, but the API sends "
         "it."),
        (404, error(status="INVALID"), '[sent-status]: /error/status is "INVALID", but '
         'ORDER_NOT_FOUND has "NOT_FOUND".'),
        (404, error(http=410), "[sent-http]: /error/http is 410, but the HTTP status is 404."),
        (404, error(owner="jane"), "[sent-envelope]: /error/* is not allowed here."),
        (404, error(request_id="jane"), "[sent-envelope]: /error/request_id: does not match "
         "^req_[0-9]+$."),
        (400, error("ORDER_INVALID"), "[sent-details]: /error/details is missing, but "
         "ORDER_INVALID has a details schema."),
        (400, error("ORDER_INVALID", details={"errors": [{"code": "TOO_LONG"}]}),
         '[sent-details]: /error/details/errors/*: the member "field" is missing.'),
        (400, error("ORDER_INVALID", details={"errors": [{"code": "TOO_LONG", "field": "jane"}]}),
         '[sent-details]: /error/details/errors/*/field: not one of "amount", "address".'),
        (400, error("ORDER_INVALID", details={"errors": [{"code": "TOO_SHORT",
         "field": "amount"}]}), "[sent-details]: /error/details/errors/*/code is (hidden), which "
         "is not listed under field_codes."),
        (401, "", "[sent-outside]: HTTP 401 without a body is outside the envelopes of Market, and "
         "not described."),
        (404, {"message": "jane"}, "[sent-outside]: HTTP 404 with a body is outside the envelopes "
         "of Market, and not described."),
        (404, {"error": "jane"}, "[sent-envelope]: /error: not of the type object."),
        (404, [[[1.5, "jane"]]], "[sent-outside]: HTTP 404 with a body is outside the envelopes of "
         "Market, and not described."),
    ],
)  # fmt: skip
def test_a_difference(http: int, body: object, expected: str, audit: Audit) -> None:
    url = "/orders" if "ORDER_INVALID" in str(body) else "/login/other"
    assert told(audit(line(http, body, method="POST", url=url))) == [f"{AT}{expected}"]


@pytest.mark.parametrize(
    "text",
    [
        line(502, "<h1>Bad Gateway</h1>", headers={"Content-Type": "text/html"}),
        line(502, "<h1>Bad Gateway</h1>"),
        line(401, "", method="POST", url="/login"),
        line(404, "", method="HEAD", url="/orders/1"),
        line(200, {"error": "of another kind"}),
        line(429, error("TOO_MANY"), headers={"X-Request-Id": None, "Retry-After": "5"}),
        '{"status": 404}\n',
    ],
)
def test_no_difference(text: str, audit: Audit) -> None:
    assert told(audit(text)) == []


def test_headers_are_compared_where_any_are_shown(audit: Audit) -> None:
    headers = {"x-request-id": "req_2", "retry-after": "soon"}
    assert told(audit(line(429, error("TOO_MANY", request_id="req_1"), headers=headers))) == [
        f"{AT}[sent-header]: retry-after is (hidden), which does not match [0-9]+.",
        f"{AT}[sent-header]: x-request-id is (hidden), but /error/request_id is (hidden).",
    ]


def test_what_cannot_be_compared_is_noted(audit: Audit) -> None:
    text = line(404, error(), url="https://elsewhere.example/") * 2
    text += '{"status": 404}\n{"level": "info"}\n' + line(404, error(), method="GET", url="/x/y")
    assert [f"{note.location}: {note.message}" for note in audit(text).notes] == [
        "recording:1:1: It is not known which API the error answer is from; --api names it "
        "(2 times).",
        "recording:3:1: An error answer is recorded without its body.",
        "recording:4:1: The line is not an exchange: it has no HTTP status.",
        "recording:5:1: The request is not one of the known operations.",
    ]


def test_an_operation_is_compared_only_where_others_are_known_to_send_it(audit: Audit) -> None:
    text = line(404, error(), method="POST", url="https://api.market.example/v1/orders?id=1")
    text += line(429, error("TOO_MANY"), method="POST", url="https://api.market.example/v1/orders")
    assert told(audit(text)) == [
        f"{AT}[sent-operation]: POST /orders is not known to send ORDER_NOT_FOUND."
    ]


def test_an_error_may_come_with_a_status_of_success_where_that_is_documented(audit: Audit) -> None:
    text = line(200, error("ORDER_TAKEN", owner=5)) + line(201, error("ORDER_TAKEN", owner=5))
    text += line(200, error("ORDER_NOT_FOUND")) + line(200, error("ORDER_UNHEARD_OF"))
    audited = audit(text + line(204, ""))
    assert told(audited) == [f"{AT}[sent-envelope]: /error/* is not allowed here."]
    assert [seen.reason for seen, _ in audited.seen] == ["ORDER_TAKEN"]
    assert (audited.exchanges, audited.compared) == (5, 1)


def test_a_reason_inside_a_resource_is_counted(audit: Audit) -> None:
    audited = audit(line(200, error("ORDER_SLOW")) * 2)
    assert told(audited) == []
    assert [(seen.reason, tally.count) for seen, tally in audited.seen] == [("ORDER_SLOW", 2)]


def test_every_unknown_code_has_the_one_that_is_like_it(audit: Audit) -> None:
    text = line(404, error("ORDER_NOT_FOUNDED")) * 100 + line(404, error("ORDER_INVALIDATED"))
    assert [problem.hint.partition("; ")[2] for problem in audit(text).problems] == [
        "ORDER_NOT_FOUND is like it.",
        "ORDER_INVALID is like it.",
    ]


def test_a_member_that_is_there_twice_is_found_since_readers_take_another_code(
    audit: Audit,
) -> None:
    body = '{"error": {"reason": "ORDER_NOT_FOUND", "reason": "ORDER_INVALID"}}'
    assert told(audit(line(404, body))) == [
        "recording:1:1: error[sent-envelope]: The body with HTTP 404 has a member twice; "
        "readers differ."
    ]
