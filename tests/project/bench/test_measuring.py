"""What a command took, and what is made of several."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from project.bench.measuring import Cost, FailedError, Task, exponent, middle

BURN = "import time\nwhile time.process_time() < 0.3: pass\n"


def python(code: str, folder: Path, fresh: tuple[str, ...] = ()) -> Task:
    return Task([sys.executable, "-c", code], folder, fresh)


def test_time_counts_processes_that_the_command_started(tmp_path: Path) -> None:
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"
    assert python(code, tmp_path).run().cpu > 0.3


def test_time_counts_work_and_not_waiting(tmp_path: Path) -> None:
    assert python("import time; time.sleep(1)", tmp_path).run().cpu < 0.5


def test_the_peak_is_that_of_the_largest_process(tmp_path: Path) -> None:
    grown = "b'x' * 80_000_000"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grown!r}])"
    small, large = (python(text, tmp_path).run().peak for text in ("", code))
    assert small + 60 < large < small + 110


def test_a_command_that_fails_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match=r"(?s): 3\nwhat it said"):
        python("print('what it said'); raise SystemExit(3)", tmp_path).run()


def test_a_program_that_is_not_there_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match=r"(?s)^./missing: 127\n.*No such file"):
        Task(["./missing"], tmp_path).run()


def test_a_run_does_not_find_what_another_left(tmp_path: Path) -> None:
    task = python("import os; os.mkdir('made')", tmp_path, ("made",))
    task.run()
    task.run()


def test_each_line_comes_with_the_peak_up_to_then(tmp_path: Path) -> None:
    code = "print('first'); b'x' * 80_000_000; print('second'); input"
    (first, low), (second, high) = python(f"{code}\nimport time; time.sleep(1)", tmp_path).lines()
    assert (first, second) == ("first\n", "second\n")
    assert high - low > 60_000


def test_the_median_of_each_part() -> None:
    assert middle([Cost(3, 10), Cost(1, 30), Cost(9, 20)]) == Cost(3, 20)


@pytest.mark.parametrize("power", [0.9, 1, 1.5, 2])
def test_the_exponent_of_a_power(power: float) -> None:
    assert exponent({n: 0.02 * n**power for n in (500, 1000, 2000, 5000)}) == pytest.approx(power)


def test_the_exponent_of_costs_that_vary() -> None:
    assert exponent({100: 1.1, 200: 1.9, 400: 4.1}) == pytest.approx(0.95, abs=0.01)
