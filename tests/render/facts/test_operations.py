"""Which operation sends which reasons: by resource, by class, and the other way round."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.format.model import Api
from reasonbook.format.prose import text_of
from reasonbook.render.facts import operations
from reasonbook.render.facts.operations import Operation
from reasonbook.render.markdown.api import endpoints_pages
from reasonbook.render.urls import SiteUrls

from ..conftest import loaded, made_up_reason, write_catalogue

MakeApi = Callable[..., Api]


@pytest.fixture
def api_of(tmp_path: Path) -> MakeApi:
    """Make an API of reasons by name, each with what is said of it, and of operations."""

    def make(
        reasons: dict[str, Any], listed: dict[str, list[int]] | None = None, **more: Any
    ) -> Api:
        made = [made_up_reason(name, examples=[], **said) for name, said in reasons.items()]
        write_catalogue(tmp_path, {"shop": {"orders": made}}, requires=[], **more)
        if listed is not None:
            (tmp_path / "shop/operations.json").write_text(json.dumps({"operations": listed}))
        return loaded(tmp_path).apis["shop"]

    return make


def found(api: Api, name: str) -> Operation:
    (each,) = [
        each for _, group in operations.resources(api) for each in group if each.name == name
    ]
    return each


@pytest.mark.parametrize(
    ("paths", "resources"),
    [
        (["/a", "/a/{id}", "/b"], {"/a": 2, "/b": 1}),
        (["/v1/a", "/v1/a/{id}", "/v1/b"], {"/v1/a": 2, "/v1/b": 1}),
        (["/api/v1/a", "/api/v1/b"], {"/api/v1/a": 1, "/api/v1/b": 1}),
        (["/v1/a", "/b"], {"/v1": 1, "/b": 1}),
        (["/a", "/a/{id}"], {"/a": 2}),
        (["/a/{id}", "/a/{id}/b"], {"/a": 2}),
        (["/{owner}/a", "/{owner}/b"], {"/{owner}/a": 1, "/{owner}/b": 1}),
        (["/", "/a"], {"/": 1, "/a": 1}),
    ],
)
def test_a_resource_is_the_first_step_that_tells_paths_apart(
    api_of: MakeApi, paths: list[str], resources: dict[str, int]
) -> None:
    api = api_of({}, {f"GET {path}": [] for path in paths})
    assert {name: len(group) for name, group in operations.resources(api)} == resources


def test_operations_by_name_are_about_what_stands_before_a_dot(api_of: MakeApi) -> None:
    names = ["chat.delete", "chat.post", "files.upload", "Send a message"]
    api = api_of({"A_FAULT": {"raised_by": names}}, operations="named")
    assert {name: len(group) for name, group in operations.resources(api)} == {
        "": 1,
        "chat": 2,
        "files": 1,
    }


def test_an_operation_has_its_own_reasons_and_its_classes(api_of: MakeApi) -> None:
    api = api_of(
        {
            "A_FAULT": {"raised_by": ["GET /a/{key}"]},
            "B_FAULT": {"raised_by": {"class": "writes"}},
            "C_FAULT": {"raised_by": "any"},
        },
        {"GET /a/{id}": [], "PUT /a/{id}": []},
        operation_classes={"writes": {"methods": ["PUT"]}, "reads": {"methods": ["GET"]}},
    )
    read, write = found(api, "GET /a/{id}"), found(api, "PUT /a/{id}")
    assert [reason.name for reason in read.own] == ["A_FAULT"]
    assert [reason.name for reason in write.own] == []
    assert (read.classes, write.classes) == (("reads",), ("writes",))
    assert [(each.scope, [r.name for r in each.reasons]) for each in operations.general(api)] == [
        ("any", ["C_FAULT"]),
        ("writes", ["B_FAULT"]),
    ]


@pytest.mark.parametrize(
    ("reason", "left"),
    [
        ({"raised_by": ["GET /a"], "http": 404}, (409,)),
        ({"raised_by": ["GET /a"], "http": [404, 409]}, ()),
        ({"raised_by": {"class": "all"}, "http": 409}, (404,)),
        ({"raised_by": "any", "http": 409}, (404,)),
        ({"raised_by": "unknown", "http": 409}, (404, 409)),
        ({"raised_by": ["GET /a"], "http": 404, "lifecycle": "planned"}, (404, 409)),
    ],
)
def test_a_described_status_that_no_reason_has_is_told(
    api_of: MakeApi, reason: dict[str, Any], left: tuple[int, ...]
) -> None:
    api = api_of({"A_FAULT": reason}, {"GET /a": [404, 409]}, operation_classes={"all": {}})
    assert found(api, "GET /a").open == left


def test_an_answer_without_an_envelope_is_told_where_the_description_has_its_status(
    api_of: MakeApi,
) -> None:
    answer = {"name": "empty", "http": [400, 502], "raised_by": ["GET /a"]}
    api = api_of({}, {"GET /a": [400, 404], "GET /b": [400]}, outside=[answer])
    assert (found(api, "GET /a").bare, found(api, "GET /a").open) == ((400,), (404,))
    assert found(api, "GET /b").bare == ()


@pytest.mark.parametrize(
    ("raised_by", "said"),
    [
        (["GET /a/{key}"], "GET /a/{key}"),
        ({"class": "reads"}, "class reads: 1 operation"),
        ("any", "any"),
        ("unknown", "not known"),
    ],
)
def test_a_reason_says_which_operations_send_it(api_of: MakeApi, raised_by: Any, said: str) -> None:
    api = api_of(
        {"A_FAULT": {"raised_by": raised_by}},
        {"GET /a/{id}": []},
        operation_classes={"reads": {"methods": ["GET"]}},
    )
    assert text_of(operations.senders(api.reasons["A_FAULT"], api)) == said


def test_the_twin_names_each_operation_once_and_what_classes_are_on_each_part(
    api_of: MakeApi, urls: SiteUrls
) -> None:
    listed = {
        f"{method} /things-{n}/{{id}}": [404] for n in range(200) for method in ("GET", "PUT")
    }
    fault = {"raised_by": {"class": "writes"}}
    classes = {"writes": {"methods": ["PUT"]}}
    pages = endpoints_pages(api_of({"A_FAULT": fault}, listed, operation_classes=classes), urls)
    assert len(pages) > 2
    whole = "\n".join(pages.values())
    assert all(whole.count(f"`{operation}`") == 1 for operation in listed)
    first, *others = pages.values()
    assert "- `writes` (`PUT`: 200 operations): `A_FAULT` 409" in first
    assert "## /things-0\n\n- `GET /things-0/{id}`: 404, reason not known\n" in first
    said = "What the classes are, and send, is at the beginning: https://errors.example.com/shop/"
    assert all(f"{said}endpoints.md." in page for page in others)
