"""What is done for a catalogue grows as the catalogue does: counted in calls, not in seconds."""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.checking import Checked, check_catalogue, compare_with_base
from reasonbook.ledger.base_folder import read_folder
from reasonbook.ledger.file import write_ledger
from reasonbook.ledger.publishing import publish
from reasonbook.schema import compile as schema_compile
from reasonbook.text import yaml_text

from .large import PER_DOMAIN, SCHEMAS, write_large

pytestmark = pytest.mark.slow

FEW, TIMES = 200, 4
MOST = 1.1


def calls_of(work: Callable[[], object]) -> int:
    """Return how many functions are called, those of other libraries and of Python included."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def exponent(few: int, many: int, times: int) -> float:
    """Return how the calls grow with the size: 1 where there are as many *times* more."""
    return math.log(many / few, times)


def test_a_check_grows_with_the_catalogue(tmp_path: Path) -> None:
    first, few, many = (tmp_path / name for name in ("first", "few", "many"))
    write_large(first, 10)
    write_large(few, FEW)
    write_large(many, FEW * TIMES)
    # What is made only once is made; of their texts hardly any is known.
    assert not check_catalogue(first).problems
    counts = [calls_of(lambda root=root: check_catalogue(root)) for root in (few, many)]
    assert exponent(*counts, TIMES) <= MOST


def test_a_comparison_grows_with_the_catalogue(tmp_path: Path) -> None:
    """Also where the base contradicts its own ledger, so that it is asked which reason does."""
    counts = []
    for name, size in (("first", 50), ("few", FEW // 2), ("many", FEW // 2 * TIMES)):
        root, base = tmp_path / name / "now", tmp_path / name / "base"
        folder = write_large(root, size)
        ledger = publish(load_catalogue(root).catalogue.apis["large"], None, "2026-05-01")
        (folder / "published.json").write_text(write_ledger(ledger))
        shutil.copytree(root, base)
        spoilt = base / "large/group-0.yaml"
        spoilt.write_text(spoilt.read_text().replace("http: 404", "http: 410", 1))
        checked = check_catalogue(root, examples=False)

        def compare(base: Path = base, checked: Checked = checked) -> None:
            compare_with_base(checked, read_folder(base, "base", "").apis)

        counts.append(calls_of(compare))
        assert not checked.problems
    assert exponent(*counts[1:], TIMES) <= MOST


def test_each_file_is_parsed_and_each_schema_compiled_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_large(tmp_path, FEW)
    parsed, compiled, searched = [], [], []
    parse, validator = yaml_text.parse_yaml_text, schema_compile.Validator
    search = yaml_text._read_again

    def parse_counted(text: str, path: Path, *others: Any) -> Any:
        parsed.append(path)
        return parse(text, path, *others)

    def search_counted(path: Path, *others: Any) -> Any:
        searched.append(path.name)
        return search(path, *others)

    def compile_counted(schema: object, **options: Any) -> Any:
        compiled.append(schema)
        return validator(schema, **options)

    monkeypatch.setattr(yaml_text, "parse_yaml_text", parse_counted)
    monkeypatch.setattr(yaml_text, "_read_again", search_counted)
    monkeypatch.setattr(schema_compile, "Validator", compile_counted)
    check_catalogue(tmp_path)
    assert len(parsed) == len({*parsed}) == 1 + FEW // PER_DOMAIN
    assert searched == ["api.yaml"]  # for places; no domain is
    assert len(compiled) == 1 + SCHEMAS  # that of the envelope, and those of details
