"""The page Performance shows what the file of results says, number by number."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup


@pytest.fixture(scope="module")
def results(project: Path) -> dict[str, Any]:
    return json.loads((project / "source/performance/results.json").read_text())


@pytest.fixture(scope="module")
def page(site: Path) -> BeautifulSoup:
    return BeautifulSoup((site / "performance.html").read_text(), "html.parser")


def table(page: BeautifulSoup, section: str) -> list[list[str]]:
    """The rows below the head of the table of a section."""
    found = page.select_one(f"section#{section} table")
    assert found
    rows = [[cell.get_text() for cell in row.select("td")] for row in found.select("tr")]
    return rows[1:]


def test_each_build_is_in_its_row(page: BeautifulSoup, results: dict[str, Any]) -> None:
    times, memory = (
        {row[0]: row[1:4] for row in table(page, f"full-builds-{what}")}
        for what in ("cpu-seconds", "mb-of-memory")
    )
    tools = ("reasonbook", "hugo", "zensical")
    builds = [m for m in results["measures"] if m["what"] in tools]
    assert len(builds) == 3 * len(results["sizes"]) == 3 * len(times)
    for build in builds:
        size, column = f"{build['reasons']:,}", tools.index(build["what"])
        assert times[size][column] == f"{build['cpu']:,.1f}"
        assert memory[size][column] == f"{build['peak']:,.0f}"


def test_each_single_command_has_a_row(page: BeautifulSoup, results: dict[str, Any]) -> None:
    shown = [row[1:] for row in table(page, "single-commands")]
    assert shown == [
        [f"{m['reasons']:,}" if m["reasons"] else "–", f"{m['cpu']:.2f}", f"{m['peak']:.0f}"]
        for m in results["measures"]
        if m["what"] not in ("reasonbook", "hugo", "zensical")
    ]


def test_what_a_browser_fetches(page: BeautifulSoup, results: dict[str, Any]) -> None:
    shown = [row[2:] for row in table(page, "what-a-browser-fetches")]
    weights = results["weights"]
    assert shown == [[str(w["requests"]), f"{w['bytes'] / 1000:.1f}"] for w in weights] != []


def test_machine_versions_and_commit(page: BeautifulSoup, results: dict[str, Any]) -> None:
    text = page.get_text()
    said = [*results["machine"].values(), *results["versions"].values()]
    for value in [*said, results["date"], results["commit"]]:
        assert value in text


def test_the_plot_is_in_the_page(page: BeautifulSoup) -> None:
    """As a part of it, not as an image, so that it has the colours of the theme."""
    plot = page.select_one("article svg[role=img]")
    assert plot
    assert (
        plot.select_one("title").get_text() == "CPU time of a full build, by the number of reasons"
    )
    assert plot.select_one("desc").get_text().startswith("Reasonbook: ")
