"""A git repository, read as objects: what a commit holds, whatever the working tree says of it.

``ls-tree`` and ``cat-file`` know no attributes, filters and line ends, so that no file of a change
under review has a say in what is read.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reasonbook import limits
from reasonbook.diagnostics.location import display_path
from reasonbook.ledger.base_state import BaselineError

#: Set in hooks, where they would name another repository, or other objects, than those asked for.
_OF_HOOKS = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)
#: History as it is, not as this clone replaces it; messages that can be recognized.
_PLAIN = {
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LANGUAGE": "C",
    "LC_ALL": "C",
}
#: Files that look like a bare repository can be part of a change.
_OPTIONS = ("-c", "safe.bareRepository=explicit")
_NO_REPOSITORY = ("not a git repository", "must be run in a work tree")
# What a name may be short for, in the order of git (gitrevisions).
_SHORT_FOR = (
    "{}",
    "refs/{}",
    "refs/tags/{}",
    "refs/heads/{}",
    "refs/remotes/{}",
    "refs/remotes/{}/HEAD",
)
_OBJECT = re.compile(rb"([0-9a-f]{40,64}) (commit|tree|blob|tag) ([0-9]+)\n")
# Of a link that leads to no object: the length of what follows.
_NO_OBJECT = re.compile(rb"(?:dangling|loop|notdir|symlink) ([0-9]+)\n")
_IDENTITY = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")

_LINK = "120000"


class Object(NamedTuple):
    """What git has under a name: its identity, its kind, and what it holds, where asked for."""

    identity: str
    kind: str
    data: bytes


class TreeEntry(NamedTuple):
    """What a tree holds under a name: a ``blob``, a ``tree`` or, of a submodule, a ``commit``.

    A link has the kind of what it leads to; none where that is not in the commit.
    """

    name: str
    kind: str
    identity: str
    is_link: bool = False


@dataclass(frozen=True)
class Repository:
    """The repository that git finds in a folder; its working tree is at ``top``."""

    folder: Path
    top: Path

    def commits(self, name: str) -> dict[str, str]:
        """Return the full names of refs that *name* may mean, with their commits, git's first."""
        is_full = name.startswith("refs/") or _IDENTITY.fullmatch(name)
        names = [form.format(name) for form in (_SHORT_FOR[:1] if is_full else _SHORT_FOR)]
        found = self._objects(f"{full}^{{commit}}" for full in names)
        return {full: each.identity for full, each in zip(names, found, strict=True) if each}

    def tree(self, commit: str, path: str) -> str | None:
        """Return the tree of a folder, also where links within the commit lead to it."""
        (found,) = self._objects([f"{commit}:{path}"], "--follow-symlinks")
        return found.identity if found and found.kind == "tree" else None

    def entries(self, commit: str, folder: str, tree: str) -> Iterator[TreeEntry]:
        """Yield what a *tree* holds, which is that of a *folder* of a commit."""
        entries = [*_entries(self.run("ls-tree", "-z", "--full-tree", tree))]
        links = [entry.name for entry in entries if entry.is_link and "\n" not in entry.name]
        above = f"{commit}:{folder}/" if folder else f"{commit}:"
        found = self._objects((above + name for name in links), "--follow-symlinks")
        targets = dict(zip(links, found, strict=True))
        for entry in entries:
            if entry.is_link:
                target = targets.get(entry.name)
                kind, identity = (target.kind, target.identity) if target else ("", "")
                yield entry._replace(kind=kind, identity=identity)
            else:
                yield entry

    def find(self, commit: str, file: str) -> list[str]:
        """Return every path of a commit whose last step is *file*."""
        every = _entries(self.run("ls-tree", "-r", "-z", "--full-tree", commit))
        return [entry.name for entry in every if entry.name.rpartition("/")[2] == file]

    def is_submodule(self, commit: str, path: str) -> bool:
        """Tell whether a path of a commit is a submodule, or within one."""
        steps = path.split("/")
        above = ["/".join(steps[: n + 1]) for n in range(len(steps))] if path else []
        listed = self.run("ls-tree", "-z", "--full-tree", commit, "--", *above) if above else b""
        return any(entry.kind == "commit" for entry in _entries(listed))

    def contents(self, identities: Sequence[str]) -> list[bytes]:
        """Return what the files of these identities hold."""
        found = self._objects(identities, content=True)
        missing = [name for name, each in zip(identities, found, strict=True) if each is None]
        if missing:
            raise BaselineError(f"The object {missing[0]} is missing in this clone.")
        return [each.data for each in found if each]

    def remotes(self) -> list[str]:
        """Return the names of its remotes."""
        return self.run("remote").decode("utf-8", "replace").split()

    def is_shallow(self) -> bool:
        """Tell whether a part of the history was never fetched."""
        return self.run("rev-parse", "--is-shallow-repository").strip() == b"true"

    def _objects(
        self, names: Iterable[str], *options: str, content: bool = False
    ) -> list[Object | None]:
        """Ask for objects by their names, on standard input, where no name can be an option."""
        asked = b"".join(os.fsencode(name) + b"\n" for name in names)
        if not asked:
            return []
        command = "--batch" if content else "--batch-check"
        return [*_answers(self.run("cat-file", command, *options, asked=asked), content)]

    def run(self, *arguments: str, asked: bytes = b"") -> bytes:
        """Run git on it, and return what it prints."""
        done = _run_git(self.folder, *arguments, asked=asked)
        if done.returncode:
            raise BaselineError(f"git {arguments[0]} failed; {_said(done.stderr)}")
        return done.stdout


def _answers(printed: bytes, content: bool) -> Iterator[Object | None]:
    """Yield what ``cat-file`` says of each object; None where there is none of that name."""
    stream = io.BytesIO(printed)
    while line := stream.readline():
        if found := _OBJECT.fullmatch(line):
            data = stream.read(int(found[3]) + 1)[:-1] if content else b""
            yield Object(found[1].decode(), found[2].decode(), data)
        else:
            if nothing := _NO_OBJECT.fullmatch(line):
                stream.read(int(nothing[1]) + 1)
            yield None


def _entries(listed: bytes) -> Iterator[TreeEntry]:
    for line in listed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, kind, identity = head.decode().split(" ")
        yield TreeEntry(os.fsdecode(name), kind, identity, mode == _LINK)


def repository_of(catalogue: Path) -> tuple[Repository, str] | None:
    """Return the repository of a catalogue, and its path in that; None where there is none.

    The path is as it is written: where a change makes the catalogue a link, or a submodule, the
    base is still what was there before.
    """
    written = Path(os.path.abspath(catalogue))  # noqa: PTH100 (resolve() would follow links)
    starts = [start for start in (Path(), written.parent, written) if start.is_dir()]
    found = [Repository(start, top) for start in starts if (top := _top(start))]
    for place in (written, written.resolve()):
        for repository in found:
            for above in reversed((place, *place.parents)):
                if above.resolve() == repository.top:
                    path = place.relative_to(above).as_posix()
                    return repository, "" if path == "." else path
    if not found:
        return None
    shown, top = display_path(catalogue), found[0].top
    raise BaselineError(f"{shown} is not in {top}, the working tree of the git repository.")


def _top(start: Path) -> Path | None:
    done = _run_git(start, "rev-parse", "--show-toplevel")
    if not done.returncode:
        return Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()
    said = _said(done.stderr)
    if any(words in said for words in _NO_REPOSITORY):
        return None
    raise BaselineError(f"The git repository cannot be read; {said}")


def _run_git(
    folder: Path, *arguments: str, asked: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder, free of what hooks and replacements would change."""
    environment = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
    try:
        return subprocess.run(
            ["git", *_OPTIONS, "-C", str(folder), *arguments],
            input=asked,
            capture_output=True,
            check=False,
            timeout=limits.GIT_SECONDS,
            env=environment | _PLAIN,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BaselineError(f"git cannot be run: {error}.") from error


def _said(stderr: bytes) -> str:
    """Return what git said, without what it prints to trace its work."""
    lines = [line.strip() for line in stderr.decode("utf-8", "replace").splitlines()]
    first = next((n for n, line in enumerate(lines) if line.startswith("fatal: ")), 0)
    text = " ".join(filter(None, lines[first:])).removeprefix("fatal: ")
    return f"git says: {text.rstrip('.')}." if text else "git gives no reason."
