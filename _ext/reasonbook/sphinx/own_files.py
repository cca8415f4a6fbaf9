"""The files that a build writes beside those of Sphinx: what a project brings itself wins.

What is in the output folder may be of this build, of a former one, copied from
``html_extra_path``, or written by another extension. So a list is kept there of the own files,
each with its digest. A file that is not as the list says is of somebody else and stays; one of the
list that is no longer written is removed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from reasonbook import limits
from reasonbook.sphinx.report import tell
from reasonbook.sphinx.unchanged import Unchanged

#: Files, each by its name below the output folder and its text.
Files = Iterable[tuple[str, str]]

LIST = ".reasonbook"


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file unless it has this text already; say whether it was written."""
    where, data = str(path), text.encode()
    if _content(where) == data:
        return False
    _store(where, data)
    return True


# There are thousands of files, and to make a Path takes as long as to open it.
def _content(path: str) -> bytes | None:
    """Return what a file holds; nothing where there is none."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None
    except OSError:  # as for a folder
        if Path(path).is_file():
            raise
        return None


def _store(path: str, data: bytes) -> None:
    """Write a file, and make its folder if it is the first there."""
    try:
        file = open(path, "wb")  # noqa: PTH123, SIM115
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = open(path, "wb")  # noqa: PTH123, SIM115
    with file:
        file.write(data)


def _brought(app: Sphinx, name: str) -> Path | None:
    """Return the file of ``html_extra_path`` that Sphinx copies to *name*, if there is one."""
    for extra in app.config.html_extra_path:
        path = Path(app.confdir, extra)
        source = path if path.name == name else path / name
        if source.is_file():
            return source
    return None


@dataclass
class OwnFiles:
    """The own files in an output folder, before this build and after it."""

    app: Sphinx
    unchanged: Unchanged
    former: dict[str, str]  # the digest by name; empty of a page, which Sphinx writes
    written: dict[str, str] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, app: Sphinx) -> OwnFiles:
        """Read the list of the last build, if there was one."""
        unchanged = Unchanged.of(app, "files")
        with suppress(OSError, ValueError):
            former = json.loads(Path(app.outdir, LIST).read_text(encoding="utf-8"))
            return cls(app, unchanged, {str(name): str(said) for name, said in former.items()})
        return cls(app, unchanged, {})

    def write_made(self, group: str, made_from: str, make: Callable[[], Files]) -> list[str]:
        """Make and write files that belong together, unless the last build made them of the same.

        Return their names.
        """
        names = self.unchanged.names(group, made_from)
        if names is not None and self.former.keys() >= {*names}:
            self.written |= {name: self.former[name] for name in names}
            return names
        before = len(self.foreign)
        names = []

        def noted() -> Files:
            for name, text in make():
                yield name, text
                names.append(name)

        self.write(noted())
        if len(self.foreign) == before:
            self.unchanged.note(group, made_from, names)
        return names

    def write(self, files: Files) -> None:
        """Write files, but those that somebody else wrote."""
        try:
            for name, text in files:
                self._write(name, text)
        except BaseException:  # what an interrupted build leaves is own, too
            self._keep({**self.former, **self.written})
            raise

    def _write(self, name: str, text: str) -> None:
        path, data = f"{self.unchanged.outdir}/{name}", text.encode()
        found = _content(path)
        if found not in (None, data) and _digest(found) != self.former.get(name):
            self.foreign.append(name)
            return
        if found != data:
            _store(path, data)
        self.written[name] = _digest(data)

    def note_pages(self, paths: Iterable[Path]) -> None:
        """Note pages as own that were written already, but those that the project brings.

        Those are copied again: Sphinx does it before it writes the pages.
        """
        for path in paths:
            name = path.relative_to(self.app.outdir).as_posix()
            if source := _brought(self.app, name):
                copyfile(source, path)
                self.foreign.append(name)
            else:
                self.written[name] = ""

    def finish(self) -> None:
        """Remove what is no longer written, keep the list, and name the files of somebody else."""
        for name in sorted(self.former.keys() - self.written.keys() - set(self.foreign)):
            self._remove(name)
        self._keep(self.written)
        self.unchanged.keep()
        if self.foreign:
            named = ", ".join(self.foreign[: limits.LISTED_CHOICES])
            more = len(self.foreign) - limits.LISTED_CHOICES
            named += f" and {more} more" if more > 0 else ""
            tell(f"left as the project brings them, and not written: {named}.")

    def _remove(self, name: str) -> None:
        root = Path(self.app.outdir)
        path, digest = root / name, self.former[name]
        if not path.is_file():
            return
        if _digest(path.read_bytes()) == digest if digest else not self._is_other(name):
            path.unlink()
            with suppress(OSError):  # a folder with other files stays
                for folder in path.relative_to(root).parents[:-1]:
                    (root / folder).rmdir()

    def _keep(self, digests: dict[str, str]) -> None:
        path = Path(self.app.outdir, LIST)
        if digests:
            write_if_changed(path, f"{json.dumps(digests, indent=0, sort_keys=True)}\n")
        else:
            path.unlink(missing_ok=True)

    def _is_other(self, name: str) -> bool:
        """Tell whether the address of a former page is now that of a page by somebody else."""
        return Path(self.app.outdir, name) in self._pages or _brought(self.app, name) is not None

    @cached_property
    def _pages(self) -> set[Path]:
        """Where Sphinx writes its documents."""
        builder = self.app.builder
        assert isinstance(builder, StandaloneHTMLBuilder)
        return {Path(builder.get_output_path(docname)) for docname in self.app.env.found_docs}


def _digest(data: bytes | None) -> str:
    return sha256(data or b"").hexdigest()
