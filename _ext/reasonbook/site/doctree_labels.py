"""What stands before a text to say what it is: the labels of admonitions and of listed items."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import admonitionlabels

from reasonbook.render.markdown import writer as md
from reasonbook.site.inline_markdown import InlineMarkdown

#: Lists whose items have a name.
NAMED_LISTS = (nodes.definition_list, nodes.field_list, nodes.option_list)
_NAMES = (nodes.term, nodes.field_name)
_LABELS = (*_NAMES, nodes.classifier, nodes.option_group, addnodes.desc_signature)


def admonition_label(node: nodes.Element) -> str:
    """Return the label that Sphinx shows, or nothing for an admonition with a title of its own."""
    label = admonitionlabels.get(node.tagname)
    return f"**{md.escape(str(label))}.**" if label else ""


def item_label(item: nodes.Element, inlines: InlineMarkdown) -> str:
    """Return the name of a definition, field, option or described object, without a colon."""
    names = [inlines.line(part) for part in item.children if isinstance(part, _NAMES)]
    kinds = [inlines.line(part) for part in item.children if isinstance(part, nodes.classifier)]
    codes = [
        md.code(" ".join(part.astext().split()))
        for group in item.children
        if isinstance(group, nodes.option_group | addnodes.desc_signature)
        for part in (group.children if isinstance(group, nodes.option_group) else [group])
    ]
    label = f"**{', '.join(names)}**" if names else ", ".join(codes)
    return f"{label} ({', '.join(kinds)})" if kinds else label


def item_body(item: nodes.Element) -> list[nodes.Node]:
    """Return the parts of an item that are no label."""
    return [part for part in item.children if not isinstance(part, _LABELS)]
