"""Callouts, and the notes for agents, which are visibly of their own kind."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from reasonbook.format.model import Api, Note
from reasonbook.sphinx.nodes.prose import block_nodes

_KINDS: dict[str, type[nodes.Element]] = {
    "note": nodes.note,
    "tip": nodes.tip,
    "warning": nodes.warning,
}


def ai_context_nodes(text: str, api: Api) -> list[nodes.Node]:
    """Return what an agent must know, under the title *AI context*."""
    return [
        nodes.admonition(
            "",
            nodes.title("", "AI context"),
            *block_nodes(text, api),
            classes=["rb-ai-context", "admonition-ai-context"],
        )
    ]


def notes_nodes(notes: Iterable[Note], api: Api) -> list[nodes.Node]:
    """Return callouts in their order."""
    found: list[nodes.Node] = []
    for note in notes:
        found.append(_KINDS[note.kind]("", *block_nodes(note.text, api)))
    return found
