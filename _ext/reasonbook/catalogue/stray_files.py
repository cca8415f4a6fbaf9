"""Files in a catalogue that are not read: misspelt, misplaced, or gone.

What is hidden, or left behind by an editor, is not part of a catalogue.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from reasonbook.catalogue.layout import LEDGER_FILE, OBSERVED_FILE, OPERATIONS_FILE, YAML_SUFFIXES
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule

OWN_JSON = (OPERATIONS_FILE, OBSERVED_FILE, LEDGER_FILE)
_ALIKE = 0.85  # publish and published, operation and operations; not organizations


def check_root(root: Path, problems: Problems) -> None:
    """Report what lies beside the folders of the APIs but belongs into one of them."""
    for path in _visible(root):
        if _is_gone(path):
            _report_gone(path, problems)
        elif path.is_file() and (path.suffix.lower() in YAML_SUFFIXES or path.name in OWN_JSON):
            _report(
                path,
                f"{path.name} lies beside the folders of the APIs, where nothing reads it.",
                "Move it into the folder of its API.",
                problems,
            )


def check_folder(folder: Path, schemas: set[str] | None, problems: Problems) -> None:
    """Report what lies in the folder of an API but is not read.

    *schemas* are the schemas of envelopes; None where ``api.yaml`` does not say them.
    """
    for path in _visible(folder):
        suffix = path.suffix.lower()
        if path.name in (schemas or ()) or path.suffix == ".yaml":
            continue  # which is read, or reported where it is not
        if _is_gone(path):
            _report_gone(path, problems)
        elif path.is_dir():
            if not path.is_symlink():  # what is elsewhere is not part of the catalogue
                _check_below(path, folder, problems)
        elif suffix in YAML_SUFFIXES:
            _report(
                path,
                f"{path.name} is not read: files of the catalogue end in .yaml.",
                "Rename it.",
                problems,
            )
        elif suffix == ".json" and path.name not in OWN_JSON:
            near = _misspelt(path, schemas)
            if near:
                _report(
                    path,
                    f"{path.name} is not read: it is neither the envelope's schema nor "
                    f"{' nor '.join(OWN_JSON)}.",
                    f"Did you mean {near}?",
                    problems,
                )


def _misspelt(path: Path, schemas: set[str] | None) -> str | None:
    """Return which file is meant; one of another purpose, such as openapi.json, is no misspelling.

    While ``api.yaml`` does not say which file is the schema, any may be.
    """
    if schemas is None or path.name.endswith(".schema.json"):
        return None
    stems = {Path(name).stem: name for name in OWN_JSON}
    near = get_close_matches(path.stem.lower(), stems, 1, _ALIKE)
    return stems[near[0]] if near else None


def _check_below(top: Path, folder: Path, problems: Problems) -> None:
    for holder, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(holder, name)
            if path.suffix.lower() in YAML_SUFFIXES and not name.startswith("."):
                _report(
                    path,
                    f"{path.relative_to(folder).as_posix()} lies one folder too deep, where "
                    "nothing reads it.",
                    "Move it into the folder of the API.",
                    problems,
                )


def _visible(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:  # which is reported by those who read the folder
        return
    yield from (entry for entry in entries if not entry.name.startswith("."))


def _is_gone(path: Path) -> bool:
    return os.path.lexists(path) and not path.exists()


def _report_gone(path: Path, problems: Problems) -> None:
    problems.add(
        Rule.UNREADABLE_FILE,
        Location(display_path(path)),
        f"{path.name} is a link that leads to nothing.",
        "Correct the link, or remove it.",
    )


def _report(path: Path, message: str, hint: str, problems: Problems) -> None:
    problems.add(Rule.UNLISTED_DOMAIN_FILE, Location(display_path(path)), message, hint)
