"""What a browser fetches of a site, in bytes."""

from __future__ import annotations

import functools
import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from project.bench.results import Weight

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
#: Files that are compressed as they are; a server sends them as they are.
_COMPRESSED = {".woff2", ".png"}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def _served(site: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def weights(site: Path, page: str, words: str, reasons: int) -> list[Weight]:
    """Return what a browser with an empty cache fetches for a page, and then for a search there.

    *words* are typed into the box that finds an error.
    """
    from playwright.sync_api import sync_playwright

    fetched: list[str] = []
    with _served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS.split())
        view = browser.new_page()
        view.on("requestfinished", lambda request: fetched.append(request.url))
        view.goto(base + page, wait_until="networkidle")
        first = len(fetched)
        view.locator("#find-field").press_sequentially(words)
        view.locator("#find-results a").first.wait_for()
        view.wait_for_load_state("networkidle")
        browser.close()
    parts = {"First view of a reason": fetched[:first], "Its first search": fetched[first:]}
    return [
        Weight(
            what=what,
            reasons=reasons,
            requests=len(urls),
            bytes=sum(_weight(site / unquote(urlsplit(url).path).lstrip("/")) for url in urls),
        )
        for what, urls in parts.items()
    ]


def _weight(file: Path) -> int:
    content = file.read_bytes()
    return len(content if file.suffix in _COMPRESSED else gzip.compress(content, 6))
