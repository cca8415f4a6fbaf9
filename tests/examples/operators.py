"""The ways to spoil an example: each makes mutants that are wrong, and knows rule and line.

An operator leaves out what would not be wrong (an equivalent mutant), and says so in words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reasonbook.text.json_pointer import resolve_all

from .oracle import facts, of_another_type, ruled_out
from .originals import Change, Draft, Original

Operator = Callable[[Original], Iterator[Change]]
OPERATORS: dict[str, Operator] = {}


def operator(name: str) -> Callable[[Operator], Operator]:
    def register(function: Operator) -> Operator:
        assert name not in OPERATORS
        OPERATORS[name] = function
        return function

    return register


def holder(pointer: str) -> str:
    """What holds the value at *pointer*."""
    return pointer.rpartition("/")[0]


def others(original: Original) -> list[Any]:
    """The other reasons of the API, from the one after this on, so that each gets its turn."""
    names = list(original.api.reasons)
    at = names.index(original.reason.name)
    return [original.api.reasons[name] for name in (*names[at + 1 :], *names[:at])]


def misspelt(name: str) -> str:
    return name + name[-1]


def prefix(original: Original) -> str:
    """What the envelope writes before a reason; the samples have one at most."""
    return "".join(original.api.envelope.reason_prefix)


# Against the schemas


@operator("a required member dropped")
def _(original: Original) -> Iterator[Change]:
    """Members that are not required may be left out: no mutant."""
    for fact in facts(original):
        if isinstance(fact.value, dict):
            for name in fact.schema.get("required", ()):
                pointer = f"{fact.pointer}/{name}"
                body = original.without(pointer)
                yield original.of_value(f"without {pointer}", body, fact.rule, fact.pointer)


@operator("a value of a wrong type")
def _(original: Original) -> Iterator[Change]:
    """What may be of any type, such as the value of a refused field, cannot have a wrong one."""
    for fact in facts(original):
        if fact.types:
            new = of_another_type(fact)
            body = original.with_value(fact.pointer, new) if fact.pointer else new
            yield original.of_value(f"{fact.pointer}: {new!r}", body, fact.rule, fact.pointer)


@operator("a value that the schema rules out")
def _(original: Original) -> Iterator[Change]:
    for fact in facts(original):
        for new in ruled_out(fact):
            body = original.with_value(fact.pointer, new)
            yield original.of_value(f"{fact.pointer}: {new!r}", body, fact.rule, fact.pointer)


@operator("a bad timestamp")
def _(original: Original) -> Iterator[Change]:
    """None is a date and time of RFC 3339: no date, no such month, no T, no time zone."""
    bad = ("yesterday", "2025-13-12T10:30:00Z", "2025-10-12, 10:30", "2025-10-12T10:30:00")
    for fact in facts(original):
        for new in bad if fact.schema.get("format") == "date-time" else ():
            body = original.with_value(fact.pointer, new)
            yield original.of_value(f"{fact.pointer}: {new}", body, fact.rule, fact.pointer)


# Members that no schema describes


def extra_members(original: Original, *, at: Callable[[str, str], bool]) -> Iterator[Change]:
    """A map, whose members have any name, has no member too many: no mutant."""
    for fact in facts(original):
        if fact.is_described and at(fact.pointer, fact.rule):
            pointer = f"{fact.pointer}/surplus"
            body = original.with_value(pointer, "x")
            yield original.of_value(f"with {pointer}", body, "example-member", pointer)


@operator("an extra member at the root")
def _(original: Original) -> Iterator[Change]:
    return extra_members(original, at=lambda pointer, _: pointer == "")


@operator("an extra member further inside")
def _(original: Original) -> Iterator[Change]:
    return extra_members(
        original, at=lambda pointer, rule: pointer != "" and rule == "example-envelope"
    )


@operator("an extra member in the details")
def _(original: Original) -> Iterator[Change]:
    return extra_members(original, at=lambda _, rule: rule == "example-details")


@operator("a misspelt member")
def _(original: Original) -> Iterator[Change]:
    for fact in facts(original):
        for name in fact.value if fact.is_described else ():
            wrong = misspelt(name)
            assert wrong not in fact.schema["properties"]
            pointer = f"{fact.pointer}/{wrong}"
            body = original.with_name(f"{fact.pointer}/{name}", wrong)
            yield original.of_value(f"{pointer}", body, "example-member", pointer)


# Against the reason that is documented


@operator("the reason dropped")
def _(original: Original) -> Iterator[Change]:
    (where,) = original.api.envelope.reason
    at = holder(where) if isinstance(where, str) else where.in_
    body = original.without(original.reason_pointer)
    yield original.of_value("without a reason", body, "example-reason", at)


@operator("another reason")
def _(original: Original) -> Iterator[Change]:
    """The full example of an envelope may show any reason: no mutant."""
    for reason in others(original)[:2] if not original.is_full else ():
        written = prefix(original) + reason.name
        body = original.with_value(original.reason_pointer, written)
        yield original.of_value(written, body, "example-reason", original.reason_pointer)


@operator("an unknown reason")
def _(original: Original) -> Iterator[Change]:
    name = original.reason.name
    for wrong in (misspelt(name), name.swapcase()):
        assert wrong not in original.api.reasons
        written = prefix(original) + wrong
        body = original.with_value(original.reason_pointer, written)
        yield original.of_value(written, body, "example-reason", original.reason_pointer)


@operator("another reason's body")
def _(original: Original) -> Iterator[Change]:
    """The full example of an envelope may show any reason: no mutant."""
    if original.is_full:
        return
    other = next(reason for reason in others(original) if reason.examples)
    texts = other.examples[0].body.rstrip("\n").split("\n")
    name = original.reason_pointer.rpartition("/")[2]
    member = f'"{name}": "{prefix(original)}{other.name}"'
    row = next(row for row, text in enumerate(texts) if member in text)
    yield original.of_text(f"the body of {other.name}", texts, "example-reason", row)


@operator("a wrong canonical status")
def _(original: Original) -> Iterator[Change]:
    """Where only the HTTP status of a reason is known, a status that shares it may be right."""
    pointer, reason = original.api.envelope.status, original.reason
    for status in original.api.statuses.values() if original.has(pointer) else ():
        may_be_right = status.http == reason.http if not reason.status else False
        if status.name != reason.status and not may_be_right:
            body = original.with_value(pointer, status.name)
            yield original.of_value(status.name, body, "example-status", pointer)


@operator("a wrong HTTP status in the body")
def _(original: Original) -> Iterator[Change]:
    pointer = original.api.envelope.http
    for wrong in (original.reason.http + 1, 200) if original.has(pointer) else ():
        body = original.with_value(pointer, wrong)
        yield original.of_value(str(wrong), body, "example-http", pointer)


@operator("a message unlike that of the reason")
def _(original: Original) -> Iterator[Change]:
    pointer = original.api.envelope.message
    if not original.is_full and original.reason.message and original.has(pointer):
        body = original.with_value(pointer, "Something else.")
        yield original.of_value("Something else.", body, "example-message", pointer)


@operator("a code of a field that no list has")
def _(original: Original) -> Iterator[Change]:
    where = original.api.envelope.field_code
    for pointer, _, _ in resolve_all(original.value, where) if where else ():
        body = original.with_value(pointer, "NO_SUCH_CODE")
        yield original.of_value(pointer, body, "example-details", pointer)


@operator("details where none belong")
def _(original: Original) -> Iterator[Change]:
    pointer, reason = original.api.envelope.details, original.reason
    if pointer is not None and reason.details is None:
        for new in ([], {}, [{"surplus": 1}], {"surplus": 1}):
            body = original.with_value(pointer, new)
            yield original.of_value(f"{pointer}: {new}", body, "example-details", pointer)


@operator("details missing")
def _(original: Original) -> Iterator[Change]:
    pointer = original.api.envelope.details
    is_needed = original.reason.details_sent == "always"
    if pointer is not None and original.reason.details is not None and is_needed:
        body = original.without(pointer)
        yield original.of_value("without details", body, "example-details", holder(pointer))


@operator("details of another reason")
def _(original: Original) -> Iterator[Change]:
    """Details that hold all that is required here might fit: no mutant."""
    for fact in facts(original):
        required = set(fact.schema.get("required", ()))
        for other in others(original) if fact.rule == "example-details" and required else ():
            details = other.details or {}
            names = details.get("items", details).get("properties", {})
            if names and not required <= names.keys():
                body = original.with_value(fact.pointer, dict.fromkeys(names, "x"))
                what = f"details of {other.name}"
                yield original.of_value(what, body, "example-details", fact.pointer)


# Against strict JSON


def at_each_value(
    original: Original, wrong: Sequence[str], rule: str, *, within: bool = False
) -> Iterator[Change]:
    """Write one of the texts, each in its turn, for each value on a line; or *within* strings."""
    draft = Draft(original.value)
    for row in draft.rows():
        match = re.fullmatch(r'( *(?:"[^"]*": )?)(.*?)(,?)', draft.lines[row])
        text = wrong[row % len(wrong)]
        if within and not match[2].startswith('"'):
            continue
        texts = [*draft.lines]
        texts[row] = match[1] + (f'{match[2][:-1]}{text}"' if within else text) + match[3]
        yield original.of_text(texts[row].strip(), texts, rule, row)


@operator("a duplicate member")
def _(original: Original) -> Iterator[Change]:
    draft = Draft(original.value)
    for row in draft.rows():
        line = draft.lines[row]
        if '": ' in line:
            texts = [*draft.lines[:row], line.rstrip(",") + ",", *draft.lines[row:]]
            yield original.of_text(line.strip(), texts, "json-duplicate-member", row + 1)


@operator("a trailing comma")
def _(original: Original) -> Iterator[Change]:
    """The place is that of the bracket, before which a value is missing."""
    draft = Draft(original.value)
    for row in draft.rows(ends=True):
        texts = [*draft.lines]
        texts[row - 1] += ","
        yield original.of_text(texts[row - 1].strip(), texts, "json-syntax", row)


@operator("a missing comma")
def _(original: Original) -> Iterator[Change]:
    """The place is that of the next value, before which the comma is missing."""
    draft = Draft(original.value)
    for row, line in enumerate(draft.lines):
        if line.endswith(","):
            texts = [*draft.lines]
            texts[row] = line[:-1]
            yield original.of_text(texts[row].strip(), texts, "json-syntax", row + 1)


@operator("a comment")
def _(original: Original) -> Iterator[Change]:
    draft = Draft(original.value)
    for row in range(len(draft.lines)):
        texts = [*draft.lines]
        texts[row] += f" {('// why', '/* why */', '# why')[row % 3]}"
        yield original.of_text(texts[row].strip(), texts, "json-syntax", row)


@operator("single quotes")
def _(original: Original) -> Iterator[Change]:
    draft = Draft(original.value)
    for row, line in enumerate(draft.lines):
        if '": ' in line:
            texts = [*draft.lines]
            texts[row] = line.replace('"', "'", 2)
            yield original.of_text(texts[row].strip(), texts, "json-syntax", row)


@operator("a body cut off")
def _(original: Original) -> Iterator[Change]:
    draft = Draft(original.value)
    for end in range(1, len(draft.lines)):
        yield original.of_text(f"{end} lines", draft.lines[:end], "json-syntax", end - 1)


@operator("text after the body")
def _(original: Original) -> Iterator[Change]:
    draft = Draft(original.value)
    for more in ("{}", "}", "null"):
        texts = [*draft.lines, more]
        yield original.of_text(more, texts, "json-syntax", len(draft.lines))


@operator("NaN and its like")
def _(original: Original) -> Iterator[Change]:
    words = ("NaN", "Infinity", "-Infinity", "undefined", "None", "True")
    return at_each_value(original, words, "json-syntax")


@operator("a number that JSON does not know")
def _(original: Original) -> Iterator[Change]:
    numbers = ("0x1F", "+1", ".5", "1.", "007", "1_000")
    return at_each_value(original, numbers, "json-syntax")


@operator("1e999")
def _(original: Original) -> Iterator[Change]:
    return at_each_value(original, ("1e999", "-1e999"), "json-unsafe-value")


@operator("an integer beyond 2^53")
def _(original: Original) -> Iterator[Change]:
    numbers = ("9007199254740993", "-9007199254740993", "9" * 400)
    return at_each_value(original, numbers, "json-unsafe-value")


@operator("half of a surrogate pair")
def _(original: Original) -> Iterator[Change]:
    halves = ("\\ud83d", "\\ude00", "\\ude00\\ud83d")
    return at_each_value(original, halves, "json-unsafe-value", within=True)


@operator("a byte-order mark")
def _(original: Original) -> Iterator[Change]:
    """No file of a catalogue holds one; that JSON may not begin with one, another test says."""
    texts = [*Draft(original.value).lines]
    texts[0] = f"\ufeff{texts[0]}"
    yield original.of_text("a byte-order mark", texts, "forbidden-character", 0)


# Against what surrounds the body


@operator("a wrong header value")
def _(original: Original) -> Iterator[Change]:
    """A header of which the API promises no value may have any: no mutant."""
    for promise in original.api.response_headers:
        if f"{promise.name}:" in original.keys and (promise.equals or promise.pattern):
            yield original.of_key(f"{promise.name}:", "not so", "example-header")


@operator("a wait that is none")
def _(original: Original) -> Iterator[Change]:
    """Where the API promises a form of the header, that says more: no mutant."""
    promised = {one.name for one in original.api.response_headers if one.pattern or one.equals}
    remedy = None if original.is_full else original.reason.remedy
    for wait in remedy.waits if remedy else ():
        name = getattr(wait, "header", None)
        if f"{name}:" in original.keys and name not in promised:
            yield original.of_key(f"{name}:", "soon", "example-wait")


@operator("a header missing")
def _(original: Original) -> Iterator[Change]:
    """A header that the API does not promise may be left out: no mutant."""
    headers = [key for key in original.keys if key.endswith(":")]
    for promise in original.api.response_headers:
        if f"{promise.name}:" not in headers:
            continue
        gone = original.keys[f"{promise.name}:"]
        left = [original.keys[key] for key in headers if original.keys[key] != gone]
        if left:
            rows, line = [gone], min(left) + (1 if min(left) < gone else 0)
        else:  # without any, the place is that of the example
            rows, line = [original.keys["headers"], gone], original.keys["title"] + 1
        lines = [text for row, text in enumerate(original.lines) if row not in rows]
        yield Change(f"without {promise.name}", lines, "example-header", line)


@operator("a request of another operation")
def _(original: Original) -> Iterator[Change]:
    """Where it is not known which operations send a reason, any of the API may: no mutant."""
    if original.is_full or "request" not in original.keys:
        return
    example = original.reason.examples[original.example.index]
    method, _, path = example.request.partition("?")[0].partition(" ")
    raised_by = original.reason.raised_by
    if isinstance(raised_by, str):
        return
    # A class may hold the operation one step below, too.
    below = "surplus" if isinstance(raised_by, tuple) else "sur/plus"
    for line in (f"OPTIONS {path}", f"{method} {path}/{below}", f"{method} /surplus"):
        yield original.of_key("request", line, "example-request")


@operator("a request that the API does not know")
def _(original: Original) -> Iterator[Change]:
    """Where nothing lists the operations of the API, any may be one: no mutant."""
    if original.is_full or "request" not in original.keys:
        return
    raised_by = original.reason.raised_by
    if original.api.listed_operations is not None and isinstance(raised_by, str):
        yield original.of_key("request", "GET /surplus", "unknown-operation")


@operator("a template for a request")
def _(original: Original) -> Iterator[Change]:
    if not original.is_full and "request" in original.keys:
        yield original.of_key("request", "GET /calls/{id}", "bad-request-line")


@operator("no request line")
def _(original: Original) -> Iterator[Change]:
    if not original.is_full and "request" in original.keys:
        for line in ("calls", "GET calls", "FETCH /calls", "/calls", "GET /calls HTTP/1.1"):
            yield original.of_key("request", line, "bad-request-line")


# Against the pointers of api.yaml


@operator("a pointer that leads nowhere")
def _(original: Original) -> Iterator[Change]:
    for key in ("reason", "message", "status", "http", "request_id"):
        value = getattr(original.api.envelope, key)
        if original.is_full and isinstance(value[0] if key == "reason" else value, str):
            yield original.of_key(key, "/surplus", "envelope-pointer")


@operator("a pointer to details that are nowhere")
def _(original: Original) -> Iterator[Change]:
    if original.is_full and original.api.envelope.details is not None:
        yield original.of_key("details", "/surplus", "envelope-pointer")
