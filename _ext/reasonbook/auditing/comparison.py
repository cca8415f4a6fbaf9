"""Compares recorded answers of one API with its catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from reasonbook import limits
from reasonbook.auditing.exchange import Exchange
from reasonbook.auditing.findings import Findings
from reasonbook.auditing.guarded import HIDDEN, Guarded
from reasonbook.auditing.sightings import Sighting, Sightings
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser
from reasonbook.examples.case import Case
from reasonbook.examples.checks import check_case, check_message
from reasonbook.examples.envelope import Found, read_codes, shown_place
from reasonbook.examples.outside import looks_like, media_type_of
from reasonbook.examples.runner import Examiner
from reasonbook.format.model import Api, Envelope, HeaderPlace, Outside, Reason, SearchPlace
from reasonbook.format.reasons import OperationClass
from reasonbook.render.facts.routes import Routes
from reasonbook.rules.operations import is_request_of
from reasonbook.text import json_pointer as pointer
from reasonbook.text.json_reader import parse_json
from reasonbook.text.json_text import JsonText

#: What is said of an example, and the rule for the same in an answer that was really sent.
_SENT = {
    Rule.EXAMPLE_DETAILS: Rule.SENT_DETAILS,
    Rule.EXAMPLE_ENVELOPE: Rule.SENT_ENVELOPE,
    Rule.EXAMPLE_HEADER: Rule.SENT_HEADER,
    Rule.EXAMPLE_HTTP: Rule.SENT_HTTP,
    Rule.EXAMPLE_MESSAGE: Rule.SENT_MESSAGE,
    Rule.EXAMPLE_STATUS: Rule.SENT_STATUS,
}


class _Sent(Problems):
    """Passes on what the checks of examples find, with the place and the rules of a recording."""

    def __init__(self, findings: Findings) -> None:
        super().__init__()
        self._findings = findings

    def add(self, rule: Rule, location: Location, message: str, hint: str = "") -> None:
        """Count a finding; a hint for the author of an example says nothing here."""
        self._findings.add(_SENT.get(rule, rule), location, message.removesuffix("."))


class Comparison:
    """Compares the answers of an API; its schemas are compiled once."""

    def __init__(self, api: Api, findings: Findings, seen: Sightings) -> None:
        self.api = api
        self.errors = 0  # answers that were compared
        self.left = 0  # errors that could not be: their bodies are not known
        self._findings, self._seen = findings, seen
        self._sent = _Sent(findings)
        self._examiner = Examiner(api)
        self._routes = Routes(api)
        self._display = Guarded(api)
        self._envelope_members = {*_envelope_members(api)}
        guesser = Guesser([*api.reasons])
        self._nearest = lru_cache(limits.AUDIT_FINDINGS)(guesser.nearest)
        sent = [reason for reason in api.reasons.values() if reason.is_response]
        self._early = {code for reason in sent for code in reason.http_codes if code < 400}
        self._in_resources = any("resource" in each.arrives_in for each in api.reasons.values())

    def compare(self, exchange: Exchange, path: str) -> None:
        """Compare an answer; *path* is that of the request, below the API's address."""
        is_error = exchange.http >= 400
        if not (is_error or exchange.http in self._early or self._in_resources):
            return
        if exchange.body is None or exchange.method == "HEAD":
            if is_error:
                self.left += 1
                self._findings.note(exchange.at, "An error answer is recorded without its body")
            return
        body = parse_json(exchange.body)
        # Where something is in the text is not asked for: nothing of the text is shown.
        body = JsonText(
            None if body.broken else body.value, body.faults, body.broken, body.decimals
        )
        read = read_codes(self.api, body, exchange.headers)
        operation = self._routes.find(exchange.method, path)
        if not is_error and not self._is_error(exchange, read[1] if read else (), operation):
            return
        self.errors += 1
        if read is None:
            self._compare_outside(exchange, body, f"{exchange.method} {path}", operation)
            return
        if operation is None and exchange.method and exchange.url and self._routes.are_known:
            self._findings.note(exchange.at, "The request is not one of the known operations")
        self._compare_codes(exchange, body, *read, operation)

    def _is_error(
        self, exchange: Exchange, codes: tuple[Found, ...], operation: str | None
    ) -> bool:
        """Tell whether an answer that succeeds by its status is a documented error all the same.

        Reasons inside a resource are only counted.
        """
        reasons = [reason for each in codes if (reason := self._known(each))]
        if any(exchange.http in reason.http_codes for reason in reasons):
            return True
        for reason in reasons:
            if "resource" in reason.arrives_in:
                self._count(reason, exchange, operation)
        return False

    def _compare_codes(
        self,
        exchange: Exchange,
        body: JsonText,
        shape: Envelope,
        codes: tuple[Found, ...],
        operation: str | None,
    ) -> None:
        known: list[Reason] = []
        for each in codes:
            reason = self._known(each)
            if reason is None:
                self._report_unknown(exchange, each)
            else:
                known.append(reason)
                self._count(reason, exchange, operation)
        if known:
            shape = self.api.envelope_of(known[0])
            self._compare_http(exchange, known)
        self._compare_body(exchange, body, shape, known[0] if known else None)

    def _known(self, code: Found) -> Reason | None:
        """Return the reason of a code; one of the second level may be documented by the first."""
        name = code.name or ""
        return self.api.reasons.get(name) or self.api.reasons.get(name.partition("/")[0])

    def _report_unknown(self, exchange: Exchange, code: Found) -> None:
        shown = self._display.code(code.name or "")
        what = f"HTTP {exchange.http} is not a reason of {self.api.title}"
        if shown == HIDDEN:
            message = f"The code with {what}; it is hidden, since it does not look like one"
            self._findings.add(Rule.SENT_REASON, exchange.at, message)
            return
        near = self._nearest(shown)
        hint = f"Document it, or correct what the API sends; {near} is like it." if near else ""
        self._findings.add(Rule.SENT_REASON, exchange.at, f"{shown} with {what}", hint)

    def _count(self, reason: Reason, exchange: Exchange, operation: str | None) -> None:
        """Count a reason, and compare who sends it, and whether it is sent at all."""
        sighting = Sighting(self.api.name, reason.name, operation or "")
        self._seen.add(sighting, exchange.day)
        if reason.lifecycle in ("planned", "retired"):
            message = f"{reason.name} is {reason.lifecycle}, but the API sends it"
            self._findings.add(Rule.SENT_LIFECYCLE, exchange.at, message)
        elif operation and self.api.senders(reason) and not self._routes.sends(operation, reason):
            message = f"{operation} is not known to send {reason.name}"
            self._findings.add(Rule.SENT_OPERATION, exchange.at, message)

    def _compare_http(self, exchange: Exchange, known: list[Reason]) -> None:
        """Compare the HTTP status; of several reasons in a body one must have it."""
        if any(exchange.http in each.http_codes for each in known):
            return
        reason = known[0]
        if any(each.resolved_http == "unknown" for each in known):
            return
        has = " or ".join(map(str, reason.http_codes))
        documented = f"has {has}" if has else "is not documented to arrive in a response"
        self._findings.add(
            Rule.SENT_HTTP,
            exchange.at,
            f"The HTTP status is {exchange.http}, but {reason.name} {documented}",
        )

    def _compare_body(
        self, exchange: Exchange, body: JsonText, shape: Envelope, reason: Reason | None
    ) -> None:
        if body.broken:
            self._report_broken(exchange, body)
            return
        if any(fault.rule is Rule.JSON_DUPLICATE_MEMBER for fault in body.faults):
            message = f"The body with HTTP {exchange.http} has a member twice; readers differ"
            self._findings.add(Rule.SENT_ENVELOPE, exchange.at, message)
        case = self._case(exchange, body, shape, reason)
        if case is not None:
            check_case(case, self._sent)
            check_message(case, self._sent)

    def _case(
        self, exchange: Exchange, body: JsonText, shape: Envelope, reason: Reason | None
    ) -> Case | None:
        """Return the answer with what it is compared with; None where a schema is broken."""
        envelope = self._examiner.envelope_schema(shape, self._findings.other)
        if envelope is None:
            return None
        return Case(
            api=self.api,
            shape=shape,
            reason=reason,
            envelope=envelope,
            details=self._examiner.details_schema(reason, self._findings.other),
            body=body,
            text=exchange.body or "",
            headers=exchange.headers,
            valueless=exchange.valueless,
            body_at=lambda *_: exchange.at,
            record_at=lambda *_: exchange.at,
            any_reason_found=lambda: True,
            http=exchange.http,
            origin="observed",
            is_example=False,
            display=self._display,
        )

    def _report_broken(self, exchange: Exchange, body: JsonText) -> None:
        fault = body.faults[-1].rule.label
        how = "is empty" if not (exchange.body or "").strip() else f"cannot be read ({fault})"
        self._findings.add(
            Rule.SENT_ENVELOPE, exchange.at, f"The body with HTTP {exchange.http} {how}"
        )

    def _compare_outside(
        self, exchange: Exchange, body: JsonText, request: str, operation: str | None
    ) -> None:
        """Compare an answer that names no reason with those that come in no envelope."""
        text = exchange.body or ""
        media_type = media_type_of(exchange.headers)
        for each in self.api.outside:
            shown = media_type or (each.media_type or "").lower()
            if looks_like(each, exchange.http, shown, text) and self._answers(
                each, request, operation
            ):
                return
        if body.broken and text.lstrip()[:1] in ("{", "["):
            self._report_broken(exchange, body)
        elif isinstance(body.value, dict) and not self._envelope_members.isdisjoint(body.value):
            self._report_nameless(exchange, body)
        else:
            how = "with a body" if text.strip() else "without a body"
            if media_type and text.strip():
                how += f" of the type {self._display.value(media_type)}"
            self._findings.add(
                Rule.SENT_OUTSIDE,
                exchange.at,
                f"HTTP {exchange.http} {how} is outside the envelopes of {self.api.title}, and not "
                "described",
            )

    def _answers(self, outside: Outside, request: str, operation: str | None) -> bool:
        """Tell whether a request is one of those that a described answer comes to."""
        match outside.raised_by:
            case OperationClass():
                members = self.api.class_operations.get(outside.raised_by.class_, ())
                return operation is None or not members or operation in members
            case tuple():
                return request.startswith(" ") or is_request_of(request, outside.raised_by)
            case _:
                return True

    def _report_nameless(self, exchange: Exchange, body: JsonText) -> None:
        """Report a body that is meant to be in an envelope, and names no reason."""
        shape = self.api.envelope
        case = self._case(exchange, body, shape, None)
        if case is None:
            return
        check_case(case, self._sent)
        if case.envelope.is_valid(body.value):
            places = " or ".join(map(shown_place, shape.reason))
            message = f"The body with HTTP {exchange.http} has no reason at {places}"
            self._findings.add(Rule.SENT_ENVELOPE, exchange.at, message)


def _envelope_members(api: Api) -> Iterator[str]:
    """Yield the members of a body that tell that it is meant to be in an envelope."""
    for shape in (api.envelope, *api.envelopes.values()):
        places = [shape.status, shape.message, shape.request_id]
        for place in shape.reason:
            if not isinstance(place, HeaderPlace):
                places.append(place.in_ if isinstance(place, SearchPlace) else place)
        yield from (pointer.tokens(where)[0] for where in places if where)
