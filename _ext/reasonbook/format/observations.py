"""What was observed of the real API, where its folder keeps it: ``observed.json``.

``reasonbook observe`` writes it from recordings: which reasons, by which operations, how often and
when last; nothing of a request or a body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StringConstraints

from reasonbook.format.kinds import Date, Items, Line
from reasonbook.format.record import Record

#: How a recording is known again: the beginning of its SHA-256.
Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")]


class Observation(Record):
    """A reason that an operation sent, as one recording shows it."""

    reason: Line = Field(description="The reason: REASON, or REASON/SUB with a second level.")
    operation: Line | None = Field(
        None, description="The operation that sent it; left out where it is not known."
    )
    count: Annotated[int, Field(ge=1)] = Field(description="How often it was seen there.")
    last: Date | None = Field(
        None, description="The last day on which it was seen there; left out if not known."
    )
    source: Digest = Field(
        description="The recording: the first 16 digits of the SHA-256 of its file."
    )

    @property
    def identity(self) -> tuple[str, str, str]:
        """What is counted once, however often it is written; the order of the file."""
        return self.reason, self.operation or "", self.source


class Observed(Record):
    """What was observed of a reason, in all recordings together."""

    last: Date | None = Field(None, description="The last day on which it was observed.")
    count: Annotated[int, Field(ge=1)] = Field(description="How often it was observed.")
    operations: Items[Line] = Field((), description="The operations that were seen to send it.")

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> Observed:
        """Return observations of one reason as one."""
        every = [*observations]
        return cls(
            last=max((each.last for each in every if each.last), default=None),
            count=sum(each.count for each in every),
            operations=tuple(sorted({each.operation for each in every if each.operation})),
        )


class Observations(Record):
    """The file ``observed.json`` of an API."""

    observed: Items[Observation] = Field(
        description="What was seen: one line for each reason, operation and recording."
    )

    if TYPE_CHECKING:
        path: ClassVar[Path]

    @cached_property
    def by_reason(self) -> Mapping[str, tuple[Observation, ...]]:
        """The observations of each reason, in order; what is written twice counts once."""
        every = {each.identity: each for each in self.observed}
        found: dict[str, list[Observation]] = {}
        for _, each in sorted(every.items()):
            found.setdefault(each.reason, []).append(each)
        return {reason: tuple(several) for reason, several in found.items()}
