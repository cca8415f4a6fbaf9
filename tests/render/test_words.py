from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format import model
from reasonbook.format.reasons import Arrival
from reasonbook.format.remedies import RetryIf, Unit
from reasonbook.render import wording


def values(kind: Any) -> set[str]:
    """The words of a Literal, also where it may be None."""
    if isinstance(kind, str):
        return {kind}
    return {word for part in get_args(kind) for word in values(part)}


def type_of(record: type, name: str) -> Any:
    return get_type_hints(record)[name]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"unknown": "left out", **wording.ACTORS}, model.Actor),
        ({"unknown": "left out", **wording.RETRIES}, model.Retry),
        ({"unknown": "left out", **wording.RETRY_IF}, RetryIf),
        (wording.ARRIVALS, Arrival),
        (wording.UNITS, Unit),
        (wording.ORIGINS, model.Origin),
        (wording.KEYS, type_of(model.Remedy, "idempotency_key")),
        (wording.BASES, type_of(model.Remedy, "basis")),
        (wording.COVERAGES, type_of(model.ErrorDomain, "coverage")),
        ({"active": "goes without saying", **wording.LIFECYCLES}, model.Lifecycle),
    ],
    ids=[
        "actors",
        "retries",
        "retry-if",
        "arrivals",
        "units",
        "origins",
        "keys",
        "bases",
        "coverages",
        "lifecycles",
    ],
)
def test_every_word_of_the_format_has_its_words(said: Mapping[str, Any], kind: Any) -> None:
    assert set(said) == values(kind)


@pytest.mark.parametrize(("count", "said"), [(0, "0 reasons"), (1, "1 reason"), (2, "2 reasons")])
def test_number(count: int, said: str) -> None:
    assert wording.number(count, "reason") == said


def test_number_with_a_plural_of_its_own() -> None:
    assert wording.number(2, "entry", "entries") == "2 entries"


@pytest.mark.parametrize(("amount", "said"), [(1, "1 s"), (1.0, "1 s"), (0.5, "0.5 s")])
def test_seconds(amount: float, said: str) -> None:
    assert wording.seconds(amount) == said


def test_http_statuses_are_called_as_the_api_calls_them(shop: Path) -> None:
    path = shop / "shop/api.yaml"
    path.write_text(path.read_text() + "http: {404: {title: Gone fishing, meaning: No.}}\n")
    api = load_catalogue(shop).catalogue.apis["shop"]
    assert wording.http_title(api, 404) == "Gone fishing"
    assert wording.http_title(api, 402) == "Payment Required"
    assert wording.http_title(api, 299) == ""
