"""Many pages from few renderings of the theme, as if the theme had rendered each.

The theme and what belongs to Sphinx see a page with marks in place of title, text and name, once
for all pages of a depth. Other extensions that hook into ``html-page-context`` see every page under
its own name, with its own title, text and doctree. What they change becomes a mark, too, where a
text can be put into its place; where it cannot, the theme renders that page itself.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.events import EventListener

from reasonbook import limits
from reasonbook.render.fingerprints import fingerprint

EVENT = "html-page-context"
#: Marks are letters only, so that no template or filter changes them.
_MARK = "reasonbookmark{}q"
#: What a template may escape, or strip.
_SPECIAL = "<>&\"'"
_GONE = object()  # the value of what was deleted


def mark(name: str) -> str:
    """Return a mark that stands for a text of its own on each page."""
    return _MARK.format(name)


@dataclass(frozen=True)
class Skeleton:
    """A page with marks, and what its template knew."""

    html: str
    context: dict[str, Any]

    @cached_property
    def digest(self) -> str:
        """By which one can tell whether it changed."""
        return fingerprint(self.html)

    @cached_property
    def _parts(self) -> list[str]:
        """What is between the marks, which are every second part."""
        return re.split(rf"({_MARK.format('[a-z0-9]+?')})", self.html)

    def fill(self, texts: dict[str, str]) -> str:
        """Return the page with each mark replaced."""
        return "".join(texts.get(part, part) for part in self._parts)


@dataclass
class Renderer:
    """Renders pages that differ in a few texts only."""

    app: Sphinx
    builder: StandaloneHTMLBuilder
    plain: dict[int, Skeleton] = field(default_factory=dict)  # by depth
    #: What other extensions made of some pages, the same but for texts, and with these as marks;
    #: none where that turned out to be another page.
    shapes: list[tuple[Any, Skeleton | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        every: list[EventListener] = self.app.events.listeners[EVENT]
        packages = packages_of_theme(self.app, self.builder)
        self.once = [one for one in every if package_of(one.handler) in packages]
        self.others = [one for one in every if one not in self.once]

    def render(
        self,
        pagename: str,
        marked: str,
        context: dict[str, Any],
        texts: dict[str, str],
        doctree: Callable[[], nodes.document],
    ) -> str:
        """Return a page.

        *marked* is its name with marks, *context* the rest of what the template gets, with marks,
        and *texts* what to put in their places. Its *doctree* is made for other extensions only.
        """
        skeleton = self.skeleton(marked, context)
        if self.others:
            changes, template = self._ask_others(pagename, skeleton, texts, doctree())
            if changes or template:
                return self._render_changed(pagename, marked, context, texts, changes, template)
        return skeleton.fill(texts)

    def skeleton(self, marked: str, context: dict[str, Any]) -> Skeleton:
        """Return what the theme makes of all pages of a depth, without other extensions."""
        depth = marked.count("/")
        if depth not in self.plain:
            self.plain[depth] = self._render(marked, context)
        return self.plain[depth]

    def _ask_others(
        self, pagename: str, skeleton: Skeleton, texts: dict[str, str], doctree: nodes.document
    ) -> tuple[dict[str, Any], str | None]:
        """Return what the other extensions change in the context of a page, and its template."""
        before = skeleton.context
        context = {key: _own(value, texts) for key, value in before.items()}
        given = dict(context)
        # What an extension adds by `app.add_css_file` goes to these lists.
        shared = self.builder.globalcontext
        files: dict[str, list[Any]] = {key: shared[key] for key in ("css_files", "script_files")}
        for name, live in files.items():
            live[:] = before[name]
            context[name] = live
        with self._only(self.others):
            template = self.app.events.emit_firstresult(
                EVENT, pagename, "page.html", context, doctree
            )
        context |= {name: list(context[name]) for name in files if name in context}
        changes = {
            key: value
            for key, value in context.items()
            if key not in before or not _equal(value, _own(before[key], texts))
        }
        changes |= dict.fromkeys(given.keys() - context.keys(), _GONE)
        return changes, template

    def _render_changed(
        self,
        pagename: str,
        marked: str,
        context: dict[str, Any],
        texts: dict[str, str],
        changes: dict[str, Any],
        template: str | None,
    ) -> str:
        said = {key: value for key, value in changes.items() if isinstance(value, str) and value}
        others = {key: value for key, value in changes.items() if key not in said}
        marks = {key: mark(f"key{key.encode().hex()}") for key in said}
        values = {marks[key]: text for key, text in said.items()}
        special = {key: _special(text) for key, text in said.items()}
        kind = (pagename.count("/"), special, others, template)
        known = [skeleton for shape, skeleton in self.shapes if shape == kind]
        if not known and len(self.shapes) < limits.PAGE_SHAPES:
            skeleton = self._render(marked, context, {**marks, **others}, template)
            # A template may escape a text, or ask how long it is.
            usual = self._render(marked, context, changes, template)
            known = [skeleton if skeleton.fill(values) == usual.html else None]
            self.shapes.append((kind, known[0]))
        if known and known[0]:
            return known[0].fill(texts | values)
        own = {key: _own(value, texts) for key, value in context.items()}
        return self._render(pagename, own, changes, template).html

    def _render(
        self,
        pagename: str,
        context: dict[str, Any],
        changes: dict[str, Any] | None = None,
        template: str | None = None,
    ) -> Skeleton:
        """Have the theme render a page, with changes as if other extensions had made them."""
        known: dict[str, Any] = {}

        def last(
            app: object, name: str, templatename: str, context: dict[str, Any], doctree: object
        ) -> str | None:
            known.update({key: _own(value, {}) for key, value in context.items()})
            for key, value in (changes or {}).items():
                context.pop(key, None) if value is _GONE else context.update({key: value})
            return template

        listeners = [*self.once, EventListener(-1, last, sys.maxsize)]
        with tempfile.TemporaryDirectory() as folder, self._only(listeners):
            path = Path(folder, "page.html")
            self.builder.handle_page(pagename, dict(context), outfilename=path)
            return Skeleton(path.read_text(self.builder.config.html_output_encoding), known)

    @contextmanager
    def _only(self, listeners: Sequence[EventListener]) -> Iterator[None]:
        """Have only some of those called that listen."""
        by_event = self.app.events.listeners
        every = by_event[EVENT]
        by_event[EVENT] = [*listeners]
        try:
            yield
        finally:
            by_event[EVENT] = every


def _fill(text: str, texts: dict[str, str]) -> str:
    for name, value in texts.items():
        text = text.replace(name, value)
    return text


def _own(value: Any, texts: dict[str, str]) -> Any:
    """Return a value for one page only, with marks replaced."""
    if isinstance(value, str):
        return _fill(value, texts) if _MARK.partition("{")[0] in value else value
    return value.copy() if isinstance(value, list | dict) else value


def _equal(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and bool(one == other))


def _special(text: str) -> str:
    return "".join(character for character in _SPECIAL if character in text)


def package_of(handler: Callable[..., Any]) -> str:
    """Return the name of the package that brings a handler."""
    return str(getattr(handler, "__module__", None)).partition(".")[0]


def packages_of_theme(app: Sphinx, builder: StandaloneHTMLBuilder) -> set[str]:
    """Return this package, Sphinx, and those in which the theme and what it builds on are.

    Sphinx always loads the package of its default theme, whatever theme a project has.
    """
    folders = [Path(folder).resolve() for folder in builder.theme.get_theme_dirs()]
    found = {__name__.partition(".")[0], "sphinx", "alabaster"}
    for extension in app.extensions:
        name = extension.partition(".")[0]
        file = getattr(sys.modules.get(name), "__file__", None)
        path = Path(file).resolve() if file else Path()  # an environment may be reached by a link
        package = path.parent if path.name == "__init__.py" else None
        if any(package in (folder, *folder.parents) for folder in folders):
            found.add(name)
    return found
