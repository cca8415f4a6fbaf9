"""What editors complete and mark is what the loader accepts, as far as JSON Schema can say it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.format.placeholders import check_filled
from reasonbook.format.reading import read_record
from reasonbook.format.record import Record
from reasonbook.text.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests/corpus/cases").glob("*.txt"))
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


@pytest.fixture(scope="module")
def validators() -> dict[str, jsonschema_rs.Draft202012Validator]:
    """Validators made of the files that editors read, and of nothing of ours."""
    return {
        kind: jsonschema_rs.Draft202012Validator(
            json.loads((ROOT / f"catalogue/{kind}.schema.json").read_text()), validate_formats=True
        )
        for kind in MODELS
    }


@pytest.mark.parametrize("kind", MODELS)
def test_it_is_itself_valid(kind: str) -> None:
    jsonschema_rs.meta.validate(json.loads((ROOT / f"catalogue/{kind}.schema.json").read_text()))


@pytest.mark.parametrize("kind", MODELS)
def test_no_mapping_takes_unknown_keys(kind: str) -> None:
    free = [
        path
        for path, part in parts(json.loads((ROOT / f"catalogue/{kind}.schema.json").read_text()))
        if part.get("type") == "object"
        and not {"additionalProperties", "patternProperties"} & {*part}
    ]
    # A JSON Schema in YAML, which has a check of its own.
    details = "/$defs/Reason/properties/details"
    assert [path for path in free if not path.startswith(details)] == []


@pytest.mark.parametrize("kind", MODELS)
def test_every_key_says_what_it_is_for(kind: str) -> None:
    """Hints repeat it where the key is missing or wrong, and editors show it."""
    unexplained = [
        f"{path}/{name}"
        for path, part in parts(json.loads((ROOT / f"catalogue/{kind}.schema.json").read_text()))
        for name, member in part.get("properties", {}).items()
        if not member.get("description", "").endswith(".")
    ]
    assert unexplained == []


def parts(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema that stands for a value, with its path."""
    if isinstance(schema, dict):
        if "type" in schema:
            yield path, schema
        for key, value in schema.items():
            yield from parts(value, f"{path}/{key}")


def as_editors_read(path: Path) -> Any:
    """Read YAML as editors do: every key is text."""

    def keyed(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): keyed(value) for key, value in node.items()}
        return [*map(keyed, node)] if isinstance(node, list) else node

    return keyed(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def spoilt(case: Path, shop: Path) -> list[Path]:
    """Apply a case of the corpus; return the files of the catalogue."""
    *steps, _ = re.split(r"^=== ", case.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    path, old = shop, ""
    for step in steps:
        title, _, text = step.partition("\n")
        text = re.sub(r"<U\+([0-9A-F]{4,6})>", lambda match: chr(int(match[1], 16)), text)
        name, _, action = title.rpartition(": ")
        path = shop / name if name else path
        if action == "instead of":
            old = text
        elif action == "write" and not name:
            path.write_bytes(path.read_text(encoding="utf-8").replace(old, text).encode())
        elif action == "write":
            path.write_bytes(text.encode())
        elif action != "later":
            return []  # no file that an editor opens
    return sorted((shop / "shop").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_schema_and_loader_agree(
    case: Path, shop: Path, validators: dict[str, jsonschema_rs.Draft202012Validator]
) -> None:
    for path in spoilt(case, shop):
        problems = Problems()
        root = read_yaml(path, problems)
        if root is None or any(problem.rule is not Rule.TOO_DEEP for problem in problems):
            continue  # no YAML, or not the same YAML to everybody
        kind = "api" if path.name == "api.yaml" else "domain"
        check_filled(root, problems)
        read_record(MODELS[kind], root, problems)
        refused = any(problem.rule in OF_SHAPE for problem in problems)
        unfilled = any(problem.rule is Rule.UNFILLED_TEXT for problem in problems)
        valid = validators[kind].is_valid(as_editors_read(path))
        assert valid is not refused or unfilled, f"{path.name}: {[*map(str, problems)]}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "catalogue").glob("*/*.yaml")), ids=lambda path: path.stem
)
def test_the_catalogue_is_valid_in_an_editor(
    path: Path, validators: dict[str, jsonschema_rs.Draft202012Validator]
) -> None:
    kind = "api" if path.name == "api.yaml" else "domain"
    validators[kind].validate(as_editors_read(path))
