"""What editors complete and mark is what the loader accepts, as far as JSON Schema can say it."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.editor_schemas import KINDS, Kind
from reasonbook.format.shape import check_shape
from reasonbook.text.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "tests/corpus/cases").glob("*.txt"))
# What the loader finds by these rules, JSON Schema can say, too.
OF_SHAPE = {
    Rule.UNKNOWN_KEY,
    Rule.MISSING_KEY,
    Rule.WRONG_TYPE,
    Rule.WRONG_VALUE,
    Rule.BLANK_TEXT,
    Rule.BAD_NAME,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_file_beside_the_catalogue_is_the_schema_of_the_loader(kind: Kind) -> None:
    """To renew it: cp _ext/reasonbook/core/schemas/*.json catalogue/"""
    name = f"{kind}.schema.json"
    shipped = resources.files("reasonbook.format") / "schemas" / name
    assert (ROOT / "catalogue" / name).read_bytes() == shipped.read_bytes()


def test_the_loader_takes_them_for_no_part_of_the_catalogue() -> None:
    assert [*load_catalogue(ROOT / "catalogue").catalogue.apis] == ["vobiz", "voipbin"]


@pytest.fixture(scope="module")
def validators() -> dict[Kind, jsonschema_rs.Draft202012Validator]:
    """Validators made of the files that editors read, and of nothing of ours."""
    schemas = {
        kind: json.loads((ROOT / f"catalogue/{kind}.schema.json").read_text()) for kind in KINDS
    }
    registry = jsonschema_rs.Registry(
        [(f"json-schema:///{kind}.schema.json", schema) for kind, schema in schemas.items()]
    )
    return {
        kind: jsonschema_rs.Draft202012Validator(schema, registry=registry, validate_formats=True)
        for kind, schema in schemas.items()
    }


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
    case: Path, shop: Path, validators: dict[Kind, jsonschema_rs.Draft202012Validator]
) -> None:
    for path in spoilt(case, shop):
        problems = Problems()
        root = read_yaml(path, problems)
        if root is None or any(problem.rule is not Rule.TOO_DEEP for problem in problems):
            continue  # no YAML, or not the same YAML to everybody
        kind: Kind = "api" if path.name == "api.yaml" else "domain"
        check_shape(kind, root, problems)
        refused = any(problem.rule in OF_SHAPE for problem in problems)
        unfilled = any(problem.rule is Rule.UNFILLED_TEXT for problem in problems)
        valid = validators[kind].is_valid(as_editors_read(path))
        assert valid is not refused or unfilled, f"{path.name}: {[*map(str, problems)]}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "catalogue").glob("*/*.yaml")), ids=lambda path: path.stem
)
def test_the_catalogue_is_valid_in_an_editor(
    path: Path, validators: dict[Kind, jsonschema_rs.Draft202012Validator]
) -> None:
    kind: Kind = "api" if path.name == "api.yaml" else "domain"
    validators[kind].validate(as_editors_read(path))
