"""The pages to look at, each in a fresh window that moves nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .pages import pages_of_kinds


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, str]:
    """An address of each kind, by its name."""
    return pages_of_kinds(site)


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open an empty window of some width."""
    contexts: list[BrowserContext] = []

    def open_it(width: int, **options: Any) -> Page:
        given = {"viewport": {"width": width, "height": 844}, "reduced_motion": "reduce"}
        contexts.append(browser.new_context(**{**given, **options}))
        return contexts[-1].new_page()

    yield open_it
    for context in contexts:
        context.close()
