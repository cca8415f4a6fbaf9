"""Operations that the catalogue names are among those of the API, where its folder lists them."""

from __future__ import annotations

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean
from reasonbook.format.model import Api, Remedy, RequestStep
from reasonbook.format.operations import OPERATION, Operations


def report_unknown(operation: str, known: Operations, at: Location, problems: Problems) -> None:
    """Report an operation that is none of the API's, with the one that may be meant."""
    problems.add(
        Rule.UNKNOWN_OPERATION,
        at,
        f"{operation} is none of the operations of this API.",
        did_you_mean(known.nearest(operation)),
    )


def check_operations(api: Api, problems: Problems) -> None:
    """Hold every operation that the catalogue names against the list, where there is one."""
    known = api.listed_operations
    if known is None:
        return

    def hold(line: str, at: Location) -> None:
        operation = line.partition("?")[0]
        if OPERATION.fullmatch(operation) and not known.knows(operation):
            report_unknown(operation, known, at, problems)

    def hold_remedy(remedy: Remedy) -> None:
        for step in remedy.next:
            if isinstance(step, RequestStep):
                hold(step.request, step.at("request"))

    for domain in api.domains:
        for reason in domain.reasons:
            hold_remedy(reason.remedy)
            if not isinstance(reason.raised_by, str):
                for index, operation in enumerate(reason.raised_by):
                    hold(operation, reason.at("raised_by", index))
    for status in api.http.values():
        if status.remedy:
            hold_remedy(status.remedy)
