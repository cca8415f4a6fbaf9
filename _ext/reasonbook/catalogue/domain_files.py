"""The files of error domains in the folder of an API, and those that only look like one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from reasonbook.catalogue.layout import API_FILE, OPERATIONS_FILE
from reasonbook.catalogue.names import is_name
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.text.files import leads_out
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode


def find_domain_files(folder: Path, schemas: Collection[str] = ()) -> dict[str, Path]:
    """Return the files of error domains by name; editors hide theirs behind a leading point.

    The *schema* of the envelope is not one, even where it is called .yaml, which is a fault.
    """
    return {
        path.stem: path
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in (API_FILE, *schemas) and not path.name.startswith((".", "~"))
    }


def intended_domain(item: Node) -> object:
    """Return the domain that an item of the list means, also with a suffix or a colon too many."""
    if isinstance(item, MappingNode) and len(item.entries) == 1:
        return next(iter(item.entries))
    value = item.value if isinstance(item, ScalarNode) else None
    return value.removesuffix(".yaml") if isinstance(value, str) else value


def report_unlisted(path: Path, listed: Sequence[str], problems: Problems) -> bool:
    """Report a file that is not listed; tell whether it may still be that of a domain.

    A link out of the catalogue is reported when it is read.
    """
    if leads_out(path):
        return True
    at = Location(display_path(path))
    twin = next((name for name in listed if name.lower() == path.stem.lower()), None)
    if path.stem == Path(OPERATIONS_FILE).stem:
        message = f"{path.name} is not read: the list of operations is {OPERATIONS_FILE}."
        problems.add(Rule.OPERATIONS_FILE, at, message, "Write it as JSON.")
        return False
    if twin is not None:
        message = f"{path.name} and {twin}{path.suffix} are one file on some systems."
        problems.add(Rule.BAD_NAME, at, message, "Remove one of the two, or rename it.")
        return False
    if path.is_symlink() and (target := path.readlink()).parent == Path():
        message = f"{path.name} is a link to {target.name}."
        problems.add(Rule.UNLISTED_DOMAIN_FILE, at, message, "Remove it; a domain has one file.")
        return False
    message = f"{path.name} is not listed under domains in api.yaml."
    hint = "" if is_name(path.stem) else "Rename it to lower-case words with hyphens, and list it."
    problems.add(Rule.UNLISTED_DOMAIN_FILE, at, message, hint)
    return True
