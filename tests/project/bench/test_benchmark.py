"""A tiny run, as the command line makes it, without Hugo and Zensical."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from project.bench import benchmark
from project.bench.__main__ import main
from project.bench.measuring import Cost, Task
from project.bench.profiling import PROFILERS
from project.bench.results import SIZES, Results, Share
from project.bench.sites import Project

pytestmark = pytest.mark.slow


def test_a_tiny_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "MAKE_SITE", Task(["true"], tmp_path))
    folders = [f"--work={tmp_path / 'work'}", f"--results={tmp_path / 'results'}"]
    assert main(["--sizes", "8", "--runs", "1", *folders]) == 1  # most is not measured
    assert not (tmp_path / "work").exists()
    said = capsys.readouterr().out
    assert "not measured  Build of 5,000 reasons compared with Hugo" in said

    written = (tmp_path / "results/results.json").read_text()
    results = Results.model_validate(json.loads(written))
    measured = {(m.what, m.reasons) for m in results.measures}
    about_catalogues = {(what, 8) for what in ("reasonbook", "check", "examples", "edit")}
    assert measured == about_catalogues | {("help", None), ("site", None), ("empty", None)}
    assert all(m.cpu > 0.05 and m.peak > 10 for m in results.measures if m.what != "site")
    first, search = results.weights
    assert first.requests > search.requests > 0
    assert first.bytes > 10_000
    assert "short run" in (tmp_path / "results/tables.txt").read_text()


def test_what_fails_is_not_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(benchmark, "MAKE_SITE", Task(["false"], tmp_path))
    folders = [f"--work={tmp_path / 'work'}", f"--results={tmp_path / 'results'}"]
    assert main(["--sizes", "8", "--runs", "1", *folders]) == 2
    assert capsys.readouterr().err == "false: 1\n\n"
    assert not (tmp_path / "results").exists()


def test_tools_that_are_not_there_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [f"--work={tmp_path / 'work'}", f"--results={tmp_path / 'results'}"]
    assert main([f"--tools={tmp_path}", *folders]) == 2
    assert capsys.readouterr().err == f"{tmp_path} does not have hugo\n"


def test_builds_of_all_sizes_are_profiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = Results(date="", commit="", machine={}, versions={}, sizes=[*SIZES], runs=1)
    for size in SIZES:
        results.note("reasonbook", size, Cost(100, 1_000))
        results.note("hugo", size, Cost(1, 1))
        results.note("zensical", size, Cost(1, 1))
    results.note("check", 10_000, Cost(100, 1))
    part = Share(part="all", share=1)
    profiled: list[str] = []
    for resource in ("time", "memory"):
        monkeypatch.setitem(PROFILERS, resource, lambda task: [part])
    bench = benchmark._Benchmark(tmp_path, None, results, profiled.append)
    bench.projects = dict.fromkeys(SIZES, object.__new__(Project))
    for project in bench.projects.values():
        project.folder = tmp_path
    bench.profiles()
    assert profiled == [
        "profile: time of reasonbook 2000",
        "profile: memory of reasonbook 5000",
        "profile: time of check 10000",
    ]
    assert [profile.tried for profile in results.profiles] == [
        benchmark.TRIED["reasonbook"]["time"],
        benchmark.TRIED["reasonbook"]["memory"],
        benchmark.TRIED["check"]["time"],
    ]
