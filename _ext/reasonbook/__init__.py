"""Reasonbook: an API error reference built from YAML, for people and for agents.

The package has a core that knows nothing of Sphinx (``core``, ``render``, ``cli``) and a rim that
does (``sphinx``). Only :func:`setup`, which Sphinx calls, joins the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension; imported late, so that the command line starts without Sphinx."""
    from reasonbook.sphinx.extension import setup_extension

    return setup_extension(app)
