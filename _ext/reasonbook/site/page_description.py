"""The description of every page, for its head and for the index of the site."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from docutils import nodes
from sphinx.application import Sphinx

from reasonbook import limits
from reasonbook.site.raw_html import VisibleText
from reasonbook.sphinx.accordions import stock_accordion
from reasonbook.sphinx.nodes.reason import reason_accordion

_ABBREVIATIONS = frozenset({"e.g.", "i.e.", "etc.", "vs.", "cf.", "approx."})


def note_description(app: Sphinx, doctree: nodes.document) -> None:
    """Keep a page's description; a handler of ``doctree-read``.

    It is in the front matter, else in a ``meta`` of its HTML, else it is how the page begins.
    """
    metadata = app.env.metadata[app.env.current_document.docname]
    if metadata.get("description"):
        return
    said = [
        str(node["content"])
        for node in doctree.findall(nodes.meta)
        if node.get("name") == "description"
    ]
    said += [_plain(node) for node in islice(_paragraphs(app, doctree), 1)]
    if said:
        metadata["description"] = _shortened(_first_sentence(said[0]))


def _paragraphs(app: Sphinx, doctree: nodes.document) -> Iterator[nodes.paragraph]:
    """Yield the paragraphs of a page, also those of accordions, which are not expanded yet."""
    for node in doctree.findall(nodes.Element):
        if isinstance(node, reason_accordion):
            yield from stock_accordion(app.env, node).findall(nodes.paragraph)
        elif isinstance(node, nodes.paragraph):
            yield node


def _first_sentence(text: str) -> str:
    """Return a text up to where a sentence ends and, by its capital, another begins."""
    said: list[str] = []
    for word in text.split():
        if said and word[0].isupper() and _ends_sentence(said[-1]):
            break
        said.append(word)
    return " ".join(said)


def _ends_sentence(word: str) -> bool:
    return word.endswith((".", "!", "?")) and word.lstrip("([").lower() not in _ABBREVIATIONS


def _shortened(text: str) -> str:
    """Return a text up to a space within the limit; not every language has spaces."""
    if len(text) <= limits.DESCRIPTION_CHARACTERS:
        return text
    whole = text[: limits.DESCRIPTION_CHARACTERS - 2]
    return f"{whole.rpartition(' ')[0] or whole} …"


def _plain(node: nodes.Node) -> str:
    """Return the visible text of a paragraph, without the marks of footnotes."""
    match node:
        case nodes.Text():
            return node.astext()
        case nodes.raw():
            parts = VisibleText().read(node)
            return "".join(part if isinstance(part, str) else " " for part in parts)
        case nodes.footnote_reference():
            return ""
        case nodes.superscript():
            return f"^{node.astext()}"
    return "".join(_plain(child) for child in node.children)
