"""What a first view costs and does, behind our nginx: bytes, requests, policy, layout shift."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Reached = Callable[[str, str, str], None]
#: Of a page of a reason with all that it loads, as nginx sends it: in thousand bytes.
REASON_KB = 60
SHIFT = 0.01
#: Before any script of the page: what moves, and what the policy refuses.
OBSERVE = """
window.seen = {shift: 0, refused: []};
new PerformanceObserver((list) => {
    list.getEntries().forEach((entry) => { window.seen.shift += entry.value; });
}).observe({type: "layout-shift", buffered: true});
document.addEventListener("securitypolicyviolation", (event) => {
    window.seen.refused.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""


@pytest.fixture(params=[390, 1366])
def views(
    request: pytest.FixtureRequest,
    once: Callable[[str, Callable[[Path], Any]], Any],
    browser: Browser,
    address: str,
    pages: dict[str, str],
) -> dict[str, Any]:
    """What was noted on each page, with nothing in the cache."""

    def visit(_: Path) -> dict[str, Any]:
        return {name: view(browser, address, path, request.param) for name, path in pages.items()}

    found: dict[str, Any] = once(f"views-{request.param}", visit)
    assert found.keys() == pages.keys()
    return found


def view(browser: Browser, address: str, path: str, width: int) -> dict[str, Any]:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(OBSERVE)
    said: list[str] = []
    sizes: list[int] = []
    outside: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: outside.append(request.url))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address + path, wait_until="networkidle")
    seen = page.evaluate("window.seen")
    context.close()
    return {
        **seen,
        "bytes": sum(sizes),
        "files": len(sizes),
        "said": [text for text in said if "404 (Not Found)" not in text],
        "outside": [url for url in outside if not url.startswith((address, "data:"))],
    }


def of_views(views: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: found[key] for name, found in views.items() if found[key]}


def test_nothing_is_refused_or_complains(views: dict[str, Any], reached: Reached) -> None:
    refused, said = of_views(views, "refused"), of_views(views, "said")
    reached(f"{len(views)} pages: refused by the policy", str(sum(map(len, refused.values()))), "0")
    reached(f"{len(views)} pages: errors and words in the console", str(len(said)), "0")
    assert refused == {}
    assert said == {}


def test_no_request_leaves_the_site(views: dict[str, Any]) -> None:
    assert of_views(views, "outside") == {}
    assert all(found["files"] > 5 for found in views.values())


def test_nothing_moves(views: dict[str, Any], reached: Reached) -> None:
    most = max(found["shift"] for found in views.values())
    reached(f"{len(views)} pages: largest layout shift", f"{most:.4f}", f"at most {SHIFT}")
    assert {name: found["shift"] for name, found in views.items() if found["shift"] > SHIFT} == {}


def test_a_reason_is_there_with_few_bytes(
    views: dict[str, Any], site: Path, reached: Reached
) -> None:
    (name,) = (name for name in views if "reasons-" in name)
    largest = views[name]["bytes"]
    reached("a first view of the largest reason: bytes", f"{largest:,}", f"at most {REASON_KB},000")
    pages = site.glob("*/reasons/**/*.html")
    assert largest >= max(len(gzip.compress(page.read_bytes())) for page in pages)
    assert largest <= REASON_KB * 1000


def test_a_page_has_what_it_uses_of_sphinx_design(site: Path) -> None:
    found = set()
    for page in site.rglob("*.html"):
        text = page.read_text()
        body = text.partition('<article role="main"')[2].partition("</article>")[0]
        is_used = bool(re.search(r'class="[^"]*\bsd-', body))
        assert ("sphinx-design" in text) == is_used, page
        assert ("design-tabs" in text) == ("sd-tab-set" in body), page
        found.add(is_used)
    assert found == {True, False}
