"""The only place that logs: what the core found wrong, as Sphinx says it."""

from __future__ import annotations

from sphinx.errors import SphinxError
from sphinx.util import logging

from reasonbook.core.problems import Problems, printable

logger = logging.getLogger(__name__)


class CatalogueError(SphinxError):
    """The catalogue has errors; a site built from it would lack something."""

    category = "Catalogue error"


def report(problems: Problems) -> None:
    """Log every problem, with its place and rule; raise where any is an error.

    Raising matters: without ``-W`` Sphinx would go on and drop what is broken.
    """
    for problem in problems:
        log = logger.error if problem.severity == "error" else logger.warning
        log(
            "%s [%s]\n  hint: %s",
            printable(problem.message),
            problem.rule.label,
            printable(problem.hint),
            location=str(problem.location),
            type="reasonbook",
            subtype=problem.rule.label,
        )
    if problems.errors:
        raise CatalogueError(f"{problems.errors} errors in the catalogue; nothing was built.")
