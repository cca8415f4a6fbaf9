"""Shows the instructions for agents on a page; the address of the site is filled in later."""

from __future__ import annotations

from dataclasses import replace

from docutils import nodes

from reasonbook.render.markdown.instructions import INSTRUCTIONS
from reasonbook.site.twins import SITE_URL
from reasonbook.sphinx.directives import CatalogueDirective


class AgentInstructions(CatalogueDirective):
    """``agent-instructions:: prompt``: a prompt, a paragraph or a skill, to be copied."""

    def build(self) -> list[nodes.Node]:
        """Return the text as a block of code."""
        name = self.arguments[0]
        if name not in INSTRUCTIONS:
            raise self.unknown("text", name, [*INSTRUCTIONS])
        catalogue = self.built.catalogue
        for api in catalogue.apis.values():
            self.depend_on(api)
        self.catalogue_domain.note_question(self.env.docname, "apis")
        text = INSTRUCTIONS[name](catalogue, replace(self.built.urls, base=f"{SITE_URL}/"))
        language = "text" if name == "prompt" else "markdown"
        return [nodes.literal_block(text, text.rstrip("\n"), language=language)]
