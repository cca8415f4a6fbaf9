"""Documents without a file in the source folder: the pages of the catalogue.

Each has a document name of its own and, as its file, the YAML it is made from. So Sphinx itself
notices an edit, a new and a deleted file, and reports faults where they are.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.project import Project

SUFFIX = ".yaml"


def output_folder(app: Sphinx) -> Path:
    """Return the folder that a build writes to; with ``sphinx-build -M``, that of all builders."""
    of_all = app.outdir.parent
    is_shared = app.outdir.name == app.builder.name and app.doctreedir == of_all / "doctrees"
    return of_all if is_shared and of_all != app.srcdir else app.outdir


class CatalogueProject(Project):
    """A project whose documents are those of the source folder and those of a catalogue."""

    def __init__(
        self, project: Project, source_suffix: Iterable[str], pages: dict[str, Path], output: Path
    ) -> None:
        super().__init__(project.srcdir, source_suffix)
        self.restore(project)  # builders ask for the documents of the last build before discover()
        self._pages = pages
        self._output = output

    def discover(
        self, exclude_paths: Iterable[str] = (), include_paths: Iterable[str] = ("**",)
    ) -> set[str]:
        """Find the files of the source folder; a page written by hand wins over a generated.

        The Markdown that was built beside the pages is not a source, even where the output lies
        inside the source folder. It is left out here, since a change of ``exclude_patterns``
        would have every builder read all anew.
        """
        if self.srcdir in self._output.parents:
            output = self._output.relative_to(self.srcdir).as_posix()
            exclude_paths = [*exclude_paths, re.sub(r"([*?[])", r"[\1]", output)]
        found = super().discover(exclude_paths, include_paths)
        found.update(self._pages)
        return found

    def generates(self, docname: str) -> bool:
        """Tell whether a document is a page of the catalogue, and none that a person wrote."""
        # Private: builders ask before discover(), when `docnames` does not tell the two apart.
        return docname in self._pages and docname not in self._docname_to_path

    def doc2path(self, docname: str, absolute: bool) -> Any:  # a Path that is also text
        """Return the file of a document; without *absolute*, a name that only looks like one."""
        if not self.generates(docname):
            return super().doc2path(docname, absolute)
        if absolute:
            return self.srcdir / self._pages[docname]
        return (self.srcdir / f"{docname}{SUFFIX}").relative_to(self.srcdir)

    def path2doc(self, filename: str | os.PathLike[str]) -> str | None:
        """Return the document of a file; a catalogue file is the document of its own page."""
        path = Path(filename)
        for docname, page in self._pages.items():
            if page == path:
                return docname
        return super().path2doc(filename)


def is_generated(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether a document is a page of the catalogue, and none that a person wrote."""
    return isinstance(env.project, CatalogueProject) and env.project.generates(docname)


def is_by_hand(env: BuildEnvironment, docname: str) -> bool:
    """Tell whether there is such a document, and a person wrote it."""
    return docname in env.found_docs and not is_generated(env, docname)
