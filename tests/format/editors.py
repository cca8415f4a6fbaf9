"""A catalogue as an editor sees it, which knows nothing but the schemas beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.format.placeholders import check_filled
from reasonbook.format.reading import read_yaml_record
from reasonbook.format.record import Record
from reasonbook.text.yaml_text import read_yaml_text

CATALOGUE = Path(__file__).parents[2] / "catalogue"
MODELS: dict[str, type[Record]] = {"api": Api, "domain": ErrorDomain}
# What the loader finds by these rules, JSON Schema can say, too.
OF_SHAPE = {
    Rule.UNKNOWN_KEY,
    Rule.MISSING_KEY,
    Rule.WRONG_TYPE,
    Rule.WRONG_VALUE,
    Rule.BLANK_TEXT,
    Rule.BAD_NAME,
    Rule.REMEDY_WAIT,
}


def schema(kind: str) -> Any:
    """The schema of a kind of file, as an editor reads it."""
    return json.loads((CATALOGUE / f"{kind}.schema.json").read_text())


@cache
def validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    """A validator made of the file that editors read, and of nothing of ours."""
    return jsonschema_rs.Draft202012Validator(schema(kind), validate_formats=True)


def kind_of(path: Path) -> str:
    return "api" if path.name == "api.yaml" else "domain"


def as_editors_read(path: Path) -> Any:
    """Read YAML as editors do: every key is text."""

    def keyed(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): keyed(value) for key, value in node.items()}
        return [*map(keyed, node)] if isinstance(node, list) else node

    return keyed(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def differences(folder: Path) -> Iterator[str]:
    """The files of an API of which only an editor, or only the loader, finds that they are right.

    Where the YAML itself is at fault there is nothing to compare.
    """
    for path in sorted(folder.glob("*.yaml")):
        problems = Problems()
        file = read_yaml_text(path, problems)
        if file is None or any(problem.rule is not Rule.TOO_DEEP for problem in problems):
            continue  # no YAML, or not the same YAML to everybody
        kind = kind_of(path)
        check_filled(file, problems)
        read_yaml_record(MODELS[kind], file, problems)
        refused = any(problem.rule in OF_SHAPE for problem in problems)
        unfilled = any(problem.rule is Rule.UNFILLED_TEXT for problem in problems)
        valid = validator(kind).is_valid(as_editors_read(path))
        if valid is refused and not unfilled:
            yield f"{path.name}: {[*map(str, problems)]}"
