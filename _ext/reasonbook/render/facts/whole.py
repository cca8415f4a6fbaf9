"""All that is said of a reason, in its order: on its own page and in its accordion alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from urllib.parse import quote

from reasonbook.format.model import Api, Example, Reason
from reasonbook.format.prose import Code, Emphasis, Link, Paragraph, Reference
from reasonbook.render import wording
from reasonbook.render.facts.exchange import curl_command, response_headers
from reasonbook.render.facts.reason import bookkeeping, decision, particulars
from reasonbook.render.facts.references import blocks, mention, titled
from reasonbook.render.facts.short import (
    example_status,
    http_labels,
    state_badge,
    successor_of,
    verdict,
)
from reasonbook.render.facts.statements import (
    AgentNote,
    CodeBlock,
    Exchange,
    Line,
    Statement,
    joined,
    line,
    paragraph,
)


def everything(reason: Reason, api: Api) -> tuple[Statement, ...]:
    """Return everything about a reason but its name; what one decides by comes first."""
    return (
        verdict(reason, api),
        *decision(reason, api, labelled=True),
        *([AgentNote(blocks(reason.ai_context, api))] if reason.ai_context else []),
        *_examples(reason, api),
        *particulars(reason, api),
        *bookkeeping(reason, api, labelled=True),
    )


def accordion_title(reason: Reason) -> Line:
    """Return what is seen of an accordion while it is closed."""
    labels = http_labels(reason)
    name = titled(Code(reason.name), reason)
    # Words could be read as the end of the title; a label of a status cannot.
    before, after = (" ", "") if reason.http_codes else (" (", ")")
    title = line(name, *((before, labels, after) if labels else ()), state_badge(reason))
    if successor := successor_of(reason):
        title = line(title, " → ", Code(successor))
    return title


def permalink(reason: Reason, anchor: str = "") -> Paragraph:
    """Return the links of the accordion of a reason: to its own page, and to itself."""
    target = f"{reason.api}/{reason.name}"
    own_page = Reference("reason", target, line("Permanent page of this reason"))
    here = Link(f"#{quote(anchor)}", line("Link to it here"))
    return paragraph(own_page, *((" · ", here) if anchor else ()), kind="permalink")


def page_title(reason: Reason) -> Line:
    """Return the heading of a reason's own page; other states than a draft's are in the text."""
    draft = state_badge(reason) if reason.is_draft else ()
    return line(titled(Code(reason.name), reason), draft)


def breadcrumbs(reason: Reason, api: Api) -> Paragraph:
    """Return the way to a reason's own page: API, domain, the reason above."""
    domain = api.domain(reason.domain)
    assert domain
    steps = [
        line(Reference("api", api.name, line(api.title))),
        line(Reference("domain", f"{api.name}/{domain.name}", line(domain.title))),
    ]
    if reason.sub_reason and reason.code in api.reasons:
        steps.append(line(mention(api.name, reason.code)))
    return paragraph(joined(steps, " › "), kind="breadcrumbs")


def _examples(reason: Reason, api: Api) -> Iterator[Statement]:
    for number, example in enumerate(reason.examples, 1):
        title = Emphasis(line(example.title), strong=True)
        yield paragraph(title, f" – {wording.ORIGINS[example.origin]}", kind="example-title")
        yield _exchange(example, number, reason, api)


def _exchange(example: Example, number: int, reason: Reason, api: Api) -> Exchange:
    """Return what goes over the wire; the body is the catalogue's text, byte for byte."""
    is_response = reason.is_response and example.http != "none"
    headers = response_headers(example, reason, api) if is_response else example.headers
    head = exchange_head(example.request, example_status(reason, example), headers, api)
    body = CodeBlock("body", "json", example.body, partial(example.body_at, 1, 1))
    curl = curl_command(example.request, api) if example.request else ""
    which = f":{number}" if number > 1 else ""
    return Exchange((*head, body), curl, f"{api.name}/{reason.name}{which}")


def exchange_head(
    request: str | None, status: int | None, headers: Mapping[str, str], api: Api
) -> Iterator[CodeBlock]:
    """Yield the request line, then the status line and the headers, each where it is known."""
    lines = []
    if status is not None:
        lines.append(f"HTTP/1.1 {status} {wording.http_title(api, status)}".rstrip())
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if request:
        version = " HTTP/1.1" if api.operation_kind == "http" else ""
        yield CodeBlock("request", "http" if version else "text", f"{request}{version}")
    if lines:
        language = "text" if status is None else "http"
        yield CodeBlock("response", language, "\n".join(lines))
