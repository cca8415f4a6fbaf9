"""The only place that logs: what the core found wrong, as Sphinx says it."""

from __future__ import annotations

from sphinx.errors import SphinxError
from sphinx.util import logging

from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.render import wording

logger = logging.getLogger(__name__)


class CatalogueError(SphinxError):
    """The catalogue has errors; a site built from it would lack something."""

    category = "Catalogue error"


def report(problems: Problems) -> None:
    """Log every problem of the catalogue; raise where any is an error.

    Raising matters: without ``-W`` Sphinx would go on and drop what is broken.
    """
    log(problems)
    if problems.errors:
        count = wording.number(problems.errors, "error")
        raise CatalogueError(f"{count} in the catalogue; nothing was built.")


def log(problems: Problems) -> None:
    """Log every problem, with its place and rule."""
    for problem in problems:
        write = logger.error if problem.severity == "error" else logger.warning
        write(
            "%s [%s]\n  hint: %s",
            printable(problem.message),
            problem.rule.label,
            printable(problem.hint),
            location=str(problem.location),
            type="reasonbook",
            subtype=problem.rule.label,
        )
