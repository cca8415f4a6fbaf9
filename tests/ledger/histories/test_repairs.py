"""What was wrong may be put right, in the open; what only grows is never hindered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reasonbook.cli.main import main

from .history import Edit, History, drop, put, release

DAY = "2026-02-01"


def corrected(key: str, was: str) -> str:
    return (
        f'    corrections: [{{date: "{DAY}", key: {key}, was: {was}, why: A capture says so.}}]\n'
    )


def of_order(old: str, new: str, key: str = "", was: str = "") -> Edit:
    return put("orders.yaml", old, new + (corrected(key, was) if key else ""))


def of_card(old: str, new: str, key: str = "", was: str = "") -> Edit:
    return put("cards.yaml", old, new + (corrected(key, was) if key else ""))


SINCE = '    since: "2025-01-01"\n'
LATE = "    since: v3\n"
#: What is done, and what is said of it.
REPAIRS: dict[str, tuple[list[Edit], str]] = {
    "an HTTP status was wrong": (
        [of_card("    http: 401\n", "    http: 403\n", "http", "401")],
        "LOGIN_EXPIRED is corrected: http was 401.",
    ),
    "an HTTP status is not known after all": (
        [of_card("    http: 401\n", "    http: unknown\n", "http", "401")],
        "LOGIN_EXPIRED is corrected: http was 401.",
    ),
    "a canonical status was wrong, and so its number": (
        [
            put("api.yaml", "statuses:\n", "statuses:\n  GONE: {http: 410}\n"),
            of_order("    status: NOT_FOUND\n", "    status: GONE\n", "status", "NOT_FOUND"),
        ],
        "ORDER_NOT_FOUND is corrected: status was NOT_FOUND.",
    ),
    "the number of a canonical status was wrong": (
        [
            put("api.yaml", "http: 404", "http: 410"),
            of_order("    status: NOT_FOUND\n", "    status: NOT_FOUND\n", "http", "404"),
        ],
        "ORDER_NOT_FOUND is corrected: http was 404.",
    ),
    "one of several statuses was wrong, and nobody saw it": (
        [of_order("    http: [409, 503]\n", "    http: 503\n", "http", "[503, 409]")],
        "ORDER_LATE is corrected: http was [503, 409].",
    ),
    "a way to arrive was wrong": (
        [
            of_order(
                "    arrives_in: [response, callback]\n", "", "arrives_in", "[response, callback]"
            )
        ],
        'ORDER_LATE is corrected: arrives_in was ["response", "callback"].',
    ),
    "since was wrong": (
        [of_order(SINCE, '    since: "2025-03-01"\n', "since", '"2025-01-01"')],
        "ORDER_NOT_FOUND is corrected: since was 2025-01-01.",
    ),
    "since is not known after all": (
        [of_order(SINCE, "", "since", '"2025-01-01"')],
        "ORDER_NOT_FOUND is corrected: since was 2025-01-01.",
    ),
    "since is another version": (
        [of_order(LATE, "    since: v2\n", "since", "v3")],
        "ORDER_LATE is corrected: since was v3.",
    ),
    "whether to retry is not known after all": (
        [
            of_card("retry: after-fix}\n", "retry: unknown}\n", "remedy.retry", "after-fix"),
        ],
        "CARD_DECLINED is corrected: remedy.retry was after-fix.",
    ),
    "the whole remedy was wrong": (
        [of_card("    remedy: {actor: end-user, retry: after-fix}\n", "", "remedy", "...")],
        "CARD_DECLINED is corrected: remedy was ...",
    ),
    "a cause was wrong": (
        [of_card("    cause: The account is empty.\n", "", "cause", "The account is empty.")],
        "CARD_DECLINED/FUNDS is corrected: cause was The account is empty.",
    ),
    "an example was never observed": (
        [of_order("observed", "constructed"), of_order(LATE, LATE, "examples", "observed")],
        "ORDER_LATE is corrected: examples was observed.",
    ),
    "another way to retry needs no wait": (
        [
            of_order("retry: after-delay", "retry: never"),
            of_order("      wait: [{seconds: 30}]\n      max_attempts: 3\n", ""),
        ],
        "",
    ),
    "since gets known": (
        [of_card("    http: 401\n", '    http: 401\n    since: "2024-01-01"\n')],
        "",
    ),
    "a place is added": (
        [put("api.yaml", "reason: [/error/code, ", "reason: [/error/reason, /error/code, ")],
        "The envelope has the place /error/reason, which is new.",
    ),
    "a prefix is added": (
        [put("api.yaml", 'prefix: "till:"', 'prefix: ["shop:", "till:"]')],
        "The envelope has the prefix shop:, which is new.",
    ),
    "places change their order, and a header its case": (
        [
            put(
                "api.yaml",
                "[/error/code, {header: X-Error-Code}]",
                "[{header: x-error-code}, /error/code]",
            )
        ],
        "",
    ),
    "a search becomes wider": (
        [put("api.yaml", "[login, session]", "[login, session, token]")],
        "",
    ),
    "a further envelope gets another name": (
        [
            put("api.yaml", "  login:\n", "  entry:\n"),
            of_card("envelope: login", "envelope: entry"),
        ],
        "",
    ),
    "a place changes under a higher version": (
        [
            put("api.yaml", "schema_version: 1", "schema_version: 2"),
            put("api.yaml", ", {header: X-Error-Code}]", "]"),
        ],
        "The envelope no longer has the header X-Error-Code, since schema_version 2.",
    ),
    "a window becomes longer": (
        [put("api.yaml", "window_days: 180", "window_days: 365")],
        "",
    ),
    "what was never sent goes at once": (
        [
            of_card(
                "    http: 401\n",
                "    http: 401\n    lifecycle: retired\n    deprecated: "
                '{since: "2026-01-12", retired: "2026-01-12", never_sent: true}\n',
            )
        ],
        "LOGIN_EXPIRED, published on 2026-01-10, is retired at once, as never sent.",
    ),
    "what was only planned goes": (
        [
            drop("PLAN_ENDED"),
            put("plans.yaml", "reasons:\n", "reasons: []\n"),
        ],
        "PLAN_ENDED is gone with its page; it was planned.",
    ),
    "a domain goes in which nothing was published": (
        [
            put("api.yaml", "  - plans\n", ""),
            lambda history: (history.api / "plans.yaml").unlink(),
        ],
        "The domain plans is gone with its page; no reason was published there.",
    ),
}


@pytest.mark.parametrize("name", REPAIRS)
def test_a_repair_passes_before_and_after_its_release(name: str, history: History) -> None:
    edits, note = REPAIRS[name]
    for edit in edits:
        edit(history)
    assert history.check() == [], history.said
    assert note in history.notes
    release(DAY)(history)
    assert history.check() == [], history.said
    assert note in history.notes
    history.commit()
    assert history.check() == [], history.said
    assert "note" not in history.notes
    before = (history.api / "published.json").read_bytes()
    release("2026-03-01")(history)
    assert (history.api / "published.json").read_bytes() == before


def test_an_api_that_published_nothing_may_go(history: History) -> None:
    plans = history.folder / "plans"
    plans.mkdir()
    api = (history.api / "api.yaml").read_text().replace("api: till", "api: plans")
    api = api.replace("ORDER_NOT_FOUND", "PLAN_ENDED").replace("LOGIN_EXPIRED", "PLAN_ENDED")
    (plans / "api.yaml").write_text(api.replace("  - orders\n  - cards\n", ""))
    for name in ("envelope.schema.json", "login.schema.json", "plans.yaml"):
        (plans / name).write_text((history.api / name).read_text())
    history.pass_()
    for path in plans.iterdir():
        path.unlink()
    plans.rmdir()
    history.pass_()
    assert "note: The API plans is gone; it had no published reason." in history.notes


ADDED = "  - reason: ORDER_{n}\n    http: 409\n    cause: The order is number {n}.\n"


def test_ten_commits_that_only_add_reword_reorder_and_move(history: History) -> None:
    def reorder(history: History) -> None:
        path = history.api / "cards.yaml"
        head, *reasons = path.read_text().split("  - reason: ")
        path.write_text("  - reason: ".join([head, *reversed(reasons)]))

    def move(history: History) -> None:
        cards, plans = history.api / "cards.yaml", history.api / "plans.yaml"
        head, block, rest = cards.read_text().partition("  - reason: LOGIN_EXPIRED\n")
        own, mark, others = rest.partition("  - reason: ")
        cards.write_text(head + mark + others)
        plans.write_text(plans.read_text() + block + own)

    def add(number: int) -> Edit:
        path = "orders.yaml"
        return put(path, "reasons:\n", "reasons:\n" + ADDED.format(n=number))

    history.pass_(add(1), of_card("The session is over.", "The session has ended."))
    history.pass_(release("2026-01-12"))
    history.pass_(reorder)
    history.pass_(move)
    assert "LOGIN_EXPIRED moved from cards to plans." in history.notes
    history.pass_(release("2026-01-13"), add(2))
    history.pass_(put("api.yaml", "  - orders\n  - cards\n", "  - cards\n  - orders\n"))
    history.pass_(of_order("http: [409, 503]", "http: [429, 503, 409]"))
    history.pass_(put("plans.yaml", "    lifecycle: planned\n", "    cause: The plan is over.\n"))
    history.pass_(of_order("title: Orders", "title: All orders"), add(3))
    history.pass_(release("2026-01-14"))
    history.pass_()
    assert history.notes == ""


def entries(history: History) -> Any:
    return json.loads((history.api / "published.json").read_text())["reasons"]


def test_a_correction_is_in_the_ledger_with_what_it_corrects(history: History) -> None:
    history.pass_(*REPAIRS["since is not known after all"][0], release(DAY))
    found = entries(history)["ORDER_NOT_FOUND"]
    assert found["first"] is None
    assert found["corrections"] == [
        {"date": DAY, "key": "since", "was": "2025-01-01", "why": "A capture says so."}
    ]
    assert found["recorded"] == DAY


def test_only_the_reason_why_may_be_reworded(history: History) -> None:
    history.pass_(*REPAIRS["an HTTP status was wrong"][0], release(DAY))
    history.pass_(of_card("A capture says so.", "So says a capture."), release("2026-02-02"))
    assert entries(history)["LOGIN_EXPIRED"]["corrections"][0]["why"] == "So says a capture."


def test_a_deprecation_ends_with_the_window_counted_from_its_recording(history: History) -> None:
    deprecated = f'{SINCE}    lifecycle: deprecated\n    deprecated: {{since: "2025-12-01"}}\n'
    history.pass_(of_order(SINCE, deprecated), release("2026-02-01"))
    found = entries(history)["ORDER_NOT_FOUND"]
    assert (found["remove_after"], found["window_ends"]) == ("2026-05-30", "2026-07-31")
    put("api.yaml", "schema_version: 1", "schema_version: 2")(history)
    retired = deprecated.replace("deprecated\n", "retired\n")
    early = retired.replace('01"}', '01", retired: "2026-07-30"}')
    of_order(deprecated, early)(history)
    assert [rule for rule, _ in history.check()] == ["retired-too-early"]
    history.pass_(of_order("2026-07-30", "2026-07-31"), release("2026-07-31"))


def test_a_release_is_not_before_the_last_one(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["publish", ".", "--date", "2026-01-09"]) == 1
    assert capsys.readouterr().out == (
        "till/published.json:1:1: The last release was on 2026-01-10, after 2026-01-09.\n"
    )


def test_a_way_to_arrive_was_wrong_and_another_one_was_observed(history: History) -> None:
    history.pass_(
        of_order("http: 503\n        body", "http: none\n        body"),
        of_order(LATE, LATE, "examples", "observed"),
        release(DAY),
    )
    wrong = [("arrives_in", "[response, callback]"), ("http", "[409, 503]")]
    more = ", ".join(
        f'{{date: "{DAY}", key: {key}, was: {was}, why: Only callbacks came.}}'
        for key, was in wrong
    )
    history.pass_(
        of_order("[response, callback]", "[callback]"),
        of_order("http: [409, 503]", "http: none"),
        of_order("why: A capture says so.}]", f"why: A capture says so.}}, {more}]"),
    )


OLD = """{
  "version": 1,
  "api": "till",
  "schema_version": 1,
  "reasons": {
    "LOGIN_EXPIRED": {"first": "2026-01-10", "domain": "cards", "http": 401, "status": null, \
"schema_version": 1, "deprecated": "2025-02-01", "remove_after": "2025-07-31", \
"recorded": "2026-01-20"}
  }
}
"""


@pytest.fixture
def older(history: History) -> History:
    """The same with a ledger of version 1, which knows of one deprecation."""
    (history.api / "published.json").write_text(OLD)
    gone = 'http: 401\n    lifecycle: deprecated\n    deprecated: {since: "2025-02-01"}'
    of_card("http: 401", gone)(history)
    history.commit()
    return history


def test_an_older_ledger_is_silent_and_publish_fills_it_in(older: History) -> None:
    older.pass_(of_card("    cause: The session is over.\n", "    cause: It is over.\n"))
    older.pass_(release("2026-02-01"))
    found = entries(older)["LOGIN_EXPIRED"]
    assert (found["facts"], found["envelope"]) == ({"cause": True}, "login")
    assert found["recorded"] == "2026-01-20", "it is no event"
    assert found["window_ends"] == "2026-07-19"


def test_the_day_of_recording_in_an_older_ledger_counts(older: History) -> None:
    put("api.yaml", "schema_version: 1", "schema_version: 2")(older)
    of_card("lifecycle: deprecated", "lifecycle: retired")(older)
    of_card('"2025-02-01"}', '"2025-02-01", retired: "2026-02-01"}')(older)
    assert [rule for rule, _ in older.check()] == ["retired-too-early"]
    assert "to stay until 2026-07-19, counted from the day on which" in older.said
