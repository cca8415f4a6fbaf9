"""A tiny run, as the command line makes it, without Hugo and Zensical."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from project.bench import benchmark
from project.bench.__main__ import main
from project.bench.measuring import Task
from project.bench.results import Results

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
