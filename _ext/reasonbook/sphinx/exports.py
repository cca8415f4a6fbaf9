"""Writes what programs and agents read beside the pages: Markdown, JSON, indexes.

All of it is written from the model, once, when the build ends. Pages that people wrote come in by
the event ``reasonbook-guides``, further files by ``reasonbook-files``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder

from reasonbook.checking import Checked
from reasonbook.diagnostics.progress import tracked
from reasonbook.diagnostics.progress_line import progress
from reasonbook.format.model import Api, Envelope
from reasonbook.render import changes
from reasonbook.render.codes import Code
from reasonbook.render.data.export import Export, Kind, code_json, document, dump, schema_name
from reasonbook.render.data.find import find_index
from reasonbook.render.data.openapi import openapi_json
from reasonbook.render.data.schema import schemas
from reasonbook.render.fingerprints import fingerprint
from reasonbook.render.markdown import llms
from reasonbook.render.markdown.pages import MARKDOWN
from reasonbook.render.markdown.unknown import unknown_json
from reasonbook.render.page_kinds import CHANGES, CODE, HTTP, REASON, UNKNOWN, Page, PageKind
from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.explain_page import explain_book
from reasonbook.sphinx.own_files import Files, OwnFiles
from reasonbook.sphinx.project import SUFFIX, is_by_hand
from reasonbook.sphinx.sphinx_domain import state_of
from reasonbook.sphinx.state import REASON_PAGE_BUILDERS, State

#: Asks for the pages beside the reference and their Markdown: a list of pairs, in reading order.
GUIDES_EVENT = "reasonbook-guides"
#: Asks for further files: pairs of a name and a text.
FILES_EVENT = "reasonbook-files"


def _unknown_data(page: Page[Api], export: Export) -> str:
    return _document("unknown", page, export.urls, unknown_json(page.api, export.urls), depth=2)


def _code_data(page: Page[Code], export: Export) -> str:
    apis = page.checked.catalogue.apis
    return _document("code", page, export.urls, code_json(page.subject, apis, export.urls))


def _changes_data(page: Page[Checked], export: Export) -> str:
    events = changes.events(page.subject.ledgers)
    said = changes.changes_json(events, page.subject.catalogue, export.urls)
    return _document("changes", page, export.urls, said)


def _document(
    kind: Kind, page: Page[Any], urls: SiteUrls, content: dict[str, Any], *, depth: int = 1
) -> str:
    return dump(document(kind, page.docname, urls, content), depth=depth)


#: By kind, the JSON of a page.
DATA: Mapping[PageKind[Any], Callable[[Page[Any], Export], str]] = {
    REASON: lambda page, export: export.reason(page.subject),
    UNKNOWN: _unknown_data,
    CODE: _code_data,
    CHANGES: _changes_data,
}


def _write_exports(app: Sphinx, exception: Exception | None) -> None:
    """Write everything that comes from the model; a handler of ``build-finished``.

    Where no pages are generated any more, those of the last build go.
    """
    state = state_of(app.env)
    if exception or app.builder.name not in REASON_PAGE_BUILDERS:
        return
    own = OwnFiles.of(app)
    if state.writes_site:
        own.note_pages(_pages(app, state))
        with progress(wanted=not app.quiet):
            _write_files(app, state, own)
        for files in app.emit(FILES_EVENT):
            own.write(files)
    own.finish()


def _pages(app: Sphinx, state: State) -> Iterator[Path]:
    """Yield the HTML of every generated page, and the source that Sphinx copies."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    for docname, page in state.pages.by_docname.items():
        if page.kind.html == "none" or page.kind.whole_site or is_by_hand(app.env, docname):
            continue
        yield Path(app.builder.get_output_path(docname))
        if page.kind.html == "document":
            after = SUFFIX + app.config.html_sourcelink_suffix
            yield Path(app.outdir, "_sources", f"{docname}{after}")


def _write_files(app: Sphinx, state: State, own: OwnFiles) -> None:
    """Write every file, a group of them for each thing from which they are made."""
    checked, urls, prints = state.checked, state.urls, state.fingerprints
    export = Export(urls)
    reference: list[tuple[Page[Any], list[str]]] = []  # with the names of their files
    listed: list[tuple[llms.Guide, Page[Any], list[str]]] = []
    for page in tracked([*state.pages.by_docname.values()], "Writing files for agents"):
        by_hand = is_by_hand(app.env, page.docname)  # then its Markdown is among the guides
        made_from = fingerprint(prints.of_page(page), by_hand)
        names = own.write_made(page.docname, made_from, partial(_page_files, page, export, by_hand))
        # That of HTTP statuses says again what the other pages of its API say.
        if by_hand or page.kind is HTTP:
            continue
        if not isinstance(page.subject, Checked | Code):
            reference.append((page, names))
        elif "site" in page.kind.listed:
            guide = llms.Guide(page.docname, page.title, page.kind.says(page.subject))
            listed.append((guide, page, names))
    by_hand_texts = [pair for found in app.emit(GUIDES_EVENT) for pair in found]
    own.write((f"{guide.docname}.md", text) for guide, text in by_hand_texts)
    # The front page comes first.
    guides = [*(guide for guide, _ in by_hand_texts), *(guide for guide, *_ in listed)]

    def full() -> Files:
        texts = [text for _, text in by_hand_texts]
        pages = [text for page in reference for text in _markdown(own, urls, *page)]
        texts[1:1] = pages
        texts += [next(_markdown(own, urls, page, names)) for _, page, names in listed]
        yield "llms-full.txt", "\n".join(texts)

    whole = prints.of(checked)
    project = str(app.config.project)
    in_lists = fingerprint(prints.in_lists(checked), urls, project, guides)
    own.write_made("llms", in_lists, partial(_indexes, state, project, guides))
    own.write_made("llms-full", fingerprint(whole, by_hand_texts), full)
    made_from = fingerprint(whole, project, guides)
    own.write_made("data", made_from, partial(_data, state, export, project, guides))
    for api in state.catalogue.apis.values():
        own.write_made(f"api {api.name}", prints.of(api), partial(_api_files, api, export))
        assert isinstance(app.builder, StandaloneHTMLBuilder)
        in_html = fingerprint(prints.of(api), vars(app.builder.build_info))
        own.write_made(f"explain {api.name}", in_html, partial(explain_book, app, state, api))
    own.write_made("schemas", fingerprint(urls), partial(_schema_files, urls))


def _page_files(page: Page[Any], export: Export, by_hand: bool) -> Files:
    """Yield what is beside the HTML of a page."""
    if page.kind.json:
        yield f"{page.docname}.json", DATA[page.kind](page, export)
    if not by_hand:
        texts = MARKDOWN[page.kind](page, export.urls)
        yield from ((f"{docname}.md", text) for docname, text in texts.items())


def _markdown(own: OwnFiles, urls: SiteUrls, page: Page[Any], names: list[str]) -> Iterator[str]:
    """Yield the Markdown of a page as it was written; anew, if other files are in the place."""
    if own.written.keys() >= {*names}:
        files = (Path(own.app.outdir, name) for name in names if name.endswith(".md"))
        return (path.read_text(encoding="utf-8") for path in files)
    return iter(MARKDOWN[page.kind](page, urls).values())


def _indexes(state: State, project: str, guides: Sequence[llms.Guide]) -> Files:
    """Yield the indexes of the site for agents."""
    catalogue, urls = state.catalogue, state.urls
    yield "llms.txt", llms.root_index(catalogue, urls, project, guides)
    contents = llms.contents_files(catalogue, urls, guides)
    yield from ((f"{docname}.txt", text) for docname, text in contents.items())


def _data(state: State, export: Export, project: str, guides: Sequence[llms.Guide]) -> Files:
    """Yield the whole catalogue as data, as what the box finds, and what happened to it."""
    catalogue, urls = state.catalogue, state.urls
    yield "reasons.json", export.catalogue(catalogue)
    yield from find_index(catalogue, urls, guides if state.pages.whole_site else ())
    if CHANGES.exists(state.checked):
        feed = changes.atom_feed(changes.events(state.ledgers), catalogue, urls, project)
        yield f"{urls.addresses.changes()}.xml", feed


def _schema_files(urls: SiteUrls) -> Files:
    for kind, schema in schemas(urls.base).items():
        yield schema_name(kind), dump(schema, depth=6)


def _api_files(api: Api, export: Export) -> Files:
    urls = export.urls
    folder = urls.folder(api.name)
    yield from ((f"{name}.txt", text) for name, text in llms.api_files(api, urls).items())
    yield f"{folder}reasons.json", export.api(api)
    yield f"{folder}openapi.json", dump(openapi_json(api, urls), depth=4)
    yield f"{folder}envelope.schema.json", _schema_text(api.envelope)
    for name, envelope in api.envelopes.items():
        yield f"{folder}envelope-{name}.schema.json", _schema_text(envelope)


def _schema_text(envelope: Envelope) -> str:
    """Return the schema as it is written; one that is part of a larger file, as it was read."""
    if envelope.schema_file.partition("#")[2]:
        return json.dumps(dict(envelope.body_schema), ensure_ascii=False, indent=2) + "\n"
    return envelope.schema_path.read_text(encoding="utf-8-sig")


def setup_exports(app: Sphinx) -> None:
    """Have the files written when the build ends."""
    app.add_event(GUIDES_EVENT)
    app.add_event(FILES_EVENT)
    # Late: what other extensions write by then is theirs.
    app.connect("build-finished", _write_exports, priority=900)
