"""Callouts, and the notes for agents, which are visibly of their own kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docutils import nodes
from sphinx_design.shared import create_component

from reasonbook.format.model import Api, Note, NoteKind
from reasonbook.render import wording
from reasonbook.render.facts.references import blocks
from reasonbook.render.facts.statements import AgentNote
from reasonbook.sphinx.nodes.custom import agent_note, agent_note_title
from reasonbook.sphinx.nodes.prose import blocks_nodes

_KINDS: Mapping[NoteKind, type[nodes.Element]] = {
    "note": nodes.note,
    "tip": nodes.tip,
    "warning": nodes.warning,
}


def ai_context_node(text: str, api: Api, *, folds: bool = False) -> agent_note:
    """Return what an agent must know, under its title; what *folds* is one line on a phone."""
    return agent_note_node(AgentNote(blocks(text, api)), folds=folds)


def agent_note_node(note: AgentNote, *, folds: bool = False) -> agent_note:
    """Return a note for agents."""
    title = agent_note_title("", wording.AI_CONTEXT)
    return agent_note("", title, *blocks_nodes(note.blocks), folds=folds)


def folded(title: str, content: Iterable[nodes.Node]) -> nodes.container:
    """Return what is shown when its title is chosen."""
    return create_component(
        "dropdown",
        rawtext="",
        children=[nodes.rubric("", title), *content],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["rb-folded"],
        title_classes=[],
        body_classes=[],
    )


def notes_nodes(notes: Iterable[Note], api: Api) -> list[nodes.Node]:
    """Return callouts in their order."""
    return [_KINDS[note.kind]("", *blocks_nodes(blocks(note.text, api))) for note in notes]
