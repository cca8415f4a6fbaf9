"""The envelope of an API as nodes: its fields, its statuses, its headers."""

from __future__ import annotations

from docutils import nodes

from reasonbook.format.model import Api
from reasonbook.render.facts import envelope
from reasonbook.sphinx.nodes.prose import block_node


def envelope_fields(api: Api) -> nodes.Element:
    """Return the table of every field of an error body."""
    return block_node(envelope.envelope_fields(api))


def envelope_places(api: Api) -> nodes.Element:
    """Say where in a body a program finds the reason and the rest."""
    return block_node(envelope.envelope_places(api))


def canonical_statuses(api: Api) -> nodes.Element:
    """Return the table of canonical statuses with their HTTP statuses."""
    return block_node(envelope.canonical_statuses(api))


def http_statuses(api: Api) -> nodes.Element:
    """Return the table of HTTP statuses: meaning, fixes, and the default decision."""
    return block_node(envelope.http_statuses(api))


def response_headers(api: Api) -> nodes.Element:
    """Return the table of headers that every error response, or some, carry."""
    return block_node(envelope.response_headers(api))
