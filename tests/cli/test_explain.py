"""``reasonbook explain``: what it prints, and what its exit codes say."""

from __future__ import annotations

import http.server
import io
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import reasonbook
from reasonbook.cli.main import main
from reasonbook.render.data.export import Export
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

BODY = '{"code": "ORDER_NOT_FOUND"}'


@pytest.fixture(autouse=True)
def in_project(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a project whose catalogue is the shop's."""
    shop.rename(shop.with_name("catalogue"))
    monkeypatch.chdir(shop.parent)


def pipe(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return the reasons.json of a site with the shop's catalogue."""
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    path = tmp_path / "reasons.json"
    path.write_text(Export(urls).catalogue(reasonbook.load("catalogue")))
    return path


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Serve that file."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(site.parent))  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_reason_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "order not found"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("`ORDER_NOT_FOUND` (Shop, HTTP 404)\n")
    assert "\n  Retry: " in out


def test_an_error_is_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe(f"HTTP/1.1 404 Not Found\r\n\r\n{BODY}", monkeypatch)
    assert main(["explain", "-"]) == 0
    assert capsys.readouterr().out.startswith("`ORDER_NOT_FOUND` (Shop, HTTP 404)\n")


def test_an_unknown_reason_is_1_with_those_near_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ORDER_NOT_FUOND"]) == 1
    assert capsys.readouterr().out == (
        "`ORDER_NOT_FUOND` is not in the catalogue of Shop\n  Did you mean `ORDER_NOT_FOUND`?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["  "], "There is nothing to explain."),
        (["X", "--api", "shp"], "There is no API shp.\n  hint: Did you mean shop?"),
        (["X", "--catalogue", "nowhere"], "There is no catalogue at nowhere."),
        (
            ["X", "--from", "nowhere.json"],
            "nowhere.json cannot be read: No such file or directory.",
        ),
        (["X", "--from", "catalogue/shop/api.yaml"], "catalogue/shop/api.yaml cannot be read: "),
        (
            ["X", "--from", "catalogue/shop/envelope.schema.json"],
            "catalogue/shop/envelope.schema.json is not a reasons.json: it has no list apis.",
        ),
        (
            ["X", "--from", "ftp://errors.example.com/reasons.json"],
            "cannot be read: only addresses with http or https are fetched.",
        ),
        (["X", "--from", "http://127.0.0.1:9/reasons.json"], "/reasons.json cannot be read: "),
    ],
)
def test_what_could_not_be_looked_at_is_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *arguments]) == 2
    assert message in capsys.readouterr().err


def test_data_tells_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ORDER_NOT_FOUND", "--format", "json"]) == 0
    (answer,) = json.loads(capsys.readouterr().out)["answers"]
    (found,) = answer["reasons"]
    assert (answer["found"], found["api"], found["code"]) == (True, "shop", "ORDER_NOT_FOUND")
    assert found["reason"]["remedy"]["retry"] == "after-fix"


def test_markdown_is_that_of_the_pages_for_agents(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ORDER_NOT_FOUND", "--format", "markdown"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("## `ORDER_NOT_FOUND` (Shop, HTTP 404)\n")
    assert "Retry: only after the fix below" in out


def test_a_site_is_asked_in_place_of_the_catalogue_here(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", "ORDER_NOT_FOUND", "--from", str(site)]) == 0
    assert "https://errors.example.com/shop/reasons/ORDER_NOT_FOUND.html" in capsys.readouterr().out


def test_a_site_is_asked_by_its_address(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "ORDER_NOT_FOUND", "--from", f"{address}/reasons.json"]) == 0
    assert main(["explain", "ORDER_NOT_FOUND", "--from", f"{address}/other.json"]) == 2
    assert "/other.json cannot be read: " in capsys.readouterr().err


def test_output_cannot_steer_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe('{"code": "\\u001b[2J"}', monkeypatch)
    assert main(["explain", "-"]) == 1
    assert "\x1b" not in capsys.readouterr().out
