from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.cli.main import main

FillIn = Callable[..., None]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def catalogue(tmp_path: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogue of the site, and APIs of other shapes."""
    folder = shutil.copytree(project / "catalogue", tmp_path / "catalogue")
    for root in ("problem-details", "error-info", "lower-case"):
        shutil.copytree(project / f"tests/roots/test-{root}/catalogue", folder, dirs_exist_ok=True)
    shutil.copytree(project / "tests/corpus/base", folder, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def bytes_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rules(capsys: Capture) -> set[str]:
    capsys.readouterr()
    main(["check"])
    return set(re.findall(r"error\[(.+?)\]", capsys.readouterr().out))


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_bytes())


def body_of(path: Path) -> Any:
    """The body of the last reason's example, whose layout is of no matter."""
    return json.loads(read(path)["reasons"][-1]["examples"][0]["body"])


def test_a_reason_with_its_status(shop: Path, fill_in: FillIn, capsys: Capture) -> None:
    before = (shop / "shop/orders.yaml").read_text()

    arguments = ["new", "shop/orders", "ORDER_CLOSED", "--status", "NOT_FOUND"]
    assert main([*arguments, "--catalogue", "."]) == 0

    assert capsys.readouterr() == (
        "shop/orders.yaml: ORDER_CLOSED added as the last reason\n"
        "Next: write your own in place of <FILL IN ...>; `reasonbook check .` says where.\n",
        "",
    )
    after = (shop / "shop/orders.yaml").read_text()
    assert after.removeprefix(before) == SKELETON
    assert main(["check", "."]) == 1
    assert capsys.readouterr().out == LEFT
    fill_in(shop)
    assert main(["check", "."]) == 0


SKELETON = """
  - reason: ORDER_CLOSED
    status: NOT_FOUND
    cause: <FILL IN why the API answers so>
    fix:
      - <FILL IN what helps>
    remedy:
      actor: <FILL IN who can fix it (client, end-user, account-admin, platform, nobody or unknown)>
      retry: <FILL IN whether to send it again (never, after-fix, after-delay, at-once or unknown)>
    examples:
      - title: <FILL IN what the client did>
        origin: constructed
        body: |
          {
            "code": "ORDER_CLOSED"
          }
"""
LEFT = """\
shop/orders.yaml:22:12: error[unfilled-text]: reasons[1].cause is still to be filled in.
  hint: Write why the API answers so.
shop/orders.yaml:24:9: error[unfilled-text]: reasons[1].fix[0] is still to be filled in.
  hint: Write what helps.
shop/orders.yaml:26:14: error[unfilled-text]: reasons[1].remedy.actor is still to be filled in.
  hint: Write who can fix it (client, end-user, account-admin, platform, nobody or unknown).
shop/orders.yaml:27:14: error[unfilled-text]: reasons[1].remedy.retry is still to be filled in.
  hint: Write whether to send it again (never, after-fix, after-delay, at-once or unknown).
shop/orders.yaml:29:16: error[unfilled-text]: reasons[1].examples[0].title is still to be filled in.
  hint: Write what the client did.
"""

MESSAGE = "<FILL IN the message>"
REQUEST_ID = "req_ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PROBLEM = "https://api.example.com/problems/"


def call(reason: str, status: str) -> dict[str, Any]:
    fields = {"status": status, "reason": reason, "message": MESSAGE, "request_id": REQUEST_ID}
    return {"error": fields}


def book(code: int | str, reason: str, status: str) -> dict[str, Any]:
    info = "type.googleapis.com/google.rpc.ErrorInfo"
    details = [{"@type": info, "reason": reason, "domain": "<FILL IN domain>"}]
    return {"error": {"code": code, "message": MESSAGE, "status": status, "details": details}}


def problem(reason: str, status: int | str) -> dict[str, Any]:
    parts = {"type": PROBLEM + reason, "title": "<FILL IN title>", "status": status}
    return {**parts, "detail": MESSAGE}


BODIES: list[tuple[str, str, dict[str, Any]]] = [
    ("shop/orders ORDER_CLOSED", "", {"code": "ORDER_CLOSED"}),
    ("shop/payments ORDER_CLOSED", "--http 402", {"code": "ORDER_CLOSED"}),
    (
        "voipbin/call-manager CALL_LOST",
        "--status NOT_FOUND",
        call("CALL_LOST", "NOT_FOUND"),
    ),
    (
        "voipbin/call-manager CALL_LOST",
        "--status RESOURCE_EXHAUSTED",
        call("CALL_LOST", "RESOURCE_EXHAUSTED"),
    ),
    ("voipbin/call-manager CALL_LOST", "--http 404", call("CALL_LOST", "NOT_FOUND")),
    (
        "voipbin/call-manager CALL_LOST",
        "--http 409",
        call("CALL_LOST", "<FILL IN ALREADY_EXISTS or FAILED_PRECONDITION>"),
    ),
    (
        "voipbin/call-manager CALL_LOST",
        "",
        call("CALL_LOST", "<FILL IN the canonical status>"),
    ),
    (
        "vobiz/billing CARD_LOST",
        "--http 402",
        {
            "status": "error",
            "error": {"code": "CARD_LOST", "message": MESSAGE},
            "timestamp": "2025-10-12T10:30:00.000Z",
            "requestId": "req_7a8b9c0d1e2f",
        },
    ),
    (
        "card-shop/payments card_lost",
        "--http 402",
        {"error": {"code": "card_lost", "message": MESSAGE}},
    ),
    ("bank/requests too-old", "--http 422", problem("too-old", 422)),
    (
        "bank/requests too-old",
        "",
        problem("too-old", "<FILL IN the HTTP status, a number without quotes>"),
    ),
    ("library/books BOOK_LENT", "--status NOT_FOUND", book(404, "BOOK_LENT", "NOT_FOUND")),
    (
        "library/books BOOK_LENT",
        "",
        book(
            "<FILL IN the HTTP status, a number without quotes>",
            "BOOK_LENT",
            "<FILL IN the canonical status>",
        ),
    ),
]


@pytest.mark.parametrize(("reason", "given", "body"), BODIES, ids=lambda part: str(part)[:50])
def test_the_example_is_made_from_the_envelope(
    reason: str,
    given: str,
    body: dict[str, Any],
    catalogue: Path,
    fill_in: FillIn,
    capsys: Capture,
) -> None:
    assert rules(capsys) == set()
    before = bytes_of(catalogue)
    path = catalogue / f"{reason.split()[0]}.yaml"

    assert main(["new", *reason.split(), *given.split()]) == 0

    assert body_of(path) == body
    after = bytes_of(catalogue)
    assert after.pop(path).startswith(before.pop(path))
    assert after == before
    assert rules(capsys) == {"unfilled-text"}
    fill_in(path.parent)
    assert rules(capsys) == set()


def test_headers_that_the_api_promises(catalogue: Path, capsys: Capture) -> None:
    path = catalogue / "voipbin/call-manager.yaml"
    main(["new", "voipbin/call-manager", "CALL_LOST", "--status", "NOT_FOUND"])
    assert read(path)["reasons"][-1]["examples"][0]["headers"] == {"X-Request-Id": REQUEST_ID}

    main(["new", "voipbin/call-manager", "CALL_FLOOD", "--http", "429"])
    assert read(path)["reasons"][-1]["examples"][0]["headers"] == {
        "X-Request-Id": REQUEST_ID,
        "Retry-After": "<FILL IN the value of Retry-After>",
    }
    assert rules(capsys) == {"unfilled-text"}


def domain_file(reasons: str) -> str:
    return f"domain: orders\ntitle: Orders\nsummary: On orders.\n{reasons}"


OLD = """\
reason: ORDER_NOT_FOUND
status: NOT_FOUND
cause: There is no such order.
fix: List the orders.
remedy:
  actor: client
  retry: after-fix
examples:
  - title: A deleted order
    origin: constructed
    body: |
      {"code": "ORDER_NOT_FOUND"}
"""


def old(text: str = OLD) -> str:
    """The reason that is there already, as the documented format indents it."""
    return "  - " + "    ".join(text.splitlines(keepends=True))


BELOW_THE_KEY = """\
- reason: ORDER_NOT_FOUND
  status: NOT_FOUND
  cause: There is no such order.
  fix:
  - List the orders.
  remedy: {actor: client, retry: after-fix}
  lifecycle: planned
"""
FOUR_COLUMNS = """\
    -   reason: ORDER_NOT_FOUND
        status: NOT_FOUND
        cause: There is no such order.
        fix:
            -   List the orders.
        remedy:
            actor: client
            retry: after-fix
        lifecycle: planned
"""
NEW = "\n  - reason: NEW\n    http: 404\n    cause: <FILL"
NEW_FOUR_COLUMNS = """
    -   reason: NEW
        http: 404
        cause: <FILL IN why the API answers so>
        fix:
            -   <FILL IN what helps>
        remedy:
            actor: <FILL"""

# What stands before the place of the new reason, what it begins with there, and what follows.
LAYOUTS: dict[str, tuple[str, str, str]] = {
    "at the end": (f"reasons:\n{old()}", NEW, ""),
    "no end of the last line": (f"reasons:\n{old()}".rstrip("\n"), f"\n{NEW}", ""),
    "before other keys": (
        f"reasons:\n{old()}",
        NEW,
        "\n# More.\nnotes: []\ncoverage: common # 1\n",
    ),
    "before a comment": (f"reasons:  # all\n{old()}", NEW, "  # The last.\n\n# The end.\n"),
    "after a comment on the last line": (
        f"reasons:\n{old()}    see_also:\n      - ORDER_NOT_FOUND  # itself\n",
        NEW,
        "# The end.\n",
    ),
    "after a list in brackets": (
        f"reasons:\n{old()}    see_also: [ORDER_NOT_FOUND,\n      ]  # itself\n",
        NEW,
        "",
    ),
    "after a text on two lines": (
        f"reasons:\n{old()}    ai_context: One\n      and two\n",
        NEW,
        "\ncoverage: common\n",
    ),
    "empty lines at the end": (f"reasons:\n{old()}", NEW, "\n\n\n"),
    "empty lines that are kept": (
        f"reasons:\n{old()}    ai_context: |+\n      Text.\n\n\n",
        NEW.removeprefix("\n"),
        "coverage: common\n",
    ),
    "no empty line between": (
        f"reasons:\n{old()}{old().replace('NOT_FOUND', 'GONE')}",
        NEW.removeprefix("\n"),
        "coverage: common\n",
    ),
    "dashes below the key": (
        f"reasons:\n{BELOW_THE_KEY}",
        "\n- reason: NEW\n  http: 404\n  cause: <FILL IN why the API answers so>\n  fix:\n  - <",
        "",
    ),
    "four columns": (f"reasons:\n{FOUR_COLUMNS}", NEW_FOUR_COLUMNS, "notes: []\n"),
}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["", "BOM"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_other_byte_stays(
    layout: str, newline: str, mark: str, shop: Path, capsys: Capture
) -> None:
    before, new, after = LAYOUTS[layout]
    path = shop / "shop/orders.yaml"
    path.write_bytes((mark + domain_file(before + after)).replace("\n", newline).encode())

    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 0

    written = path.read_bytes().decode()
    assert written.count("\r") == (written.count("\n") if newline == "\r\n" else 0)
    written = written.replace(newline, "\n")
    assert written.startswith(mark + domain_file(before) + new)
    assert written.endswith(f"}}\n{after}")
    assert read(path)["reasons"][-1]["reason"] == "NEW"
    assert body_of(path) == {"code": "NEW"}


@pytest.mark.parametrize(
    ("before", "start", "after"),
    [
        ("reasons: []\n", "reasons:\n  - reason: NEW\n", ""),
        ("reasons: []", "reasons:\n  - reason: NEW\n", ""),
        ("reasons: [ ] # soon\n", "reasons: # soon\n  - reason: NEW\n", ""),
        ("reasons:\n  []\n", "reasons:\n  - reason: NEW\n", ""),
        ("reasons: [\n\n  ]\nnotes: []\n", "reasons:\n  - reason: NEW\n", "notes: []\n"),
    ],
)
def test_the_first_reason(before: str, start: str, after: str, shop: Path, capsys: Capture) -> None:
    path = shop / "shop/orders.yaml"
    path.write_text(domain_file(before))
    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 0
    assert path.read_text().startswith(domain_file(start))
    assert path.read_text().endswith(f"}}\n{after}")
    assert len(read(path)["reasons"]) == 1


def test_a_new_domain(catalogue: Path, fill_in: FillIn, capsys: Capture) -> None:
    api = (catalogue / "shop/api.yaml").read_text()

    assert main(["new", "shop/accounts", "ACCOUNT_LOCKED", "--http", "403"]) == 0

    assert capsys.readouterr().out == (
        "catalogue/shop/accounts.yaml: the new domain accounts\n"
        "catalogue/shop/accounts.yaml: ACCOUNT_LOCKED added as the last reason\n"
        "catalogue/shop/api.yaml: accounts added as the last domain\n"
        "Next: write your own in place of <FILL IN ...>; `reasonbook check` says where.\n"
    )
    assert (catalogue / "shop/api.yaml").read_text() == f"{api}  - accounts\n"
    assert rules(capsys) == {"unfilled-text"}
    fill_in(catalogue / "shop")
    assert rules(capsys) == set()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "domains:\n- orders\n- payments # paid\n# end\n",
            "- payments # paid\n- accounts\n# end\n",
        ),
        ("domains: [orders, payments] # two\n", "[orders, payments, accounts] # two\n"),
        ("domains: [orders, payments,] # two\n", "[orders, payments, accounts,] # two\n"),
        ("domains:\n    - orders\n\n    - 'payments'\n\n\n", "'payments'\n    - accounts\n\n\n"),
        ("domains:\n  [\n    orders,\n    payments\n  ]\n", "    payments, accounts\n  ]\n"),
    ],
)
def test_a_new_domain_is_listed_as_the_others_are(
    before: str, after: str, shop: Path, capsys: Capture
) -> None:
    edit(shop / "shop/api.yaml", "domains:\n  - orders\n  - payments\n", before)
    assert main(["new", "shop/accounts", "NEW", "--http", "403", "--catalogue", "."]) == 0
    assert (shop / "shop/api.yaml").read_text().endswith(after)
    assert read(shop / "shop/api.yaml")["domains"] == ["orders", "payments", "accounts"]


def test_the_first_domain(shop: Path, capsys: Capture) -> None:
    for name in ("orders", "payments"):
        (shop / f"shop/{name}.yaml").unlink()
    edit(shop / "shop/api.yaml", "domains:\n  - orders\n  - payments\n", "domains: [] # none\n")
    assert main(["new", "shop/orders", "NEW", "--http", "403", "--catalogue", "."]) == 0
    assert (shop / "shop/api.yaml").read_text().endswith("domains: # none\n  - orders\n")


def test_a_listed_domain_without_its_file(shop: Path, capsys: Capture) -> None:
    (shop / "shop/payments.yaml").unlink()
    api = (shop / "shop/api.yaml").read_bytes()
    assert main(["new", "shop/payments", "NEW", "--http", "403", "--catalogue", "."]) == 0
    assert "the new domain payments" in capsys.readouterr().out
    assert (shop / "shop/api.yaml").read_bytes() == api


def test_a_file_that_is_not_listed(shop: Path, capsys: Capture) -> None:
    edit(shop / "shop/api.yaml", "  - payments\n", "")
    assert main(["new", "shop/payments", "NEW", "--http", "403", "--catalogue", "."]) == 0
    assert "api.yaml: payments added as the last domain\n" in capsys.readouterr().out
    assert read(shop / "shop/api.yaml")["domains"] == ["orders", "payments"]


def test_a_reason_that_others_speak_of_already(shop: Path, capsys: Capture) -> None:
    edit(shop / "shop/orders.yaml", "    examples:\n", "    see_also: [NEW]\n    examples:\n")
    assert main(["new", "shop/orders", "NEW", "--http", "403", "--catalogue", "."]) == 0


def test_straight_after_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    main(["init", "fresh"])
    assert main(["new", "fresh/general", "NEW", "--http", "403"]) == 0
    assert main(["new", "fresh/general", "OTHER"]) == 0
    assert main(["new", "fresh/second", "THIRD"]) == 0
    assert len(read(Path("catalogue/fresh/general.yaml"))["reasons"]) == 3


@pytest.mark.parametrize(
    ("reason", "written"),
    [
        ("20003", '  - reason: "20003"\n    http: 404\n'),
        ("NO", '  - reason: "NO"\n    http: 404\n'),
        ("404.10", '  - reason: "404.10"\n    slug: 404-10\n    http: 404\n'),
        ("a/b: c #d", '  - reason: "a/b: c #d"\n    slug: a-b-c-d\n    http: 404\n'),
        ("order_not_found", "  - reason: order_not_found\n    slug: order_not_found-2\n"),
        ("- x", '  - reason: "- x"\n    slug: x\n'),
    ],
)
def test_reasons_of_another_form(
    reason: str, written: str, shop: Path, fill_in: FillIn, capsys: Capture
) -> None:
    edit(shop / "shop/api.yaml", "source:\n", 'reason_pattern: ".*"\nsource:\n')
    arguments = ["--http", "404", "--catalogue", ".", "--", "shop/orders", reason]
    assert main(["new", *arguments]) == 0
    assert written in (shop / "shop/orders.yaml").read_text()
    fill_in(shop)
    assert main(["check", "."]) == 0
    assert body_of(shop / "shop/orders.yaml") == {"code": reason}


def set_envelope(shop: Path, schema: Any, body: Any, lines: str = "") -> None:
    """Give the shop another envelope; its reasons go."""
    (shop / "shop/envelope.schema.json").write_text(json.dumps(schema))
    (shop / "shop/payments.yaml").unlink()
    (shop / "shop/orders.yaml").write_text(domain_file("reasons: []\n"))
    text = (shop / "shop/api.yaml").read_text()
    text = re.sub(r"reason: /code\n.*\n.*\n", f"{lines}  example: '{json.dumps(body)}'\n", text)
    (shop / "shop/api.yaml").write_text(text.replace("  - payments\n", ""))


STRING = {"type": "string"}


def object_(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*required], "properties": properties}


def test_a_reason_that_is_a_number(shop: Path, fill_in: FillIn, capsys: Capture) -> None:
    edit(shop / "shop/api.yaml", "source:\n", 'reason_pattern: "[0-9]+"\nsource:\n')
    schema = object_("code", code={"type": "integer"}, more_info=STRING)
    body = {"code": 20003, "more_info": "https://shop.example/20003"}
    set_envelope(shop, schema, body, "reason: /code\n")
    assert main(["new", "shop/orders", "20404", "--http", "404", "--catalogue", "."]) == 0
    assert body_of(shop / "shop/orders.yaml") == {
        "code": 20404,
        "more_info": "<FILL IN more_info>",
    }


def test_what_the_schema_demands_is_kept_and_the_rest_goes(shop: Path, capsys: Capture) -> None:
    schema = object_(
        "code", "at", "ok", "tags", "meta",
        code=STRING, at={"type": "string", "format": "date-time"}, ok={"const": False},
        tags={"type": "array", "items": STRING, "minItems": 1}, count={"type": "integer"},
        meta=object_(more={"type": "null"}), kind={"enum": ["a", "b"]}, list={"type": "array"},
        deep=object_(deeper=object_(number={"type": "number"})),
    )  # fmt: skip
    at = "2026-01-01T00:00:00Z"
    body = {"code": "OLD", "at": at, "ok": False, "tags": ["x", "y"], "count": 3, "kind": "a"}
    body |= {"meta": {"more": None}, "list": [{"a": 1}], "deep": {"deeper": {"number": 1}}}
    set_envelope(shop, schema, body, "reason: /code\n")
    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 0
    assert body_of(shop / "shop/orders.yaml") == {
        "code": "NEW",
        "at": at,
        "ok": False,
        "tags": ["<FILL IN 0>"],
        "meta": {},
    }


def test_details_that_the_schema_demands_stay(shop: Path, fill_in: FillIn, capsys: Capture) -> None:
    schema = object_("code", "details", code=STRING, details=object_("field", field=STRING))
    body = {"code": "OLD", "details": {"field": "name"}}
    set_envelope(shop, schema, body, "reason: /code\n  details: /details\n")
    assert main(["new", "shop/orders", "OLD", "--http", "404", "--catalogue", "."]) == 0
    (reason,) = read(shop / "shop/orders.yaml")["reasons"]
    assert reason["details"] is True
    assert body_of(shop / "shop/orders.yaml")["details"] == {"field": "<FILL IN field>"}
    fill_in(shop, field="name")
    assert main(["check", "."]) == 0


def test_a_canonical_status_that_none_has_is_left_out(shop: Path, capsys: Capture) -> None:
    schema = object_("code", code=STRING, status={"enum": ["NOT_FOUND"]})
    body = {"code": "OLD", "status": "NOT_FOUND"}
    set_envelope(shop, schema, body, "reason: /code\n  status: /status\n")
    assert main(["new", "shop/orders", "NEW", "--http", "418", "--catalogue", "."]) == 0
    assert body_of(shop / "shop/orders.yaml") == {"code": "NEW"}


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        ("shop NEW", "shop is not an API and a domain.", "Write it as API/DOMAIN."),
        ("shop/ NEW", "shop/ is not an API and a domain.", "Write it as API/DOMAIN."),
        ("a/b/c NEW", "a/b/c is not an API and a domain.", "Write it as API/DOMAIN."),
        ("shpo/orders NEW", "There is no API shpo in catalogue.", "Did you mean shop?"),
        (
            "../orders NEW",
            "There is no API .. in catalogue.",
            "There is {apis}; `reasonbook init API` writes the folder of an API.",
        ),
        (
            "shop/orders NEW --catalogue none",
            "none: The catalogue cannot be read: No such file or directory.",
            "`reasonbook init API` writes the folder of an API.",
        ),
        (
            "shop/ordres NEW",
            "There is no domain ordres in shop.",
            "Did you mean orders? If not, list ordres under domains in api.yaml first.",
        ),
        (
            "voipbin/route-manager NEW",
            "route-manager is a planned domain of voipbin.",
            "Move it from planned_domains to domains in api.yaml first, to its place on the site.",
        ),
        (
            "shop/Orders NEW",
            "Orders cannot be the name of a domain.",
            "Use lower-case letters, digits and single hyphens, at most 64 characters. It begins "
            "with a letter.",
        ),
        (
            "shop/envelope NEW",
            "The name envelope is reserved.",
            "Choose a name that the site and file systems do not use themselves.",
        ),
        (
            "shop/orders CARD_DECLINED",
            "CARD_DECLINED is there already, at catalogue/shop/payments.yaml:5:13.",
            "A reason is there once in an API: clients see no domain.",
        ),
        (
            "shop/orders new",
            "new does not fit the form [A-Z][A-Z0-9_]{0,63}.",
            "Write it as the API sends it; reason_pattern in api.yaml sets the form.",
        ),
        (
            "shop/orders \x1b[31m",
            "\\u001b[31m does not fit the form [A-Z][A-Z0-9_]{0,63}.",
            "Write it as the API sends it; reason_pattern in api.yaml sets the form.",
        ),
        (
            "shop/orders NEW --status NOTFOUND",
            "NOTFOUND is not a canonical status of shop.",
            "Did you mean NOT_FOUND?",
        ),
        (
            "shop/orders NEW --status X",
            "X is not a canonical status of shop.",
            "Its canonical statuses are NOT_FOUND.",
        ),
        (
            "bank/requests new --status X",
            "X is not a canonical status of bank.",
            "It has none; give --http instead.",
        ),
        (
            "shop/orders NEW --http 42",
            "42 is not an HTTP status.",
            "It is a number from 100 to 599.",
        ),
        (
            "bank/requests new --http 302",
            "The envelope's schema refuses the example: /status: 302 is less than the minimum of "
            "400.",
            "Correct the schema first, or what you asked for.",
        ),
        (
            "library/books NEW --http 500",
            "No canonical status of library has HTTP 500, and an error body names one.",
            "Give --status with one of PERMISSION_DENIED, NOT_FOUND, RESOURCE_EXHAUSTED.",
        ),
    ],
)
def test_refusals(
    arguments: str, message: str, hint: str, catalogue: Path, capsys: Capture
) -> None:
    before = bytes_of(catalogue)
    assert main(["new", *arguments.split(" ")]) == 2
    apis = ", ".join(sorted(path.parent.name for path in catalogue.glob("*/api.yaml")))
    hint = hint.replace("{apis}", apis)
    assert capsys.readouterr() == ("", f"reasonbook: {message}\n  hint: {hint}\n")
    assert bytes_of(catalogue) == before


BY_HAND = "Write it as a list of lines that begin with a dash."


@pytest.mark.parametrize(
    ("file", "old_text", "new_text", "message", "hint"),
    [
        (
            "api.yaml",
            "title: Shop\n",
            "",
            "shop/api.yaml cannot be read as an API.",
            "Correct what is wrong in it first.",
        ),
        (
            "orders.yaml",
            "title: Orders\n",
            "",
            "shop/orders.yaml cannot be read as a domain.",
            "Correct it first; `reasonbook check .` says what is wrong.",
        ),
        (
            "orders.yaml",
            "title: Orders\n",
            "title: [\n",
            "shop/orders.yaml cannot be read as a domain.",
            "Correct it first; `reasonbook check .` says what is wrong.",
        ),
        (
            "orders.yaml",
            "cause: There is no such order.",
            "cause: *nothing",
            "Nothing can be added to reasons in shop/orders.yaml.",
            "Write it as a list of lines that begin with a dash.",
        ),
        (
            "api.yaml",
            '{"code": "ORDER_NOT_FOUND"}',
            '{"code": ',
            "The full example of the envelope names no reason, at shop/api.yaml:9:12.",
            "Correct it first: the example of a new reason is made from it.",
        ),
        (
            "api.yaml",
            "source:\n",
            'reason_pattern: "["\nsource:\n',
            "reason_pattern is not a regular expression that can be matched in linear time. It "
            "is set at shop/api.yaml:4:17.",
            "Correct it; it may be broken, too large, look around, or refer back to a group.",
        ),
        (
            "envelope.schema.json",
            '"code": {"type": "string"}',
            '"code": {"enum": ["ORDER_NOT_FOUND", "CARD_DECLINED"]}',
            "The envelope's schema refuses the example: /code: "
            '"NEW" is not one of "ORDER_NOT_FOUND" or "CARD_DECLINED".',
            "Correct the schema first, or what you asked for.",
        ),
    ],
)
def test_a_catalogue_that_cannot_be_added_to(
    file: str, old_text: str, new_text: str, message: str, hint: str, shop: Path, capsys: Capture
) -> None:
    edit(shop / "shop" / file, old_text, new_text)
    before = bytes_of(shop)
    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 2
    assert capsys.readouterr().err == f"reasonbook: {message}\n  hint: {hint}\n"
    assert bytes_of(shop) == before


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(yaml.safe_load(domain_file(f"reasons:\n{old()}"))),
        json.dumps(yaml.safe_load(domain_file("reasons: []"))),
        domain_file("reasons: [{reason: A, http: 404, cause: b, fix: c, remedy: {actor: client, "
        "retry: never}, lifecycle: planned}]\n"),
    ],
)  # fmt: skip
def test_lists_in_brackets_are_left_alone(text: str, shop: Path, capsys: Capture) -> None:
    path = shop / "shop/orders.yaml"
    path.write_text(text)
    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: Nothing can be added to reasons in shop/orders.yaml.\n  hint: {BY_HAND}\n"
    )
    assert path.read_text() == text


@pytest.mark.parametrize("content", [b"domain: [", b"\xff", b"", b"a\0b", None])
def test_a_file_that_is_neither_listed_nor_readable(
    content: bytes | None, shop: Path, capsys: Capture
) -> None:
    path = shop / "shop/zoo.yaml"
    path.mkdir() if content is None else path.write_bytes(content)
    before = bytes_of(shop)
    assert main(["new", "shop/zoo", "NEW", "--http", "404", "--catalogue", "."]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: shop/zoo.yaml cannot be read as a domain.\n"
        "  hint: Correct it first; `reasonbook check .` says what is wrong.\n"
    )
    assert bytes_of(shop) == before


def test_nothing_changes_where_a_file_cannot_be_written(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    before = bytes_of(shop)
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if target.name == "api.yaml":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail)
    assert main(["new", "shop/accounts", "NEW", "--http", "404", "--catalogue", "."]) == 2
    assert capsys.readouterr().err == "reasonbook: [Errno 28] No space left on device\n"
    assert bytes_of(shop) == before


def test_links_and_permissions_stay(shop: Path, capsys: Capture) -> None:
    path, real = shop / "shop/orders.yaml", shop / ".elsewhere.yaml"
    path.rename(real)
    path.symlink_to(real)
    real.chmod(0o640)
    assert main(["new", "shop/orders", "NEW", "--http", "404", "--catalogue", "."]) == 0
    assert path.is_symlink()
    assert "NEW" in real.read_text()
    assert os.stat(real).st_mode & 0o777 == 0o640  # noqa: PTH116


@pytest.mark.parametrize(
    "arguments",
    [
        "shop/orders",
        "shop/orders NEW --http x",
        "shop/orders NEW --http",
        "shop/orders NEW --http 404 --status NOT_FOUND",
    ],
)
def test_wrong_arguments(arguments: str, shop: Path, capsys: Capture) -> None:
    assert main(["new", *arguments.split()]) == 2
    assert re.search("^reasonbook: .*(REASON|--http)", capsys.readouterr().err, re.MULTILINE)


@pytest.mark.parametrize(
    ("place", "promised"),
    [
        ("{header: X-Error}", ""),
        ("[/code, {header: X-Error}]", ""),
        ("{header: X-Error}", "response_headers: [{name: x-error, http: any}]\n"),
    ],
)
def test_a_reason_that_a_header_names(
    place: str, promised: str, shop: Path, fill_in: FillIn, capsys: Capture
) -> None:
    api = shop / "shop/api.yaml"
    edit(api, "reason: /code\n", f"reason: {place}\n  reason_prefix: shop.\n")
    edit(api, '{"code": "ORDER_NOT_FOUND"}', '{"hint": "There is no such thing."}')
    edit(api, "  - orders\n  - payments\n", f"  - orders\n{promised}")
    edit(api, "api: shop", "format: 2\napi: shop")
    edit(shop / "shop/envelope.schema.json", '"required": ["code"],', "")
    (shop / "shop/payments.yaml").unlink()
    orders = shop / "shop/orders.yaml"
    orders.write_text(orders.read_text().partition("reasons:")[0] + "reasons: []\n")

    arguments = ["new", "shop/orders", "ORDER_CLOSED", "--status", "NOT_FOUND", "--catalogue", "."]
    assert main(arguments) == 0
    (example,) = read(orders)["reasons"][0]["examples"]
    assert example["headers"] == {"X-Error": "shop.ORDER_CLOSED"}
    assert [*json.loads(example["body"])] == ["hint"]
    fill_in(shop, "ORDER_CLOSED", hint="There is no such thing.")
    assert main(["check", "."]) == 0, capsys.readouterr().out
