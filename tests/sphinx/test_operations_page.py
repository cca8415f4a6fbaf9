"""The page of operations of a large API."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup

from .conftest import Project, Result

pytestmark = pytest.mark.slow

PAGE_BYTES = 150_000
RESOURCES, PATHS = 100, ("", "/{id}", "/{id}/items", "/{id}/items/{item_id}")
METHODS = ("GET", "PUT", "POST", "PATCH", "DELETE")


def operations() -> Iterator[str]:
    for n in range(RESOURCES):
        for path in PATHS:
            for method in METHODS:
                yield f"{method} /resource-{n}{path}"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """An API of 2,000 operations, each with two reasons and six classes."""
    project = Project.new(tmp_path_factory.mktemp("operations"))
    listed = [*operations()]
    known = {name: [404, 409] for name in [*listed, "GET /first_fault", "GET /last_fault"]}
    project.write_data("alpha/operations.json", {"operations": known})
    own = [
        {
            "reason": f"RESOURCE_{n}_{kind}",
            "status": "NOT_FOUND",
            "raised_by": listed[n * 20 : n * 20 + 20],
        }
        for n in range(RESOURCES)
        for kind in ("NOT_FOUND", "STATE_INVALID")
    ]
    classes = {f"documented-{n}": {"http": [404]} for n in range(6)}
    project.edit("alpha/one.yaml", lambda data: data["reasons"].extend(own))
    for name in ("one", "two"):
        project.edit(f"alpha/{name}.yaml", as_listed)
    project.edit(
        "alpha/api.yaml",
        lambda data: data.update(format=2, requires=[], operation_classes=classes),
    )
    return project.build_strictly()


def as_listed(data: dict[str, Any]) -> None:
    for reason in data["reasons"]:
        if reason["reason"] == "SHARED_FAULT":
            reason["raised_by"] = ["GET /last_fault"]
        if "remedy" in reason:
            reason["remedy"]["actor"] = "client"


@pytest.fixture(scope="module")
def page(large: Result) -> BeautifulSoup:
    return BeautifulSoup(large.page("alpha/endpoints.html"), "html.parser")


def test_it_has_every_operation_on_one_page_that_is_not_heavy(
    large: Result, page: BeautifulSoup
) -> None:
    rows = page.select("table.rb-operations > tbody > tr")
    assert {*operations()} <= {row.select("td code")[0].get_text() for row in rows}
    assert len(gzip.compress(large.page("alpha/endpoints.html").encode())) < PAGE_BYTES


def test_each_is_an_object_that_leads_to_its_row(large: Result, page: BeautifulSoup) -> None:
    objects = large.inventory()["err:endpoint"]
    anchors = {target["id"] for target in page.select("table.rb-operations [id]")}
    for operation in operations():
        address, _, anchor = objects[f"alpha/{operation}"].partition("#")
        assert address == "alpha/endpoints.html"
        assert anchor in anchors


@pytest.mark.parametrize("name", ["alpha/index.html", "alpha/one.html", "index.html"])
def test_the_filter_is_only_on_the_page_that_has_it(large: Result, name: str) -> None:
    assert "reasonbook-filter.js" in large.page("alpha/endpoints.html")
    assert "reasonbook-filter.js" not in large.page(name)


def test_no_script_stands_in_the_page(page: BeautifulSoup) -> None:
    article = page.select_one("section#endpoints")
    assert article
    assert not article.select("script, [onclick], [oninput], [style]")
