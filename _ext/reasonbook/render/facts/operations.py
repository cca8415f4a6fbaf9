"""Which operation sends which reasons, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reasonbook.format.model import Api, Reason
from reasonbook.format.prose import Code
from reasonbook.format.reasons import OperationClass
from reasonbook.render import wording
from reasonbook.render.facts.references import (
    badges,
    class_members,
    mention,
    operation,
    operation_class,
)
from reasonbook.render.facts.short import http_labels, state_badge
from reasonbook.render.facts.statements import Line, Table, joined, line, row
from reasonbook.render.urls import class_anchor, endpoint_anchor


@dataclass(frozen=True)
class Operation:
    """An operation, and what it may send."""

    name: str
    own: tuple[Reason, ...]
    classes: tuple[str, ...]
    bare: tuple[int, ...]  # HTTP statuses that it is described with as answers without an envelope
    open: tuple[int, ...]  # HTTP statuses that it is described with, and no reason here has

    def own_lines(self, api: Api) -> Iterator[Line]:
        """Yield its own reasons, then what its description adds to what is known."""
        for reason in self.own:
            yield sent(reason, api)
        if self.bare:
            yield line(badges(self.bare), " without an envelope")
        if self.open:
            yield line(badges(self.open), ", reason not known")

    def class_lines(self, api: Api) -> Iterator[Line]:
        """Yield the names of its classes."""
        for name in self.classes:
            yield line(operation_class(name, api))


@dataclass(frozen=True)
class General:
    """Reasons of a class of operations, of any operation, or of operations that are not known."""

    scope: str  # the name of a class; any; unknown
    is_class: bool
    reasons: tuple[Reason, ...]

    def heading(self, api: Api) -> Line:
        """Name the operations."""
        if self.is_class:
            return line(Code(self.scope))
        return line("any operation" if self.scope == "any" else "operations not known")

    def members(self, api: Api) -> Line:
        """Say which operations belong to a class."""
        if not self.is_class:
            return ()
        count = len(api.class_operations[self.scope])
        counted = wording.number(count, "operation") if api.listed_operations else ""
        return joined(filter(None, (class_members(self.scope, api), line(counted))), ": ")


def sent(reason: Reason, api: Api) -> Line:
    """Return a reason with its HTTP status, and whether it is sent."""
    return line(mention(api.name, reason.name), " ", http_labels(reason), state_badge(reason))


def current(api: Api) -> Iterator[Reason]:
    """Yield the reasons of an API that are sent, or are to be."""
    return (reason for reason in api.reasons.values() if reason.lifecycle != "retired")


def general(api: Api) -> list[General]:
    """Return the reasons that no list of operations names, by what their operations are."""
    found: dict[tuple[str, bool], list[Reason]] = {("any", False): []}
    found |= {(name, True): [] for name in api.operation_classes}
    for reason in current(api):
        match reason.raised_by:
            case OperationClass():
                found.setdefault((reason.raised_by.class_, True), []).append(reason)
            case str():
                found.setdefault((reason.raised_by, False), []).append(reason)
    return [General(*scope, tuple(reasons)) for scope, reasons in found.items() if reasons]


def resources(api: Api) -> list[tuple[str, list[Operation]]]:
    """Return the operations by what they are about: the first step of their paths.

    Steps before it that all paths share, such as a version, belong to it. A name that is no path
    is about what stands before its first dot.
    """
    names = [*api.operations]
    skipped = _shared_steps(names)
    classes: dict[str, list[str]] = {}
    for name, members in api.class_operations.items():
        for member in members:
            classes.setdefault(member, []).append(name)
    known = reasons_by_operation(api)

    def about(name: str) -> Operation:
        own, mine = api.operations[name], tuple(classes.get(name, ()))
        codes = {code for r in known[name] if r.lifecycle != "planned" for code in r.http_codes}
        described = _described(name, api)
        bare = _bare(name, api) & described
        return Operation(
            name, own, mine, tuple(sorted(bare)), tuple(sorted(described - bare - codes))
        )

    ordered = sorted(names, key=lambda name: _resource(name, skipped))
    grouped = groupby(ordered, key=lambda name: _resource(name, skipped))
    return [(resource, [about(name) for name in members]) for resource, members in grouped]


def reasons_by_operation(api: Api) -> dict[str, tuple[Reason, ...]]:
    """Return, for every operation, all reasons that it is known to send: its own come first."""
    of_any = [reason for reason in current(api) if reason.raised_by == "any"]
    found = {name: {r.name: r for r in (*own, *of_any)} for name, own in api.operations.items()}
    for reason in current(api):
        if isinstance(reason.raised_by, OperationClass):
            for name in api.senders(reason):
                found[name].setdefault(reason.name, reason)
    return {name: tuple(reasons.values()) for name, reasons in found.items()}


def general_table(api: Api) -> Table:
    """Return the reasons of classes of operations."""
    rows = [
        row(
            each.heading(api),
            each.members(api),
            joined(sent(reason, api) for reason in each.reasons),
            anchor=class_anchor(each.scope) if each.is_class else f"operations-{each.scope}",
        )
        for each in general(api)
    ]
    headings = ("Class", "Operations", "Reasons that any of them may send")
    return Table("classes", f"Reasons of many operations of {api.title}", headings, rows)


def operations_table(resource: str, operations: Sequence[Operation], api: Api) -> Table:
    """Return the operations of a resource with what they may send."""
    rows = [
        row(
            Code(each.name),
            joined(each.own_lines(api)),
            *([joined(each.class_lines(api))] if api.operation_classes else []),
            anchor=endpoint_anchor(each.name),
        )
        for each in operations
    ]
    headings = ["Operation", "Its own reasons", *(["Classes"] if api.operation_classes else [])]
    label = f"Operations of {resource}" if resource else f"Operations of {api.title}"
    return Table("operations", label, headings, rows)


def senders_table(api: Api) -> Table:
    """Return the reasons with the operations that send them."""
    rows = [row(sent(reason, api), senders(reason, api)) for reason in current(api)]
    label = f"Reasons of {api.title} and their operations"
    return Table("senders", label, ("Reason", "Operations that send it"), rows)


def senders(reason: Reason, api: Api) -> Line:
    """Return the operations that send a reason, those of a class as one."""
    match reason.raised_by:
        case OperationClass():
            count = len(api.senders(reason))
            counted = f": {wording.number(count, 'operation')}" if count else ""
            return line("class ", operation_class(reason.raised_by.class_, api), counted)
        case str():
            return line("any" if reason.raised_by == "any" else "not known")
        case _:
            return joined(operation(name, api) for name in reason.raised_by)


def _described(name: str, api: Api) -> set[int]:
    listed = api.listed_operations
    return set(listed.operations.get(name, ())) if listed else set()


def _bare(name: str, api: Api) -> set[int]:
    """Return the HTTP statuses of answers outside the envelope that name an operation."""
    return {
        code
        for answer in api.outside
        if isinstance(answer.raised_by, tuple)
        and name in map(api.listed_name, answer.raised_by)
        and not isinstance(answer.http, str)
        for code in ([answer.http] if isinstance(answer.http, int) else answer.http)
    }


def _steps(name: str) -> list[str]:
    """Return the steps of the path of an operation; none where it has no path."""
    _, space, path = name.partition(" ")
    return path.split("/")[1:] if space and path.startswith("/") else []


def _shared_steps(names: Iterable[str]) -> int:
    """Count the steps that all paths share, and after which each goes on with a name."""
    paths = [steps for name in names if (steps := _steps(name))]
    count = 0
    while paths and all(
        steps[count] == paths[0][count] and _is_name(steps[count + 1 : count + 2])
        for steps in paths
    ):
        count += 1
    return count


def _is_name(steps: Sequence[str]) -> bool:
    return bool(steps and steps[0] and not steps[0].startswith("{"))


def _resource(name: str, skipped: int) -> str:
    if steps := _steps(name):
        return "/" + "/".join(steps[: skipped + 1])
    before, dot, _ = name.partition(".")
    return before if dot and " " not in before else ""
