"""The operations of an API, where its folder lists them: ``operations.json``.

A list that is there is complete: what is not on it is a mistake. What the API's own description
leaves out is under ``extra``, each with the reason why it is known all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StringConstraints

from reasonbook.diagnostics.suggestions import nearest
from reasonbook.format.kinds import HttpCode, Items, Line, Since, UniqueItems
from reasonbook.format.record import Record

# What may be in a path (RFC 3986), and braces; other characters are percent-encoded there.
_PATH = r"/[!$-;=@-\[\]_a-~]*"
_METHOD = "(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)"
OPERATION = re.compile(f"{_METHOD} {_PATH}")
REQUEST_LINE = re.compile(rf"{_METHOD} ({_PATH})(\?[!$-;=?@-\[\]_a-~]*)?")
PARAMETER = re.compile(r"\{[^}]*\}")

Operation = Annotated[str, StringConstraints(pattern=f"^{OPERATION.pattern}$")]


class OperationPattern(Record):
    """Which operations belong to a class: those of which all that it says is true."""

    methods: UniqueItems[Line] | None = Field(None, description="Their methods; none: all.")
    path: Line | None = Field(
        None, description="A pattern of their paths, in which * is any text; none: all."
    )
    except_path: Annotated[Line | None, Since(2)] = Field(
        None, description="A pattern of the paths that do not belong to it."
    )
    http: Annotated[UniqueItems[HttpCode] | None, Since(2)] = Field(
        None, description="HTTP statuses, one of which operations.json gives them; none: all."
    )

    def holds(self, operation: str, statuses: Iterable[int]) -> bool:
        """Tell whether an operation with these documented statuses belongs to the class."""
        method, _, path = operation.partition(" ")
        return (
            (self.methods is None or method in self.methods)
            and (self.path is None or _matches(self.path, path))
            and not (self.except_path and _matches(self.except_path, path))
            and (self.http is None or not set(self.http).isdisjoint(statuses))
        )


class Operations(Record):
    """What an API can be asked: each operation with the HTTP statuses of its documented errors."""

    source: Line | None = Field(None, description="The description that they come from.")
    operations: dict[Operation, Items[HttpCode]] = Field(
        description="Each METHOD /path with the HTTP statuses of its documented errors."
    )
    extra: dict[Operation, Line] = Field(
        {}, description="Operations known from elsewhere, each with from where."
    )

    if TYPE_CHECKING:
        path: ClassVar[Path]

    @cached_property
    def every(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.operations, *self.extra)

    @cached_property
    def _forms(self) -> dict[str, str]:
        return {form_of(operation): operation for operation in self.every}

    def knows(self, operation: str) -> bool:
        """Tell whether an operation is on the list, whatever its parameters are called."""
        return self.listed_name(operation) is not None

    def listed_name(self, operation: str) -> str | None:
        """Return an operation with the parameters as they are called on the list."""
        is_listed = operation in self.operations or operation in self.extra
        return operation if is_listed else self._forms.get(form_of(operation))

    def of_class(self, pattern: OperationPattern) -> tuple[str, ...]:
        """Return the operations that belong to a class."""
        return tuple(
            operation
            for operation in self.every
            if pattern.holds(operation, self.operations.get(operation, ()))
        )

    def nearest(self, operation: str) -> str | None:
        """Return the operation most like one that is not on the list."""
        method, _, path = operation.partition(" ")
        same = [known for known in self.every if known.split(" ")[0] == method]
        on_path = [known for known in self.every if form_of(known).split(" ")[1] == form_of(path)]
        return nearest(operation, same) or next(iter(on_path), None)


def form_of(operation: str) -> str:
    """Return an operation, or a path, without the names of its parameters."""
    return PARAMETER.sub("{}", operation)


def _matches(pattern: str, path: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path) is not None
