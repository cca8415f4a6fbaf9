"""The tree of pages that a theme shows on each page is as Sphinx makes it, and made less often."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from sphinx.builders import html

from reasonbook import limits
from reasonbook.sphinx import extension

if TYPE_CHECKING:
    from conftest import Project

FURO = "html_theme = 'furo'\nhtml_theme_options = {}\n"
# Headings of several levels, trees below one of them, and depths that pages ask for.
PAGES = {
    "index__rst": "Sample\n======\n\n.. toctree::\n\n   guide/index\n   deep\n   self\n\n"
    "One\n---\n\nTwo\n~~~\n\n.. api-list::\n   :toctree:\n",
    "guide/index__rst": "Guide\n=====\n\nA\n-\n\nB\n~\n\n.. toctree::\n   :hidden:\n\n   part\n",
    "guide/part__rst": "Part\n====\n\nC\n-\n",
    "deep__rst": ":tocdepth: 2\n\nDeep\n====\n\nD\n-\n\nE\n~\n\n.. toctree::\n\n   below\n\n"
    ".. only:: html\n\n   .. toctree::\n\n      tagged\n",
    "below__rst": "Below\n=====\n",
    "tagged__rst": "Tagged\n======\n\nF\n-\n",
    "apart__rst": ":orphan:\n\nApart\n=====\n",
}


def pages_of(project: Project, builder: str, to: str) -> dict[str, bytes]:
    result = project.build(builder=builder, to=to, fresh=True)
    assert result.code == 0
    return {name: text for name, text in result.files().items() if name.endswith(".html")}


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.parametrize("theme", ["", FURO])
@pytest.mark.parametrize("domains", [limits.NAVIGATION_DOMAINS, 0])
def test_pages_are_as_without_it(
    new_project: Callable[..., Project],
    monkeypatch: pytest.MonkeyPatch,
    builder: str,
    theme: str,
    domains: int,
) -> None:
    monkeypatch.setattr(limits, "NAVIGATION_DOMAINS", domains)
    project = new_project(theme, **PAGES)
    ours = pages_of(project, builder, "ours")
    monkeypatch.setattr(extension, "setup_navigation", lambda app: None)
    assert ours == pages_of(project, builder, "stock")


def test_pages_that_are_not_in_it_share_one(
    new_project: Callable[..., Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "NAVIGATION_DOMAINS", 0)
    made: list[str] = []
    make: Callable[..., Any] = html.global_toctree_for_doc

    def counted(env: object, docname: str, *others: Any, **options: Any) -> Any:
        made.append(docname)
        return make(env, docname, *others, **options)

    monkeypatch.setattr(html, "global_toctree_for_doc", counted)
    counts = []
    for size in (3, 30):
        project = new_project(FURO)
        project.add_api("large", {f"part-{n}": [f"FAULT_{n}"] for n in range(size)})
        made.clear()
        assert project.build().code == 0
        counts.append(len(made))
        assert sum(name.startswith("large/part-") for name in made) == 1
    assert counts[0] == counts[1]
