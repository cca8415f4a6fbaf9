"""What a command costs: CPU time and memory of its process and of those that it started."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import NamedTuple


class FailedError(Exception):
    """A command failed, so there is nothing to measure; says what it printed last."""


class Cost(NamedTuple):
    """What a command took."""

    cpu: float  # seconds, user and system, with those of the processes that it waited for
    peak: float  # MB that the largest of these processes had in memory


# In a small process of its own: in Linux, what a process had in memory before it became another
# counts for that one, too, and that is what its parent has.
_MEASURE = """import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    code = os.waitstatus_to_exitcode(status)
    print(code, used.ru_utime + used.ru_stime, used.ru_maxrss, file=file)
"""


@dataclass(frozen=True)
class Task:
    """A command that can be repeated from the same start."""

    command: Sequence[object]
    folder: Path
    fresh: tuple[str, ...] = ()  # what an earlier run left, and this one is not to find

    def run(self) -> Cost:
        """Run it, and return what it took; raise where it fails."""
        self._remove_old()
        words = [str(word) for word in self.command]
        with tempfile.TemporaryDirectory() as folder:
            said, taken = Path(folder, "said"), Path(folder, "taken")
            with said.open("wb") as output:
                subprocess.run(
                    [sys.executable, "-c", _MEASURE, taken, *words],
                    cwd=self.folder,
                    env=_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                )
            # A program that is not there took nothing.
            code, cpu, peak = taken.read_text().split() if taken.exists() else ("127", "0", "0")
            if code != "0":
                last = said.read_bytes().decode(errors="replace")[-3000:]
                raise FailedError(f"{' '.join(words)}: {code}\n{last}")
        return Cost(float(cpu), int(peak) / 1024)

    def lines(self) -> Iterator[tuple[str, int]]:
        """Run it; yield each line that it prints, with the peak of its memory up to then, in KB."""
        self._remove_old()
        command = [str(word) for word in self.command]
        with subprocess.Popen(
            command,
            cwd=self.folder,
            env=_environment() | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout
            for line in process.stdout:
                status = Path(f"/proc/{process.pid}/status").read_text()
                found = re.search(r"^VmHWM:\s*(\d+)", status, re.MULTILINE)
                if found:  # else it has ended
                    yield line, int(found[1])
        if process.returncode:
            raise FailedError(f"{' '.join(command)}: {process.returncode}")

    def _remove_old(self) -> None:
        for name in self.fresh:
            shutil.rmtree(self.folder / name, ignore_errors=True)


def _environment() -> dict[str, str]:
    """Return the environment without what make and CI put in it for other programs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    kept.pop("REASONBOOK_SITE_URL", None)
    return kept | {"NO_COLOR": "1"}


def middle(costs: Iterable[Cost]) -> Cost:
    """Return the median of each part."""
    cpus, peaks = zip(*costs, strict=True)
    return Cost(median(cpus), median(peaks))


def exponent(costs: Mapping[int, float]) -> float:
    """Return how costs grow with size: 1 where they are proportional to it, 2 as its square.

    It is the slope of the line that fits best when both are logarithms.
    """
    xs, ys = [math.log(size) for size in costs], [math.log(cost) for cost in costs.values()]
    x, y = fmean(xs), fmean(ys)
    above = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return above / sum((a - x) ** 2 for a in xs)
