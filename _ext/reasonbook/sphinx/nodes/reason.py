"""A reason as nodes: its row in a table, its accordion, and what both its pages say of it."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx_design.shared import create_component

from reasonbook.format.model import Api, Reason
from reasonbook.render import wording
from reasonbook.render.urls import reason_anchor
from reasonbook.schema.fields import schema_fields
from reasonbook.sphinx.nodes.custom import code_name, facts_list, stacked_table, table
from reasonbook.sphinx.nodes.envelope import fields_table
from reasonbook.sphinx.nodes.example import badge, examples_nodes, http_badge, joined
from reasonbook.sphinx.nodes.notes import ai_context_nodes
from reasonbook.sphinx.nodes.prose import (
    block_nodes,
    inline_nodes,
    paragraph,
    reason_reference,
    reference,
)
from reasonbook.sphinx.nodes.remedy import operation_node, remedy_nodes
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS


def reason_table(reasons: tuple[Reason, ...], api: Api, label: str) -> stacked_table:
    """Return the table Reason / HTTP / Cause → Fix."""
    rows: list[list[list[nodes.Node]]] = []
    for reason in reasons:
        name = nodes.paragraph("", "", _row_link(reason))
        if reason.lifecycle != "active":
            name += [nodes.Text(" "), lifecycle_badge(reason)]
        if successor := _successor(reason):
            name += [nodes.Text(" → "), reason_reference(api.name, successor)]
        rows.append(
            [
                [name],
                [nodes.paragraph("", "", http_badge(reason.http))],
                [paragraph(reason.cause, api), *fix_nodes(reason, api)],
            ]
        )
    return table(["Reason", "HTTP", "Cause → Fix"], rows, ["rb-reasons"], label)


def _row_link(reason: Reason) -> nodes.Node:
    """Return a reference to the accordion on the page of the domain."""
    return reference("accordion", f"{reason.api}/{reason.name}", code_name("", reason.name))


def accordion(reason: Reason, api: Api, *, has_page: bool) -> nodes.container:
    """Return the collapsed details of a reason; *has_page* says whether it has its own page, too.

    The fragment's target stands inside, since browsers open what holds a target, but not an
    element that is the target.
    """
    title = nodes.rubric("", "", code_name("", reason.name), nodes.Text(" "))
    title += http_badge(reason.http)
    if reason.lifecycle != "active":
        title += [nodes.Text(" "), lifecycle_badge(reason)]
    if successor := _successor(reason):
        title += [nodes.Text(" → "), code_name("", successor)]
    content = [nodes.target("", "", ids=[reason_anchor(reason)]), *reason_nodes(reason, api)]
    if has_page:
        content.append(_permalink(reason))
    return create_component(
        "dropdown",
        rawtext="",
        children=[title, *content],
        opened=False,
        type="dropdown",
        has_title=True,
        icon=None,
        chevron=None,
        container_classes=["rb-reason"],
        title_classes=[],
        body_classes=[],
    )


def _permalink(reason: Reason) -> addnodes.only:
    """Return the link to the reason's own page, for the builders that write it."""
    text = nodes.Text("Permanent page of this reason")
    link = reference("reason", f"{reason.api}/{reason.name}", text)
    builders = " or ".join(f"builder_{name}" for name in sorted(REASON_PAGE_BUILDERS))
    paragraph = nodes.paragraph("", "", link, classes=["rb-permalink"])
    return addnodes.only("", paragraph, expr=builders)


def reason_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return everything about a reason but its name."""
    return [
        *lifecycle_nodes(reason, api),
        nodes.paragraph("", "", *inline_nodes(reason.cause, api), classes=["rb-cause"]),
        *fix_nodes(reason, api),
        remedy_nodes(reason.remedy, api),
        *(ai_context_nodes(reason.ai_context, api) if reason.ai_context else []),
        facts_nodes(reason, api),
        *details_nodes(reason, api),
        *examples_nodes(reason, api),
    ]


def fix_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return the fix: one text, or its steps in order."""
    if len(reason.fix) == 1:
        blocks = block_nodes(reason.fix[0], api)
        head = blocks[0]
        if isinstance(head, nodes.paragraph):
            head.insert(0, [nodes.strong("", "Fix:"), nodes.Text(" ")])
            head["classes"].append("rb-fix")
        return blocks
    steps = [nodes.list_item("", *block_nodes(step, api)) for step in reason.fix]
    return [
        nodes.paragraph("", "", nodes.strong("", "Fix:"), classes=["rb-fix"]),
        nodes.enumerated_list(
            "", *steps, enumtype="arabic", prefix="", suffix=".", classes=["rb-fix-steps"]
        ),
    ]


def lifecycle_badge(reason: Reason) -> nodes.inline:
    """Return the label of a reason that is not simply active."""
    return badge(wording.badge(reason), f"rb-{reason.lifecycle}")


def _successor(reason: Reason) -> str | None:
    return reason.deprecated.replaced_by if reason.deprecated else None


def lifecycle_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Say what a planned, deprecated or retired reason means, and what clients get today."""
    content: list[nodes.Node] = []
    if reason.lifecycle != "active":
        content.append(nodes.Text(wording.LIFECYCLES[reason.lifecycle]))
    if reason.deprecated:
        content.append(nodes.Text(" " + wording.deprecation(reason.deprecated)))
        if reason.deprecated.replaced_by:
            successor = reason_reference(api.name, reason.deprecated.replaced_by)
            content += [nodes.Text(" Its successor is "), successor, nodes.Text(".")]
    if reason.falls_back_to:
        still = joined(reason_reference(api.name, name) for name in reason.falls_back_to)
        content += [nodes.Text(" Clients may still get "), *still, nodes.Text(" instead.")]
    elif reason.lifecycle == "planned":
        content.append(nodes.Text(" What the API answers until then is not known."))
    if not content:
        return []
    return [nodes.paragraph("", "", *content, classes=["rb-lifecycle"])]


def facts_nodes(reason: Reason, api: Api) -> nodes.field_list:
    """Return the plain facts: statuses, operations, first publication, related reasons."""
    http = (
        reference("http", f"{api.name}/{reason.http}", nodes.literal("", str(reason.http)))
        if reason.http in api.http
        else nodes.literal("", str(reason.http))
    )
    status: list[nodes.Node] = [http, nodes.Text(f" {wording.http_title(api, reason.http)}")]
    fields = [("HTTP status", status)]
    if reason.status:
        fields.append(
            (
                "Canonical status",
                [reference("status", f"{api.name}/{reason.status}", code_name("", reason.status))],
            )
        )
    elif api.statuses:
        fields.append(("Canonical status", [nodes.Text("not known")]))
    fields.append(("Raised by", _raised_by(reason, api)))
    if reason.since:
        said = "Announced" if reason.lifecycle == "planned" else "First published"
        fields.append((said, [nodes.Text(reason.since)]))
    if reason.see_also:
        related = joined(reason_reference(api.name, name) for name in reason.see_also)
        fields.append(("See also", related))
    return facts_list(fields)


def _raised_by(reason: Reason, api: Api) -> list[nodes.Node]:
    if reason.raised_by == "any":
        return [nodes.Text("any operation")]
    if reason.raised_by == "unknown":
        return [nodes.Text("not known")]
    return joined(operation_node(line, api) for line in reason.raised_by)


def details_nodes(reason: Reason, api: Api) -> list[nodes.Node]:
    """Return the fields of the details of this error, and the codes inside them."""
    found: list[nodes.Node] = []
    if reason.details is not None and api.envelope.details is not None:
        fields = schema_fields(reason.details)
        if fields:
            found += [
                nodes.paragraph(
                    "", "", nodes.strong("", "Details of this error"), classes=["rb-heading"]
                ),
                fields_table(fields, api, f"Details of {reason.name}", api.envelope.details),
            ]
    if reason.field_codes:
        rows: list[list[list[nodes.Node]]] = [
            [
                [nodes.paragraph("", "", code_name("", code.code))],
                [paragraph(code.meaning, api)],
                [paragraph(code.fix, api)] if code.fix else [],
            ]
            for code in reason.field_codes
        ]
        found += [
            nodes.paragraph("", "", nodes.strong("", "Codes of fields"), classes=["rb-heading"]),
            table(["Code", "Meaning", "Fix"], rows, ["rb-field-codes"], f"{reason.name}: codes"),
        ]
    return found
