"""Nothing is lost between the YAML and what is published. Imports nothing of ours."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import Tag

from . import reading

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "catalogue"
#: A page is no longer than this, or does not say what its details mean.
DETAILS_CHARACTERS = 1_150


def reasons_of(catalogue: Path) -> Iterator[tuple[str, str, dict[str, Any], int]]:
    """API, domain, reason and HTTP status of every reason, from the YAML alone."""
    for api_file in sorted(catalogue.glob("*/api.yaml")):
        api = yaml.safe_load(api_file.read_text(encoding="utf-8"))
        for domain in api["domains"]:
            path = api_file.with_name(f"{domain}.yaml")
            for reason in yaml.safe_load(path.read_text(encoding="utf-8"))["reasons"]:
                http = reason.get("http") or api["statuses"][reason["status"]]["http"]
                yield api["api"], domain, reason, http


def check(site: Path, catalogue: Path, plain: Callable[[dict[str, Any], int], Any]) -> int:
    """Compare every reason with each rendering; return how many there were."""
    published = {
        (reason["api"], reason["reason"]): reason
        for api in reading.read_data(site / "reasons.json")["apis"]
        for reason in api["reasons"]
    }
    anchors: dict[Path, dict[str, Tag]] = {}
    count = 0
    for api, domain, reason, http in reasons_of(catalogue):
        count += 1
        name = reason["reason"]
        expected = plain(reason, http)
        bodies = [example["body"].rstrip("\n") for example in reason.get("examples", [])]
        stem = site / api / "reasons" / reason.get("slug", name)

        page = reading.read_page(stem.with_suffix(".html"))
        assert reading.from_html(page) == expected
        assert reading.html_examples(page) == bodies

        path = site / api / f"{domain}.html"
        if path not in anchors:
            found = reading.read_page(path).find_all(id=True)
            anchors[path] = {str(element["id"]): element for element in found}
        accordion = anchors[path][reason.get("slug", name)].find_parent("details")
        assert accordion is not None
        assert reading.from_html(accordion) == expected
        assert reading.html_examples(accordion) == bodies

        text = stem.with_suffix(".md").read_text(encoding="utf-8")
        first = {"first example": bodies[0] if bodies else None}
        assert reading.from_markdown(text) == expected | first
        seen = reading.prose_text(text)
        for example in reason.get("examples", [])[1:]:
            assert reading.squeezed(example["title"]) in seen
        check_particulars(seen, len(text), reason)

        single = reading.read_data(stem.with_suffix(".json"))
        assert {**single, **published[api, name]} == single
        assert single.keys() - published[api, name].keys() == {"$schema", "format_version"}
        of_api = reading.read_data(site / api / "reasons.json")["apis"][0]["reasons"]
        assert published[api, name] in of_api
        check_json(published[api, name], reason, http)
    return count


def check_particulars(seen: str, size: int, reason: dict[str, Any]) -> None:
    """Compare what the Markdown says of codes of fields, details, headers and corrections."""
    for each in reason.get("field_codes", []):
        meaning, fix = each["meaning"], each.get("fix") or ""
        said = f"{each['code']}: {reading.prose_text(meaning)} {reading.prose_text(fix)}"
        assert said.strip() in seen
    for each in reason.get("corrections", []):
        assert reading.prose_text(each["why"]) in seen
    for wait in reason["remedy"].get("wait") or []:
        for example in reason.get("examples", [])[:1]:
            if value := (example.get("headers") or {}).get(wait.get("header")):
                assert f"HTTP {reason.get('http', '')}".strip() in seen
                assert f"{wait['header']}: {value}" in seen
    described = [reading.prose_text(text) for text in descriptions(reason.get("details"))]
    if not all(text in seen for text in described):  # then all are left to the JSON, for their size
        assert not any(f": {text}" in seen for text in described)
        assert size + len(" ".join(described)) > DETAILS_CHARACTERS


def descriptions(schema: Any) -> Iterator[str]:
    """Everything that a schema says of what is below it."""
    if isinstance(schema, dict):
        for name, part in schema.items():
            if name == "properties":
                for member in part.values():
                    yield from filter(None, [member.get("description")])
            yield from descriptions(part)


def check_json(data: dict[str, Any], reason: dict[str, Any], http: int) -> None:
    fix = reason["fix"] if isinstance(reason["fix"], list) else [reason["fix"]]
    assert (data["http"], data["cause"], data["fix"]) == (http, [reason["cause"]], fix)
    for key in ("retry", "idempotency_key"):
        assert data["remedy"][key] == reason["remedy"].get(key)
    read = reading.from_json({**data, "remedy": data["remedy"]})
    written = reading.from_yaml(reason, http)
    assert [read[key] for key in ("actor", "wait", "next", "basis")] == [
        written[key] for key in ("actor", "wait", "next", "basis")
    ]
    bodies = [example["body"] for example in reason.get("examples", [])]
    assert [example["body"] for example in data["examples"]] == bodies


def test_the_real_catalogue(site: Path) -> None:
    assert check(site, CATALOGUE, reading.from_yaml) >= 34


# Fuzzed catalogues: each text is made together with what a reader must see of it.

TRAPS = [
    "|", "||", "a|b", "`", "``", "<b>", "</td>", "<script>alert(1)</script>", "<!-- x", "&amp;",
    "&#60;", "&", "<", ">", "\\", "\\|", "*", "**", "_", "__x__", "[x](y)", "![i](j)", "[^1]", "]",
    "~~s~~", "~~~", "# h", "#", "1.", "1. x", "2) y", "- i", "+", "---", "===", "::", ":::{note}",
    "{ref}", "{{ x }}", "|sub|", "`role`:x:", "http://example.com/?a=1&b=2", "www.example.com",
    "a@example.com", "$x$", "%", "\\n", "'", '"', "“”", "…", "--", "0x1F", "é", "e\u0301", "ß",
    "日本語", "العربية", "👩‍👩‍👧", "\u00a0", "\U0001f600", "\ue000",
    "RATE_LIMIT", "a_b_c", "_a_", "snake_case", "x*y*z", "^", "{", "}", "-", ";", ", else ", ": ",
]  # fmt: skip
# Characters that the catalogue must not hold, and those that Unicode has not given yet.
UNSEEN = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
# Letters and marks by their category, which nobody sees all the same.
FILLERS = "\u034f\u115f\u1160\u3164\uffa0"
PUNCTUATION = "\\`*_{}[]()<>#+-.!|&~:;\"'$%^/=?@,"


def some_text(source: random.Random) -> str:
    """Words of traps and letters from anywhere in Unicode."""
    words = []
    for _ in range(source.randint(1, 9)):
        if source.random() < 0.6:
            words.append(source.choice(TRAPS))
        else:
            words.append("".join(some_letter(source) for _ in range(source.randint(1, 6))))
    return (" " if source.random() < 0.8 else "").join(words)


def some_letter(source: random.Random) -> str:
    while True:
        letter = chr(source.choice([source.randrange(0x20, 0x7F), source.randrange(0xA0, 0x30000)]))
        if unicodedata.category(letter) not in UNSEEN and letter not in FILLERS:
            return letter


def some_prose(source: random.Random) -> tuple[str, str]:
    """Prose of one paragraph, and its visible text."""
    written, seen = [], []
    for _ in range(source.randint(1, 4)):
        text = some_text(source)
        kind = source.choice(["text", "text", "code", "emphasis", "strong", "link", "break"])
        escaped = "".join(f"\\{c}" if c in PUNCTUATION else c for c in text)
        if kind == "code" and "`" not in text:
            written.append(f"`x {text} x`")
            seen.append(f"x {text} x")
        elif kind in ("emphasis", "strong"):
            mark = "*" if kind == "emphasis" else "**"
            written.append(f"{mark}x {escaped} x{mark}")
            seen.append(f"x {text} x")
        elif kind == "link":
            written.append(f"[x {escaped}](https://example.com/a_b?c=(d)&e=*)")
            seen.append(f"x {text}")
        else:
            written.append(escaped)
            seen.append(text)
    join = source.choice([" ", "\n"])
    return f"A{join}{join.join(written)}.", f"A {' '.join(seen)}."


def some_blocks(source: random.Random) -> tuple[str, str]:
    """Prose of paragraphs and lists, and its visible text."""
    parts = [some_prose(source) for _ in range(source.randint(1, 3))]
    items = [some_prose(source) for _ in range(source.randint(0, 2))]
    blocks = [written for written, _ in parts]
    seen = [text for _, text in parts]
    if items:
        listed = "\n".join("- " + written.replace("\n", "\n  ") for written, _ in items)
        where = source.randint(0, len(blocks))
        blocks.insert(where, listed)
        seen[where:where] = [text for _, text in items]
    return "\n\n".join(blocks), " ".join(seen)


def some_reason(source: random.Random, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    cause, seen_cause = some_prose(source)
    steps = [some_blocks(source) for _ in range(source.randint(1, 3))]
    key, value = some_text(source), some_text(source)
    pointer = f"/data/{key.replace('~', '~0').replace('/', '~1')}"
    remedy: dict[str, Any] = {
        "actor": source.choice(["caller", "account-admin", "platform", "nobody"]),
        "retry": source.choice(["never", "after-fix", "after-delay", "at-once"]),
    }
    if remedy["retry"] == "after-delay":
        waits = [
            {"header": "Retry-After"},
            {"pointer": "/wait", "unit": source.choice(["s", "ms"])},
            {"backoff": {"first": source.choice([0.5, 1, 30]), "factor": source.choice([1.5, 2])}},
            {"seconds": source.choice([1, 2.5, 60])},
        ]
        remedy["wait"] = waits[source.randint(0, 3) :]
    if source.random() < 0.5:
        remedy["next"] = source.choice(
            [[{"request": "GET /a_b/{id}"}, {"request": "DELETE /x"}], [{"pointer": pointer}]]
        )
    if source.random() < 0.5:
        remedy["basis"] = source.choice(["stated", "derived"])
    if source.random() < 0.3 and remedy["retry"] != "never":
        remedy["idempotency_key"] = source.choice(["same", "new"])
    name = f"FAULT_{number}"
    bodies = [
        json.dumps(
            {"reason": name, "wait": 3, "data": {key: value, "n": n}},
            ensure_ascii=source.random() < 0.2,
            indent=source.choice([None, 1, 4]),
        )
        for n in range(source.randint(1, 3))
    ]
    http = source.choice([404, 409, 418, 500])
    reason = {
        "reason": name,
        "http": http,
        "cause": cause,
        "fix": [written for written, _ in steps] if len(steps) > 1 else steps[0][0],
        "remedy": remedy,
        "details": {},
        "ai_context": some_blocks(source)[0],
        "examples": [
            {"title": f"Example {n}", "origin": "constructed", "body": body}
            for n, body in enumerate(bodies)
        ],
    }
    record = reading.from_yaml({**reason, "cause": "", "fix": ""}, http)
    record["cause"] = reading.squeezed(seen_cause)
    record["fix"] = [reading.squeezed(text) for _, text in steps]
    return reason, record


def quoted(value: Any) -> str:
    """Data as YAML that every parser reads alike: JSON in which only odd characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    odd = "\u0085\u2028\u2029\ufeff\u00a0"
    return "".join(f"\\u{ord(c):04x}" if c in odd or 0x7F <= ord(c) < 0xA0 else c for c in text)


def fuzzed(folder: Path, seed: int) -> dict[str, dict[str, Any]]:
    """Write a project with a catalogue of odd texts; return what readers must see of it."""
    source = random.Random(seed)
    made = [some_reason(source, number) for number in range(40)]
    api = {
        "api": "odd",
        "title": "Odd | <API>",
        "summary": "Texts that break renderers.",
        "source": {"url": "https://example.com"},
        "envelope": {
            "schema": "envelope.schema.json",
            "reason": "/reason",
            "details": "/data",
            "example": json.dumps({"reason": "FAULT_0", "wait": 1, "data": {}}),
        },
        "schema_version": 1,
        "domains": ["things"],
    }
    schema = {
        "type": "object",
        "required": ["reason"],
        "properties": {"reason": {"type": "string"}, "wait": {"type": "integer"}, "data": {}},
    }
    domain = {
        "domain": "things",
        "title": "Things",
        "summary": "Things.",
        "reasons": [reason for reason, _ in made],
    }
    odd = folder / "catalogue" / "odd"
    odd.mkdir(parents=True)
    (odd / "api.yaml").write_text(quoted(api), encoding="utf-8")
    (odd / "things.yaml").write_text(quoted(domain), encoding="utf-8")
    (odd / "envelope.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (folder / "conf.py").write_text(
        'project = "Odd"\nextensions = ["reasonbook"]\n'
        'suppress_warnings = ["reasonbook.raw-mark"]\n'
    )
    (folder / "index.rst").write_text("Odd\n===\n\n.. api-list::\n   :toctree:\n")
    return {reason["reason"]: record for reason, record in made}


@pytest.mark.parametrize("seed", [int(os.environ.get("REASONBOOK_SEED", n)) for n in (1, 2, 3)])
def test_fuzzed_catalogues(seed: int, tmp_path: Path) -> None:
    expected = fuzzed(tmp_path, seed)
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", ".", "site"]
    subprocess.run(command, cwd=tmp_path, check=True)
    site = tmp_path / "site"
    count = check(site, tmp_path / "catalogue", lambda reason, http: expected[reason["reason"]])
    assert count == len(expected)
