"""What a build says: problems with their place, what a reader should know, and why it ends."""

from __future__ import annotations

from bdb import BdbQuit
from typing import NoReturn

from sphinx.errors import SphinxError
from sphinx.util import logging

from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.render import wording

logger = logging.getLogger(__name__)


class StopBuildError(SphinxError, BdbQuit):
    """Ends a build, with exit code 2, of which all has been said.

    Of any other exception Sphinx prints its own versions and a traceback, and asks for a report.
    Of the one that leaves a debugger it says nothing.
    """


def fail(message: str) -> NoReturn:
    """Say why no site can be built, and end the build: also without ``-W``.

    The message has no type, so that no ``suppress_warnings`` can hide it.
    """
    logger.error("%s", message)
    raise StopBuildError(message)


def tell(message: str) -> None:
    """Say what is no fault, but should be known: never as a warning, which may fail a build."""
    logger.info("reasonbook: %s", message)


def report(problems: Problems) -> None:
    """Log every problem of the catalogue; end the build where any is an error.

    Ending it matters: without ``-W`` Sphinx would go on and drop what is broken.
    """
    log(problems)
    if problems.errors:
        count = wording.number(problems.errors, "error")
        fail(f"{count} in the catalogue; nothing was built.")


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
