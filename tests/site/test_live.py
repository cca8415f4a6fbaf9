"""A preview while one writes: `make live` shows in the browser what is wrong, and recovers."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from reasonbook.cli.main import main

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "tests/roots/test-problem-details/catalogue"
CONF = 'project = "Live"\nextensions = ["reasonbook"]\nhtml_theme = "alabaster"\n'
PREVIEW = ["-D", "reasonbook_preview=1"]
# What an edit needs until it is seen, on a busy machine.
PATIENCE = 90_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    shutil.copytree(CATALOGUE, folder / "catalogue")
    (folder / "conf.py").write_text(CONF)
    (folder / "index.rst").write_text("Live\n====\n\n.. api-list::\n   :toctree:\n")
    return folder


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sphinx_autobuild", *PREVIEW, "--host", "127.0.0.1"]
    command += ["--port", str(port), str(folder), str(folder.parent / "html")]
    server = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Page]:
    until = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            urlopen(address).close()
            break
        except URLError:
            assert time.monotonic() < until
            time.sleep(0.2)
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield page
    expect.set_options(timeout=5_000)
    page.close()


def test_an_error_is_shown_over_the_page_until_it_is_fixed(
    open_page: Page, address: str, folder: Path
) -> None:
    page, notice = open_page, open_page.locator(".rb-preview")
    page.goto(f"{address}bank/transactions.html")
    expect(page.locator(".rb-page > h1")).to_contain_text("Transactions")
    expect(notice).to_have_count(0)
    path = folder / "catalogue/bank/transactions.yaml"
    sound = path.read_text()
    path.write_text(sound.replace("summary: Problems", "sumary: Problems"))
    expect(notice).to_contain_text("bank/transactions.yaml:3:1")
    expect(notice).to_contain_text("error[unknown-key]")
    expect(notice).to_contain_text("hint: Did you mean summary?")
    expect(notice).to_contain_text("the pages stay as they were")
    path.write_text(sound.replace("summary: Problems", "summary: Troubles"))
    expect(page.get_by_text("Troubles of payments between accounts.")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_half_written_reason_is_shown_and_marked(
    open_page: Page, address: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, notice = open_page, open_page.locator(".rb-preview")
    page.goto(f"{address}bank/transactions.html")
    expect(page.locator(".rb-page > h1")).to_contain_text("Transactions")
    monkeypatch.chdir(folder)
    assert main(["new", "bank/transactions", "too-many-transfers"]) == 0
    accordion = page.locator("details.rb-reason.rb-draft > summary")
    expect(accordion).to_have_text("too-many-transfers draft")
    expect(page.get_by_text("<FILL IN why the API answers so>").first).to_be_visible()
    expect(notice).to_contain_text("error[unfilled-text]: reasons[2].cause is still to be filled")
    assert page.locator(".rb-badge.rb-draft").count() == 3
