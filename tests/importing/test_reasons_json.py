"""Another catalogue comes in as its export says it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import reasonbook
from reasonbook.render.data.export import catalogue_json
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

DERIVED = ("url", "markdown_url", "json_url", "envelope_schema_url", "json")


def exported(root: Path) -> dict[str, Any]:
    return catalogue_json(reasonbook.load(root), SiteUrls("https://x.example/", Addresses()))


@pytest.mark.parametrize("name", ["shop"])
def test_what_is_exported_again_is_the_same(name: str, project: Path, shop: Any) -> None:
    before = exported(project / "tests/corpus/base")
    Path("reasons.json").write_text(json.dumps(before))
    assert shop.run("import", "reasons.json", "--api", name) == 0, shop.err
    after = exported(Path("catalogue"))
    was, now = before["apis"][0], after["apis"][0]
    assert [clean(reason) for reason in now["reasons"]] == [clean(r) for r in was["reasons"]]
    assert now["envelope"] == was["envelope"]
    assert now["statuses"] == was["statuses"]
    assert shop.is_clean()


def clean(reason: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reason.items() if key not in DERIVED}
