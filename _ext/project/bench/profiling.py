"""Where the time and the memory of a command go."""

from __future__ import annotations

import os
import pstats
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from project.bench.measuring import Task
from project.bench.results import Resource, Share

SHOWN = 8
_BUILT_IN = "~"
_LIBRARY = Path(os.__file__).parent


def time_by_part(task: Task) -> list[Share]:
    """Run a command of Python under cProfile; return the parts that took most, with their shares.

    Only its own process is looked at.
    """
    program = [word for word in task.command if word != sys.executable]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "profile")
        under = [sys.executable, "-m", "cProfile", "-o", file, *program]
        replace(task, command=under).run()
        times = by_part(pstats.Stats(str(file)).stats)  # type: ignore[attr-defined]
    return _largest(times)


def memory_by_phase(task: Task) -> list[Share]:
    """Run a command that says what it does; return by how much its peak grew in each phase.

    A phase is what a line says before its dots, such as "reading sources". Its line comes as it
    begins, or whole when it is done.
    """
    grown: Counter[str] = Counter()
    current, before = "starting", 0
    for line, peak in task.lines():
        phase, dots, rest = line.partition("...")
        is_done = dots and rest.strip() == "done"
        grown[phase.strip() if is_done else current] += peak - before
        before = peak
        if dots:
            current = f"after {phase.strip()}" if is_done else phase.strip()
    return _largest(grown)


#: By what a bar is about, what tells where it goes.
PROFILERS: dict[Resource, Callable[[Task], list[Share]]] = {
    "time": time_by_part,
    "memory": memory_by_phase,
}


def _largest(parts: Counter[str]) -> list[Share]:
    whole = parts.total()
    return [Share(part=part, share=round(n / whole, 3)) for part, n in parts.most_common(SHOWN)]


def by_part(stats: dict[Any, Any]) -> Counter[str]:
    """Return the seconds spent in each part itself; what is built in counts for those that call it.

    *stats* are those of :class:`pstats.Stats`.
    """
    times: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in stats.items():
        if file != _BUILT_IN or not callers:
            times[_part(file)] += own
            continue
        for (caller, _, _), (_, _, own_by_caller, _) in callers.items():
            times[_part(caller)] += own_by_caller
    return times


def _part(file: str) -> str:
    """Return the package, and the first thing inside it, that a file belongs to."""
    parts = Path(file).with_suffix("").parts
    for home in ("site-packages", "_ext"):
        if home in parts:
            inside = parts[parts.index(home) + 1 :]
            return ".".join(inside[:2]).removesuffix(".__init__")
    if _LIBRARY in Path(file).parents:
        return f"Python's {Path(file).relative_to(_LIBRARY).with_suffix('').parts[0]}"
    return "importing" if file.startswith("<") else "other"
