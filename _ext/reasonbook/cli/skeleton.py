"""What ``init`` and ``new`` share: how they refuse, show names and write files."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path

from reasonbook.catalogue.names import check_name
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems, printable, shorten
from reasonbook.diagnostics.rules import Rule


class RefusedError(Exception):
    """What was asked for cannot be done; nothing was touched."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def add_catalogue_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the folder of the catalogue."""
    parser.add_argument(
        "--catalogue", type=Path, default=Path("catalogue"), help="its folder; default: catalogue"
    )


def say_refused(refused: RefusedError) -> int:
    """Print why nothing was done; return the exit code for that."""
    print(f"reasonbook: {printable(refused.message)}", file=sys.stderr)
    print(f"  hint: {printable(refused.hint)}", file=sys.stderr)
    return 2


def shown(text: str) -> str:
    """Return what someone typed, as a message shows it: never blank, never endless."""
    if not text.strip():
        return '""' if not text else "A blank"
    return shorten(text)


def require_name(name: str, kind: str) -> None:
    """Refuse a name that cannot be that of an API or a domain."""
    problems = Problems()
    if not check_name(name, Location(""), problems):
        raise RefusedError(
            f"{shown(name)} cannot be the name of {kind}.",
            f"{Rule.BAD_NAME.hint} It begins with a letter.",
        )
    for problem in problems:
        raise RefusedError(problem.message, problem.hint)


def check_command(root: Path) -> str:
    """Return the command line that checks the catalogue at *root*."""
    default = root == Path("catalogue")
    return "reasonbook check" if default else f"reasonbook check {printable(str(root))}"


def fresh_name(path: Path) -> Path:
    """Return a name beside *path* that nobody has, and that no catalogue reads."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


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
