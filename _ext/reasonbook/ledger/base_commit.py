"""A base in a commit: its catalogue, copied out of the objects of git."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reasonbook.catalogue.layout import API_FILE, LEDGER_FILE, OBSERVED_FILE
from reasonbook.ledger.base_folder import read_folder
from reasonbook.ledger.base_state import Base, BaselineError
from reasonbook.ledger.git_objects import Repository, TreeEntry

# Whether its examples are right is of no matter in a base, so no schema is read.
_NEEDED = (".yaml", LEDGER_FILE, OBSERVED_FILE)


class _Commit(NamedTuple):
    """A commit, the name by which it was asked for, and the folder of the catalogue in it."""

    identity: str
    name: str
    folder: str


def read_commit(repository: Repository, identity: str, name: str, folder: str) -> Base:
    """Read the catalogue in a *folder* of a commit, which was asked for by a *name*."""
    commit = _Commit(identity, name, folder)
    is_head = repository.commits("HEAD").get("HEAD") == identity
    source = f"commit {identity} ({name}{', which is checked out' if is_head else ''})"
    tree = repository.tree(identity, folder)
    if tree is None:
        raise BaselineError(f"The base, {source}, {_why_not_there(repository, commit)}")
    shown = f"{name}:{folder}{'/' if folder else ''}"
    with tempfile.TemporaryDirectory() as copy:
        lost = _copy(repository, commit, tree, Path(copy))
        base = read_folder(Path(copy), source, shown)
    for path, what in lost.items():
        (base.notes if "/" in path else base.unread).append(f"{shown}{path} is {what}.")
    return base


def _why_not_there(repository: Repository, commit: _Commit) -> str:
    if repository.is_submodule(commit.identity, commit.folder):
        return (
            f"has a submodule in place of {commit.folder}. Check the catalogue in the folder of "
            "that, against a commit of its repository."
        )
    files = repository.find(commit.identity, API_FILE)
    folders = sorted({"/".join(path.split("/")[:-2]) for path in files if "/" in path})
    elsewhere = " or ".join(f"{commit.name}:{folder}" for folder in folders[:3])
    return f"has no folder {commit.folder}. " + (
        f"If the catalogue was moved, compare with {elsewhere}."
        if elsewhere
        else "Nothing was published there."
    )


def _copy(repository: Repository, commit: _Commit, tree: str, to: Path) -> dict[str, str]:
    """Copy the files of each API; return what is not in the objects of the commit, and why."""
    files: dict[Path, str] = {}
    lost: dict[str, str] = {}
    for api in _named(repository.entries(commit.identity, commit.folder, tree), ""):
        if api.name.startswith("_") or api.kind == "blob":
            continue
        if api.kind != "tree":
            lost[api.name] = _elsewhere(api)
            continue
        (to / api.name).mkdir(exist_ok=True)
        folder = f"{commit.folder}/{api.name}".removeprefix("/")
        for file in _named(repository.entries(commit.identity, folder, api.identity), _NEEDED):
            if file.kind == "blob":
                files[to / api.name / file.name] = file.identity
            elif file.kind != "tree":
                lost[f"{api.name}/{file.name}"] = _elsewhere(file)
    for path, data in zip(files, repository.contents([*files.values()]), strict=True):
        path.write_bytes(data)
    return lost


def _named(entries: Iterator[TreeEntry], suffixes: str | tuple[str, ...]) -> Iterator[TreeEntry]:
    """Yield what is not hidden; a name with a slash, which git never writes, leads elsewhere."""
    for entry in entries:
        is_visible = entry.name.endswith(suffixes) and not entry.name.startswith(".")
        if is_visible and not {"/", "\\"} & {*entry.name}:
            yield entry


def _elsewhere(entry: TreeEntry) -> str:
    return "a submodule" if entry.kind == "commit" else "a link that leads out of the commit"
