"""The envelope of an API as nodes: its fields, its statuses, its headers."""

from __future__ import annotations

from docutils import nodes

from reasonbook.format.model import Api, Envelope
from reasonbook.render.facts import envelope
from reasonbook.sphinx.nodes.prose import block_node, line_nodes


def envelope_fields(api: Api, name: str = "") -> nodes.Element:
    """Return the table of every field of an error body; *name* is that of a further envelope."""
    return block_node(envelope.envelope_fields(api, name))


def envelope_places(said: Envelope) -> nodes.Element:
    """Say where in a body a program finds the reason and the rest."""
    return block_node(envelope.envelope_places(said))


def envelope_users(name: str, api: Api) -> list[nodes.Node]:
    """Say whose errors come in a further envelope."""
    users = line_nodes(envelope.users_of(name, api))
    if not users:
        return []
    return [nodes.paragraph("", "", nodes.Text("Used by "), *users, nodes.Text("."))]


def outside(api: Api) -> nodes.Element:
    """Return the table of answers that come in no envelope."""
    return block_node(envelope.outside(api))


def canonical_statuses(api: Api) -> nodes.Element:
    """Return the table of canonical statuses with their HTTP statuses."""
    return block_node(envelope.canonical_statuses(api))


def http_statuses(api: Api) -> nodes.Element:
    """Return the table of HTTP statuses: meaning, fixes, and the default decision."""
    return block_node(envelope.http_statuses(api))


def response_headers(api: Api) -> nodes.Element:
    """Return the table of headers that every error response, or some, carry."""
    return block_node(envelope.response_headers(api))
