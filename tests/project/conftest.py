"""What the tests of this project's own pages share with those of the extension."""

from __future__ import annotations

from ..sphinx.conftest import compiled_templates, new_project

__all__ = ["compiled_templates", "new_project"]
