"""What the files for agents cost beside the pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.sphinx import extension

PAGES = 300
MOST = 0.05


def test_the_files_for_agents_cost_little(
    new_project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    spent = 0.0

    def timed(work: Callable[..., None]) -> Callable[..., None]:
        def run(*arguments: Any) -> None:
            nonlocal spent
            start = time.process_time()
            work(*arguments)
            spent += time.process_time() - start

        return run

    for name in ("write_exports", "write_twin", "add_markdown_links", "note_description"):
        monkeypatch.setattr(extension, name, timed(getattr(extension, name)))
    project = new_project('html_theme = "furo"\nhtml_theme_options = {}\n')
    names = [f"FAULT_NUMBER_{number}" for number in range(PAGES - 10)]
    project.add_api("gamma", {f"domain-{n}": names[n * 29 : n * 29 + 29] for n in range(10)})
    shares = []
    for _ in range(3):  # on a busy machine, one build or the other takes longer than it needs
        spent, start = 0.0, time.process_time()
        result = project.build("-E")
        whole = time.process_time() - start
        assert len([*result.output.rglob("*.md")]) > PAGES
        shares.append(spent / (whole - spent))
        print(f"{spent:.2f} s of {whole:.2f} s: {shares[-1]:.1%}")
        if shares[-1] <= MOST:
            break
    assert min(shares) <= MOST
