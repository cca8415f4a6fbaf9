"""Rules for requests and operations: their form, and whether the API has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean
from reasonbook.format.model import Api, HttpStatus, Outside, Reason, RequestStep
from reasonbook.format.operations import OPERATION, REQUEST_LINE, OperationPattern, Operations
from reasonbook.text.characters import check_letters

#: Finds a place, which is asked for where something is wrong there.
At = Callable[[], Location]
_IN_BRACES = re.compile(r"\{[^{}/]*\}|[{}]")
# A step of a path that is a name and stands for one step; others may hold slashes.
_NAME = re.compile(r"\{[^{}/+*=]*\}")
# Of more operations, those of a class or of the whole API, a regular expression is made once.
_FEW = 8


def check_operations(api: Api, problems: Problems) -> None:
    """Check the requests that help, and find all operations in the API's list if it has one."""
    known = api.listed_operations
    requests = [*_requests(api)]
    for line, at in (*requests, *_answered(api)) if api.operation_kind == "http" else ():
        if not REQUEST_LINE.fullmatch(line):
            check_request_line(line, at(), problems)
    if known is None:
        return
    _check_classes(api, problems)
    for line, at in (*requests, *_raised_by(api)):
        operation = line.partition("?")[0]
        if OPERATION.fullmatch(operation) and not known.knows(operation):
            report_unknown(operation, known, at(), problems)


def _check_classes(api: Api, problems: Problems) -> None:
    """Report classes to which none of the API's operations belongs."""
    for name, pattern in api.operation_classes.items():
        if pattern.is_sound(*OperationPattern.model_fields) and not api.class_operations[name]:
            at = api.at("operation_classes", name)
            message = f"None of the operations of this API belongs to the class {name}."
            problems.add(Rule.UNKNOWN_OPERATION, at, message, "Correct what tells them.")


def named_operations(api: Api) -> Iterator[tuple[str, At]]:
    """Yield every request and every operation that an API names, with its place."""
    yield from _requests(api)
    yield from _raised_by(api)
    yield from _answered(api)


def _requests(api: Api) -> Iterator[tuple[str, At]]:
    said: list[Reason | HttpStatus | Outside] = [*api.every_reason(), *api.http.values()]
    for one in (*said, *api.outside):
        for step in one.remedy.next if one.remedy else ():
            if isinstance(step, RequestStep) and step.is_sound("request"):
                yield step.request, partial(step.at, "request")


def _answered(api: Api) -> Iterator[tuple[str, At]]:
    for answer in api.outside:
        lines = answer.raised_by if isinstance(answer.raised_by, tuple) else ()
        for index, line in enumerate(lines):
            yield line, partial(answer.at, "raised_by", index)


def _raised_by(api: Api) -> Iterator[tuple[str, At]]:
    for domain in api.domains:
        for reason in domain.reasons:
            for index, operation in enumerate(reason.operations):
                yield operation, partial(reason.at, "raised_by", index)


def report_unknown(operation: str, known: Operations, at: Location, problems: Problems) -> None:
    """Report an operation that the API's list does not have, with the one most like it."""
    problems.add(
        Rule.UNKNOWN_OPERATION,
        at,
        f"{operation} is not one of the operations of this API.",
        did_you_mean(known.nearest(operation)),
    )


def check_request_lines(api: Api, reason: Reason, problems: Problems) -> None:
    """Check the form of the operations that send a reason, and of the requests of its examples."""
    if api.operation_kind == "named":
        return
    for index, operation in enumerate(reason.operations):
        if OPERATION.fullmatch(operation):
            continue
        at = reason.at("raised_by", index)
        if REQUEST_LINE.fullmatch(operation):
            problems.add(
                Rule.BAD_REQUEST_LINE,
                at,
                f"{operation} has a query, but an operation is a method and a path.",
                f"Write {operation.partition('?')[0]}.",
            )
        else:
            check_request_line(operation, at, problems)
    for example in reason.examples:
        if example.request and not is_sent_request(example.request):
            check_sent_request(example.request, example.at("request"), problems)


def is_sent_request(line: str) -> bool:
    """Tell whether :func:`check_sent_request` finds nothing."""
    return REQUEST_LINE.fullmatch(line) is not None and not _IN_BRACES.search(
        line.partition("?")[0]
    )


def check_sent_request(line: str, at: Location, problems: Problems) -> None:
    """Report a request that was never sent: one without values in place of names in braces."""
    check_request_line(line, at, problems)
    name = _IN_BRACES.search(line.partition("?")[0])
    if name:
        problems.add(
            Rule.BAD_REQUEST_LINE,
            at,
            f"{line} is a template, not a request that was sent.",
            f"Write a value in place of {name[0]}.",
        )


def check_request_line(line: str, at: Location, problems: Problems) -> None:
    """Report what is not a method and a path."""
    if not check_letters(line, lambda: at, problems) or REQUEST_LINE.fullmatch(line):
        return
    method, _, path = line.partition(" ")
    corrected = f"{method.upper()} {path}"
    is_correct = REQUEST_LINE.fullmatch(corrected)
    hint = f"Write {corrected}: the method is in capitals." if is_correct else ""
    problems.add(Rule.BAD_REQUEST_LINE, at, f"{line} is not a valid request line.", hint)


def is_request_of(request: str, operations: Sequence[str]) -> bool:
    """Tell whether a request is one of some operations; its query makes no difference."""
    asked = request.partition("?")[0]
    if len(operations) > _FEW:
        return _any_of(tuple(operations)).fullmatch(asked) is not None
    steps = asked.split("/")
    return any(_is_of(operation, asked, steps) for operation in operations)


def _is_of(operation: str, asked: str, steps: Sequence[str]) -> bool:
    """Compare step by step, since most reasons have operations of their own."""
    form = _steps(operation)
    if form is None:
        return _any_of((operation,)).fullmatch(asked) is not None
    return len(form) == len(steps) and all(
        step == said or (step[:1] == "{" and said != "")
        for step, said in zip(form, steps, strict=True)
    )


@lru_cache(maxsize=4096)
def _steps(operation: str) -> list[str] | None:
    """Return the steps of an operation; None where a name is but a part of a step, or of many."""
    form = operation.split("/")
    return None if any("{" in step and not _NAME.fullmatch(step) for step in form) else form


@lru_cache(maxsize=4096)
def _any_of(operations: tuple[str, ...]) -> re.Pattern[str]:
    """Return the form of a request to any of some operations, made once for all examples."""
    return re.compile("|".join(map(_form, operations)) or "(?!)")


def _form(operation: str) -> str:
    """Return the form of a request; ``{p+}``, ``{*p}`` and ``{name=...}`` may hold slashes."""
    fixed_and_names = re.split(r"\{([^}]*)\}", operation)
    return "".join(
        re.escape(part) if index % 2 == 0 else ".+" if re.search(r"[+*=]", part) else "[^/]+"
        for index, part in enumerate(fixed_and_names)
    )
