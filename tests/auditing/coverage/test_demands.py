"""Exceptions and a demanded share: bad input beside the exact words about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reasonbook import limits
from reasonbook.auditing.coverage.demands import Exempt, checked_coverage, reaches, read_exceptions
from reasonbook.auditing.sightings import Sightings
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.format.model import Catalogue

DAY = date(2026, 11, 26)
AT = Location("exceptions.txt", 3, 1)
REMOVE = "Remove it."
BAD = {
    "shop/ANYTHING": ("is an exception, but was seen.", REMOVE),
    "shop/PLANNED": ("is not a reason that clients receive in a response.", REMOVE),
    "shop/NOT_ALOWED": (
        "is not a reason that clients receive in a response.",
        "Did you mean NOT_ALLOWED?",
    ),
    "shop/": ("is not a reason that clients receive in a response.", REMOVE),
    "shopp/ANYTHING": (
        "does not begin with the name of an API.",
        "Did you mean shop/ANYTHING?",
    ),
    "NOT_ALLOWED": (
        "does not begin with the name of an API.",
        "Did you mean shop/NOT_ALLOWED?",
    ),
    "CARD_DECLINED/EXPIRED": (
        "does not begin with the name of an API.",
        "Write it as API/REASON.",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_an_exception_without_need_is_reported(
    name: str, catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    problems, shop = Problems(), catalogue.apis["shop"]
    rows = seen(("ANYTHING", "", 1, DAY))
    found = checked_coverage([shop], rows, [Exempt(name, AT)], None, catalogue, problems)
    message, hint = BAD[name]
    assert [*map(str, problems)] == [
        f"exceptions.txt:3:1: error[coverage-exception]: {name} {message}\n  hint: {hint}"
    ]
    assert len(found[0].counted) == len(found[0].reasons)


def test_an_exception_that_is_needed_is_not(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    problems, shop = Problems(), catalogue.apis["shop"]
    names = ["shop/CARD_DECLINED/EXPIRED", "shop/ANYTHING"]
    exceptions = [Exempt(name, AT) for name in names]
    found = checked_coverage([shop], seen(), exceptions, None, catalogue, problems)
    assert [*problems] == []
    assert found[0].missing == ("CARD_DECLINED", "NOT_ALLOWED")


def test_one_of_an_api_that_is_not_audited_says_nothing(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    problems = Problems()
    exceptions = [Exempt("shop/NO_SUCH", AT)]
    assert checked_coverage([], seen(), exceptions, 100, catalogue, problems) == []
    assert [*problems] == []


def low(catalogue: Catalogue, seen: Sightings, least: float) -> list[str]:
    problems, shop = Problems(), catalogue.apis["shop"]
    exceptions = [Exempt("shop/ANYTHING", AT)]
    checked_coverage([shop], seen, exceptions, least, catalogue, problems)
    return [str(each).splitlines()[0] for each in problems]


def test_too_little_is_reported_with_what_is_missing(
    catalogue: Catalogue, seen: Callable[..., Sightings]
) -> None:
    rows = seen(("CARD_DECLINED", "", 1, DAY))
    (found,) = low(catalogue, rows, 33.4)
    assert found.startswith("catalogue/shop/api.yaml:1:")
    assert found.partition("error")[2] == (
        "[coverage-too-low]: shop: 1 of 3 documented reasons seen (33.3%), beside 1 excepted, and "
        "33.4% are demanded. Not seen: CARD_DECLINED/EXPIRED, NOT_ALLOWED."
    )
    assert low(catalogue, rows, 33.33) == []  # compared as it is, not as it is shown


@pytest.mark.parametrize(("seen", "enough"), [(160, False), (161, True)])
def test_a_share_is_compared_exactly(seen: int, enough: bool) -> None:
    assert 64.4 * 250 > 161 * 100, "a float is not exact here"
    assert reaches(seen, 250, 64.4) is enough


def test_of_many_that_are_missing_the_first_are_named(
    catalogue: Catalogue, seen: Callable[..., Sightings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "COVERAGE_NAMES", 2)
    (found,) = low(catalogue, seen(), 1)
    assert found.endswith("Not seen: CARD_DECLINED, CARD_DECLINED/EXPIRED and 1 more.")


def test_a_file_of_exceptions_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("exceptions.txt").write_text(
        "# These need a broken network.\n\n  shop/GATEWAY_LOST  # see issue 7\nshop/C#\n"
    )
    problems = Problems()
    assert [*read_exceptions(Path("exceptions.txt"), problems)] == [
        ("shop/GATEWAY_LOST", Location("exceptions.txt", 3, 3)),
        ("shop/C#", Location("exceptions.txt", 4, 1)),
    ]
    assert [*problems] == []


def test_a_file_that_is_not_there_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    problems = Problems()
    assert [*read_exceptions(Path("exceptions.txt"), problems)] == []
    assert [each.rule.label for each in problems] == ["unreadable-file"]
