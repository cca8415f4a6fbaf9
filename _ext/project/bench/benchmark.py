"""The benchmark itself: everything is measured in one run, in turns."""

from __future__ import annotations

import datetime
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import yaml

from project.bench import browsing
from project.bench.catalogues import APIS
from project.bench.measuring import Cost, FailedError, Task, middle
from project.bench.profiling import PROFILERS
from project.bench.results import BARS, CHECKED, EDITED, PROFILED, Profile, Resource, Results
from project.bench.sites import (
    REASONBOOK,
    ROOT,
    SPHINX,
    Project,
    empty_sphinx,
    hugo,
    must_have_pages,
    zensical,
)

#: What was tried where a bar is not reached: by the name of the measure, of its time or memory.
TRIED: dict[str, dict[Resource, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("tried.yaml").read_text(encoding="utf-8")
)
MAKE_SITE = Task(["make", "site"], ROOT)

_OTHERS = {"hugo": hugo, "zensical": zensical}

Say = Callable[[str], None]


def measure(sizes: list[int], runs: int, tools: Path | None, work: Path, say: Say) -> Results:
    """Measure everything; *tools* is the folder with Hugo and Zensical, *work* for scratch files.

    Without tools it is our own times only.
    """
    shutil.rmtree(work, ignore_errors=True)
    results = Results(
        date=datetime.date.today().isoformat(),
        commit=_commit(),
        machine=_machine(),
        versions=_versions(tools),
        sizes=sizes,
        runs=runs,
    )
    bench = _Benchmark(work, tools, results, say)
    bench.without_catalogue()
    for size in sizes:
        bench.of_size(size)
    bench.profiles()
    shutil.rmtree(work)
    return results


class _Benchmark:
    def __init__(self, work: Path, tools: Path | None, results: Results, say: Say) -> None:
        self.work, self.tools, self.results, self.say = work, tools, results, say
        self.projects: dict[int, Project] = {}

    def without_catalogue(self) -> None:
        """Measure what does not depend on a made-up catalogue."""
        self._note("help", None, Task([REASONBOOK, "--help"], ROOT))
        self._note("site", None, MAKE_SITE)
        self._note("empty", None, empty_sphinx(self.work / "empty"))

    def of_size(self, size: int) -> None:
        """Measure what is about a catalogue of one size."""
        project = self.projects[size] = Project(self.work / str(size), size)
        self._builds(project, size)
        if size == self._one_size(CHECKED):
            self._note("check", size, project.check)
        if size == self._one_size(EDITED):
            self._note("examples", size, project.examples)
            self._edits(project, size)
            self._weights(project, size)
        for name in ("site", "hugo", "zensical", "doctest"):
            shutil.rmtree(project.folder / name, ignore_errors=True)

    def _one_size(self, wanted: int) -> int:
        """Return the size at which something is measured that is measured once."""
        sizes = self.results.sizes
        return max((size for size in sizes if size <= wanted), default=sizes[0])

    def _builds(self, project: Project, size: int) -> None:
        """Build with each tool in turn, so that all of them find the machine in the same state."""
        tasks = {"reasonbook": project.build}
        costs: dict[str, list[Cost]] = {}
        for _ in range(self.results.runs):
            for name in ("reasonbook", *(_OTHERS if self.tools else ())):
                if name not in tasks and self.tools:  # now there is a site to take the content of
                    folder = project.folder / name
                    tasks[name] = _OTHERS[name](folder, project.site, self.tools)
                costs.setdefault(name, []).append(tasks[name].run())
        for name, task in tasks.items():
            self._add(name, size, middle(costs[name]))
            if name in _OTHERS:
                must_have_pages(task.folder / task.fresh[0], project.site)

    def _edits(self, project: Project, size: int) -> None:
        project.refresh.run()
        costs = []
        for number in range(self.results.runs):
            step = f"Edited for the time {number}."
            project.edit(step)
            costs.append(project.refresh.run())
            project.must_show(step)
        self._add("edit", size, middle(costs))

    def _weights(self, project: Project, size: int) -> None:
        if not browsing.CHROMIUM.exists():
            self.say("There is no Chromium here, so bytes are not measured.")
            return
        page = min((project.site / APIS[0] / "reasons").glob("*.html")).relative_to(project.site)
        self.results.weights = browsing.weights(project.site, str(page), "not found", size)

    def _note(self, what: str, reasons: int | None, task: Task) -> None:
        self._add(what, reasons, middle([task.run() for _ in range(self.results.runs)]))

    def _add(self, what: str, reasons: int | None, cost: Cost) -> None:
        self.results.note(what, reasons, cost)
        size = f" {reasons:,}" if reasons else ""
        self.say(f"{what}{size}: {cost.cpu:.2f} s, {cost.peak:.0f} MB")

    def profiles(self) -> None:
        """Profile what did not reach its bar: each command once."""
        unmet = [bar for bar in BARS if bar.is_met(self.results) is False]
        wanted = {(bar.resource, bar.what): bar.reasons for bar in unmet}
        for (resource, what), most in wanted.items():
            reasons = most
            if (resource, what) == ("time", "reasonbook"):
                reasons = self._one_size(PROFILED)
            self.say(f"profile: {resource} of {what} {reasons or ''}".rstrip())
            parts = PROFILERS[resource](self._profiled(what, reasons))
            tried = TRIED.get(what, {}).get(resource, [])
            profile = Profile(of=resource, what=what, reasons=reasons, parts=parts, tried=tried)
            self.results.profiles.append(profile)

    def _profiled(self, what: str, reasons: int | None) -> Task:
        if reasons is None:
            if what == "help":
                return Task([sys.executable, REASONBOOK, "--help"], ROOT)
            options = ["-b", "html", "-E", "-n", "-W", "-c", ".", "-d", self.work / "doctrees"]
            return Task([*SPHINX, *options, "source", self.work / "html"], ROOT)
        project = self.projects[reasons]
        if what == "edit":
            project.edit("Edited for the profile.")
        return {"check": project.check, "edit": project.refresh}.get(what, project.serial_build)


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip()

    changed = (
        " with changes" if git("status", "--porcelain", "--", ".", ":!source/performance") else ""
    )
    return (git("rev-parse", "--short=12", "HEAD") or "unknown") + changed


def _machine() -> dict[str, str]:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text().splitlines() if cpus.exists() else []
    models = [line.partition(": ")[2] for line in lines if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
    }


def _versions(tools: Path | None) -> dict[str, str]:
    ours = {name: version(name) for name in ("reasonbook", "sphinx", "myst-parser", "furo")}
    found = {"python": platform.python_version(), **ours}
    if tools:
        code = "import sys; from importlib.metadata import version; print(version(sys.argv[1]))"
        for name in ("hugo", "zensical"):
            command = [str(tools / "python"), "-c", code, name]
            try:
                done = subprocess.run(command, check=True, capture_output=True, text=True)
            except (OSError, subprocess.CalledProcessError):
                raise FailedError(f"{tools} does not have {name}") from None
            found[name] = done.stdout.strip()
    return found
