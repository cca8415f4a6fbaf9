"""A catalogue of format 1 becomes one of format 2, and nothing else of it changes."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

import pytest

from reasonbook.cli import file_writing
from reasonbook.cli.main import main

ENVELOPE = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string"}},
}
API = """\
# What holds for the whole API; actor: caller stays in a comment.
api: shop   # the folder
title:   The   shop
summary: >-
  Sells things,
  and ships them.
source: {url: "https://shop.example.com/docs"}
envelope:
  schema: envelope.schema.json
  reason: /code
  example: '{"code": "ORDER_GONE"}'
http:
  401:
    title: Unauthorized
    meaning: Nobody is logged in.
    remedy: {actor: caller, retry: after-fix, next: [{request: POST /login}]}  # the default
schema_version: 1
domains: [orders]
"""
ORDERS = """\
domain: orders
title: Orders
summary: Orders, by the caller.

reasons:
  # The only one that is sent.
  - reason: ORDER_GONE
    http: 409
    cause: The caller was too late.
    fix: Order again.
    remedy:
        actor: "caller"   # who else
        retry: after-fix
        next:
        - request: GET /orders
        - request: POST /orders   # a new one
    details: {properties: {actor: {const: caller}}}
    examples:
      - title: Too late
        origin: constructed
        body: |
          {"code": "ORDER_GONE"}

  - reason: ORDER_LOST
    http: 409
    cause: A name that was never sent.
    fix: Test for `ORDER_GONE`.
    remedy: {actor: caller, retry: never}
    lifecycle: retired
    since: "2026-04-25"
    deprecated: {since: "2026-04-27", retired: "2026-04-27", "correction": true}
"""
CHANGED = [
    "+ format: 2",
    "-     remedy: {actor: caller, retry: after-fix, next: [{request: POST /login}]}"
    "  # the default",
    "+     # check ask_first: false only where nothing can go wrong",
    "+     remedy: {actor: client, retry: after-fix, next: [{request: POST /login, "
    "ask_first: true}]}  # the default",
    '-         actor: "caller"   # who else',
    '+         actor: "client"   # who else',
    "+           ask_first: true  # check: false only where nothing can go wrong",
    "-     remedy: {actor: caller, retry: never}",
    "+     remedy: {actor: client, retry: never}",
    '-     deprecated: {since: "2026-04-27", retired: "2026-04-27", "correction": true}',
    '+     deprecated: {since: "2026-04-27", retired: "2026-04-27", "never_sent": true}',
]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of format 1, in the working folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "catalogue/shop"
    folder.mkdir(parents=True)
    (folder / "api.yaml").write_text(API)
    (folder / "orders.yaml").write_text(ORDERS)
    (folder / "envelope.schema.json").write_text(json.dumps(ENVELOPE))
    return folder


def texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_only_the_lines_that_say_it_otherwise_change(shop: Path) -> None:
    assert main(["migrate"]) == 0
    changed = [
        line
        for name, before in {"api.yaml": API, "orders.yaml": ORDERS}.items()
        for line in difflib.ndiff(
            before.splitlines(), (shop / name).read_text().splitlines(), linejunk=None
        )
        if line[0] in "+-"
    ]
    assert sorted(changed) == sorted(CHANGED)


def test_the_format_is_the_first_key_below_the_comment(shop: Path) -> None:
    main(["migrate"])
    comment, rest = API.split("\n", 1)
    assert (shop / "api.yaml").read_text().startswith(f"{comment}\nformat: 2\n{rest[:20]}")


def test_the_result_is_a_clean_catalogue(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "orders.yaml").write_text(ORDERS.replace("    details: {pro", "    # details: {pro"))
    assert main(["check"]) == 0
    main(["migrate"])
    capsys.readouterr()
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "catalogue: 1 API, 2 reasons, 1 example: clean\n"


def test_each_file_is_told_with_what_was_changed(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["migrate"])
    assert capsys.readouterr().out == (
        "catalogue/shop/api.yaml: format: 2, actor: client, ask_first: true\n"
        "catalogue/shop/api.yaml:18: check whether ask_first: true is right\n"
        "catalogue/shop/orders.yaml: actor: client (2 times), ask_first: true, never_sent\n"
        "catalogue/shop/orders.yaml:17: check whether ask_first: true is right\n"
        "Next: `reasonbook check`.\n"
    )
    assert "ask_first: true" in (shop / "api.yaml").read_text().splitlines()[17]
    assert "ask_first: true" in (shop / "orders.yaml").read_text().splitlines()[16]


def test_twice_is_once(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["migrate"])
    once = texts(shop)
    capsys.readouterr()

    assert main(["migrate"]) == 0
    assert texts(shop) == once
    assert capsys.readouterr().out == "catalogue: nothing to migrate\n"


def test_line_ends_and_the_byte_order_mark_stay(shop: Path) -> None:
    for name in ("api.yaml", "orders.yaml"):
        path = shop / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    main(["migrate"])
    for name in ("api.yaml", "orders.yaml"):
        data = (shop / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n")


def test_a_file_without_an_end_of_line(shop: Path) -> None:
    path = shop / "orders.yaml"
    head, reason, *_ = ORDERS.split("  - reason: ")
    step = "    remedy:\n      actor: caller\n      retry: never\n      next:\n"
    path.write_text(
        f"{head}  - reason: {reason.split('    remedy:')[0]}{step}        - request: POST /orders"
    )
    assert main(["migrate"]) == 0
    last = path.read_text().splitlines()[-2:]
    assert last[0].endswith("- request: POST /orders")
    assert last[1].startswith(" " * 10 + "ask_first: true")


def test_a_file_in_brackets(shop: Path) -> None:
    (shop / "api.yaml").write_text(API.replace("domains: [orders]", "domains: []"))
    text = json.dumps({"request": "POST /a"})
    body = f'{{"domain": "orders", "reasons": [{{"remedy": {{"next": [{text}, {text}]}}}}]}}\n'
    (shop / "orders.yaml").write_text(body)
    (shop / "api.yaml").write_text(API)
    assert main(["migrate"]) == 0
    asked = text.replace("}", ", ask_first: true}")
    comment = "# check ask_first: false only where nothing can go wrong\n"
    assert (shop / "orders.yaml").read_text() == comment + body.replace(text, asked)


def test_a_version_that_is_there_is_replaced_where_it_is(shop: Path) -> None:
    (shop / "api.yaml").write_text(API + "format: 1  # of these files\n")
    main(["migrate"])
    text = (shop / "api.yaml").read_text()
    assert text.endswith("\nformat: 2  # of these files\n")
    assert text.count("format: 2") == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("orders.yaml", ORDERS + "    a: [\n", "error[yaml-syntax]"),
        ("orders.yaml", ORDERS + "title: Again\n", "error[duplicate-key]"),
        ("api.yaml", "api: [\n", "error[yaml-syntax]"),
        ("api.yaml", "format: 9\n" + API, "error[newer-format]"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(
    name: str, text: str, said: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / name).write_text(text)
    before = texts(shop)

    assert main(["migrate"]) == 2
    out, err = capsys.readouterr()
    assert said in out
    assert err == (
        "reasonbook: Nothing was migrated.\n  hint: Correct what cannot be read first.\n"
    )
    assert texts(shop) == before


def test_a_folder_without_an_api_is_refused(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", str(shop)]) == 2
    assert "error[empty-catalogue]" in capsys.readouterr().out


def test_nothing_half_written_is_left(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(shop)
    replace, replaced = Path.replace, []

    def fail_the_second_time(draft: Path, target: Path) -> Path:
        replaced.append(target)
        if len(replaced) == 2:
            raise OSError(28, "No space left on device")
        return replace(draft, target)

    monkeypatch.setattr(file_writing.Path, "replace", fail_the_second_time)
    assert main(["migrate"]) == 2
    assert len(replaced) == 2
    assert texts(shop) == before
    assert "No space left on device" in capsys.readouterr().err


def test_own_words_of_the_api_stay(shop: Path) -> None:
    main(["migrate"])
    assert "details: {properties: {actor: {const: caller}}}" in (shop / "orders.yaml").read_text()
