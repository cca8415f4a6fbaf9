"""The table of page kinds, compared with what each part does with a kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.catalogue.names import RESERVED_APIS, RESERVED_DOMAINS, is_name
from reasonbook.checking import check_catalogue
from reasonbook.render.data.redirects import address_list, nginx_map
from reasonbook.render.markdown.pages import MARKDOWN
from reasonbook.render.page_kinds import (
    ENDPOINTS,
    KINDS,
    NOT_FOUND,
    Addresses,
    Pages,
    kinds_about,
)
from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.exports import DATA
from reasonbook.sphinx.page_nodes import NODES

ADDRESSES = Addresses("errors")
URLS = SiteUrls("https://x/", ADDRESSES)


@pytest.fixture
def pages(shop: Path) -> Pages:
    return Pages(check_catalogue(shop), ADDRESSES)


def test_every_kind_has_a_builder_of_markdown() -> None:
    assert MARKDOWN.keys() == {*KINDS}


def test_every_kind_with_json_has_a_builder_of_it() -> None:
    assert DATA.keys() == {kind for kind in KINDS if kind.json}


def test_every_kind_with_html_has_a_builder_of_nodes() -> None:
    """But for the page for a wrong address, which is a template of the site."""
    assert NODES.keys() == {kind for kind in KINDS if kind.html != "none"} - {NOT_FOUND}


def test_no_api_and_no_domain_can_take_the_address_of_a_kind() -> None:
    at_root = {kind.address.split("/")[0] for kind in KINDS}
    of_api = {kind.address.removeprefix("{api}/").split("/")[0] for kind in KINDS} - at_root
    assert {word for word in at_root if is_name(word)} <= RESERVED_APIS
    assert {word for word in of_api if is_name(word)} <= RESERVED_DOMAINS
    assert of_api


def test_pages_come_in_reading_order(pages: Pages) -> None:
    (shop,) = pages.checked.catalogue.apis.values()
    orders, payments = shop.domains
    names = [ADDRESSES.page(kind, shop) for kind in kinds_about(shop)]
    for domain in (orders, payments):
        names.append(f"errors/shop/{domain.name}")
        names += [f"errors/shop/reasons/{reason.slug}" for reason in domain.reasons]
    assert names[0] == "errors/shop/index"
    assert [page.docname for page in pages.of_api(shop)] == names


def test_a_page_without_content_is_not_there(pages: Pages) -> None:
    (shop,) = pages.checked.catalogue.apis.values()
    assert (ENDPOINTS in kinds_about(shop)) == bool(shop.operations)
    assert "errors/changes" not in pages.by_docname  # nothing was published


def test_only_a_whole_site_has_a_page_for_wrong_addresses(pages: Pages) -> None:
    assert "404" not in pages.by_docname
    assert "404" in Pages(pages.checked, ADDRESSES, whole_site=True).by_docname


def test_every_page_says_what_it_is_about_and_what_it_depends_on(pages: Pages) -> None:
    for page in pages.by_docname.values():
        assert page.title
        assert page.sources[0].suffix == ".yaml"
        assert all(path.is_file() for path in page.sources)


def test_redirects_lead_to_every_page_and_its_twins(pages: Pages) -> None:
    lines = nginx_map(pages, URLS).splitlines()
    assert "/errors/shop /errors/shop/;" in lines
    assert "/errors/shop/index /errors/shop/;" in lines
    for address in ("envelope.md", "unknown.md", "unknown.json", "orders.md", "llms.txt"):
        assert f"/errors/shop/{address} /errors/shop/{address};" in lines
    assert "/errors/shop/orders /errors/shop/orders.html;" in lines
    assert not any("unknown.html" in line for line in lines)


def test_a_reason_and_a_status_are_found_without_the_folder_of_their_kind(pages: Pages) -> None:
    lines = nginx_map(pages, URLS).splitlines()
    for asked in ("ORDER_NOT_FOUND", "ORDER-NOT-FOUND"):
        target = "/errors/shop/reasons/ORDER_NOT_FOUND"
        assert f"/errors/shop/{asked} {target}.html;" in lines
        assert f"/errors/shop/{asked}.md {target}.md;" in lines
    for asked in ("http/404", "404"):
        assert f"/errors/shop/{asked} /errors/shop/http.html#http-404;" in lines


def test_what_has_that_address_itself_wins(shop: Path) -> None:
    """A reason called as a page, or as an HTTP status."""
    text = (shop / "shop/orders.yaml").read_text().replace("ORDER_NOT_FOUND", "404")
    text = text.replace("- reason: 404", '- reason: "404"')
    (shop / "shop/orders.yaml").write_text(text)
    api = (shop / "shop/api.yaml").read_text().replace("ORDER_NOT_FOUND", "404")
    (shop / "shop/api.yaml").write_text(f"{api}reason_pattern: '[A-Z_0-9]+'\n")
    lines = nginx_map(Pages(check_catalogue(shop), ADDRESSES), URLS).splitlines()
    assert [line for line in lines if line.startswith("/errors/shop/404 ")] == [
        "/errors/shop/404 /errors/shop/reasons/404.html;"
    ]


def test_a_wrong_address_is_compared_with_pages_for_people(pages: Pages) -> None:
    names = address_list(pages, URLS)["errors/shop/"]["pages"]
    assert "envelope" in names
    assert not {"index", "unknown"} & {*names}
