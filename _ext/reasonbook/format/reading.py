"""From the nodes of a file to a record: every fault is reported at its place, in one run.

pydantic says what is wrong and where; the schema of the file says what belongs there. A faulty
value is replaced by one that fits, so that everything else can be checked in the same run; the
record knows (:meth:`Record.is_sound`) which of its values those are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from reasonbook import limits
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.faults import BAD_KEY, Fault, Steps, report_faults
from reasonbook.format.record import Record, keys_of, keys_since, record_keys_of
from reasonbook.format.schemas import Schema
from reasonbook.format.versions import upgrade
from reasonbook.text.files import read_text
from reasonbook.text.json_characters import check_every_text
from reasonbook.text.json_reader import parse_json
from reasonbook.text.yaml_nodes import MappingNode, Node, descend, plain
from reasonbook.text.yaml_text import YamlText

R = TypeVar("R", bound=Record)
_NOTHING = object()


#: The newest version of the format that is known.
FORMAT = 2


def format_version(api: Mapping[str, Any]) -> int:
    """Return the version of the format that ``api.yaml`` names; 1 where it names none."""
    value = api.get("format")
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 1


def read_yaml_record(
    model: type[R], text: YamlText, problems: Problems, version: int = FORMAT
) -> R | None:
    """Read the record of a whole YAML file; its places are asked for only where it has a fault."""
    if version == FORMAT:
        try:
            record = model.model_validate(text.data)
        except ValidationError:
            pass
        else:
            _attach(record, text.find_root)
            return record
    return read_record(model, text.find_root(), problems, version=version)


def read_record(
    model: type[R],
    root: MappingNode,
    problems: Problems,
    rule: Rule | None = None,
    version: int = FORMAT,
) -> R | None:
    """Read a record; report every fault, under *rule* if given, and replace what is at fault.

    None where there are too many faults for the rest to mean anything.
    """
    if version == 1:
        upgrade(root)
    data: Any = plain(root)
    faults: list[Fault] = []
    misspelt: set[Steps] = set()
    for _ in range(limits.REPAIR_ROUNDS):
        try:
            record = model.model_validate(data)
        except ValidationError as error:
            found = _faults(error, data)
            if len(found) > limits.SHAPE_FINDINGS:
                most = limits.SHAPE_FINDINGS
                report_faults(found[:most], Schema(model), root, problems, rule)
                message = f"After {most} faults the rest of the file is not looked at."
                problems.add(rule or Rule.TOO_LARGE, root.location, message)
                return None
            if not faults:
                misspelt = report_faults(found, Schema(model), root, problems, rule)
            faults += found
            _repair(data, found, Schema(model))
        else:
            _attach(record, lambda: root)
            _mark_replaced(record)
            for path in (*(fault.path for fault in faults), *misspelt):
                _mark(record, path)
            _check_version(record, version, problems)
            return record
    raise AssertionError(faults)


def read_json_record(
    model: type[R], path: Path, problems: Problems, rule: Rule, most: int | None = None
) -> R | None:
    """Read a JSON file of the catalogue in the same way, every fault under *rule*.

    None where there is no JSON object; *most* is how many characters the file may have.
    """
    text = read_text(path, problems)
    shown = display_path(path)
    return None if text is None else parse_json_record(model, text, shown, problems, rule, most)


def parse_json_record(
    model: type[R], text: str, path: str, problems: Problems, rule: Rule, most: int | None = None
) -> R | None:
    """Read the text of a JSON file as :func:`read_json_record` does; *path* is only shown."""
    parsed = parse_json(text, most)
    for fault in parsed.faults:
        hint = fault.hint or fault.rule.hint
        problems.add(rule, Location(path, *fault.position), fault.message, hint)
    check_every_text(text, parsed, path, problems)
    if parsed.faults:
        return None
    try:
        record = model.model_validate(parsed.value)
    except ValidationError:
        root = parsed.nodes(path)
    else:
        _attach(record, functools.cache(partial(parsed.nodes, path)))
        return record
    if isinstance(root, MappingNode):
        return read_record(model, root, problems, rule)
    problems.add(rule, root.location, "The file must hold a JSON object.")
    return None


def _faults(error: ValidationError, data: Any) -> list[Fault]:
    found = []
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        steps, kind = each["loc"], each["type"]
        if steps[-1:] == ("[key]",):
            steps, kind = steps[:-1], BAD_KEY
        message = each["msg"].replace("Input should", "it must")
        found.append(Fault(_data_path(steps, data, kind), kind, message))
    # A list of faulty items is too short only because of them.
    return [
        fault
        for fault in found
        if fault.kind != "too_short"
        or not any(
            other.kind != "too_short" and other.path[: len(fault.path)] == fault.path
            for other in found
        )
    ]


def _data_path(steps: Sequence[str | int], data: Any, kind: str) -> Steps:
    """Return the steps that lead through the data; the others name branches of unions."""
    path: list[str | int] = []
    for step in steps[:-1] if kind == "missing" else steps:
        below = _below(data, step)
        if below is not _NOTHING:
            data = below
            path.append(step)
    return (*path, steps[-1]) if kind == "missing" else tuple(path)


def _below(data: Any, step: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(step, _NOTHING)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return _NOTHING


def _repair(data: Any, faults: Sequence[Fault], schema: Schema) -> None:
    for fault in faults:
        *above, last = fault.path or ("",)
        holder = data
        for step in above:
            holder = _below(holder, step)
        if isinstance(holder, list) and isinstance(last, int):
            holder[last] = schema.stand_in(schema.part_at(fault.path), holder[last])
        elif not isinstance(holder, dict):
            continue
        elif fault.kind == "repeated":
            holder[last] = [*dict.fromkeys(holder[last])]
        elif fault.kind not in ("extra_forbidden", BAD_KEY) and _is_required(schema, above, last):
            holder[last] = schema.stand_in(schema.part_at(fault.path), holder.get(last))
        else:
            holder.pop(last, None)


def _is_required(schema: Schema, above: Sequence[str | int], key: str | int) -> bool:
    return any(key in form.get("required", ()) for form in schema.branches(schema.part_at(above)))


def _attach(record: Record, find_node: Callable[[], Node], key: str = "") -> None:
    """Tell each record where it was read, and under which key."""
    record.link(find_node=find_node, key=key)
    record.share_key_set()
    if record_keys_of(type(record)):
        for path, inner in record.records():
            _attach(inner, partial(_inside, find_node, path), str(path[-1]))


def _inside(find_node: Callable[[], Node], path: Steps) -> Node:
    return descend(find_node(), path)


def _mark_replaced(record: Record) -> None:
    """Note that nothing is sound in a record that itself takes the place of a faulty value."""
    if not isinstance(record.node, MappingNode):
        record.link(faults=frozenset(keys_of(type(record)).values()))
    for _, inner in record.records():
        _mark_replaced(inner)


def _check_version(record: Record, version: int, problems: Problems) -> None:
    """Report keys that are newer than the version of the format that the file is in."""
    node = record.node
    if version < FORMAT and isinstance(node, MappingNode):
        for key, since in keys_since(type(record)).items():
            if since > version and key in node.entries and record.is_sound(key):
                message = f"{key} is a key of format {since}, but this file is in format {version}."
                hint = f"Write `format: {since}` in api.yaml; `reasonbook migrate` does it."
                problems.add(Rule.UNKNOWN_KEY, node.key_location(key), message, hint)
        for _, inner in record.records():
            _check_version(inner, version, problems)


def _mark(record: Record, path: Steps) -> None:
    """Note a fault at the record whose own value it is."""
    if not path:  # none of its values is what was meant
        record.link(faults=frozenset(keys_of(type(record)).values()))
        return
    inside = next(((p, r) for p, r in record.records() if p == path[: len(p)]), None)
    if inside:
        _mark(inside[1], path[len(inside[0]) :])
    if not inside or inside[0] == path:
        record.link(faults=record.faults | {str(path[0])})
