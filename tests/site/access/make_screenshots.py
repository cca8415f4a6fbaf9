"""Every kind of page as people see it, for `make screenshots`: both widths, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from ..conftest import ROOT

FOLDER = ROOT / "build/screenshots"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Longer pages are cut here: nobody looks at more, and some programs show no more.
HEIGHT = 6000


@pytest.mark.parametrize("width", [390, 1366])
def test_pages_are_kept(
    window: Callable[..., Page], address: str, pages: dict[str, str], width: int
) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, path in pages.items():
        page = window(width)
        page.goto(address + path, wait_until="networkidle")
        height = min(HEIGHT, page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": max(844, height)})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=FOLDER / f"{name}-{width}-{scheme}.png")
        page.close()
