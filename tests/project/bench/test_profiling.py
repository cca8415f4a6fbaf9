"""Where time and memory go."""

from __future__ import annotations

import sys
from pathlib import Path

from project.bench.measuring import Task
from project.bench.profiling import by_part, memory_by_phase, time_by_part

HERE = "/env/lib/python3.11/site-packages"


def test_time_is_that_of_a_part_of_a_package_and_what_it_calls_of_c() -> None:
    def entry(own: float, **callers: float) -> tuple[object, ...]:
        called = {
            (f"{HERE}/{name.replace('__', '/')}.py", 1, "f"): (1, 1, time, time)
            for name, time in callers.items()
        }
        return (1, 1, own, own, called)

    stats = {
        (f"{HERE}/sphinx/search/en.py", 1, "f"): entry(1),
        (f"{HERE}/sphinx/search/__init__.py", 1, "g"): entry(2),
        ("/home/_ext/reasonbook/sphinx/pages.py", 1, "f"): entry(4),
        ("<frozen importlib._bootstrap>", 1, "f"): entry(8),
        ("~", 0, "<built-in len>"): entry(48, sphinx__search__en=16, docutils__nodes=32),
    }
    assert by_part(stats) == {
        "sphinx.search": 19,
        "reasonbook.sphinx": 4,
        "importing": 8,
        "docutils.nodes": 32,
    }


def test_the_time_of_a_command(tmp_path: Path) -> None:
    (tmp_path / "work.py").write_text(
        "import json\nfor _ in range(300): json.loads('[1' + ',1' * 9999 + ']')\n"
    )
    first, *_ = time_by_part(Task([sys.executable, "work.py"], tmp_path))
    assert first.part == "Python's json"
    assert 0.5 < first.share <= 1


def test_the_memory_of_a_command(tmp_path: Path) -> None:
    code = "print('reading sources... [10%]'); x = b'x' * 80_000_000; print('writing... '); y = 1"
    (tmp_path / "work.py").write_text(f"{code}\nprint('done')\nimport time; time.sleep(0.5)\n")
    first, *_ = memory_by_phase(Task([sys.executable, "work.py"], tmp_path))
    assert first.part == "reading sources"
    assert first.share > 0.5


def test_a_phase_whose_line_comes_when_it_is_done(tmp_path: Path) -> None:
    code = "print('reading sources... [10%]'); time.sleep(0.5); x = b'x' * 80_000_000"
    (tmp_path / "work.py").write_text(
        f"import time; {code}\nprint('pickling... done')\ntime.sleep(0.5)\n"
    )
    first, *_ = memory_by_phase(Task([sys.executable, "work.py"], tmp_path))
    assert first.part == "pickling"
    assert first.share > 0.5
