"""Another catalogue comes in as its export says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import reasonbook
from reasonbook.render.data.export import Export
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

ROOTS = [
    "catalogue",
    "tests/corpus/base",
    *(f"tests/roots/test-{name}/catalogue" for name in ("problem-details", "error-info")),
]


def exported(root: Path) -> dict[str, Any]:
    urls = SiteUrls("https://x.example/", Addresses())
    written = json.loads(Export(urls).catalogue(reasonbook.load(root)))
    return {api["api"]: api for api in written["apis"]}


@pytest.mark.parametrize("root", ROOTS)
def test_what_is_exported_again_says_the_same(root: str, project: Path, shop: Any) -> None:
    before = exported(project / root)
    data = {"format_version": 2, "apis": [*before.values()]}
    Path("reasons.json").write_text(json.dumps(data))
    for name in before:
        assert shop.run("import", "reasons.json", "--api", name) == 0, shop.err
    assert exported(Path("catalogue")) == before


def test_a_second_level_is_left_out_and_told(shop: Any) -> None:
    reasons = [
        {"reason": "card_declined", "domain": "d"},
        {"reason": "card_declined", "sub_reason": "expired", "domain": "d"},
    ]
    api = {"api": "shop", "source": {"url": "https://x.example"}, "reasons": reasons}
    Path("reasons.json").write_text(json.dumps({"format_version": 2, "apis": [api]}))
    assert shop.bring("reasons.json") == 0
    assert ": card_declined/expired has a second level, which is left out.\n" in shop.out
    assert shop.is_clean()
