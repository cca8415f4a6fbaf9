"""Reasonbook: an API error reference built from YAML, for people and for agents.

For programs: :func:`load` gives a catalogue as Python objects, :func:`check` says what is wrong
with one, :func:`explain` what one says of an error. For Sphinx: :func:`setup`. All of it is
imported when it is first used, so that ``import reasonbook`` costs next to nothing and checking
needs no Sphinx.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from reasonbook.diagnostics.problems import Problem
    from reasonbook.explaining.explanation import Explanation
    from reasonbook.format.model import Catalogue
    from reasonbook.ledger.base_state import BaselineError

__version__ = "0.2.0"
__all__ = [
    "BaselineError",
    "Catalogue",
    "Explanation",
    "InvalidCatalogueError",
    "Problem",
    "check",
    "explain",
    "load",
    "setup",
]

_HOMES = {
    "BaselineError": "reasonbook.ledger.base_state",
    "Catalogue": "reasonbook.format.model",
    "Explanation": "reasonbook.explaining.explanation",
    "Problem": "reasonbook.diagnostics.problems",
}

_LOWEST_SPHINX = (8, 2)
_NEEDED = (
    "The Sphinx extension of Reasonbook needs {0}, which is not installed here. "
    "The extra brings it: pip install 'reasonbook[sphinx]'"
)


class InvalidCatalogueError(Exception):
    """A catalogue cannot be loaded whole; ``problems`` says what is wrong, by file and position."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def load(path: str | os.PathLike[str]) -> Catalogue:
    """Return the catalogue in the folder *path*.

    Raises :class:`InvalidCatalogueError` where something in it cannot be read, since the catalogue
    would lack it. Whether what can be read is also right, examples included, only :func:`check`
    says.
    """
    from reasonbook.catalogue.loader import load_catalogue

    loaded = load_catalogue(Path(path))
    if loaded.problems.errors:
        raise InvalidCatalogueError(loaded.problems)
    return loaded.catalogue


def check(
    path: str | os.PathLike[str], against: str | os.PathLike[str] | None = None
) -> list[Problem]:
    """Return all that is wrong with the catalogue in the folder *path*, by file and position.

    With *against* it is compared with an older state too: a git ref, or the path of a folder,
    ``reasons.json`` or ``published.json``, which as a text has a slash (``./base``).
    :class:`BaselineError` is raised where something in it cannot be read that may have been
    published. A problem whose ``severity`` is ``"warning"`` asks for attention only. Where there is
    nothing to check, that is a problem.
    """
    from reasonbook.checking import check_catalogue, compare_with_base
    from reasonbook.ledger.base_state import BaselineError
    from reasonbook.ledger.baseline import read_baseline

    checked = check_catalogue(Path(path))
    if against is not None:
        # What is not text is a path, and not to be taken for a ref.
        name = against if isinstance(against, str) else os.path.abspath(against)  # noqa: PTH100
        base = read_baseline(name, Path(path))
        if base.unread:
            raise BaselineError(" ".join(base.unread))
        compare_with_base(checked, base.apis)
    return list(checked.problems)


def explain(error: str, catalogue: Catalogue, api: str | None = None) -> tuple[Explanation, ...]:
    """Return what a catalogue says of an error: a code, a body, a response of curl, a HAR file.

    One for each answer in the text; none where it is blank. With *api* only that API is looked at;
    :class:`KeyError` is raised where the catalogue has none of that name.
    """
    from reasonbook.explaining.explanation import explain

    return explain(error, [catalogue.apis[api]] if api else [*catalogue.apis.values()])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the Sphinx extension.

    Raises an error that says what to install where something of the extra ``sphinx`` is missing
    or too old.
    """
    try:
        from sphinx.errors import ExtensionError
    except ModuleNotFoundError as error:
        raise ImportError(_NEEDED.format(error.name)) from None
    app.require_sphinx(_LOWEST_SPHINX)
    try:
        from reasonbook.sphinx.extension import setup_extension
    except ModuleNotFoundError as error:
        raise ExtensionError(_NEEDED.format(str(error.name).partition(".")[0])) from None
    return setup_extension(app)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
