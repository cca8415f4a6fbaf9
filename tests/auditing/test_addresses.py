"""Which API an address is of, and the path below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.auditing.addresses import Addresses
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api

from .conftest import write_api


@pytest.fixture
def apis(tmp_path: Path) -> list[Api]:
    write_api(tmp_path / "market", "market", "Market")
    write_api(tmp_path / "store", "store", "Store")
    path = tmp_path / "store/api.yaml"
    path.write_text(path.read_text().replace("api.store.example/v1", "api.market.example/v1/store"))
    return [*load_catalogue(tmp_path).catalogue.apis.values()]


@pytest.mark.parametrize(
    ("url", "named", "expected"),
    [
        ("https://api.market.example/v1/orders/1?a=b#c", None, ("market", "/orders/1")),
        ("HTTPS://jane:secret@API.market.example:443/v1/orders", None, ("market", "/orders")),
        ("https://api.market.example/v1", None, ("market", "/")),
        ("https://api.market.example/v1/store/orders", None, ("store", "/orders")),
        ("https://api.market.example/v1/stores", None, ("market", "/stores")),
        ("https://api.market.example/v2/orders", None, None),
        ("https://api.market.example.evil.example/v1/orders", None, None),
        ("//api.market.example/v1/orders", None, ("market", "/orders")),
        ("/orders", None, None),
        ("/v1/orders?a=b", "market", ("market", "/orders")),
        ("", "market", ("market", "/")),
        ("http://127.0.0.1:8080/store/orders", "store", ("store", "/orders")),
        ("https://staging.example/orders", "store", ("store", "/orders")),
        ("https://api.market.example/v1/orders", "store", None),
        ("https://api.market.example.:443/v1/orders", None, ("market", "/orders")),
        # As the mock server has several.
        ("http://127.0.0.1:8080/store/orders/1", None, ("store", "/orders/1")),
        ("http://[::1]:8080/market", None, ("market", "/")),
        ("http://127.0.0.1:8080/orders", None, None),
        ("http://127.0.0.1:8080/storeroom/orders", None, None),
        ("https://elsewhere.example/store/orders", None, None),
        ("/store/orders", None, None),
    ],
)
def test_address(
    url: str, named: str | None, expected: tuple[str, str] | None, apis: list[Api]
) -> None:
    api = next((each for each in apis if each.name == named), None)
    found = Addresses(apis, api).find(url)
    assert (found and (found[0].name, found[1])) == expected


@pytest.mark.parametrize(
    ("url", "is_found"),
    [
        ("/orders", True),
        ("http://localhost:8080/orders", True),
        ("http://testserver/orders", True),
        ("http://[::1]:80/orders", True),
        ("https://shop.example/orders", False),
        ("https://localhost.example/orders", False),
    ],
)
def test_an_only_api_is_asked_on_this_machine(url: str, is_found: bool, apis: list[Api]) -> None:
    assert (Addresses(apis[:1]).find(url) is not None) is is_found
