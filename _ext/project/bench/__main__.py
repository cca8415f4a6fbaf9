"""Measures, judges, and writes what the page of the site shows.

``python -m project.bench [--tools FOLDER] [--sizes "500 1000"] [--runs N]``. Exit codes: 0 every
bar is met, 1 one is not, or was not measured, 2 something could not be run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from project.bench.benchmark import measure
from project.bench.measuring import FailedError
from project.bench.report import RESULTS, files, text
from project.bench.results import BARS, RUNS, SIZES


def _sizes(words: str) -> list[int]:
    return sorted({int(word) for word in words.split()})


def _folder(name: str) -> Path:
    return Path(name).absolute()  # commands run elsewhere


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmark as the command line says, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m project.bench")
    parser.add_argument(
        "--tools", type=_folder, metavar="FOLDER", help="where hugo and zensical are"
    )
    parser.add_argument("--sizes", type=_sizes, default=[*SIZES], help="numbers of reasons")
    parser.add_argument("--runs", type=int, default=RUNS, help="of which the median is taken")
    parser.add_argument("--work", type=_folder, default="build/bench", help="scratch folder")
    parser.add_argument("--results", type=Path, default=RESULTS.parent, help="folder to write to")
    options = parser.parse_args(arguments)
    try:
        results = measure(options.sizes, options.runs, options.tools, options.work, _say)
    except FailedError as error:
        print(error, file=sys.stderr)
        return 2
    options.results.mkdir(parents=True, exist_ok=True)
    for name, content in files(results).items():
        (options.results / name).write_text(content, encoding="utf-8")
    print(text(results), end="")
    return 0 if all(bar.is_met(results) for bar in BARS) else 1


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
