"""What the files for agents cost beside the pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from reasonbook.site import whole_site
from reasonbook.sphinx import exports

PAGES = 300
#: Of the rest of the build, which takes half as long since reasons are written from the facts.
MOST = 0.08
CONF = """
extensions.append("reasonbook.site")
html_theme = "furo"
html_theme_options = {}
"""
MADE_FOR_AGENTS = (
    (exports, "_write_exports"),
    (whole_site, "write_twin"),
    (whole_site, "add_markdown_links"),
    (whole_site, "note_description"),
)


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

    for module, name in MADE_FOR_AGENTS:
        monkeypatch.setattr(module, name, timed(getattr(module, name)))
    project = new_project(CONF)
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
