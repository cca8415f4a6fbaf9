"""The generated pages as JSON, for the kinds that have it: one builder for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reasonbook.checking import Verified
from reasonbook.format.model import Api, Reason
from reasonbook.render.changes import changes_json, events
from reasonbook.render.data.export import SCHEMA_NAME, dump, reason_json
from reasonbook.render.markdown.unknown import unknown_json
from reasonbook.render.page_kinds import CHANGES, REASON, UNKNOWN, Page, PageKind
from reasonbook.render.urls import SiteUrls


def _reason(page: Page[Reason], urls: SiteUrls) -> str:
    return dump({"$schema": urls.base + SCHEMA_NAME, **reason_json(page.subject, urls)})


def _unknown(page: Page[Api], urls: SiteUrls) -> str:
    return dump(unknown_json(page.api, urls), depth=2)


def _changes(page: Page[Verified], urls: SiteUrls) -> str:
    return dump(changes_json(events(page.subject.ledgers), page.subject.catalogue, urls))


#: By kind, what writes the text of ``<page>.json``.
DATA: Mapping[PageKind[Any], Callable[[Page[Any], SiteUrls], str]] = {
    REASON: _reason,
    UNKNOWN: _unknown,
    CHANGES: _changes,
}
