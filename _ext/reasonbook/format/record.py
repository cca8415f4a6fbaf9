"""What every part of a catalogue shares: fields that are the format, and its place in the files."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from reasonbook.diagnostics.location import Location
from reasonbook.format.kinds import IsProse, Since
from reasonbook.text.yaml_nodes import MappingNode, Node, ScalarNode, descend


class Record(BaseModel):
    """A mapping of the catalogue. Its fields are its keys: type, default and one sentence each.

    Frozen. What is not of the format is put into ``__dict__`` once, by :meth:`link`, so that it is
    neither compared nor exported.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, protected_namespaces=())

    if TYPE_CHECKING:  # what link() adds; as class variables, since they are not keys of the format
        key: ClassVar[str]  # under which it is found, where that is its name

        @staticmethod
        def find_node() -> Node:
            """Find the node; where it is known, there is no need."""

    #: The keys whose values were at fault and have been reported; others are in their place.
    faults: ClassVar[frozenset[str]] = frozenset()

    @functools.cached_property
    def node(self) -> Node:
        """Where it was read."""
        return self.find_node()

    def link(self, **links: Any) -> None:
        """Add what is known of the record beyond its own keys."""
        self.__dict__.update(links)

    def share_key_set(self) -> None:
        """Have one set of given keys with all records of the same keys; each would be 700 bytes."""
        shared = _key_set(frozenset(self.__pydantic_fields_set__))
        object.__setattr__(self, "__pydantic_fields_set__", shared)

    def at(self, *path: str | int) -> Location:
        """Return where the value at *path* is; where it is left out, what would hold it."""
        return descend(self.node, path).location

    def key_at(self, *path: str) -> Location:
        """Return where the key is with which *path* ends; where there is none, its holder."""
        holder = descend(self.node, path[:-1])
        if isinstance(holder, MappingNode) and path[-1] in holder.entries:
            return holder.key_location(path[-1])
        return holder.location

    def text_at(self, key: str, line: int, column: int) -> Location:
        """Return where a line and column (from 1) of the text at *key* are in the file."""
        found = descend(self.node, (key,))
        return found.locate(line, column) if isinstance(found, ScalarNode) else found.location

    def is_sound(self, *keys: str) -> bool:
        """Tell whether no value at *keys* was at fault; what was needs no second finding."""
        faults = self.faults
        return not faults or faults.isdisjoint(keys)

    def records(
        self, keys: Mapping[str, str] | None = None
    ) -> Iterator[tuple[tuple[str | int, ...], Record]]:
        """Yield the records directly inside this one, with the steps that lead there.

        With *keys*, some of :func:`record_keys_of`, those at them alone.
        """
        for name, key in (record_keys_of(type(self)) if keys is None else keys).items():
            value = self.__dict__[name]
            if isinstance(value, Record):
                yield (key,), value
            elif isinstance(value, tuple):
                for index, item in enumerate(value):
                    if isinstance(item, Record):
                        yield (key, index), item
            elif isinstance(value, dict):
                for inner, item in value.items():
                    if isinstance(item, Record):
                        yield (key, inner), item

    def prose(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield the prose texts of this record itself, with the steps that lead to each.

        Of a list of one, the file may hold the text alone, where its list is to be.
        """
        for name, key in prose_keys_of(type(self)).items():
            value = self.__dict__[name]
            if isinstance(value, str):
                yield (key,), value
            elif isinstance(value, tuple):
                for index, text in enumerate(value):
                    yield (key, index), text


@functools.cache
def _key_set(keys: frozenset[str]) -> set[str]:
    return {*keys}


@functools.cache
def keys_of(model: type[Record]) -> dict[str, str]:
    """Return the names of a record's fields with their keys in a file."""
    return {name: field.alias or name for name, field in model.model_fields.items()}


@functools.cache
def keys_since(model: type[Record]) -> dict[str, int]:
    """Return the keys that came after the first version of the format, with their version."""
    return {
        keys_of(model)[name]: part.version
        for name, field in model.model_fields.items()
        for part in field.metadata
        if isinstance(part, Since)
    }


@functools.cache
def prose_keys_of(model: type[Record]) -> dict[str, str]:
    """Return those of :func:`keys_of` whose values are prose."""
    return _keys_with(model, lambda part: isinstance(part, IsProse))


@functools.cache
def record_keys_of(model: type[Record]) -> dict[str, str]:
    """Return those of :func:`keys_of` whose values are records, or hold some."""
    return _keys_with(model, lambda part: isinstance(part, type) and issubclass(part, Record))


@functools.cache
def keys_to_prose(model: type[Record]) -> dict[str, str]:
    """Return those of :func:`record_keys_of` below which there may be prose."""
    return _keys_with(
        model,
        lambda part: (
            isinstance(part, type)
            and issubclass(part, Record)
            and bool(prose_keys_of(part) or keys_to_prose(part))
        ),
    )


def _keys_with(model: type[Record], is_wanted: Callable[[Any], bool]) -> dict[str, str]:
    """Return the keys in whose types a part is found."""
    keys = keys_of(model).items()
    return {n: key for n, key in keys if any(map(is_wanted, _parts(model.model_fields[n])))}


def _parts(field: FieldInfo) -> Iterator[Any]:
    pending: list[Any] = [field.annotation, *field.metadata]
    while pending:
        part = pending.pop()
        yield part
        pending += [*getattr(part, "__metadata__", ()), *getattr(part, "__args__", ())]
