"""Where a catalogue is, for those who name a place beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reasonbook.diagnostics.location import display_path

API_FILE = "api.yaml"
LEDGER_FILE = "published.json"
OPERATIONS_FILE = "operations.json"
OBSERVED_FILE = "observed.json"
YAML_SUFFIXES = (".yaml", ".yml")


def is_there(path: Path) -> bool:
    """Tell whether anything is there; what may not be looked at counts as not there."""
    try:
        return path.exists()
    except OSError:
        return False


def elsewhere(root: Path, folders: Iterable[Path]) -> tuple[str, str] | None:
    """Say what *root* is, a part of a catalogue or what holds one, and what to check instead."""

    def run(catalogue: Path) -> str:
        return f"Run `reasonbook check {display_path(catalogue)}`."

    if any(is_there(folder / API_FILE) for folder in folders):
        return None
    if is_there(root) and not root.is_dir():
        holder = root.absolute().parent
        catalogue = holder.parent if is_there(holder / API_FILE) else holder
        return "This is a file; a check takes the whole catalogue.", run(catalogue)
    if is_there(root / API_FILE):
        return "This is the folder of one API.", run(root.absolute().parent)
    for folder in folders:
        if any(folder.glob(f"*/{API_FILE}")):
            return f"The folder holds no API, but {folder.name} in it does.", run(folder)
    return None
