"""Small Sphinx projects here too."""

from ..sphinx.conftest import new_project

__all__ = ["new_project"]
