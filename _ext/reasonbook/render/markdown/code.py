"""The pages of a code for who does not know which API sent it: which APIs have it."""

from __future__ import annotations

from collections.abc import Mapping

from reasonbook import limits
from reasonbook.format.model import Api
from reasonbook.render.codes import Code
from reasonbook.render.markdown import writer as md
from reasonbook.render.markdown.domain import reason_link, short_facts
from reasonbook.render.markdown.pagination import cut
from reasonbook.render.markdown.reason import index_line, page_text
from reasonbook.render.urls import SiteUrls
from reasonbook.render.wording import WHICH_API


def code_pages(docname: str, code: Code, apis: Mapping[str, Api], urls: SiteUrls) -> dict[str, str]:
    """Return the page by its name, in several files where very many APIs have the code."""
    unknown = urls.markdown(urls.addresses.unknown("API"))
    title = " or ".join(map(md.escape, code.spellings))
    head = page_text([index_line(urls.index()), f"# {title}", f"{WHICH_API}{unknown}"])
    lines = []
    for reason in code.reasons:
        api = apis[reason.api]
        base = f" ({md.code(api.base_url)})" if api.base_url else ""
        link = reason_link(reason, urls)
        lines.append(f"- {md.escape(api.title, first=False)}{base}: {link}{short_facts(reason)}")
    return cut(docname, head, lines, limits.PAGE_CHARACTERS, urls.markdown)
