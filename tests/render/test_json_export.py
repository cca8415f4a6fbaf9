from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Catalogue
from reasonbook.render.data import export as json_export
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
)


@given(DATA, st.integers(0, 5))
def test_what_is_written_is_read_back(value: Any, depth: int) -> None:
    assert json.loads(json_export.dump(value, depth=depth)) == value


@pytest.mark.parametrize(
    ("depth", "text"),
    [
        (0, '{"a": [1, {"b": "é"}]}\n'),
        (1, '{\n  "a": [1, {"b": "é"}]\n}\n'),
        (2, '{\n  "a": [\n    1,\n    {"b": "é"}\n  ]\n}\n'),
    ],
)
def test_lines(depth: int, text: str) -> None:
    assert json_export.dump({"a": [1, {"b": "é"}]}, depth=depth) == text


def test_the_hash_knows_content_and_nothing_else(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    catalogue = catalogue_of(2, 1, 2)
    export = json_export.Export(urls)
    whole = json.loads(export.catalogue(catalogue))
    assert whole == json.loads(export.catalogue(catalogue))
    first, second = (json.loads(export.api(api)) for api in catalogue.apis.values())
    assert len({data["content_hash"] for data in (whole, first, second)}) == 3
    assert whole["apis"] == [*first["apis"], *second["apis"]]


def test_a_reason_says_its_envelope_also_where_its_domain_does(project: Path) -> None:
    loaded = load_catalogue(project / "tests/roots/test-numeric/catalogue")
    urls = SiteUrls.of("https://errors.example.com/", Addresses())
    reasons = loaded.catalogue.apis["relay"].reasons.values()
    said = {reason.code: json_export.reason_json(reason, urls)["envelope"] for reason in reasons}
    assert (said["20003"], said["30003"]) == (None, "callback")
