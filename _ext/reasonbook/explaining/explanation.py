"""What a catalogue says of an error that someone got.

``reasonbook-explain.js`` follows the same rules in the browser; one table of cases holds both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.suggestions import near_words
from reasonbook.examples.envelope import Found, read_codes
from reasonbook.examples.outside import looks_like
from reasonbook.examples.runner import Examiner
from reasonbook.explaining.pasted import Answer, read_pasted
from reasonbook.format.model import Api, Envelope, HttpStatus, Outside, Reason
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText

_NESTED = 200  # values inside a log record that are looked at


@dataclass(frozen=True)
class Named:
    """A code that stands in an error, and what is known of it."""

    api: Api
    code: str  # REASON or REASON/SUB, without the API's prefix
    pointer: str  # of the body; empty where no body was shown
    reason: Reason | None  # of a code with an unknown second level, that of the first
    near: tuple[str, ...] = ()  # known ones that are like it, where it is not known

    @property
    def is_known(self) -> bool:
        """Whether the catalogue has this very code, with its second level."""
        return self.reason is not None and self.reason.name == self.code


@dataclass(frozen=True)
class Fault:
    """How an answer differs from what is documented; line and column are of the pasted text."""

    line: int
    column: int
    message: str


@dataclass(frozen=True)
class Decision:
    """What to do by the HTTP status alone: as the API says, else as HTTP does."""

    api: Api
    status: int | None
    stated: HttpStatus | None  # what the API says of it


@dataclass(frozen=True)
class Explanation:
    """What is known of one answer, or of one name."""

    answer: Answer | None  # None where only a name or words were given
    apis: tuple[Api, ...]  # that it may come from
    named: tuple[Named, ...] = ()
    faults: tuple[Fault, ...] = ()
    outside: tuple[tuple[Api, Outside], ...] = ()
    decisions: tuple[Decision, ...] = ()  # where no reason is known

    @property
    def is_found(self) -> bool:
        """Whether the catalogue knows it: a reason, an answer outside the envelope, a status."""
        if self.named:
            return all(each.reason is not None for each in self.named)
        if self.answer is None:
            return any(each.stated for each in self.decisions)
        return bool(self.outside)


@dataclass(frozen=True)
class _Match:
    """How a body reads as an error of one API."""

    examiner: Examiner
    shape: Envelope
    found: tuple[Found, ...]

    @property
    def api(self) -> Api:
        return self.examiner.api

    @property
    def known(self) -> int:
        return sum(_known(self.api, each.name) is not None for each in self.found)


def explain(text: str, apis: Sequence[Api]) -> tuple[Explanation, ...]:
    """Return what *apis* say of a text: a code, an error body, a response, a HAR file, a log line.

    Empty where the text is blank.
    """
    text = text.lstrip("\ufeff")
    if not text.strip():
        return ()
    answers = read_pasted(text)
    if not answers:
        return (_explain_name(text, apis),)
    examiners = [Examiner(api) for api in apis]
    return tuple(_explain_answer(answer, text, examiners) for answer in answers)


def _explain_name(text: str, apis: Sequence[Api]) -> Explanation:
    """Explain a code in any spelling, codes that stand in a text, or an HTTP status."""
    asked = text.strip()
    exact = [*_called(asked, apis)]
    named = exact or [*_called_alike(asked, apis)] or [*_mentioned(asked, apis)]
    if named:
        of = {each.api.name: each.api for each in named}
        return Explanation(None, (*of.values(),), tuple(named))
    status = re.fullmatch(r"(?:http[ /]*)?([1-5]\d\d)\b.*", asked, re.IGNORECASE | re.DOTALL)
    if status:
        decisions = tuple(_decide(api, int(status[1])) for api in apis)
        return Explanation(None, (*apis,), decisions=decisions)
    first = asked.split()[0]
    near = near_words(first, [*dict.fromkeys(name for api in apis for name in api.reasons)])
    has = ((api, tuple(name for name in near if name in api.reasons)) for api in apis)
    unknown = tuple(Named(api, first, "", None, names) for api, names in has if names)
    return Explanation(None, (*apis,), unknown or (Named(apis[0], first, "", None),))


def _called(asked: str, apis: Iterable[Api]) -> Iterator[Named]:
    for api in apis:
        for name in dict.fromkeys((asked, _without_prefix(asked, api))):
            if reason := _known(api, name):
                yield Named(api, name, "", reason)
                break


def _called_alike(asked: str, apis: Iterable[Api]) -> Iterator[Named]:
    """Yield the reasons whose name, page or title is this in another spelling."""
    whole = _squash(asked)
    for api in apis if whole else ():
        for reason in api.reasons.values():
            names = (reason.name, reason.slug, reason.title or "", reason.sub_reason or "")
            if whole in map(_squash, names):
                yield Named(api, reason.name, "", reason)


def _mentioned(text: str, apis: Iterable[Api]) -> Iterator[Named]:
    """Yield the reasons whose codes stand in a text as they are written."""
    words = set(re.findall(r"[\w./-]*\w", text))
    for api in apis:
        for reason in api.reasons.values():
            # An ordinary word says nothing, unless it is all that there is.
            codes = {reason.code, reason.sub_reason or reason.code}
            if codes <= words and not re.fullmatch(r"[a-z]+", reason.code):
                yield Named(api, reason.name, "", reason)


def _explain_answer(answer: Answer, text: str, examiners: Sequence[Examiner]) -> Explanation:
    asked = _asked(answer, text, examiners)
    read, matches = _read(answer, asked)
    if matches:
        return _explain_codes(read, matches)
    apis = tuple(each.api for each in asked)
    outside = tuple((api, each) for api in apis for each in api.outside if _fits(each, answer))
    # Without a status all APIs say the same: nothing.
    deciding = apis if answer.status else apis[:1]
    decisions = () if outside else tuple(_decide(api, answer.status) for api in deciding)
    return Explanation(answer, apis, (), _why_not(answer, asked), outside, decisions)


def _asked(answer: Answer, text: str, examiners: Sequence[Examiner]) -> Sequence[Examiner]:
    """Return those of the APIs whose host the answer names; all where it names none."""
    where = answer.url or text
    hosts = ((each, urlsplit(each.api.base_url or "").hostname) for each in examiners)
    return [each for each, host in hosts if host and host in where] or examiners


def _read(answer: Answer, asked: Sequence[Examiner]) -> tuple[Answer, list[_Match]]:
    """Return how the body reads by the APIs that fit best, and the body that was read.

    A log record may have the error inside: then the first value that names a known reason counts.
    """
    matches = _matches(answer, asked)
    if answer.is_part and not any(match.known for match in matches):
        for nested in _nested(answer):
            inner = _matches(nested, asked)
            if any(match.known for match in inner):
                return nested, inner
    return answer, matches


def _matches(answer: Answer, asked: Sequence[Examiner]) -> list[_Match]:
    body = parse_json(answer.body)
    read = (_match(examiner, body, answer.headers) for examiner in asked)
    found = [match for match in read if match is not None]
    most = max((match.known for match in found), default=0)
    best = [match for match in found if match.known == most]
    if len(best) < 2:
        return best
    return [match for match in best if not _faults(match, answer)] or best


def _match(examiner: Examiner, body: JsonText, headers: Mapping[str, str] | None) -> _Match | None:
    """Return how an API reads a body: by the envelope in which it names most known reasons."""
    codes = read_codes(examiner.api, JsonText(None) if body.broken else body, headers)
    return codes and _Match(examiner, *codes)


def _nested(answer: Answer) -> Iterator[Answer]:
    """Yield what is inside a log record and may be an error body, as a body of its own."""
    try:
        waiting: list[Any] = [json.loads(answer.body)]
    except (ValueError, RecursionError):
        return
    for _ in range(_NESTED):
        if not waiting:
            return
        value = waiting.pop(0)
        try:
            if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
                value = json.loads(value)
            body = json.dumps(value, ensure_ascii=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict | list):
            yield replace(answer, body=body, is_part=False)
            waiting += value.values() if isinstance(value, dict) else value


def _explain_codes(answer: Answer, matches: list[_Match]) -> Explanation:
    named = tuple(
        _named(match.api, found) for match in matches for found in match.found if found.name
    )
    apis = tuple(match.api for match in matches)
    faults = _faults(matches[0], answer) if len(matches) == 1 else ()
    unknown = {each.api.name: each.api for each in named if each.reason is None}
    decisions = tuple(_decide(api, answer.status) for api in unknown.values())
    return Explanation(answer, apis, named, faults, (), decisions)


def _named(api: Api, found: Found) -> Named:
    name = found.name or ""
    reason = _known(api, name) or _known(api, name.partition("/")[0])
    return Named(api, name, found.pointer, reason, () if reason else _near(api, name))


def _known(api: Api, name: str | None) -> Reason | None:
    return api.reasons.get(name or "")


def _near(api: Api, name: str) -> tuple[str, ...]:
    return tuple(near_words(name, [*api.reasons]))


def _without_prefix(name: str, api: Api) -> str:
    fitting = (each for each in api.envelope.reason_prefix if name.startswith(each))
    return name[len(max(fitting, key=len, default="")) :]


def _faults(match: _Match, answer: Answer) -> tuple[Fault, ...]:
    """Return how an answer differs from the schemas, the headers and the HTTP status."""
    found = match.examiner.check_answer(
        answer.body, match.shape, _place(answer), headers=answer.headers, http=answer.status
    )
    faults = [*_of(found)]
    for each in match.found:
        reason = _known(match.api, each.name)
        codes = reason.http_codes if reason and reason.is_response else ()
        if reason and answer.status and codes and answer.status not in codes:
            has = " or ".join(map(str, codes))
            message = f"The HTTP status is {answer.status}, but {reason.name} has {has}."
            faults.append(Fault(1, 1, message))
    return tuple(faults)


def _why_not(answer: Answer, asked: Sequence[Examiner]) -> tuple[Fault, ...]:
    """Return why a body is not an error of an API: what is wrong with the JSON, or the shape."""
    if not answer.body.strip() or answer.body.lstrip()[:1] not in ("{", "["):
        return ()
    body = parse_json(answer.body)
    if body.broken:
        problems = Problems()
        body.report(_place(answer), problems)
        return (*_of(problems),)
    if len(asked) > 1:
        return ()
    return _faults(_Match(asked[0], asked[0].api.envelope, ()), answer)


def _of(problems: Problems) -> Iterator[Fault]:
    for problem in problems:
        yield Fault(problem.location.line or 1, problem.location.column or 1, problem.message)


def _place(answer: Answer) -> Any:
    """Return what gives the place in the pasted text of a line and column of the body."""
    return lambda line, column: Location("", answer.line + line - 1, column)


def _fits(outside: Outside, answer: Answer) -> bool:
    is_shown = answer.status is not None or answer.headers is not None
    if outside.http == "none":
        return not is_shown and not answer.body.strip()
    return looks_like(outside, answer.status, answer.media_type, answer.body)


def _decide(api: Api, status: int | None) -> Decision:
    return Decision(api, status, api.http.get(status) if status else None)


def _squash(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
