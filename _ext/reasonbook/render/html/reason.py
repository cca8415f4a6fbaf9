"""A reason as HTML: its accordion, and the content of its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reasonbook.format.prose import Paragraph
from reasonbook.render.facts.statements import Line, Statement
from reasonbook.render.html.statements import Address, Html, attribute, with_id


@dataclass(frozen=True)
class Look:
    """What a site has its own way in: pieces of HTML."""

    marker: str  # shows whether an accordion is open
    heading_link: str  # of a heading to itself, with {} for the anchor
    around_tables: tuple[str, str]


@dataclass(frozen=True)
class ReasonHtml:
    """Writes reasons for one page; *address* resolves its references."""

    address: Address
    look: Look

    @property
    def html(self) -> Html:
        """What writes the statements of the page."""
        return Html(self.address, self.look.around_tables)

    def accordion(
        self,
        title: Line,
        statements: Iterable[Statement],
        permalink: Paragraph | None,
        anchor: str = "",
    ) -> str:
        """Return the collapsed details of a reason."""
        css = "sd-card-text"
        body = self.html.statements(statements, css)
        if anchor:
            body = with_id(body, anchor)
        if permalink:
            body += f"{self.html.paragraph(permalink, css)}\n"
        return (
            '<details class="sd-sphinx-override sd-dropdown sd-card rb-reason">\n'
            '<summary class="sd-summary-title sd-card-header">\n'
            f'<span class="sd-summary-text">{self.html.line(title)}</span>'
            f"{self.look.marker}</summary>"
            f'<div class="sd-summary-content sd-card-body docutils">\n{body}</div>\n</details>'
        )

    def page(
        self, title: Line, breadcrumbs: Paragraph, statements: Iterable[Statement], anchor: str
    ) -> str:
        """Return the content of a reason's own page."""
        link = self.look.heading_link.format(attribute(anchor))
        return (
            f'<section class="rb-page" id="{attribute(anchor)}">\n'
            f"<h1>{self.html.line(title)}{link}</h1>\n"
            f"{self.html.paragraph(breadcrumbs)}\n{self.html.statements(statements)}</section>\n"
        )
