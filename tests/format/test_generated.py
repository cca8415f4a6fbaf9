"""What is made from the format's one definition is up to date, and has the same keys everywhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from project.generate import FILES, main
from reasonbook.format.model import Api, ErrorDomain, Reason
from reasonbook.format.record import Record, keys_of
from reasonbook.render.data.schema import export_schema


def test_every_generated_file_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    """To renew them: make generate"""
    assert main(["--check"]) == 0, capsys.readouterr().out


def records(model: type[Record] = Record) -> Iterator[type[Record]]:
    for inner in model.__subclasses__():
        yield inner
        yield from records(inner)


def keys(node: Any) -> set[str]:
    """The names of all members that a JSON Schema describes, however deep."""
    if isinstance(node, list):
        return {name for item in node for name in keys(item)}
    if not isinstance(node, dict):
        return set()
    here = set(node.get("properties", {}))
    return here.union(*(keys(value) for value in node.values()))


@pytest.mark.parametrize("kind", ["api", "domain"])
def test_editors_know_the_keys_of_the_model_and_no_others(kind: str, project: Path) -> None:
    schema = json.loads((project / f"catalogue/{kind}.schema.json").read_text())
    inside = {model.__name__: model for model in records()}
    found = {FILES[kind], *(inside[name] for name in schema["$defs"])}
    assert keys(schema) == {key for model in found for key in keys_of(model).values()}


@pytest.mark.parametrize("kind", FILES)
def test_the_guide_tells_the_keys_of_the_model_and_no_others(kind: str, project: Path) -> None:
    guide = (project / f"source/_shared/keys-{kind}.txt").read_text()
    told = set(re.findall(r"^\| `([a-z_]+)` \|", guide, flags=re.MULTILINE))
    assert told == keys(FILES[kind].model_json_schema())
    assert f"_shared/keys-{kind}.txt" in (project / "source/guide/format.md").read_text()


# Those that the export says otherwise: where it shows them, or why it does not.
OTHERWISE = {
    (Reason, "slug"): "url",
    (Reason, "details"): "details_schema",
}
# Settings of the files, no facts of the API.
NOT_EXPORTED = {(Api, "format"), (Api, "code_scan")}


@pytest.mark.parametrize("model", [Api, ErrorDomain, Reason], ids=lambda model: model.__name__)
def test_the_export_has_every_key_of_the_model(model: type[Record]) -> None:
    exported = export_schema()["$defs"][model.__name__]["properties"]
    if model is ErrorDomain:  # whose reasons are in one list of the API
        exported = {**exported, "reasons": {}}
    missing = [
        (model, key)
        for key in keys_of(model).values()
        if OTHERWISE.get((model, key), key) not in exported
    ]
    assert [one for one in missing if one not in NOT_EXPORTED] == []
