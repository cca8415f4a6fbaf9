"""An output folder inside the source folder: what was built is no source of the next build."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from sphinx.cmd.build import main

if TYPE_CHECKING:
    from conftest import Project

CONF = "extensions += ['myst_parser', 'reasonbook.site']"
PAGE = "---\norphan: true\n---\n\n# Page\n"


def documents(*arguments: str) -> set[str]:
    """Build, and return the documents that were read."""
    status, warnings = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(status), contextlib.redirect_stderr(warnings):
        code = main([*arguments, "-W"])
    assert (warnings.getvalue(), code) == ("", 0)
    return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", status.getvalue()))


@pytest.mark.parametrize("folder", ["_out", "deep/er", "_out[1]*"])
def test_the_output_is_no_source(folder: str, new_project: Callable[..., Project]) -> None:
    project = new_project(CONF, page__md=PAGE)
    project.write("_other/page.md", PAGE)
    arguments = (str(project.source), str(project.source / folder))
    first = documents(*arguments, "-E")
    assert {"page", "_other/page", "alpha/one"} <= first
    assert (project.source / folder / "page.md").exists()
    assert documents(*arguments, "-E") == first


def test_with_make_mode_the_output_of_other_builders_is_no_source_either(
    new_project: Callable[..., Project],
) -> None:
    project = new_project(CONF, page__md=PAGE)
    folders = (str(project.source), str(project.source / "_build"))
    first = documents("-M", "html", *folders, "-E")
    assert documents("-M", "text", *folders, "-E") == first


def test_a_later_build_reads_nothing_anew(new_project: Callable[..., Project]) -> None:
    """The folder is no part of the configuration, so that other builders share what was read."""
    project = new_project(CONF, page__md=PAGE)
    folders = (str(project.source), str(project.source / "_build"))
    assert "page" in documents("-M", "html", *folders)
    assert documents("-M", "text", *folders) == set()
