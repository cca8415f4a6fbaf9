"""What was published, deprecated and retired: for people, programs and feed readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reasonbook.checking import Checked, check_catalogue
from reasonbook.ledger.facts import Corrected
from reasonbook.ledger.record import Entry, Ledger
from reasonbook.render.changes import (
    atom_feed,
    by_domain,
    changes_json,
    events,
    groups,
    line,
    sentence,
)
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ATOM = "{http://www.w3.org/2005/Atom}"
URLS = SiteUrls("https://errors.example.com/", Addresses())


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check_catalogue(Path(__file__).parents[2] / "catalogue")


def test_every_entry_of_the_ledgers_is_an_event(checked: Checked) -> None:
    found = events(checked.ledgers)
    published = {(e.api, e.reason) for e in found if e.kind == "published"}
    recorded = {(api, name) for api, ledger in checked.ledgers.items() for name in ledger.entries}
    assert published == recorded
    assert len(published) > 30


def test_the_latest_day_comes_first(checked: Checked) -> None:
    days = [event.date for event in events(checked.ledgers)]
    assert days == sorted(days, reverse=True)


def test_what_was_retired_names_its_successor(checked: Checked) -> None:
    retired = {e.reason: e for e in events(checked.ledgers) if e.kind == "retired"}
    assert {name: (e.date, e.successor, e.correction) for name, e in retired.items()} == {
        "AISUMMARY_NOT_FOUND": ("2026-04-27", "SUMMARY_NOT_FOUND", True),
        "STORAGE_ACCOUNT_NOT_FOUND": ("2026-04-27", "ACCOUNT_NOT_FOUND", True),
        "STORAGE_FILE_NOT_FOUND": ("2026-04-27", "FILE_NOT_FOUND", True),
    }


def test_for_programs(checked: Checked) -> None:
    found = events(checked.ledgers)
    written = changes_json(found, checked.catalogue, URLS)["changes"]
    assert len(written) == len(found)
    assert {
        "date": "2026-04-27",
        "api": "voipbin",
        "reason": "STORAGE_FILE_NOT_FOUND",
        "change": "retired",
        "replaced_by": "FILE_NOT_FOUND",
        "remove_after": None,
        "correction": True,
        "corrected": None,
        "url": "https://errors.example.com/voipbin/reasons/STORAGE_FILE_NOT_FOUND.html",
    } in written


def test_the_feed_is_what_rfc_4287_demands(checked: Checked) -> None:
    text = atom_feed(events(checked.ledgers), checked.catalogue, URLS, "Errors & more")
    feed = ElementTree.fromstring(text.encode())
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed"
    assert entries
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
        updated = element.findtext(f"{ATOM}updated")
        assert updated
        assert updated.endswith("T00:00:00Z")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    (own,) = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own.get("href") == feed.findtext(f"{ATOM}id")
    said = "".join(entry.findtext(f"{ATOM}content") or "" for entry in entries)
    assert all(event.reason in said for event in events(checked.ledgers))


def entry_of(reason: str, **days: Any) -> Entry:
    return Entry.of(
        reason, first="2026-01-01", domain="d", http=404, status=None, schema_version=1, **days
    )


def test_what_got_known_late_is_an_update_on_that_day() -> None:
    entry = entry_of("A_FAULT", recorded="2026-02-05")
    ledger = Ledger.of("shop", 1, {"A_FAULT": entry, "B_FAULT": entry_of("B_FAULT")})
    catalogue = check_catalogue(Path(__file__).parents[1] / "corpus/base").catalogue
    feed = ElementTree.fromstring(atom_feed(events({"shop": ledger}), catalogue, URLS, "Errors"))
    (group,) = feed.findall(f"{ATOM}entry")
    assert group.findtext(f"{ATOM}id", "").endswith("#2026-01-01-shop-published")
    assert group.findtext(f"{ATOM}updated") == "2026-02-05T00:00:00Z"
    assert feed.findtext(f"{ATOM}updated") == "2026-02-05T00:00:00Z"


def test_a_deprecation_tells_until_when() -> None:
    entry = entry_of("A_FAULT", deprecated="2026-02-01", remove_after="2026-05-02")
    ledger = Ledger.of("shop", 1, {"A_FAULT": entry})
    told = [sentence(event) for event in events({"shop": ledger})]
    assert told == [
        "A_FAULT was deprecated, and stays until 2026-05-02 at least.",
        "A_FAULT was published.",
    ]


WRONG = {"date": "2026-02-01", "key": "http", "was": 503, "why": "A *capture* says so."}


@pytest.fixture
def corrected() -> dict[str, Ledger]:
    entry = entry_of("ORDER_NOT_FOUND", corrections=(Corrected(**WRONG),), recorded="2026-02-03")
    return {"shop": Ledger.of("shop", 1, {"ORDER_NOT_FOUND": entry})}


def test_a_correction_is_told_with_what_was_wrong_and_why(corrected: dict[str, Ledger]) -> None:
    event, _published = events(corrected)
    assert (event.date, event.kind) == ("2026-02-01", "corrected")
    assert sentence(event) == ("ORDER_NOT_FOUND was corrected: http was 503. A capture says so.")
    assert line(event, str.lower, str) == [
        "order_not_found",
        ": http was 503. A capture says so.",
    ]


def test_a_correction_for_programs_and_feed_readers(corrected: dict[str, Ledger]) -> None:
    catalogue = check_catalogue(Path(__file__).parents[1] / "corpus/base").catalogue
    (written, _) = changes_json(events(corrected), catalogue, URLS)["changes"]
    assert (written["change"], written["corrected"]) == (
        "corrected",
        {"key": "http", "was": 503, "why": "A *capture* says so."},
    )
    feed = ElementTree.fromstring(atom_feed(events(corrected), catalogue, URLS, "Errors"))
    (entry, _) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Shop: 1 reason corrected"
    assert entry.findtext(f"{ATOM}updated") == "2026-02-03T00:00:00Z"


def test_a_reason_whose_first_day_is_not_known_is_told_on_that_of_its_release() -> None:
    entry = entry_of("A_FAULT", recorded="2026-02-05").replaced(first=None)
    (event,) = events({"shop": Ledger.of("shop", 1, {"A_FAULT": entry})})
    assert event.date == "2026-02-05"


def test_where_only_names_are_told_each_domain_has_a_line(checked: Checked) -> None:
    api = checked.catalogue.apis["voipbin"]
    (group,) = [
        group
        for date, name, kind, group in groups(events(checked.ledgers))
        if (date, name, kind) == ("2026-04-25", "voipbin", "published")
    ]
    found = by_domain(group, api)
    titles = [domain.title for domain in api.domains]
    assert [title for title, _ in found] == sorted((t for t, _ in found), key=titles.index)
    assert sum(len(each) for _, each in found) == len(group)
    for title, each in found:
        assert {api.reasons[event.reason].domain for event in each} == {
            domain.name for domain in api.domains if domain.title == title
        }
    feed = ElementTree.fromstring(atom_feed(group, checked.catalogue, URLS, "Errors"))
    assert feed.findtext(f"{ATOM}entry/{ATOM}content", "").split("\n") == [
        f"{title}: {', '.join(event.reason for event in each)}" for title, each in found
    ]
