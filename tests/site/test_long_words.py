"""Words of any length leave a page as wide as its window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

LONG = "TimestampMustBeInUtcAndMatchTheDocumentedPattern" * 3
REASONS: list[dict[str, Any]] = [
    {"reason": "1", "http": 400, "title": LONG, "cause": f"The value {LONG} is wrong."},
    {
        "reason": "2",
        "http": [400, 404],
        "cause": f"It is `{LONG}`.",
        "fix": ["Send less.", f"Use {LONG}."],
    },
    {"reason": "3" * 64, "http": "none", "arrives_in": ["callback"], "cause": "Long."},
]
PAGES = ["x/d.html", "x/envelope.html", "x/reasons/1.html", "x/reasons/2.html"]


@pytest.fixture(scope="module")
def long_words(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with long words wherever a text may stand."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "conf.py").write_text(
        'project = "Long"\nextensions = ["reasonbook"]\nhtml_theme = "furo"\n'
    )
    (folder / "index.rst").write_text("Long\n====\n\n.. api-list::\n   :toctree:\n")
    schema = {"type": "object", "properties": {"code": {"type": "string", "description": LONG}}}
    api = {
        "format": 2,
        "api": "x",
        "title": "X",
        "summary": "Errors.",
        "source": {"url": "https://example.com/"},
        "requires": [],
        "reason_pattern": "[0-9]+",
        "envelope": {"schema": "schema.json", "reason": "/code", "example": '{"code": "1"}'},
        "schema_version": 1,
        "domains": ["d"],
    }
    domain = {"domain": "d", "title": "D", "summary": "Errors.", "reasons": REASONS}
    (folder / "catalogue/x").mkdir(parents=True)
    for name, data in (("api.yaml", api), ("d.yaml", domain), ("schema.json", schema)):
        (folder / "catalogue/x" / name).write_text(json.dumps(data))
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "site"]
    subprocess.run(command, cwd=folder, check=True)
    return folder / "site"


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_its_column(
    browser: Browser, long_words: Path, name: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((long_words / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    wide = page.evaluate(
        """() => {
            const column = document.querySelector("article").getBoundingClientRect().right + 12;
            return [...document.querySelectorAll("article :is(table, td, h1, summary, dd, p)")]
                .filter((part) => part.getBoundingClientRect().right > column)
                .map((part) => part.tagName);
        }"""
    )
    assert wide == []
    page.close()


def test_short_words_stay_whole_beside_long_ones(browser: Browser, long_words: Path) -> None:
    """Each is on one line, though the table may break a word anywhere."""
    page = browser.new_page(viewport={"width": 1366, "height": 800})
    page.goto((long_words / "x/d.html").as_uri())
    lines = page.evaluate(
        """() => [...document.querySelectorAll(".rb-reasons :is(th p, .rb-badge)")]
            .map((part) => part.getClientRects().length)"""
    )
    assert set(lines) == {1}
    page.close()
