"""Lighthouse on a slow phone, for `make lighthouse`: medians of a few runs, behind our nginx.

Only what is timed differs from run to run, so the other scores are taken in the first one.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

import pytest

from ...conftest import npm_packages
from ..conftest import FLAGS
from .pages import pages_of_kinds

RUNS = 3
#: The least that is enough.
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMED = ["performance"]
KINDS = {
    "front": "index",
    "domain": "api---domain",
    "reason": "api--reasons--slug",
    "list": "reasons",
}


@pytest.fixture(scope="session")
def lighthouse() -> Path:
    return npm_packages(Path(__file__).parent / "lighthouse") / ".bin/lighthouse"


def scores(lighthouse: Path, url: str, profile: Path, names: Iterable[str]) -> dict[str, float]:
    flags = " ".join(["--headless=new", f"--user-data-dir={profile}", *FLAGS])
    command = [lighthouse, url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(names)}", f"--chrome-flags={flags}"]
    command += ["--disable-full-page-screenshot"]
    environment = {**os.environ, "CHROME_PATH": "/usr/bin/chromium", "CI": "1"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    report = json.loads(done.stdout)
    return {name: round(100 * report["categories"][name]["score"]) for name in names}


def test_the_medians_are_high_enough(
    lighthouse: Path,
    site: Path,
    address: str,
    tmp_path: Path,
    reached: Callable[[str, str, str], None],
) -> None:
    pages = pages_of_kinds(site)
    found = {}
    for name, kind in KINDS.items():
        url = address + pages[kind]
        first, *others = (
            scores(lighthouse, url, tmp_path / f"{name}-{number}", LEAST if not number else TIMED)
            for number in range(RUNS)
        )
        timed = {score: median(run[score] for run in (first, *others)) for score in TIMED}
        found[name] = first | timed
        for score, value in found[name].items():
            reached(f"Lighthouse, {name}: {score}", f"{value:.0f}", f"at least {LEAST[score]}")
    low = {
        f"{name}, {score}": value
        for name, medians in found.items()
        for score, value in medians.items()
        if value < LEAST[score]
    }
    assert low == {}
