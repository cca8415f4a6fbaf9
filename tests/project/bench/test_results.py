"""What a run is judged by, what is printed of it, and that the page of the site shows the run."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from project.bench.benchmark import TRIED
from project.bench.measuring import Cost
from project.bench.plot import plot
from project.bench.report import files, tables, text
from project.bench.results import BARS, SIZES, Profile, Results, Share, Weight


@pytest.fixture
def results() -> Results:
    """A whole run in which everything is as fast as it must be, just so."""
    run = Results(
        date="2026-04-25",
        commit="0123456789ab",
        machine={"cores": "2"},
        versions={"hugo": "1.2"},
        sizes=[*SIZES],
        runs=3,
    )
    for size in SIZES:
        run.note("reasonbook", size, Cost(2 * size / 1000, 250))
        run.note("hugo", size, Cost(size / 1000, 90))
        run.note("zensical", size, Cost(5 * size / 1000, 80))
    run.note("empty", None, Cost(1.25, 50))
    run.note("edit", 2_000, Cost(2.5, 90))
    run.note("check", 10_000, Cost(3, 90))
    run.note("help", None, Cost(0.2, 30))
    run.note("site", None, Cost(10, 120))
    return run


def change(results: Results, what: str, reasons: int | None, **values: float) -> None:
    found = results.find(what, reasons)
    assert found
    vars(found).update(values)


def unmet(results: Results) -> list[str]:
    return [bar.name for bar in BARS if bar.is_met(results) is False]


def test_what_is_at_its_bound_is_met(results: Results) -> None:
    assert [bar.is_met(results) for bar in BARS] == [True] * len(BARS)


@pytest.mark.parametrize(
    ("what", "reasons", "values", "names"),
    [
        ("hugo", 2_000, {"cpu": 1.9}, ["Build of 2,000 reasons compared with Hugo"]),
        ("hugo", 5_000, {"cpu": 4.9}, ["Build of 5,000 reasons compared with Hugo"]),
        ("zensical", 2_000, {"cpu": 9.9}, ["Build of 2,000 reasons compared with Zensical"]),
        ("zensical", 5_000, {"cpu": 24.9}, ["Build of 5,000 reasons compared with Zensical"]),
        ("reasonbook", 10_000, {"cpu": 28}, ["Growth of a build, 500 to 10,000"]),
        ("reasonbook", 5_000, {"peak": 251}, ["Memory of a build of 5,000"]),
        (
            "empty",
            None,
            {"cpu": 1.2},
            ["Edit of one reason of 2,000 compared with an empty Sphinx project"],
        ),
        (
            "edit",
            2_000,
            {"cpu": 2.6},
            [
                "Edit of one reason of 2,000",
                "Edit of one reason of 2,000 compared with an empty Sphinx project",
            ],
        ),
        ("check", 10_000, {"cpu": 3.1}, ["Check of 10,000 reasons with examples"]),
        ("help", None, {"cpu": 0.21}, ["reasonbook --help"]),
        ("site", None, {"cpu": 10.1}, ["make site of the shipped catalogue"]),
    ],
)
def test_what_is_above_its_bound_is_not(
    results: Results, what: str, reasons: int | None, values: dict[str, float], names: list[str]
) -> None:
    change(results, what, reasons, **values)
    assert unmet(results) == names


def test_a_bar_that_was_not_measured_is_neither(results: Results) -> None:
    results.measures = [m for m in results.measures if m.reasons not in (5_000, 10_000)]
    judged = {bar.name: bar.is_met(results) for bar in BARS}
    assert [name for name, is_met in judged.items() if is_met is None] == [
        "Build of 5,000 reasons compared with Hugo",
        "Build of 5,000 reasons compared with Zensical",
        "Growth of a build, 500 to 10,000",
        "Memory of a build of 5,000",
        "Check of 10,000 reasons with examples",
    ]


def test_a_bar_that_is_not_met_says_where_it_goes_and_what_was_tried(results: Results) -> None:
    change(results, "help", None, cpu=0.3)
    parts = [Share(part="pydantic", share=0.75), Share(part="importing", share=0.2)]
    tried = ["Less is imported.", "A cache."]
    results.profiles = [Profile(of="time", what="help", reasons=None, parts=parts, tried=tried)]
    lines = text(results).splitlines()
    at = lines.index("not met       reasonbook --help: 0.30 s (at most 0.2 s)")
    assert lines[at + 1].strip() == "its time goes to pydantic 75%, importing 20%"
    assert [line.strip() for line in lines[at + 2 : at + 4]] == [f"tried: {text}" for text in tried]
    assert "- Time of `reasonbook --help`: pydantic 75%, importing 20%." in tables(results)
    attempts = (
        "### What was tried\n\nTime of `reasonbook --help`:\n\n- Less is imported.\n- A cache.\n"
    )
    assert attempts in tables(results)


def test_a_short_run_says_so(results: Results) -> None:
    said = "This is a short run: sizes 500, 1,000; runs 3."
    assert said not in text(results) + tables(results)
    results.sizes = [500, 1_000]
    assert said in text(results)
    assert said in tables(results)


def test_the_tables_have_every_number(results: Results) -> None:
    results.weights = [Weight(what="First view", reasons=2_000, requests=7, bytes=45_678)]
    rows = tables(results).splitlines()
    for row in (
        "| Build of 2,000 reasons compared with Hugo | 2.00 × | 2 × | met |",
        "| 10,000 | 20.0 | 10.0 | 50.0 |",
        "| 10,000 | 2.00 × | 0.40 × |",
        "| 10,000 | 250 | 90 | 80 |",
        "| Edit of one reason, to its refreshed pages | 2,000 | 2.50 | 90 |",
        "| First view | 2,000 | 7 | 45.7 |",
    ):
        assert row in rows


def test_without_the_others_their_places_are_empty(results: Results) -> None:
    results.measures = [m for m in results.measures if m.what not in ("hugo", "zensical")]
    rows = tables(results).splitlines()
    assert "| 10,000 | 20.0 | – | – |" in rows
    assert "| 10,000 | – | – |" in rows


def test_results_are_read_back(results: Results) -> None:
    assert Results.model_validate_json(files(results)["results.json"]) == results


def test_the_plot_says_its_numbers_and_takes_the_colour_of_the_text(results: Results) -> None:
    root = ElementTree.fromstring(plot(results))
    names = {child.get("id"): child.text for child in root if child.get("id")}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby", "").split() == [*names]
    assert "Hugo: 0.5 s for 500, 1.0 s for 1,000," in names["growth-desc"]
    colours = {e.get(a) for e in root.iter() for a in ("fill", "stroke")} - {None, "none"}
    assert colours == {"currentColor"}


def test_the_plot_puts_every_point_where_it_belongs(results: Results) -> None:
    root = ElementTree.fromstring(plot(results))
    points = [(float(e.get("cx", "")), float(e.get("cy", ""))) for e in root if e.get("cx")]
    assert len(points) == 3 * len(SIZES)
    ours, theirs = points[: len(SIZES)], points[-len(SIZES) :]
    # Both grow alike, and ours is twice theirs: the same distance everywhere, and above.
    distances = {round(low - high, 0) for (_, high), (_, low) in zip(ours, theirs, strict=True)}
    assert len(distances) == 1
    assert distances.pop() > 0


def test_what_was_tried_is_of_bars() -> None:
    about = {(what, resource) for what, tried in TRIED.items() for resource in tried}
    assert about <= {(bar.what, bar.resource) for bar in BARS}
    assert all(
        text.endswith(".") for tried in TRIED.values() for each in tried.values() for text in each
    )
