"""What the files for agents cost beside the pages."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from reasonbook.site import whole_site
from reasonbook.sphinx import exports

PAGES = 300
#: Of the calls in the rest of the build. It was 0.194 when this was written.
MOST = 0.22
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
    """Calls are counted, not seconds: they are the same on every machine."""
    calls = {"pages": 0, "agents": 0}
    part = "pages"

    def counted(work: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(work)  # by the module of a handler one tells whether it is ours
        def run(*arguments: Any) -> None:
            nonlocal part
            part = "agents"
            work(*arguments)
            part = "pages"

        return run

    def count(frame: FrameType, event: str, argument: object) -> None:
        if event in ("call", "c_call"):
            calls[part] += 1

    for module, name in MADE_FOR_AGENTS:
        monkeypatch.setattr(module, name, counted(getattr(module, name)))
    project = new_project(CONF)
    names = [f"FAULT_NUMBER_{number}" for number in range(PAGES - 10)]
    project.add_api("gamma", {f"domain-{n}": names[n * 29 : n * 29 + 29] for n in range(10)})
    former = sys.getprofile()
    sys.setprofile(count)
    try:
        result = project.build("-E")
    finally:
        sys.setprofile(former)
    assert len([*result.output.rglob("*.md")]) > PAGES
    assert 0 < calls["agents"] <= MOST * calls["pages"], calls
