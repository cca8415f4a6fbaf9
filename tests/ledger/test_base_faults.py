"""A base with a fault: the change that corrects it passes, and nothing else is let through by it.

Each fault is committed to both a catalogue with ledgers and one without.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from typing import Any

import pytest

import reasonbook
from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]
GONE = "error[reason-removed]: CARD_DECLINED, published"
ORDERS, PAYMENTS, API, LEDGER = (
    f"shop/{name}" for name in ("orders.yaml", "payments.yaml", "api.yaml", "published.json")
)


@pytest.fixture
def bare(repo: Any) -> Any:
    """The same without ledgers."""
    for ledger in repo.catalogue.glob("*/published.json"):
        ledger.unlink()
    repo.commit("without ledgers")
    return repo


def spoil(repo: Any, path: str, fault: str | bytes | tuple[str, str] | None) -> None:
    """Commit a fault, and correct it in the working tree."""
    good = shutil.copytree(repo.catalogue, repo.root.parent / "good")
    file = repo.catalogue / path
    file.parent.mkdir(exist_ok=True)
    if fault is None:
        file.unlink()
    elif isinstance(fault, tuple):
        repo.put(path, *fault)
    else:
        file.write_bytes(fault.encode() if isinstance(fault, str) else fault)
    repo.commit("a fault")
    shutil.rmtree(repo.catalogue)
    good.rename(repo.catalogue)


#: What is at fault, and the rest can be compared with or without a ledger.
SMALL = {
    "an unknown key": (ORDERS, ("    cause:", "    cuase: x\n    cause:")),
    "an unknown key of the API": (API, ("title: Shop", "title: Shop\ncolour: red")),
    "a value of another type": (
        ORDERS,
        ("    cause: There", "    cause: 5\n    title: [There]\n#"),
    ),
    "a key twice": (ORDERS, ("    cause:", "    cause: x\n    cause:")),
    "no remedy of the right shape": (ORDERS, ("actor: caller", "actor: nobody-knows")),
    "a folder that is no API": ("drafts/notes.yaml", "reasons: []"),
    "a file of no domain": ("shop/spare.yaml", "domain: ["),
    "a file in the root": ("spare.yaml", "domain: ["),
    "no schema": ("shop/envelope.schema.json", None),
    "a broken schema": ("shop/envelope.schema.json", "{"),
    "a broken list of operations": ("shop/operations.json", "{"),
    "an unknown status": (ORDERS, ("status: NOT_FOUND", "status: NOT_FUOND")),
    "no status": (ORDERS, ("    status: NOT_FOUND\n", "")),
    "both status and http": (ORDERS, ("status: NOT_FOUND", "status: NOT_FOUND\n    http: 410")),
    "a number that is no status": (ORDERS, ("status: NOT_FOUND", "http: [404, 4044]")),
    "a status of no number": (API, ("http: 404", "http: none-such")),
    "a version that is not a number": (API, ("schema_version: 1", "schema_version: one")),
    "a window that is not a number": (
        API,
        ("title: Shop", "title: Shop\ndeprecation_window_days: x"),
    ),
    "a stability of no kind": (API, ("title: Shop", "title: Shop\nstability: maybe")),
    "a place that is not a pointer": (API, ("reason: /code", "reason: code")),
    "a prefix of another type": (API, ("reason: /code", "reason: /code\n  reason_prefix: {a: b}")),
    "an envelope that is not one": (
        API,
        ("title: Shop", "format: 2\ntitle: Shop\nenvelopes: {a: b}"),
    ),
    "a lifecycle of no kind": (ORDERS, ("    cause:", "    lifecycle: actvie\n    cause:")),
    "a day that is none": (
        ORDERS,
        ("    cause:", '    lifecycle: retired\n    deprecated: {since: "2026-02-31"}\n    cause:'),
    ),
    "a slug of no shape": (ORDERS, ("    cause:", "    slug: '../x'\n    cause:")),
    "a reason without a name": (ORDERS, ("reason: ORDER_NOT_FOUND", "raeson: ORDER_NOT_FOUND")),
    "a reason that is a number": (ORDERS, ("reason: ORDER_NOT_FOUND", "reason: 404")),
    "a reason still to be filled in": (ORDERS, ("reason: ORDER_NOT_FOUND", "reason: FILL_IN")),
    "a reason twice": (
        ORDERS,
        ("reasons:\n", "reasons:\n  - reason: ORDER_NOT_FOUND\n    http: 410\n"),
    ),
    "an arrival of no kind": (
        ORDERS,
        ("    cause:", "    arrives_in: [post]\n    cause:"),
    ),
    "another name of the API": (API, ("api: shop", "api: shopp")),
    "a reference to nothing": (ORDERS, ("    cause:", "    see_also: [NOTHING]\n    cause:")),
    "an example that breaks the schema": (ORDERS, ('"code": "ORDER_NOT_FOUND"', '"x": 1')),
}
#: What hides files of the YAML: without a ledger nobody knows what they published.
LARGE = {
    "broken YAML of a domain": (ORDERS, "domain: ["),
    "a domain with conflict marks": (ORDERS, ("reasons:\n", "<<<<<<< ours\nreasons:\n")),
    "a domain in Latin-1": (ORDERS, "domain: orders # é".encode("latin-1")),
    "no reasons": (ORDERS, ("reasons:", "raesons:")),
    "no file of a domain": (ORDERS, None),
    "an API of domains unknown": (API, ("domains:\n", "domains: all\nx:\n")),
    "broken YAML of an API": (API, "api: ["),
    "no file of an API": (API, None),
    "an API of a newer format": (API, "format: 99\napi: shop\n"),
}


@pytest.mark.parametrize(("path", "fault"), SMALL.values(), ids=SMALL)
@pytest.mark.parametrize("has_ledgers", [True, False], ids=["ledgers", "no ledgers"])
def test_a_small_fault(
    path: str, fault: Any, has_ledgers: bool, repo: Any, request: Any, capsys: Capture
) -> None:
    if not has_ledgers:
        request.getfixturevalue("bare")
    spoil(repo, path, fault)
    assert repo.check("HEAD") == 0, capsys.readouterr()
    repo.drop("shop")
    repo.drop("bank")
    assert repo.check("HEAD") == 1
    assert capsys.readouterr().out.count(GONE) == 2


def test_a_way_to_arrive_that_is_none(bare: Any, capsys: Capture) -> None:
    for path in (ORDERS, PAYMENTS):
        bare.put(path, "actor: caller", "actor: client")
    bare.put(API, "api: shop", "format: 2\napi: shop")
    bare.put(ORDERS, "status: NOT_FOUND", "http: none\n    arrives_in: [callback]")
    spoil(bare, ORDERS, ("[callback]", "[callbck]"))
    assert bare.check("HEAD") == 0, capsys.readouterr()


@pytest.mark.parametrize(("path", "fault"), LARGE.values(), ids=LARGE)
def test_where_the_yaml_cannot_be_read_the_ledger_counts(
    path: str, fault: Any, repo: Any, capsys: Capture
) -> None:
    spoil(repo, path, fault)
    assert repo.check("HEAD") == 0
    assert f"What counts is HEAD:catalogue/{LEDGER}." in capsys.readouterr().err
    repo.drop("shop")
    repo.drop("bank")
    assert repo.check("HEAD") == 1
    assert capsys.readouterr().out.count(GONE) == 2


@pytest.mark.parametrize(("path", "fault"), LARGE.values(), ids=LARGE)
def test_where_neither_can_be_read_it_is_no_pass(
    path: str, fault: Any, bare: Any, capsys: Capture
) -> None:
    """What can be compared is, all the same."""
    spoil(bare, path, fault)
    bare.drop("bank")
    assert bare.check("HEAD") == 2
    out, err = capsys.readouterr()
    assert GONE in out
    assert "reasonbook: Not everything could be compared. HEAD:catalogue/shop/" in err
    assert "There is no ledger that tells what it published." in err
    with pytest.raises(reasonbook.BaselineError, match="There is no ledger"):
        reasonbook.check("catalogue", against="HEAD")
    assert main(["diff", "HEAD", "HEAD"]) == 2


@pytest.mark.parametrize(
    "ledger",
    [
        "",
        "{",
        "{}",
        "[]",
        "<<<<<<< ours\n{}\n",
        b"\xff",
        '{"version": 1, "api": "bank", "schema_version": 1, "reasons": {}}',
        '{"version": 1, "api": "shop", "schema_version": 1, "reasons": {"X": 1}}',
    ],
)
def test_where_the_ledger_cannot_be_read_the_yaml_counts(
    ledger: str | bytes, repo: Any, capsys: Capture
) -> None:
    spoil(repo, LEDGER, ledger)
    assert repo.check("HEAD") == 0
    assert "What counts is the YAML beside it." in capsys.readouterr().err
    repo.drop("shop")
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


def test_a_ledger_of_a_newer_version_needs_a_newer_reasonbook(repo: Any, capsys: Capture) -> None:
    spoil(repo, LEDGER, '{"version": 9, "api": "shop"}')
    repo.drop("bank")
    assert repo.check("HEAD") == 2
    out, err = capsys.readouterr()
    assert GONE in out
    assert err.endswith(
        f"reasonbook: Not everything could be compared. HEAD:catalogue/{LEDGER}:1:1: "
        "error[newer-format]: This ledger has version 9, which needs Reasonbook 0.9 or newer.\n"
    )


def test_a_fault_is_told_with_its_place(repo: Any, capsys: Capture) -> None:
    spoil(repo, ORDERS, "- a list")
    assert repo.check("HEAD") == 0
    told = capsys.readouterr().err.splitlines()
    assert told[1] == (
        f"catalogue:1:1: note: HEAD:catalogue/{ORDERS}:1:1: error[wrong-type]: The file must hold "
        f"keys and values. What counts is HEAD:catalogue/{LEDGER}."
    )
    assert tempfile.gettempdir() not in "".join(told)


def test_a_schema_that_is_not_read_is_not_the_fault(repo: Any, capsys: Capture) -> None:
    spoil(repo, *LARGE["an API of domains unknown"])
    assert repo.check("HEAD") == 0
    assert "error[wrong-type]: domains must be" in capsys.readouterr().err


def test_a_reason_that_is_not_compared_is_told(bare: Any, capsys: Capture) -> None:
    spoil(bare, *SMALL["a lifecycle of no kind"])
    assert bare.check("HEAD") == 0
    assert (
        f"note: HEAD:catalogue/{ORDERS}:7:16: This reason is not compared: its lifecycle is at "
        "fault.\n" in capsys.readouterr().err
    )


def test_a_byte_order_mark_is_of_no_matter(repo: Any, capsys: Capture) -> None:
    for file in (*repo.catalogue.glob("*/*.yaml"), *repo.catalogue.glob("*/published.json")):
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    repo.commit("as an editor of Windows saves it")
    assert repo.check("HEAD") == 0
    assert len(capsys.readouterr().err.splitlines()) == 1
    repo.drop()
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


# What is on the site was published, on record or not.

UNRECORDED = """\
  - reason: CARD_EXPIRED
    http: 402
    cause: The card is too old.
    fix: Ask for another card.
    remedy: {actor: caller, retry: after-fix}
    examples:
      - {title: An old card, origin: constructed, body: '{"code": "CARD_EXPIRED"}'}
"""


@pytest.fixture
def unrecorded(repo: Any) -> Any:
    """A reason that was added, and is on the site, but not on record yet."""
    with (repo.catalogue / PAYMENTS).open("a") as file:
        file.write(UNRECORDED)
    repo.commit("another reason")
    return repo


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("reason: CARD_EXPIRED", "reason: CARD_EXPIRY"), "error[reason-renamed]: CARD_EXPIRED"),
        (("CARD_EXPIRED\n    http: 402", "CARD_EXPIRED\n    http: 403"), "error[http-changed]"),
        (
            ("    cause: The card is too", "    slug: old\n    cause: The card is too"),
            "The page of CARD_EXPIRED was published as CARD_EXPIRED, and would be old now.",
        ),
        (
            ("    cause: The card is too", "    lifecycle: planned\n    cause: The card is too"),
            "CARD_EXPIRED is planned again",
        ),
    ],
)
def test_what_is_on_the_site_and_not_on_record_stays(
    change: tuple[str, str], said: str, unrecorded: Any, capsys: Capture
) -> None:
    unrecorded.put(PAYMENTS, *change)
    assert unrecorded.check("HEAD") == 1
    assert said in capsys.readouterr().out


def test_what_is_not_on_record_is_counted(unrecorded: Any, capsys: Capture) -> None:
    assert unrecorded.check("HEAD") == 0
    assert "2 of bank, 3 of shop." in capsys.readouterr().err


def test_a_planned_reason_may_still_go(repo: Any) -> None:
    orders = (repo.catalogue / ORDERS).read_text()
    repo.put(ORDERS, "reasons:\n", "reasons:\n  - {reason: SOON, http: 400, lifecycle: planned}\n")
    repo.commit("planned")
    (repo.catalogue / ORDERS).write_text(orders)
    assert repo.check("HEAD") == 0


def test_what_was_promised_and_not_recorded_counts(repo: Any, capsys: Capture) -> None:
    gone = '    lifecycle: deprecated\n    deprecated: {since: "2026-02-01", remove_after: "%s"}\n'
    repo.put(ORDERS, "    cause:", gone % "2027-01-01" + "    cause:")
    repo.commit("deprecated")
    repo.put(ORDERS, "2027-01-01", "2026-03-01")
    assert repo.check("HEAD") == 1
    assert "was promised to stay until 2027-01-01" in capsys.readouterr().out


def test_what_contradicts_the_record_does_not_count(repo: Any, capsys: Capture) -> None:
    """Else nobody could correct a change that came in without a check."""
    spoil(repo, ORDERS, ("status: NOT_FOUND", "http: 410"))
    assert repo.check("HEAD") == 0
    spoil(repo, LEDGER, (json.dumps(["shop"])[1:-1], json.dumps(["bank"])[1:-1]))
    assert repo.check("HEAD") == 0
    repo.put(ORDERS, "status: NOT_FOUND", "http: 410")
    assert repo.check("HEAD~1") == 1
    assert "error[http-changed]" in capsys.readouterr().out
