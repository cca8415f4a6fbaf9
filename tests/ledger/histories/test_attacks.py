"""What is published is permanent, in whatever way one tries to get round it.

Each history is played in a real repository: the last commit is the base, and a change edits the
YAML, the ledger or both. An attack may take several commits, of which the last is refused.
"""

from __future__ import annotations

import shutil

import pytest

from .history import Edit, Finding, History, drop, entry, everywhere, ledger, put, release

ACTIVE = '    since: "2025-01-01"\n'
DEPRECATED = f'{ACTIVE}    lifecycle: deprecated\n    deprecated: {{since: "2025-02-01"}}\n'
RETIRED = (
    f"{ACTIVE}    lifecycle: retired\n    deprecated: "
    '{since: "2025-02-01", retired: "2026-02-01"}\n'
)
VERSION = put("api.yaml", "schema_version: 1", "schema_version: 2")


def of_order(old: str, new: str) -> Edit:
    return put("orders.yaml", old, new)


def login(old: str, new: str) -> Edit:
    return put("cards.yaml", old, new)


def corrected(key: str, was: str, day: str = "2026-02-01") -> str:
    return f'corrections: [{{date: "{day}", key: {key}, was: {was}, why: A capture says so.}}]'


DEPRECATE, RETIRE = of_order(ACTIVE, DEPRECATED), of_order(DEPRECATED, RETIRED)
NO_WINDOW = put("api.yaml", "deprecation_window_days: 180\n", "")
SHORT_WINDOW = put("api.yaml", "window_days: 180", "window_days: 1")
NEVER_SENT = 'deprecated: {since: "2026-01-11", retired: "2026-01-11", never_sent: true}'
#: The examples of the envelope of its own, by file.
BODIES = [
    ("api.yaml", '{"error": {"code": "till:ORDER_NOT_FOUND"}}'),
    ("orders.yaml", '{"error": {"code": "till:ORDER_NOT_FOUND"}}'),
    ("orders.yaml", '{"error": {"code": "till:ORDER_LATE"}}'),
    ("envelope.schema.json", '"code": {'),
]
#: The reason is at another place in every body, and the schema says so.
ELSEWHERE = [
    put("api.yaml", "reason: [/error/code, ", "reason: [/error/reason, "),
    *(put(file, old, old.replace("code", "reason")) for file, old in BODIES),
]
SECOND_LEVEL_ELSEWHERE = put(
    "api.yaml",
    "statuses:\n",
    """  card:
    schema: card.schema.json
    reason: [/error/code, {header: X-Error-Code}]
    sub_reason: /error/reason
    reason_prefix: "till:"
    example: |
      {"error": {"code": "till:CARD_DECLINED", "reason": "FUNDS"}}
statuses:
""",
)
IN_CARD = "http: 402\n    envelope: card\n    cause: "
#: Edits of one commit, the finding of each rule, and the line that it names.
ATTACKS: dict[str, tuple[list[Edit], set[Finding]]] = {
    # A reason goes, with its line of the ledger.
    "a reason is dropped": (
        [
            drop("ORDER_NOT_FOUND"),
            put("api.yaml", "till:ORDER_NOT_FOUND", "till:ORDER_LATE"),
            ledger(lambda data: data["reasons"].pop("ORDER_NOT_FOUND")),
        ],
        {("reason-removed", "- reason: ORDER_LATE"), ("ledger-edited", "{")},
    ),
    "a reason is renamed": (
        [everywhere("ORDER_NOT_FOUND", "ORDERS_NOT_FOUND")],
        {("reason-renamed", "- reason: ORDERS_NOT_FOUND"), ("ledger-edited", "{")},
    ),
    "the case of a reason changes": (
        [
            everywhere("ORDER_NOT_FOUND", "order_not_found"),
            put("api.yaml", "requires: []", "requires: []\nreason_pattern: '[A-Za-z_]+'"),
        ],
        {("reason-renamed", "- reason: order_not_found"), ("ledger-edited", "{")},
    ),
    "a second level is renamed": (
        [put("cards.yaml", "sub_reason: FUNDS", "sub_reason: EMPTY")],
        {("reason-renamed", "- reason: CARD_DECLINED")},
    ),
    "a slug is added": (
        [of_order(ACTIVE, f"{ACTIVE}    slug: order\n"), entry("ORDER_NOT_FOUND", slug="order")],
        {("reason-renamed", "slug: order"), ("ledger-edited", "ORDER_NOT_FOUND")},
    ),
    "the slug of the first level changes that of the second": (
        [
            put(
                "cards.yaml",
                "  - reason: CARD_DECLINED\n    http",
                "  - reason: CARD_DECLINED\n    slug: card\n    http",
            )
        ],
        {("reason-renamed", "slug: card"), ("reason-renamed", "- reason: CARD_DECLINED")},
    ),
    "a domain goes with its page": (
        [
            put("api.yaml", "  - cards\n", ""),
            lambda history: (
                (history.api / "orders.yaml")
                .open("a")
                .write((history.api / "cards.yaml").read_text().partition("reasons:\n")[2])
            ),
            lambda history: (history.api / "cards.yaml").unlink(),
        ],
        {("reason-removed", "- orders")},
    ),
    # The window
    "a deprecation is antedated and retired in one change": (
        [DEPRECATE, release("2026-01-11"), RETIRE, VERSION],
        {
            ("retired-too-early", "lifecycle: retired"),
            ("retired-too-early", RETIRED.splitlines()[2].strip()),
        },
    ),
    "an antedated deprecation is retired by a ledger made by hand": (
        [
            DEPRECATE,
            RETIRE,
            VERSION,
            entry("ORDER_NOT_FOUND", deprecated="2025-02-01", remove_after="2025-07-31"),
        ],
        {
            ("retired-too-early", "lifecycle: retired"),
            ("ledger-edited", "ORDER_NOT_FOUND"),
        },
    ),
    "the window is removed": ([NO_WINDOW], {("promise-lowered", "format: 2")}),
    "the window is lowered, in the ledger, too": (
        [SHORT_WINDOW, ledger(lambda data: data.update(deprecation_window_days=1))],
        {
            ("promise-lowered", "deprecation_window_days: 1"),
            ("ledger-edited", "deprecation_window_days"),
        },
    ),
    "the window is lowered with a new version": (
        [SHORT_WINDOW, VERSION],
        {("promise-lowered", "deprecation_window_days: 1")},
    ),
    "the ledger alone prepares a lower window": (
        [ledger(lambda data: data.pop("deprecation_window_days"))],
        {("ledger-edited", "{")},
    ),
    "what the API promises is lowered": (
        [put("api.yaml", "stability: append-only", "stability: unstated")],
        {("promise-lowered", "stability: unstated")},
    ),
    # The wire
    "the reason moves in the body": (
        ELSEWHERE,
        {("place-changed", "reason: [/error/reason, {header: X-Error-Code}]")},
    ),
    "a header place goes": (
        [put("api.yaml", ", {header: X-Error-Code}]", "]")],
        {("place-changed", "reason: [/error/code]")},
    ),
    "a header place gets another name": (
        [put("api.yaml", "{header: X-Error-Code}", "{header: X-Code}")],
        {("place-changed", "reason: [/error/code, {header: X-Code}]")},
    ),
    "another prefix": (
        [everywhere('"till:', '"shop:')],
        {("place-changed", 'reason_prefix: "shop:"'), ("ledger-edited", "CARD_DECLINED")},
    ),
    "the second level moves": (
        [put("api.yaml", "/error/detail_code", "/error/code")],
        {("place-changed", "sub_reason: /error/code")},
    ),
    "a search of a further envelope becomes narrower": (
        [put("api.yaml", "[login, session]", "[login]")],
        {("place-changed", "reason: {in: /errors, where: {type: [login]}, at: /code}")},
    ),
    "a reason gets another envelope": (
        [put("cards.yaml", "    envelope: login\n", "")],
        {("place-changed", "- reason: LOGIN_EXPIRED")},
    ),
    "a whole domain gets another envelope": (
        [put("cards.yaml", "title: Cards", "title: Cards\nenvelope: login")],
        {
            ("place-changed", "- reason: CARD_DECLINED"),
            ("envelope-pointer", "sub_reason: FUNDS"),
        },
    ),
    "an envelope of the same places holds the second level elsewhere": (
        [
            SECOND_LEVEL_ELSEWHERE,
            lambda history: shutil.copy(
                history.api / "envelope.schema.json", history.api / "card.schema.json"
            ),
            put("card.schema.json", "detail_code", "reason"),
            put("cards.yaml", "http: 402\n    cause: The account", IN_CARD + "The account"),
            put("cards.yaml", "http: 402\n    cause: The bank", IN_CARD + "The bank"),
        ],
        {("place-changed", "envelope: card")},
    ),
    "the ledger alone prepares another place of the second level": (
        [
            ledger(
                lambda data: data["envelopes"].update(
                    card=data["envelope"] | {"sub_reason": "/error/reason"}
                )
            ),
            entry("CARD_DECLINED/FUNDS", envelope="card"),
        ],
        {
            ("ledger-edited", "CARD_DECLINED/FUNDS"),
            ("place-changed", "- reason: CARD_DECLINED"),
        },
    ),
    "the ledger alone prepares another place": (
        [ledger(lambda data: data["envelope"].update(reason=["/error/reason"]))],
        {("ledger-edited", "CARD_DECLINED")}
        | {("place-changed", "reason: [/error/code, {header: X-Error-Code}]")},
    ),
    "the ledger becomes an older one, which tells less": (
        [
            ledger(
                lambda data: [
                    data.update(version=1),
                    *(data.pop(key) for key in ("stability", "envelope", "envelopes")),
                    data.pop("deprecation_window_days"),
                ]
            )
        ],
        {("ledger-edited", key) for key in ("{", "version", "CARD_DECLINED", "LOGIN_EXPIRED")},
    ),
    # Facts
    "one of several statuses goes": (
        [of_order("http: [409, 503]", "http: 503")],
        {("http-changed", "http: 503")},
    ),
    "a status becomes unknown, in the ledger, too": (
        [put("cards.yaml", "http: 401", "http: unknown"), entry("LOGIN_EXPIRED", http="unknown")],
        {("http-changed", "http: unknown"), ("ledger-edited", "LOGIN_EXPIRED")},
    ),
    "a way to arrive goes": (
        [
            of_order("[response, callback]", "[response]"),
            entry("ORDER_LATE", arrives_in=["response"]),
        ],
        {("status-changed", "arrives_in: [response]"), ("ledger-edited", "ORDER_LATE")},
    ),
    "a cause goes": (
        [put("cards.yaml", "    cause: The account is empty.\n", "")],
        {("fact-lost", "- reason: CARD_DECLINED")},
    ),
    "a fix goes, and the ledger knows of none": (
        [
            of_order("    fix: Look the order up in the list.\n", ""),
            ledger(lambda data: data["reasons"]["ORDER_NOT_FOUND"]["facts"].pop("fix")),
        ],
        {("fact-lost", "- reason: ORDER_NOT_FOUND"), ("ledger-edited", "ORDER_NOT_FOUND")},
    ),
    "the remedy goes": (
        [put("cards.yaml", "    remedy: {actor: end-user, retry: after-fix}\n", "")],
        {("fact-lost", "- reason: CARD_DECLINED")},
    ),
    "a retry becomes unknown": (
        [put("cards.yaml", "retry: after-fix", "retry: unknown")],
        {("fact-lost", "remedy: {actor: end-user, retry: unknown}")},
    ),
    "nobody knows any more what sends a reason": (
        [of_order("    raised_by: [find order]\n", "")],
        {("fact-lost", "- reason: ORDER_NOT_FOUND")},
    ),
    "an observed example is said to be made up": (
        [of_order("origin: observed", "origin: constructed")],
        {("fact-lost", "- title: At night")},
    ),
    "an observed example goes": (
        [of_order("origin: observed\n        http: 503", "origin: observed\n        http: 409")],
        {("fact-lost", "- title: At night")},
    ),
    "what was observed was never sent": (
        [
            of_order(
                "since: v3",
                f"since: v3\n    lifecycle: retired\n    {NEVER_SENT}",
            ),
            of_order("origin: observed", "origin: constructed"),
        ],
        {
            ("retired-without-version", "lifecycle: retired"),
            ("retired-too-early", "lifecycle: retired"),
            ("fact-lost", "- title: At night"),
        },
    ),
    "first published is another version": (
        [of_order("since: v3", "since: v2")],
        {("ledger-differs", "since: v2")},
    ),
    "a correction that was no change at all": (
        [
            put(
                "cards.yaml",
                "http: 401",
                'http: 401\n    corrections: [{date: "2026-02-01", key: http, was: 401, why: No.}]',
            )
        ],
        {("correction", 'corrections: [{date: "2026-02-01", key: http, was: 401, why: No.}]')},
    ),
    "a correction of another value than the one on record": (
        [
            put(
                "cards.yaml",
                "http: 401",
                'http: 403\n    corrections: [{date: "2026-02-01", key: http, was: 400, why: No.}]',
            )
        ],
        {("http-changed", "http: 403")},
    ),
    "a correction of another fact": (
        [
            put(
                "cards.yaml",
                "http: 401",
                'http: 403\n    corrections: [{date: "2026-02-01", key: cause, was: x, why: No.}]',
            )
        ],
        {("http-changed", "http: 403")},
    ),
    "a correction of an observed status": (
        [
            of_order(
                "http: [409, 503]",
                f"http: 409\n    {corrected('http', '[409, 503]')}",
            ),
            of_order("http: 503", "http: 409"),
        ],
        {
            (
                "correction",
                corrected("http", "[409, 503]"),
            )
        },
    ),
    "a correction of tomorrow": (
        [login("http: 401", f"http: 403\n    {corrected('http', '401', '2999-01-01')}")],
        {("correction", corrected("http", "401", "2999-01-01"))},
    ),
    "the ledger is gone": (
        [lambda history: (history.api / "published.json").unlink()],
        {("ledger-edited", "")},
    ),
    "a correction in the ledger alone": (
        [
            entry(
                "LOGIN_EXPIRED",
                http=403,
                corrections=[{"date": "2026-02-01", "key": "http", "was": 401, "why": "No."}],
            )
        ],
        {("http-changed", "http: 401"), ("correction", "- reason: LOGIN_EXPIRED")},
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused(name: str, history: History) -> None:
    edits, findings = ATTACKS[name]
    for edit in edits:
        edit(history)
    assert set(history.check()) == findings, history.said


FORBIDDEN = f"http: 403\n    {corrected('http', '401')}"
BACK = FORBIDDEN.replace("403", "401").replace(
    "}]", '}, {date: "2026-03-01", key: http, was: 403, why: It was right.}]'
)
NEW = of_order("reasons:\n", "reasons:\n  - reason: NEW\n    http: 409\n")
NEW_GOING = 'http: 409\n    lifecycle: deprecated\n    deprecated: {since: "2025-02-01"}\n'
NEXT = (
    "      retry: after-delay\n",
    "      retry: after-delay\n      next: [{request: find order, ask_first: false}]\n",
)
SECOND = put("api.yaml", "{header: X-Error-Code}]", "{header: X-Error-Code}, {header: X-New}]")
LONG_AGO = {"first": "2025-01-01", "deprecated": "2025-02-01", "remove_after": "2025-07-31"}
FURTHER = put(
    "api.yaml",
    "statuses:\n",
    """  plain:
    schema: envelope.schema.json
    reason: [/error/code, {header: X-Plain}]
    example: |
      {"error": {"code": "NEW"}}
statuses:
""",
)
BESIDE = put("api.yaml", "reason: [/error/code, ", "reason: [/error/reason, /error/code, ")
#: Commits that are allowed, each with its edits; the change that is not, and its findings.
WALKS: dict[str, tuple[list[list[Edit]], list[Edit], set[Finding]]] = {
    "an antedated deprecation is published, then retired": (
        [[DEPRECATE, release("2026-01-11")]],
        [RETIRE, VERSION],
        {("retired-too-early", RETIRED.splitlines()[2].strip())},
    ),
    "it is retired after the reason has moved, which is recorded later": (
        [[DEPRECATE, release("2026-01-11")], [put("api.yaml", "title: Till", "title: A till")]],
        [of_order(DEPRECATED, RETIRED.replace("2026-02-01", "2026-07-09")), VERSION],
        {
            (
                "retired-too-early",
                RETIRED.splitlines()[2].strip().replace("2026-02-01", "2026-07-09"),
            )
        },
    ),
    "it was never published": (
        [[DEPRECATE]],
        [RETIRE, VERSION],
        {("retired-too-early", "lifecycle: retired")},
    ),
    "it was never published, and the ledger is made by hand": (
        [[DEPRECATE]],
        [RETIRE, VERSION, entry("ORDER_NOT_FOUND", deprecated="2025-02-01", retired="2026-02-01")],
        {
            ("retired-too-early", "lifecycle: retired"),
            ("ledger-edited", "ORDER_NOT_FOUND"),
        },
    ),
    "a longer window is not published, then taken back": (
        [[put("api.yaml", "window_days: 180", "window_days: 365")]],
        [put("api.yaml", "window_days: 365", "window_days: 180")],
        {("promise-lowered", "deprecation_window_days: 180")},
    ),
    "it is retired on a day that has not come": (
        [[DEPRECATE, release("2026-01-11")]],
        [of_order(DEPRECATED, RETIRED.replace("2026-02-01", "2999-01-01")), VERSION],
        {
            (
                "retired-too-early",
                RETIRED.splitlines()[2].strip().replace("2026-02-01", "2999-01-01"),
            )
        },
    ),
    "a place is added, then the old one goes": (
        [[BESIDE], [release("2026-01-11")]],
        [
            put("api.yaml", "[/error/reason, /error/code, ", "[/error/reason, "),
            *ELSEWHERE[1:],
        ],
        {("place-changed", "reason: [/error/reason, {header: X-Error-Code}]")},
    ),
    "a prefix is added, then the old one goes": (
        [
            [put("api.yaml", 'prefix: "till:"', 'prefix: ["till:", "shop:"]')],
            [release("2026-01-11")],
        ],
        [put("api.yaml", 'prefix: ["till:", "shop:"]', 'prefix: "shop:"')]
        + [put(file, old, old.replace("till:", "shop:")) for file, old in BODIES[:3]],
        {("place-changed", 'reason_prefix: "shop:"')},
    ),
    "the version is raised for something else, then the place changes": (
        [[VERSION, release("2026-01-11")]],
        ELSEWHERE,
        {("place-changed", "reason: [/error/reason, {header: X-Error-Code}]")},
    ),
    "the place of an envelope that is not on record moves": (
        [[FURTHER, NEW, of_order("NEW\n", "NEW\n    envelope: plain\n")]],
        [put("api.yaml", ", {header: X-Plain}]", "]")],
        {("place-changed", "reason: [/error/code]")},
    ),
    "a request that helps goes": (
        [[of_order(*NEXT), release("2026-01-11")]],
        [of_order(*reversed(NEXT))],
        {("fact-lost", "actor: client")},
    ),
    "a place that is not on record goes": (
        [[SECOND]],
        [put("api.yaml", ", {header: X-New}]", "]")],
        {("place-changed", "reason: [/error/code, {header: X-Error-Code}]")},
    ),
    "a place goes under a version that is not on record": (
        [[VERSION, put("api.yaml", "{header: X-Error-Code}", "{header: X-New}")]],
        [put("api.yaml", ", {header: X-New}]", "]")],
        {("place-changed", "reason: [/error/code]")},
    ),
    "a version that is not on record is lowered": (
        [[VERSION]],
        [put("api.yaml", "schema_version: 2", "schema_version: 1")],
        {("schema-version-lowered", "schema_version: 1")},
    ),
    "the window is longer than there are years": (
        [
            [put("api.yaml", "window_days: 180", "window_days: 4000000"), release("2026-01-11")],
            [DEPRECATE, release("2026-01-12")],
        ],
        [RETIRE, VERSION],
        {("retired-too-early", RETIRED.splitlines()[2].strip())},
    ),
    "an antedated deprecation is put on record by hand": (
        [[NEW]],
        [
            of_order("http: 409\n", NEW_GOING),
            ledger(
                lambda data: data["reasons"].update(
                    NEW=data["reasons"]["LOGIN_EXPIRED"] | {"domain": "orders", "http": 409}
                )
            ),
            entry("NEW", **LONG_AGO, envelope=None, facts={}),
        ],
        {("ledger-edited", "NEW")},
    ),
    "the day of recording is put back": (
        [[DEPRECATE, release("2026-01-11")]],
        [entry("ORDER_NOT_FOUND", recorded="2026-01-09")],
        {("ledger-edited", "ORDER_NOT_FOUND")},
    ),
    "the day of recording goes": (
        [[DEPRECATE, release("2026-01-11")]],
        [ledger(lambda data: data["reasons"]["ORDER_NOT_FOUND"].pop("recorded"))],
        {("ledger-edited", "ORDER_NOT_FOUND")},
    ),
    "a correction is used a second time": (
        [
            [login("http: 401", FORBIDDEN), release("2026-02-01")],
            [login(FORBIDDEN, BACK), release("2026-03-01")],
        ],
        [login("    http: 401\n    corrections", "    http: 403\n    corrections")],
        {("http-changed", "http: 403"), ("correction", BACK.splitlines()[1].strip())},
    ),
    "a correction is gone": (
        [[login("http: 401", FORBIDDEN), release("2026-02-01")]],
        [login(FORBIDDEN, "http: 403")],
        {("correction", "- reason: LOGIN_EXPIRED")},
    ),
    "a correction says another day, in the ledger, too": (
        [[login("http: 401", FORBIDDEN), release("2026-02-01")]],
        [everywhere("2026-02-01", "2026-02-02")],
        {
            ("correction", corrected("http", "401", "2026-02-02")),
            ("ledger-edited", "LOGIN_EXPIRED"),
        },
    ),
    "since gets known, then is another": (
        [[login("http: 401", 'http: 401\n    since: "2024-01-01"'), release("2026-01-11")]],
        [everywhere("2024-01-01", "2023-01-01")],
        {("ledger-edited", "LOGIN_EXPIRED")},
    ),
    "what was never sent comes back": (
        [
            [
                login(
                    "http: 401",
                    f"http: 401\n    lifecycle: retired\n    {NEVER_SENT}",
                ),
                release("2026-01-11"),
            ]
        ],
        [login("lifecycle: retired", "lifecycle: active")],
        {
            ("reason-reused", "lifecycle: active"),
            ("lifecycle-fields", NEVER_SENT),
        },
    ),
}


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_is_refused_at_its_last_step(name: str, history: History) -> None:
    allowed, last, findings = WALKS[name]
    for edits in allowed:
        history.pass_(*edits)
    for edit in last:
        edit(history)
    assert set(history.check()) == findings, history.said
