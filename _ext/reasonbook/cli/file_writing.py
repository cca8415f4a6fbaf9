"""How files of a catalogue are written: from a template, and all of them or none."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from string import Template

TEMPLATES = Path(__file__).parent / "templates"


def template(name: str, **values: str) -> str:
    """Return a file of the templates, with a value in place of each $key."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return Template(text).safe_substitute(values)


def fresh_name(path: Path) -> Path:
    """Return a name beside *path* that nobody has, and that no catalogue reads."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}")


def write_files(files: Iterable[tuple[Path, str]]) -> None:
    """Write every file, or none where one cannot be written; each appears whole.

    A file that is replaced keeps its permissions, and a link to it stays a link.
    """
    drafts: dict[Path, Path] = {}
    former: dict[Path, bytes | None] = {}
    try:
        for path, text in files:
            target = Path(os.path.realpath(path))
            draft = drafts[target] = fresh_name(target)
            draft.write_bytes(text.encode())
            if target.exists():
                draft.chmod(target.stat().st_mode & 0o7777)
        for target, draft in drafts.items():
            before = target.read_bytes() if target.exists() else None
            draft.replace(target)
            former[target] = before
    except BaseException:
        for target, data in former.items():
            target.unlink() if data is None else target.write_bytes(data)
        raise
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def write_new_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write a folder that is not there yet, its parents too; it appears whole or not at all."""
    root = folder.parent
    missing = [path for path in (root, *root.parents) if not path.exists()]
    draft = fresh_name(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
        for name, text in files.items():
            (draft / name).write_bytes(text.encode())
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        with contextlib.suppress(OSError):
            for path in missing:
                path.rmdir()
        raise


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time read and write in *folder*; the others wait.

    The lock is on the folder itself, so that no file is left, and ends with the process.
    """
    if sys.platform == "win32" or not os.access(folder, os.R_OK):  # no way to; told elsewhere
        yield
        return
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
