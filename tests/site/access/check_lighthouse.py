"""Lighthouse on a slow phone, for `make lighthouse`: medians of a few runs, behind our nginx."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from statistics import median

import pytest

from ...conftest import npm_packages
from ..conftest import FLAGS
from .pages import pages_of_kinds

RUNS = 3
#: The least that is enough.
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
KINDS = {
    "front": "index",
    "domain": "api---domain",
    "reason": "api--reasons--slug",
    "list": "reasons",
}


@pytest.fixture(scope="session")
def lighthouse() -> Path:
    return npm_packages(Path(__file__).parent / "lighthouse") / ".bin/lighthouse"


def scores(lighthouse: Path, url: str, profile: Path) -> dict[str, float]:
    flags = " ".join(["--headless=new", f"--user-data-dir={profile}", *FLAGS])
    command = [lighthouse, url, "--quiet", "--output=json", "--output-path=stdout"]
    command += [f"--only-categories={','.join(LEAST)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": "/usr/bin/chromium", "CI": "1"}
    done = subprocess.run(command, env=environment, check=True, capture_output=True)
    report = json.loads(done.stdout)
    return {name: round(100 * report["categories"][name]["score"]) for name in LEAST}


def test_the_medians_are_high_enough(
    lighthouse: Path,
    site: Path,
    address: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = pages_of_kinds(site)
    found = {}
    for name, kind in KINDS.items():
        runs = [
            scores(lighthouse, address + pages[kind], tmp_path / f"{name}-{number}")
            for number in range(RUNS)
        ]
        found[name] = {score: median(run[score] for run in runs) for score in LEAST}
    with capsys.disabled():
        print(f"\n\n{'':8}" + "".join(f"{score:>16}" for score in LEAST))
        for name, medians in found.items():
            print(f"{name:8}" + "".join(f"{medians[score]:>16.0f}" for score in LEAST))
    low = {
        f"{name}, {score}": value
        for name, medians in found.items()
        for score, value in medians.items()
        if value < LEAST[score]
    }
    assert low == {}
