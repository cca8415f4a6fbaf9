"""The small Sphinx projects, and the Markdown of pages written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ..sphinx.conftest import Project, built_once, compiled_templates, new_project

__all__ = ["built_once", "compiled_templates", "new_project", "twins_of"]

#: What hand-written pages of the cases may use, and where their site is.
PAGES_CONF = """
extensions = ["reasonbook.site", "myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist", "tasklist"]
myst_heading_anchors = 2
html_baseurl = "https://errors.example.com/docs/"
"""


@pytest.fixture(scope="session")
def twins_of(
    new_project: Callable[..., Project],
) -> Callable[..., dict[str, str]]:
    """Build a page for each text below a title; return the Markdown below it, by name of the case.

    More files stand beside the pages, each by its name.
    """

    def build(texts: dict[str, str], files: dict[str, str]) -> dict[str, str]:
        project = new_project(PAGES_CONF)
        for number, text in enumerate(texts.values()):
            project.write(f"case{number}.md", f"---\norphan: true\n---\n\n# Title\n\n{text}\n")
        for name, text in files.items():
            project.write(name, text)
        result = project.build_strictly()
        found = {}
        for number, name in enumerate(texts):
            page = result.page(f"case{number}.md")
            head, title, *text = page.split("\n\n", 2)
            assert (head, title.strip()) == (
                "> Index: https://errors.example.com/docs/llms.txt",
                "# Title",
            )
            found[name] = "".join(text).removesuffix("\n")
        return found

    return build
