"""The tree of pages that themes repeat on every page, without work that gives the same again.

Sphinx makes it anew for each page, and copies all headings of every page in it even where only
titles are shown, so a build would grow with the square of its pages.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

FIRST = 0  # of the priorities: before a theme asks for the tree
Tree = Callable[..., str]


@dataclass
class _Navigation:
    """What is known of the trees of a build."""

    env: BuildEnvironment
    made: dict[object, str] = field(default_factory=dict)

    @functools.cached_property
    def places(self) -> set[str]:
        """The pages that are in the tree, each of which is marked on its own page."""
        below = self.env.toctree_includes.values()
        return {self.env.config.root_doc, *(name for names in below for name in names)}

    @functools.cached_property
    def titles(self) -> dict[str, nodes.bullet_list]:
        """The headings of each page, of which only the titles and the trees below are left."""
        return {
            name: toc if self._is_special(name, toc) else _titles_only(toc)
            for name, toc in self.env.tocs.items()
        }

    def _is_special(self, name: str, toc: nodes.bullet_list) -> bool:
        """Tell whether Sphinx leaves out more by tags or by depth."""
        has_tags = next(toc.findall(addnodes.only), None) is not None
        return has_tags or "tocdepth" in self.env.metadata[name]

    def tree(self, pagename: str, make: Tree, **options: Any) -> str:
        """Return the tree for a page; pages of a folder that are not in it have the same."""
        folder, _, name = pagename.rpartition("/")
        if (
            pagename in self.places
            or name == "index"  # which has addresses of its own where pages are folders
            or any(place.startswith(f"{pagename}/") for place in self.places)
        ):
            return self._make(make, options)
        key = (folder, *sorted(options.items()))
        if key not in self.made:
            self.made[key] = self._make(make, options)
        return self.made[key]

    def _make(self, make: Tree, options: dict[str, Any]) -> str:
        if not options.get("titles_only"):
            return make(**options)
        with self._without_headings():
            return make(**options)

    @contextmanager
    def _without_headings(self) -> Iterator[None]:
        every = self.env.tocs
        self.env.tocs = self.titles
        try:
            yield
        finally:
            self.env.tocs = every


def _titles_only(toc: nodes.bullet_list) -> nodes.bullet_list:
    """Return the headings of a page with what Sphinx leaves of them where titles are asked."""
    short = toc.deepcopy()
    for item in short.children:
        if isinstance(item, nodes.list_item) and len(item) > 1:  # its title, and what is below
            below = item[1]
            assert isinstance(below, nodes.Element)
            below[:] = list(below.findall(addnodes.toctree))
            if not len(below):
                item.remove(below)
    return short


@functools.lru_cache(maxsize=1)
def _navigation(env: BuildEnvironment) -> _Navigation:
    return _Navigation(env)


def _share_trees(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Have a page take a tree that was made already; a handler of ``html-page-context``."""
    if "toctree" in context:
        known = _navigation(app.env)
        context["toctree"] = functools.partial(known.tree, pagename, context["toctree"])


def setup_navigation(app: Sphinx) -> None:
    """Have trees shared."""
    app.connect("html-page-context", _share_trees, priority=FIRST)
