"""The site as its users get it, built once for all tests and served on this machine."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from ..conftest import npm_packages
from .nginx import serving

DESKTOP = {"width": 1366, "height": 900}
ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def site(once: Callable[[str, Callable[[Path], Any]], Any]) -> Path:
    """The folder of the built site."""
    return Path(once("site", build))


def build(folder: Path) -> str:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-E", "-n", "-W", "-q", "-c", "."]
    command += ["-d", str(folder / "doctrees"), "source", str(folder / "html")]
    subprocess.run(command, cwd=ROOT, check=True)
    return str(folder / "html")


class Server(ThreadingHTTPServer):
    # With the usual 5, a program that opens more connections at once waits a second for each.
    request_queue_size = 128


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing: what went wrong is seen in the browser."""


@pytest.fixture(scope="session")
def axe(once: Callable[[str, Callable[[Path], Any]], Any]) -> str:
    """The source of axe-core."""
    packages = Path(once("axe", lambda _: str(npm_packages(Path(__file__).parent / "access"))))
    return (packages / "axe-core/axe.min.js").read_text()


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site, with a slash at its end."""
    handler = functools.partial(Handler, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def node_tools(npm_tools: Callable[[str], Path]) -> Path:
    """The folder with what package-lock.json names."""
    return npm_tools("agents")


@pytest.fixture(scope="session")
def count(node_tools: Path) -> Iterator[Callable[[list[str]], list[int]]]:
    """Count the tokens of texts; one process does it for all tests, since it starts slowly."""
    with subprocess.Popen(
        ["node", "count.mjs"],
        cwd=node_tools,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        asked, answers = process.stdin, process.stdout

        def tokens(texts: list[str]) -> list[int]:
            asked.write(f"{json.dumps(texts)}\n")
            asked.flush()
            return list(json.loads(answers.readline()))

        yield tokens


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where our nginx serves the site, under its strict policy."""
    with serving(site, tmp_path_factory.mktemp("nginx")) as base:
        yield base


@pytest.fixture
def open_page(browser: Browser, served: str) -> Iterator[Callable[..., Page]]:
    """Open a page of the site in a fresh window."""
    contexts: list[BrowserContext] = []

    def open_it(path: str, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(served + path)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a page; at the end nothing may have been refused by the policy."""
    said: list[str] = []
    contexts = []

    def open_it(path: str, *, scripts: bool = True, status: int = 200) -> Page:
        context = browser.new_context(java_script_enabled=scripts)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address.rstrip("/"))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        answer = page.goto(address + path)
        assert answer
        assert answer.status == status
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [text for text in said if "404 (Not Found)" not in text] == []
