"""The codes of an API's own description compared with its catalogue, both ways."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reasonbook.auditing.description.described import Code, DescribedOperation, Description
from reasonbook.diagnostics.problems import Problems, shorten
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser, did_you_mean
from reasonbook.format.model import Api, Reason

SENT = ("active", "deprecated")


class CodeComparison:
    """Compares the codes; *operations* are those that both sides have, by the catalogue's names."""

    def __init__(
        self,
        description: Description,
        api: Api,
        operations: Mapping[str, DescribedOperation],
        problems: Problems,
    ) -> None:
        self._bundle = description.bundle
        self._description = description
        self._api = api
        self._operations = operations
        self._names = {operation.name: name for name, operation in operations.items()}
        self._problems = problems
        self._senders = {
            name: {*map(api.listed_name, api.senders(reason))}
            for name, reason in api.reasons.items()
        }

    def run(self, note: Callable[[str], None]) -> None:
        """Compare them."""
        codes = [*self._description.codes()]
        unknown: dict[str, str] = {}  # by pointer: two envelopes may read the same list
        known: set[str] = set()
        for code in codes:
            reasons = self._meant(code)
            if reasons:
                known.add(code.where)
            else:
                unknown.setdefault(code.where, code.names[0])
            if not self._compare_http(code, reasons):
                self._compare_sender(code, reasons)
        guesser = Guesser([*self._api.reasons])
        for where, name in unknown.items():
            if where not in known:
                shown = shorten(name)
                self._problems.add(
                    Rule.DESCRIPTION_REASON,
                    self._bundle.location(where),
                    f"{shown} is not documented.",
                    did_you_mean(guesser.nearest(name)),
                )
        if codes:
            self._find_unlisted(codes)
        else:
            note("The description names no codes where the envelope has them.")

    def _meant(self, code: Code) -> list[Reason]:
        """Return the reasons that a code may mean; none where it is not documented."""
        reasons = self._api.reasons
        if code.is_sub:
            return [reason for reason in reasons.values() if reason.sub_reason in code.names]
        found = [reasons[name] for name in code.names if name in reasons]
        return found or [reason for reason in reasons.values() if reason.code in code.names]

    def _compare_http(self, code: Code, reasons: Sequence[Reason]) -> bool:
        """Report a status that a code is not documented with; tell whether there is one."""
        statuses = {status for reason in reasons for status in reason.http_codes}
        is_other = bool(code.status and statuses and code.status not in statuses)
        if is_other:
            self._problems.add(
                Rule.DESCRIPTION_REASON_STATUS,
                self._bundle.location(code.where),
                f"{reasons[0].name} is described with HTTP {code.status}, and documented with "
                f"{', '.join(map(str, sorted(statuses)))}.",
            )
        return is_other

    def _compare_sender(self, code: Code, reasons: Sequence[Reason]) -> None:
        """Compare the operation of which a code is said with those that are known to send it."""
        name = self._names.get(code.operation or "")
        if name is None or not reasons or any(self._may_send(name, each) for each in reasons):
            return
        self._problems.add(
            Rule.DESCRIPTION_REASON_OPERATION,
            self._bundle.location(code.where),
            f"{reasons[0].name} is described for {code.operation}, which is not known to send it.",
        )

    def _may_send(self, operation: str, reason: Reason) -> bool:
        """Tell whether an operation is known to send a reason, or none is."""
        senders = self._senders[reason.name]
        return not senders or operation in senders

    def _find_unlisted(self, codes: Sequence[Code]) -> None:
        """Report reasons that are in no list of their envelope's codes, where it has one."""
        named = {name for code in codes for name in code.names}
        lists: dict[str, str] = {}
        for code in codes:
            if code.list_of is not None and not code.is_sub:
                lists.setdefault(code.list_of, code.where.rpartition("/")[0])
        for name, reason in self._api.reasons.items():
            if reason.lifecycle not in SENT or not reason.is_response:
                continue
            where = lists.get(reason.envelope_name or "")
            if where and named.isdisjoint((name, reason.code)):
                self._problems.add(
                    Rule.DESCRIPTION_REASON_MISSING,
                    self._bundle.location(where),
                    f"{name} is documented, and is not in the description's list of codes.",
                )
            elif where:
                self._find_unlisted_by(reason)

    def _find_unlisted_by(self, reason: Reason) -> None:
        """Report operations that send a reason, and whose responses allow other codes only."""
        envelope = self._api.envelope_of(reason)
        names = {reason.name, reason.code, *(each + reason.code for each in envelope.reason_prefix)}
        senders = self._senders[reason.name] if reason.http_codes else set()
        for name in sorted(senders & self._operations.keys()):
            operation = self._operations[name]
            lists = [
                self._description.allowed(operation, status, envelope)
                for status in reason.http_codes
            ]
            if all(each is not None and each.isdisjoint(names) for each in lists):
                statuses = " or ".join(map(str, reason.http_codes))
                self._problems.add(
                    Rule.DESCRIPTION_REASON_MISSING,
                    self._bundle.location(operation.response(reason.http_codes[0]) or ""),
                    f"{reason.name} is documented for {operation.name} with HTTP {statuses}, and "
                    "is not in the list of codes there.",
                    "Add the code to the list in the description, or correct raised_by of the "
                    "reason.",
                )
