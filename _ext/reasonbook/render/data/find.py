"""The index of the box that finds a reason: small, and made from the model.

A row says what the box shows of a reason, then what it is found by besides: words of its messages;
those of its domain and fix, of fields and codes inside its bodies; the operations that send it. A
word is there once, and the words for whether to retry once for all. What comes in no envelope has
a row, too. ``reasonbook-find.js`` reads it, and names the places of a row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from reasonbook import limits
from reasonbook.format.model import Api, Catalogue, Outside, Reason
from reasonbook.format.prose import plain_text
from reasonbook.render import wording
from reasonbook.render.data.export import dump_small
from reasonbook.render.facts.short import http_text, retry
from reasonbook.render.markdown.llms import Guide
from reasonbook.render.page_kinds import HTTP, OVERVIEW
from reasonbook.render.urls import SiteUrls
from reasonbook.text import json_pointer
from reasonbook.text.json_reader import parse_json

NAME = "_static/reasonbook-find"
_WORD = re.compile(r"\w{2,}")
# What differs from body to body, such as ids and times, holds digits.
_WORD_WITHOUT_DIGITS = re.compile(r"(?<![\w-])[^\W\d]{2,}(?![\w-])")
#: Not worth their bytes: they find nothing. In a cause they are kept, since it is shown.
_FILLERS = frozenset(
    _WORD.findall(
        "an and any are as at be been but by can do for from get has have if in into is it its no "
        "of on one or so such than that the then there this to use was were when which who will "
        "with you your"
    )
)


def find_index(
    catalogue: Catalogue, urls: SiteUrls, guides: Iterable[Guide] = ()
) -> Iterator[tuple[str, str]]:
    """Yield the files of the index, each by its name; the first one names the others."""
    head = {
        "suffix": urls.html("").removeprefix(urls.base),
        "guides": [[_address(g.docname, urls), g.title, g.description] for g in guides],
        "retries": wording.RETRIES_WITHOUT_FIX,
        "fillers": " ".join(sorted(_FILLERS)),
    }
    parts = [*_parts(catalogue, urls, len(dump_small(head)))] or [[]]
    names = [
        f"{NAME}{f'-{number}' if number > 1 else ''}.json" for number in range(1, len(parts) + 1)
    ]
    first = {**head, "more": [name.rpartition("/")[2] for name in names[1:]]}
    for number, (name, apis) in enumerate(zip(names, parts, strict=True)):
        yield name, dump_small({**({} if number else first), "apis": apis})


def _parts(catalogue: Catalogue, urls: SiteUrls, size: int) -> Iterator[list[dict[str, Any]]]:
    """Yield the APIs with their reasons, cut where a file would be too large.

    *size* is that of what stands before them in the first file.
    """
    apis: list[dict[str, Any]] = []
    for api in catalogue.apis.values():
        rows: list[list[str]] = []
        outside = [_outside(answer, api) for answer in api.outside]
        size += len(dump_small(outside))
        for reason in api.reasons.values():
            row = _row(reason, api)
            size += len(dump_small(row))
            if size > limits.FIND_CHARACTERS and (apis or rows):
                yield [*apis, *([_api(api, rows, urls)] if rows else [])]
                apis, rows, size = [], [], len(dump_small(row))
            rows.append(row)
        apis += [{**_api(api, rows, urls), "outside": outside}] if rows else []
    if apis:
        yield apis


def _api(api: Api, rows: list[list[str]], urls: SiteUrls) -> dict[str, Any]:
    return {
        "title": api.title,
        "marks": [*dict.fromkeys(_marks(api))],
        "folder": f"{urls.folder(api.name)}reasons/",
        "statuses": urls.addresses.page(HTTP, api),
        "http": {str(code): wording.http_title(api, code) for code in api.http_codes},
        "overview": urls.addresses.page(OVERVIEW, api),
        "reasons": rows,
    }


def _marks(api: Api) -> Iterator[str]:
    """Yield what tells a response of this API from one of another that has the same code."""
    if api.base_url:
        yield urlsplit(api.base_url).netloc
    for envelope in (api.envelope, *api.envelopes.values()):
        yield from _frame(envelope.example)


def _row(reason: Reason, api: Api) -> list[str]:
    cause, title = plain_text(reason.cause), reason.title or ""
    frame = " ".join(_frame(api.envelope_of(reason).example))
    known = {*_words(f"{cause} {title} {reason.name} {frame}"), *_FILLERS}
    texts = [
        "" if reason.lifecycle == "active" else reason.lifecycle,
        cause,
        " ".join(_new(_messages(reason, api), known)),
        " ".join(_new(_others(reason), known)),
        "\n".join(reason.operations),
    ]
    slug = "" if reason.slug == reason.name else reason.slug
    return [reason.name, slug, title, http_text(reason), retry(reason), *texts]


def _outside(answer: Outside, api: Api) -> list[str]:
    """Return the row of an answer that comes in no envelope."""
    named = answer.http if isinstance(answer.http, tuple) else (answer.http,)
    codes = [code for code in named if isinstance(code, int)]
    sent = answer.raised_by if isinstance(answer.raised_by, tuple) else ()
    cause = " ".join(map(plain_text, answer.cause or ()))
    known = {*_words(f"{cause} {answer.name}"), *_FILLERS}
    texts = [
        "",
        cause,
        " ".join(_new((wording.http_title(api, code) for code in codes), known)),
        " ".join(_new((answer.media_type or "", *map(plain_text, answer.fix)), known)),
        "\n".join(sent),
    ]
    return [answer.name, "", "", ", ".join(map(str, codes)), retry(answer), *texts]


def _messages(reason: Reason, api: Api) -> Iterator[str]:
    yield reason.message or ""
    place = api.envelope_of(reason).message
    for example in reason.examples:
        yield example.title
        if place is not None:
            message = json_pointer.resolve(_value(example.body), place)
            yield message if isinstance(message, str) else ""


def _others(reason: Reason) -> Iterator[str]:
    yield reason.domain
    yield from map(plain_text, reason.fix)
    for code in reason.field_codes:
        yield from (code.code, plain_text(code.meaning), plain_text(code.fix or ""))
    yield from (f"{each.name} {each.value}" for each in reason.attributes)
    yield from _named(reason.details)
    for example in reason.examples:
        yield from _said(_value(example.body))


@lru_cache(maxsize=16)  # of one reason, whose bodies are read twice
def _value(body: str) -> Any:
    """Return what a body holds; in a preview it may be at fault."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return parse_json(body).value


def _named(schema: Any) -> Iterator[str]:
    """Yield the names of all fields in a schema."""
    for key, value in schema.items() if isinstance(schema, Mapping) else ():
        yield from value if key == "properties" and isinstance(value, Mapping) else ()
        yield from _named(value)


def _said(value: Any) -> Iterator[str]:
    """Yield every name and every text in a body."""
    match value:
        case str():
            yield " ".join(_WORD_WITHOUT_DIGITS.findall(value))
        case Mapping():
            yield from value
            for inner in value.values():
                yield from _said(inner)
        case list():
            for inner in value:
                yield from _said(inner)


@lru_cache
def _frame(example: str) -> tuple[str, ...]:
    return tuple(_members(_value(example)))


def _members(body: Any) -> Iterator[str]:
    """Yield the names that nearly every body of an envelope has."""
    for key, value in body.items() if isinstance(body, Mapping) else ():
        yield key
        yield from _members(value)


def _new(texts: Iterable[str], known: set[str]) -> Iterator[str]:
    """Yield the words that are not known yet, and note them."""
    for text in texts:
        for word in _WORD.findall(text):
            if word.casefold() not in known:
                known.add(word.casefold())
                yield word


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _WORD.findall(text))


def _address(docname: str, urls: SiteUrls) -> str:
    return urls.html(docname).removeprefix(urls.base)
