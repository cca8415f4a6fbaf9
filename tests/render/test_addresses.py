from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Reason
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import (
    endpoint_anchor,
    http_anchor,
    reason_anchor,
    status_anchor,
)


@pytest.fixture
def reason(shop: Path) -> Reason:
    return load_catalogue(shop).catalogue.apis["shop"].reasons["ORDER_NOT_FOUND"]


@pytest.fixture
def slugged(shop: Path) -> Reason:
    for name, old, new in [
        ("api", "schema_version: 1", 'schema_version: 1\nreason_pattern: ".+"'),
        ("payments", "  - reason: CARD_DECLINED", "  - reason: card/declined\n    slug: declined"),
    ]:
        path = shop / f"shop/{name}.yaml"
        path.write_text(path.read_text().replace(old, new))
    return load_catalogue(shop).catalogue.apis["shop"].reasons["card/declined"]


def test_every_page_has_the_address_that_was_published(reason: Reason) -> None:
    site = Addresses()
    assert site.overview("shop") == "shop/index"
    assert site.envelope("shop") == "shop/envelope"
    assert site.unknown("shop") == "shop/unknown"
    assert site.endpoints("shop") == "shop/endpoints"
    assert site.domain("shop", "orders") == "shop/orders"
    assert site.reason(reason) == "shop/reasons/ORDER_NOT_FOUND"


@pytest.mark.parametrize("prefix", ["errors/v1", "/errors/v1", "errors/v1/"])
def test_all_pages_can_stand_below_a_prefix(reason: Reason, prefix: str) -> None:
    site = Addresses(prefix)
    assert site.overview("shop") == "errors/v1/shop/index"
    assert site.reason(reason) == "errors/v1/shop/reasons/ORDER_NOT_FOUND"


def test_the_anchor_of_a_reason_is_the_reason_itself(reason: Reason) -> None:
    assert reason_anchor(reason) == "ORDER_NOT_FOUND"


def test_a_slug_takes_its_place_in_addresses(slugged: Reason) -> None:
    assert slugged.name == "card/declined"
    assert Addresses().reason(slugged) == "shop/reasons/declined"
    assert reason_anchor(slugged) == "declined"


def test_anchors_of_statuses() -> None:
    assert status_anchor("NOT_FOUND") == "NOT_FOUND"
    assert http_anchor(404) == "http-404"


@pytest.mark.parametrize(
    ("operation", "anchor"),
    [
        ("GET /calls", "GET-/calls"),
        ("GET /calls/{id}", "GET-/calls/:id"),
        ("DELETE /calls/{call_id}/tags/{tag}", "DELETE-/calls/:call_id/tags/:tag"),
    ],
)
def test_the_anchor_of_an_operation(operation: str, anchor: str) -> None:
    assert endpoint_anchor(operation) == anchor


def test_operations_that_differ_have_anchors_that_differ() -> None:
    operations = ["GET /a-b", "GET /a/b", "GET /a_b", "GET /a/{b}", "POST /a/b", "GET /A/b"]
    assert len({endpoint_anchor(operation) for operation in operations}) == len(operations)
