"""When a reason was last observed: on its page in every form, only where a recording shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.explaining.exported import read_exported
from reasonbook.format.model import Api
from reasonbook.render.data.export import Export, reason_json
from reasonbook.render.facts.overview import known_share
from reasonbook.render.facts.whole import everything
from reasonbook.render.html.statements import Html
from reasonbook.render.markdown.reason import reason_page
from reasonbook.render.urls import SiteUrls

SOURCE = "0123456789abcdef"
DAY = "2026-11-26"


@pytest.fixture
def observed(api_with: Callable[..., Api], tmp_path: Path) -> Callable[..., Api]:
    """Make an API with one reason, and observations of it."""

    def make(*observations: dict[str, Any]) -> Api:
        api_with()
        rows = [{"reason": "ORDER_STUCK", "source": SOURCE, **each} for each in observations]
        (tmp_path / "shop/observed.json").write_text(json.dumps({"observed": rows}))
        loaded = load_catalogue(tmp_path)
        assert [*loaded.problems] == []
        return loaded.catalogue.apis["shop"]

    return make


SAID = {
    "Last observed: 2026-11-26, by 2 operations.": (
        {"operation": "GET /a", "count": 1, "last": "2026-11-25"},
        {"operation": "GET /b", "count": 1, "last": DAY},
    ),
    "Last observed: 2026-11-26, by 1 operation.": (
        {"operation": "GET /a", "count": 1, "last": DAY},
        {"count": 1},
    ),
    "Last observed: 2026-11-26.": ({"count": 1, "last": DAY},),
    "Last observed: day not known.": ({"count": 1},),
}


@pytest.mark.parametrize("said", SAID)
def test_the_pages_say_it(said: str, observed: Callable[..., Api], urls: SiteUrls) -> None:
    api = observed(*SAID[said])
    reason = api.reasons["ORDER_STUCK"]
    page = Html(lambda _: None, ("", "")).statements(everything(reason, api))
    assert f">{said}</p>" in page
    assert f"\n\n{said}\n\n" in reason_page(reason, api, urls)


def test_without_a_recording_they_say_nothing(api_with: Callable[..., Api], urls: SiteUrls) -> None:
    api = api_with()
    reason = api.reasons["ORDER_STUCK"]
    pages = (
        Html(lambda _: None, ("", "")).statements(everything(reason, api)),
        reason_page(reason, api, urls),
    )
    assert not [page for page in pages if "bserved" in page]
    assert reason_json(reason, urls)["observed"] is None


def test_the_json_of_a_reason_says_it_and_is_read_again(
    observed: Callable[..., Api], urls: SiteUrls, tmp_path: Path
) -> None:
    observed({"operation": "GET /a", "count": 2, "last": DAY}, {"count": 1})
    data = json.loads(Export(urls).catalogue(load_catalogue(tmp_path).catalogue))
    (reason,) = data["apis"][0]["reasons"]
    assert reason["observed"] == {"last": DAY, "count": 3, "operations": ["GET /a"]}
    again = read_exported(json.loads(json.dumps(data)), "reasons.json")
    assert (
        reason_json(again.apis["shop"].reasons["ORDER_STUCK"], urls)["observed"]
        == (reason["observed"])
    )


def test_a_page_is_made_again_when_its_observations_change(observed: Callable[..., Api]) -> None:
    api = observed({"count": 1})
    assert api.path.parent / "observed.json" in api.files


def test_the_overview_counts_what_was_observed(observed: Callable[..., Api]) -> None:
    assert ", observed of 1" in known_share(observed({"count": 1}))
