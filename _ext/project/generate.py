"""Writes the files that are made from others: from the format's one definition, from the tests, and
from the results of the benchmark and of the scan of public source.

``python -m project.generate`` writes them; with ``--check`` it only says which are out of date,
and a test runs that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from project.bench.report import RESULTS, files
from project.bench.results import Results
from project.rule_reference import input_lines, output_lines, read_cases, sample_of
from project.truth import RESULTS as COMPARED
from project.truth import files as compared_files
from project.truth import read_results
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, ErrorDomain
from reasonbook.format.observations import Observations
from reasonbook.format.operations import Operations
from reasonbook.format.record import Record
from reasonbook.format.schemas import DIALECT, Part, Schema, schema_of
from reasonbook.ledger.record import Ledger

ROOT = Path(__file__).parents[2]

#: The files of an API's folder, with the record that each is read into.
FILES: dict[str, type[Record]] = {
    "api": Api,
    "domain": ErrorDomain,
    "operations": Operations,
    "observed": Observations,
    "published": Ledger,
}
#: Those that people write in YAML, with what editors show as the name of the schema.
EDITED = {
    "api": "An API of a Reasonbook catalogue (api.yaml)",
    "domain": "An error domain of a Reasonbook catalogue (<domain>.yaml)",
}
_TYPES = {"string": "text", "integer": "number", "array": "list", "object": "keys"}


def generated() -> Iterator[tuple[Path, str]]:
    """Yield every generated file with the text that it should have."""
    for name, title in EDITED.items():
        schema = schema_of(FILES[name])
        document = {"$schema": DIALECT, "title": title, **schema}
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
        yield ROOT / f"catalogue/{name}.schema.json", text
    for name, model in FILES.items():
        yield ROOT / f"source/_shared/keys-{name}.txt", key_tables(model)
    yield ROOT / "_ext/reasonbook/cli/rule_examples.json", rule_examples()
    results = Results.model_validate_json(RESULTS.read_text(encoding="utf-8"))
    yield from ((RESULTS.with_name(name), text) for name, text in files(results).items())
    compared = compared_files(read_results()).items()
    yield from ((COMPARED.with_name(name), text) for name, text in compared)


def rule_examples() -> str:
    """Return a real bad input for every rule and what is printed of it, for `reasonbook rules`."""
    cases = read_cases(sorted((ROOT / "tests/corpus").rglob("*.txt")))
    samples = {rule: sample_of(rule, cases) for rule in Rule}
    examples = {
        rule.label: {
            "story": case.story,
            "input": input_lines(case),
            "output": output_lines(rule, case),
        }
        for rule, case in samples.items()
        if case is not None
    }
    return json.dumps(examples, indent=1, ensure_ascii=False) + "\n"


def key_tables(model: type[Record]) -> str:
    """Return the tables of the keys of a file: its own, then those of each record inside it."""
    schema = Schema(model)
    whole = schema_of(model)
    parts = {"": whole} | _records_inside(whole, schema)
    return "\n".join(_table(place, part, schema) for place, part in parts.items())


def _records_inside(part: Part, schema: Schema, above: str = "") -> dict[str, Part]:
    """Return the records below a part, by the path at which each is first found."""
    found: dict[str, Part] = {}
    for key, member in part.get("properties", {}).items():
        place = f"{above}.{key}" if above else key
        for form in _holding(member, schema):
            if "properties" in form:
                previous = found.get(place, {"properties": {}, "required": []})
                found[place] = {
                    "properties": previous["properties"] | form["properties"],
                    "required": [*previous["required"], *form.get("required", ())],
                    "kinds": previous.get("kinds", 0) + 1,
                }
                found |= _records_inside(form, schema, place)
    return found


def _holding(part: Part, schema: Schema) -> Iterator[Part]:
    """Yield what a value, its items or its members may be."""
    for form in schema.branches(part):
        inner = [form[key] for key in ("items", "additionalProperties") if key in form]
        inner = [part for part in inner if isinstance(part, dict)]
        inner += [*form.get("patternProperties", {}).values()]
        if inner and "properties" not in form:
            for below in inner:
                yield from _holding(below, schema)
        else:
            yield form


def _table(place: str, part: Part, schema: Schema) -> str:
    lines = [f"**`{place}`**", ""] if place else []
    lines += ["| key | holds | what it says |", "|---|---|---|"]
    is_union = part.get("kinds", 1) > 1
    for key, member in part["properties"].items():
        needed = key in part.get("required", ()) and not is_union
        said = member.get("description", schema.resolved(member).get("description", ""))
        holds = _holds(member, schema) + (", **required**" if needed else "")
        lines.append(f"| `{key}` | {holds} | {said.replace('|', chr(92) + '|')} |")
    return "\n".join([*lines, ""])


def _holds(part: Part, schema: Schema) -> str:
    words: list[str] = []
    for form in schema.branches(part):
        if "enum" in form:
            words += [f"`{word}`" for word in form["enum"] if word is not None]
            continue
        types = form.get("type", [])
        for type_ in [types] if isinstance(types, str) else types:
            if type_ == "boolean":
                words.append("`true` or `false`")
            elif type_ != "null":
                words.append(_TYPES.get(type_, type_))
    return " or ".join(dict.fromkeys(words))


def main(arguments: list[str]) -> int:
    """Write the files, or check them; return the exit code."""
    stale = [
        (path, text)
        for path, text in generated()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path, text in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is out of date: run `make generate`.")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.relative_to(ROOT)}: written")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
