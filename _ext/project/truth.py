"""Compares a catalogue with the public source of its API, for the page "How true is this?".

``python -m project.truth FOLDER --api NAME --repository URL`` scans a git checkout of that source
and writes what the page shows. Exit codes: 0 written, 2 the source could not be scanned.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from reasonbook.auditing.source.compare import compare
from reasonbook.auditing.source.scan import scan_source
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api

ROOT = Path(__file__).parents[2]
#: The comparisons that the site shows.
RESULTS = ROOT / "source/truth/source-scan.json"

#: Of a commit: enough to name it, also in an address on GitHub.
_SHORT = 10
_COULD_NOT = (Rule.CODE_SCAN, Rule.UNREADABLE_FILE)


class Found(BaseModel):
    """A reason that a finding is about, with its place in the source."""

    reason: str
    status: str = ""
    place: str = ""  # path:line


class Compared(BaseModel):
    """What a scan of the source of an API found."""

    title: str
    repository: str
    commit: str
    committed: str
    scanned: str
    seconds: float
    files: int
    searched: int
    places: int
    computed: list[str]
    named: int
    with_status: int
    documented: dict[str, int]  # by lifecycle
    not_documented: list[Found]
    planned_not_named: list[str]
    never_sent: list[Found]
    lifecycle: list[Found]
    other_status: list[Found]
    two_statuses: list[Found]


class Results(BaseModel):
    """The comparisons by the name of the API."""

    apis: dict[str, Compared] = {}


class FailedError(Exception):
    """The source could not be compared."""


def measure(folder: Path, api: Api, repository: str, today: str) -> Compared:
    """Scan a git checkout, and say what was found."""
    problems = Problems()
    began = time.process_time()
    scan = scan_source(folder, api, problems)
    compare(scan, api, problems)
    seconds = time.process_time() - began
    if failed := [str(problem) for problem in problems if problem.rule in _COULD_NOT]:
        raise FailedError("\n".join(failed))
    sites = {site.at: site for site in scan.sites}
    named = {site.reason for site in scan.sites}
    reasons = api.reasons.values()

    def found(rule: Rule) -> list[Found]:
        those = [problem for problem in problems if problem.rule is rule]
        listed = (
            Found(
                reason=problem.message.partition(" ")[0],
                status=str(site.status or "") if (site := sites.get(problem.location)) else "",
                place=_place(problem.location, folder) if site else "",
            )
            for problem in those
        )
        return sorted(listed, key=lambda one: (one.reason, one.place))

    states = sorted({reason.lifecycle for reason in reasons})
    return Compared(
        title=api.title,
        repository=repository,
        commit=_git(folder, "rev-parse", "HEAD"),
        committed=_git(folder, "log", "-1", "--format=%cs"),
        scanned=today,
        seconds=round(seconds, 2),
        files=scan.files,
        searched=scan.searched,
        places=len(scan.sites),
        computed=[_place(site.at, folder) for site in scan.computed],
        named=len(named),
        with_status=len({site.reason for site in scan.sites if site.status}),
        documented={state: sum(r.lifecycle == state for r in reasons) for state in states},
        not_documented=found(Rule.SOURCE_NOT_DOCUMENTED),
        planned_not_named=sorted(
            r.name for r in reasons if r.lifecycle == "planned" and r.name not in named
        ),
        never_sent=found(Rule.SOURCE_NEVER_SENDS),
        lifecycle=found(Rule.SOURCE_LIFECYCLE),
        other_status=found(Rule.SOURCE_STATUS),
        two_statuses=found(Rule.SOURCE_TWO_STATUSES),
    )


def _place(at: Location, folder: Path) -> str:
    return f"{Path(at.path).absolute().relative_to(folder.absolute()).as_posix()}:{at.line}"


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout.strip()


def files(results: Results) -> Mapping[str, str]:
    """Return what the page of the site is made of, by the names of the files."""
    by_name = sorted(results.apis.items())
    return {
        RESULTS.name: results.model_dump_json(indent=1) + "\n",
        "source-scan.txt": "\n".join(_numbers(name, compared) for name, compared in by_name),
        "differences.txt": "\n".join(_differences(compared) for _, compared in by_name),
    }


def _numbers(name: str, compared: Compared) -> str:
    documented = ", ".join(f"{count} {state}" for state, count in compared.documented.items())
    rows = [
        ("reasons that the source names", compared.named),
        ("of them with a status that the scan reads", compared.with_status),
        (f"reasons in the [catalogue](/{name}/index)", documented),
        ("named by the source, but not documented", len(compared.not_documented)),
        ("documented as active, but never named by the source", len(compared.never_sent)),
        ("documented as planned, and not named", len(compared.planned_not_named)),
        ("documented as planned or retired, but named", len(compared.lifecycle)),
        ("named with another status than documented", len(compared.other_status)),
        ("named with the documented status and another one", len(compared.two_statuses)),
        ("places where the reason is computed, which the scan cannot see", len(compared.computed)),
    ]
    return "\n".join(
        [
            f"**{compared.title}**: {_shown(compared)} at commit `{compared.commit[:_SHORT]}` of "
            f"{compared.committed}, scanned on {compared.scanned} in {compared.seconds:.2f} CPU "
            f"seconds. Of {compared.files:,} files, {compared.searched:,} hold what `only_if` "
            f"says; {compared.places:,} places in them name a reason.",
            "",
            "| what | how many |",
            "|---|---|",
            *(f"| {what} | {value} |" for what, value in rows),
            "",
        ]
    )


def _shown(compared: Compared) -> str:
    return f"[{compared.repository.removeprefix('https://')}]({compared.repository})"


def _differences(compared: Compared) -> str:
    planned = [Found(reason=reason) for reason in compared.planned_not_named]
    parts = [
        ("Named with another status than documented", compared.other_status),
        ("Named with the documented status and another one", compared.two_statuses),
        ("Documented as planned or retired, but named", compared.lifecycle),
        ("Documented as active, but never named", compared.never_sent),
        ("Documented as planned, and not named", planned),
        ("Named, but not documented", compared.not_documented),
    ]
    lines = [f"## {compared.title}", "", f"{_shown(compared)} at commit `{compared.commit}`.", ""]
    return "\n".join([*lines, *(line for part in parts for line in _table(*part, compared))])


def _table(title: str, listed: Sequence[Found], compared: Compared) -> list[str]:
    """Return a table of reasons with their places in the source, where there are any."""
    if not listed:
        return []
    head = ["| reason | status | place |", "|---|---|---|"]
    rows = [f"| `{f.reason}` | {f.status or '–'} | {_link(f.place, compared)} |" for f in listed]
    if not any(found.place for found in listed):
        head, rows = ["| reason |", "|---|"], [f"| `{found.reason}` |" for found in listed]
    return [f"### {title}", "", *head, *rows, ""]


def _link(place: str, compared: Compared) -> str:
    path, _, line = place.rpartition(":")
    if not compared.repository.startswith("https://github.com/"):
        return f"`{place}`"
    name = place.rpartition("/")[2]
    return f"[{name}]({compared.repository}/blob/{compared.commit[:_SHORT]}/{path}#L{line})"


def main(arguments: list[str] | None = None) -> int:
    """Compare as the command line says, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m project.truth")
    parser.add_argument("folder", type=Path, help="a git checkout of the source of the API")
    parser.add_argument("--api", required=True, help="its name in the catalogue")
    parser.add_argument("--repository", required=True, help="the address of that source")
    parser.add_argument("--catalogue", type=Path, default=ROOT / "catalogue")
    parser.add_argument("--results", type=Path, default=RESULTS.parent, help="folder to write to")
    options = parser.parse_args(arguments)
    api = load_catalogue(options.catalogue).catalogue.apis.get(options.api)
    if api is None:
        print(f"The catalogue has no API {options.api}.", file=sys.stderr)
        return 2
    today = datetime.now(UTC).date().isoformat()
    try:
        compared = measure(options.folder, api, options.repository, today)
    except FailedError as error:
        print(error, file=sys.stderr)
        return 2
    kept = options.results / RESULTS.name
    results = read_results(kept)
    results.apis[options.api] = compared
    options.results.mkdir(parents=True, exist_ok=True)
    for name, content in files(results).items():
        (options.results / name).write_text(content, encoding="utf-8")
    return 0


def read_results(path: Path = RESULTS) -> Results:
    """Return the comparisons that were kept; none where there is no such file."""
    if not path.is_file():
        return Results()
    return Results.model_validate_json(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(main())
