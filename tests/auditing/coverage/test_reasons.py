"""What counts as documented, what as seen, and how many of a hundred that are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reasonbook.auditing.coverage.reasons import coverage, documented
from reasonbook.auditing.sightings import Sighting, Sightings, Tally
from reasonbook.format.model import Catalogue

DAY = date(2026, 11, 26)
DOCUMENTED = ["CARD_DECLINED", "CARD_DECLINED/EXPIRED", "NOT_ALLOWED", "ANYTHING"]


def test_a_reason_that_no_response_brings_today_is_not_to_be_seen(catalogue: Catalogue) -> None:
    assert [each.name for each in documented(catalogue.apis["shop"])] == DOCUMENTED


def test_nothing_seen_is_no_coverage(catalogue: Catalogue, seen: Callable[..., Sightings]) -> None:
    found = coverage(catalogue.apis["shop"], seen())
    assert (found.seen, found.missing, found.percent) == (0, tuple(DOCUMENTED), 0)


def test_a_reason_is_counted_over_all_its_operations(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    earlier = date(2026, 11, 1)
    found = coverage(
        catalogue.apis["shop"],
        seen(
            ("CARD_DECLINED", "POST /payments", 3, earlier),
            ("CARD_DECLINED", "", 2, DAY),
        ),
    )
    first = found.reasons[0]
    assert first.all == Tally(5, DAY)
    assert [*first.rows()] == [
        ("operation not known", Tally(2, DAY)),
        ("POST /payments", Tally(3, earlier)),
        ("GET /payments/{id}", Tally()),
    ]


def test_a_second_level_code_is_seen_by_itself(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    found = coverage(catalogue.apis["shop"], seen(("CARD_DECLINED/EXPIRED", "", 1, None)))
    assert found.missing == ("CARD_DECLINED", "NOT_ALLOWED", "ANYTHING")


def test_operations_of_a_class_are_not_listed_one_by_one(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    found = coverage(catalogue.apis["shop"], seen(("NOT_ALLOWED", "POST /orders", 1, DAY)))
    assert [*found.reasons[2].rows()] == [
        ("POST /orders", Tally(1, DAY)),
        ("1 more of the class write", Tally()),
    ]
    assert found.reasons[2].others == ("POST /payments",)


def test_a_reason_that_is_not_documented_raises_nothing(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    found = coverage(catalogue.apis["shop"], seen(("PLANNED", "", 9, DAY), ("OTHER", "", 9, DAY)))
    assert found.seen == 0


def test_another_api_raises_nothing(catalogue: Catalogue) -> None:
    other = Sightings()
    other.add(Sighting("bank", "CARD_DECLINED", ""), DAY)
    assert coverage(catalogue.apis["shop"], other).seen == 0


def test_an_exception_is_not_counted(catalogue: Catalogue, seen: Callable[..., Sightings]) -> None:
    found = coverage(
        catalogue.apis["shop"], seen(("CARD_DECLINED", "", 1, DAY)), {"ANYTHING", "NOT_ALLOWED"}
    )
    assert found.summary == "shop: 1 of 2 documented reasons seen (50%), beside 2 excepted"


def test_a_share_is_never_rounded_up(catalogue: Catalogue, seen: Callable[..., Sightings]) -> None:
    found = coverage(
        catalogue.apis["shop"],
        seen(("CARD_DECLINED", "", 1, DAY), ("NOT_ALLOWED", "", 1, DAY)),
        {"ANYTHING"},
    )
    assert found.percent == 66.6


def test_where_nothing_is_to_be_seen_nothing_is_missing(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    assert coverage(catalogue.apis["shop"], seen(), {*DOCUMENTED}).percent == 100
