"""Older states of a catalogue to compare with: a git ref, or with a slash a folder or a file.

Which of them a name means is not for the change under review to say: what git knows is a ref,
whatever lies in the working tree under that name.
"""

from __future__ import annotations

import os
from pathlib import Path

from reasonbook.diagnostics.location import display_path
from reasonbook.ledger.base_commit import read_commit
from reasonbook.ledger.base_file import read_file
from reasonbook.ledger.base_folder import read_folder
from reasonbook.ledger.base_state import Base, BaselineError
from reasonbook.ledger.git_objects import Repository, repository_of

_SEPARATORS = tuple(filter(None, ("/", os.sep, os.altsep)))
# With these begins a path, and never a ref.
_PLAINLY_PATHS = tuple(dots + each for dots in ("", ".", "..") for each in _SEPARATORS)
# With these, or the name of a remote, begins a ref, also one that was not fetched.
_PLAINLY_REFS = ("refs", "heads", "tags", "remotes")


def read_baseline(name: str, catalogue: Path) -> Base:
    """Return the baseline called *name*; *catalogue* tells the repository of a git ref.

    Raises :class:`BaselineError` where it cannot be read, also where it holds no API.
    """
    base = _read(name, catalogue)
    if not base.apis and not base.unread:
        raise BaselineError(" ".join([f"{base.source} has no API to compare with.", *base.notes]))
    return base


def _read(name: str, catalogue: Path) -> Base:
    if not name.strip():
        raise BaselineError("A baseline is a folder, a file or a git ref, not nothing.")
    path = Path(name)
    if name in (".", "..") or name.startswith(_PLAINLY_PATHS) or path.is_absolute():
        return _read_path(path, name)
    found = repository_of(catalogue)
    if _may_be_path(name) and os.path.lexists(path):
        if found:
            _refuse_ambiguous(name, found[0])
        return _read_path(path, name)
    if found is None:
        what = "neither a file nor a git ref" if _may_be_path(name) else "not a git ref"
        where = f"{display_path(catalogue)} is not in a git repository."
        raise BaselineError(f"{name} is {what}: {where}{_as_path(name)}")
    repository, place = found
    ref, colon, folder = name.partition(":")
    commit = _commit(repository, ref)
    if commit is None:
        what = "neither a file nor a git ref" if _may_be_path(name) else "not a git ref"
        hint = _as_path(name) or _how_to_fetch(ref, repository)
        raise BaselineError(f"{name} is {what}, in the repository {repository.top}.{hint}")
    return read_commit(repository, commit, ref, folder.strip("/") if colon else place)


def _may_be_path(name: str) -> bool:
    return any(each in name for each in _SEPARATORS)


def _read_path(path: Path, name: str) -> Base:
    try:
        if path.is_dir():
            return read_folder(path, f"the folder {name}", f"{name.rstrip('/')}/")
        if path.is_file():
            return read_file(path, name)
    except OSError as error:
        raise BaselineError(f"{name} cannot be read: {error.strerror}.") from error
    raise BaselineError(f"{name} is neither a folder nor a file.")


def _commit(repository: Repository, ref: str) -> str | None:
    """Return the commit that a ref means, if it does, and no other one by another rule of git."""
    commits = repository.commits(ref) if ref and "\n" not in ref else {}
    if len({*commits.values()}) > 1:
        names = [name for name in commits if name != ref] or [*commits]
        raise BaselineError(
            f"{ref} is ambiguous: it is {' and '.join(names)}, which are different commits. "
            "Write in full the one that you mean."
        )
    return next(iter(commits.values()), None)


def _refuse_ambiguous(name: str, repository: Repository) -> None:
    """Refuse a name that a change could give to a file of its own, to be taken for a base."""
    ref = name.partition(":")[0]
    is_known = _commit(repository, ref) is not None
    if is_known or ref.partition("/")[0] in (*_PLAINLY_REFS, *repository.remotes()):
        hint = "" if is_known else _how_to_fetch(ref, repository)
        raise BaselineError(
            f"{name} is ambiguous: it is the name of a git ref, and of something in the working "
            f"tree. Write ./{name} for what is in the working tree.{hint}"
        )


def _as_path(name: str) -> str:
    """Return how to write the name of something in the working tree."""
    if not os.path.lexists(name):
        return ""
    return f" For what has this name in the working tree, write ./{name}."


def _how_to_fetch(ref: str, repository: Repository) -> str:
    """Return how to get a ref that a clone does not have."""
    remotes, is_shallow = repository.remotes(), repository.is_shallow()
    if any(mark in ref for mark in "~^@"):
        return " The clone is shallow: git fetch --unshallow gets the rest." if is_shallow else ""
    if not remotes or ref == "HEAD":
        return ""
    remote, _, branch = ref.removeprefix("refs/").removeprefix("remotes/").partition("/")
    if remote not in remotes:
        remote = "origin" if "origin" in remotes else remotes[0]
        branch = "main" if ref == "FETCH_HEAD" else ref
    command = f"git fetch{' --depth=1' if is_shallow else ''} {remote} {branch}"
    if ref == "FETCH_HEAD":
        return f" Fetch the branch to compare with first, such as: {command}"
    return f" Fetch it: {command}, and compare with FETCH_HEAD."
