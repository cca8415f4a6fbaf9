"""Where the twin of a page leads: the addresses of other twins, of images, and its contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import normpath
from urllib.parse import quote

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.sphinx_domain import ErrSphinxDomain


@dataclass(frozen=True)
class TwinLinks:
    """What one page of the site leads to."""

    app: Sphinx
    urls: SiteUrls
    docname: str

    def twin(self, path: str, fragment: str) -> str:
        """Return the absolute address for one on the site: of the Markdown, where there is any."""
        docname = self._document_at(path)
        if docname is None:
            return self.urls.base + path.removeprefix("./")
        return self.urls.markdown(self._reason_at(docname, fragment) or docname)

    def image(self, node: nodes.image) -> str:
        """Return the address of an image as the build copies it, or of one elsewhere."""
        uri = self._chosen_image(node)
        if uri in self.app.env.images:
            name = quote(self.app.env.images[uri][1])
            return f"{self.urls.base}{self.app.builder.imagedir}/{name}"
        return uri if re.match("https?:", uri) else ""

    def _chosen_image(self, node: nodes.image) -> str:
        """Choose as the builder will when it comes to the page, which is later."""
        candidates: dict[str, str] = node.get("candidates", {})
        for kind in self.app.builder.supported_image_types:
            if kind in candidates:
                return candidates[kind]
        return str(node["uri"])

    def hides(self, node: nodes.Element) -> bool:
        """Tell whether a node is one that only its authors see: HTML leaves it out, too."""
        return node.tagname == "todo_node" and not self.app.config.todo_include_todos

    def toctree(self, node: addnodes.toctree) -> nodes.Element | None:
        """Return the pages of a table of contents with their titles; of a hidden one, nothing.

        The parts of a page are left out: all of them lead to the one twin.
        """
        shown = self.app.env.resolve_toctree(self.docname, self.app.builder, node, titles_only=True)
        assert shown is None or isinstance(shown, nodes.Element)
        return shown

    def _document_at(self, path: str) -> str | None:
        sphinx_domain = ErrSphinxDomain.of(self.app.env)
        bare = normpath(path).removesuffix(".html").removesuffix("/")
        candidates = ["index"] if bare in (".", "") else [bare, f"{bare}/index"]
        for docname in candidates:
            if docname in self.app.env.found_docs:
                return docname
        folder, _, slug = bare.rpartition("/")
        for api in sphinx_domain.catalogue.apis.values():
            if f"{folder}/" == f"{sphinx_domain.addresses.overview(api.name)[:-5]}reasons/":
                return bare if any(r.slug == slug for r in api.reasons.values()) else None
        return None

    def _reason_at(self, docname: str, fragment: str) -> str | None:
        """Return the page of the reason whose accordion an address names."""
        sphinx_domain = ErrSphinxDomain.of(self.app.env)
        if not fragment:
            return None
        for api in sphinx_domain.catalogue.apis.values():
            for domain in api.domains:
                if sphinx_domain.addresses.domain(api.name, domain.name) == docname:
                    found = (r for r in domain.reasons if r.slug == fragment)
                    reason = next(found, None)
                    return sphinx_domain.addresses.reason(reason) if reason else None
        return None
