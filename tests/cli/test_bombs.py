"""Files that are small and made to be expensive: found out soon, and in little memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import reasonbook

pytestmark = pytest.mark.slow

SECONDS = 1.75  # 2 with the imports
MEGABYTES = 200
HEAD = "domain: orders\ntitle: Orders\nsummary: Reasons.\nreasons:\n"
REASON = (
    "- {{reason: ORDER_{0}_A, http: 404, cause: Cause {0}., fix: Fix {0}., lifecycle: planned, "
    "remedy: {{actor: caller, retry: never}}, see_also: [ORDER_{0}_B]}}\n"
)
BODY = (
    HEAD + "- reason: ORDER_A\n  http: 404\n  cause: A cause.\n  fix: A fix.\n"
    "  remedy: {actor: caller, retry: never}\n  examples:\n"
    "  - {title: One, origin: observed, body: '%s'}\n"
)
BOMBS = {
    "open brackets": "a: " + "[" * 2_000_000,
    "brackets": "a: " + "[" * 1_000_000 + "]" * 1_000_000,
    "braces": "a: " + "{a: " * 500_000,
    "lists in one line": "- " * 1_000_000,
    "keys": "".join(" " * depth + "a:\n" for depth in range(1000)),
    "aliases": "a: &a [x, x]\n" + "".join(f"b{i}: *a\n" for i in range(100_000)),
    "aliases of aliases": "a: &a [x]\n"
    + "".join(f"a{i}: &a{i} [{', '.join(['*a'] * 9)}]\n" for i in range(99)),
    "a giant number": "a: " + "9" * 2_000_000,
    "giant numbers": "".join(f"a{i}: {'9' * 5000}\n" for i in range(400)),
    "a giant exponent": "a: 1e999999999\n",
    "duplicates": "a: b\n" * 500_000,
    "values": "a: [" + "a," * 1_000_000 + "]",
    "unknown keys": "".join(f"k{i}: a\n" for i in range(50_000)),
    "empty reasons": HEAD + "- {}\n" * 20_000,
    "unknown reasons": HEAD + "".join(REASON.format(i) for i in range(500)),
    "brackets in a body": BODY % ("[" * 500_000),
    "a giant number in a body": BODY % ('{"amount": ' + "9" * 500_000 + "}"),
    "stars": HEAD.replace("Reasons.", "*a " * 20_000),
    "stars and bars in one text": HEAD.replace("Reasons.", "*a_" * 600_000),
    "stars and bars in many texts": HEAD + (REASON.format("`A`" + "*a_" * 6000) * 100),
    "opening brackets in one text": HEAD.replace("Reasons.", f"'{'[' * 1_900_000}'"),
    "empty items": "-\n" * 950_000,
    "tags": "- !a\n" * 390_000,
    "anchors": "- &a x\n" * 280_000,
    "documents": "---\n" * 490_000,
    "hidden characters as escapes": 'a: "' + "\\u200b" * 300_000 + '"',
    "too many bytes": "a: b" * 2_000_000,
    "links": HEAD.replace("Reasons.", "|\n  " + "[a](" * 20_000),
}
REFERENCES = {f"d{i}": {"allOf": [{"$ref": f"#/$defs/d{i + 1}"}] * 2} for i in range(40)}
SCHEMAS = {
    "doubling": {"$defs": REFERENCES | {"d40": {}}, "$ref": "#/$defs/d0"},
    "a chain": {"$defs": {f"d{i}": {"$ref": f"#/$defs/d{i + 1}"} for i in range(5000)}},
    "anchors": {"$defs": {f"d{i}": {"$anchor": f"a{i}", "$ref": "#a0"} for i in range(3000)}},
    "unknown keywords": {f"x{i}": 1 for i in range(20_000)},
    "no schemas": {"properties": {f"x{i}": 1 for i in range(15_000)}},
    "a repeated pattern": {"properties": {"code": {"pattern": "(a{1,100000}){1,100000}"}}},
    "a tiny divisor": {"properties": {"code": {"multipleOf": 1e-300}}},
    "a long list": {"required": ["no"], "enum": [*range(40_000)]},
    "everything wrong": {"properties": {"in": {"items": {"allOf": [False] * 300}}}},
}
# Told a folder a line, it checks each in a process of its own, in which all is imported already.
MEASURE = """
import json, os, resource, signal, sys, time
from reasonbook import checking
from reasonbook.cli.main import main
for folder in sys.stdin:
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            print("null", flush=True)
        continue
    signal.alarm(60)
    os.chdir(folder.rstrip())
    answer = os.dup(1)
    os.dup2(os.open("../said", os.O_WRONLY | os.O_CREAT), 1)
    started = time.process_time()
    code = main(["check", "."])
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    seconds = time.process_time() - started
    sys.stdout.flush()
    os.write(answer, json.dumps([code, seconds, used]).encode() + b"\\n")
    os._exit(0)
"""
# Engines that track back take for ever over these: what api.yaml gets, then orders.yaml.
EXPRESSIONS = {
    "does not fit the form (A+)+[B]": (
        'reason_pattern: "(A+)+[B]"\n',
        HEAD + REASON.format(0).replace("ORDER_0_A", "A" * 40 + "_"),
    ),
    "does not match (a+)+b": (
        'response_headers: [{name: X-Trace, pattern: "(a+)+b"}]\n',
        (BODY % "{}").replace("'{}'", f"'{{}}', headers: {{X-Trace: {'a' * 40}}}"),
    ),
}


@pytest.fixture(scope="module")
def measure() -> Iterator[Callable[[Path], tuple[int, float, int]]]:
    """Check a catalogue; return the exit code, the CPU seconds and the megabytes that it took."""
    path = str(Path(reasonbook.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", MEASURE],
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        told, answers = process.stdin, process.stdout

        def run(folder: Path) -> tuple[int, float, int]:
            told.write(f"{folder}\n")
            told.flush()
            code, seconds, megabytes = json.loads(answers.readline())
            return code, seconds, megabytes

        yield run


@pytest.fixture
def hold_to_limits(
    shop: Path, measure: Callable[[Path], tuple[int, float, int]]
) -> Callable[[], str]:
    """Check the catalogue within the limits; return what was said."""

    def check() -> str:
        code, seconds, megabytes = measure(shop)
        assert code in (1, 2)
        assert seconds < SECONDS
        assert megabytes < MEGABYTES
        return (shop.parent / "said").read_text()

    return check


@pytest.mark.parametrize("bomb", BOMBS)
def test_it_is_found_out(bomb: str, shop: Path, hold_to_limits: Callable[[], str]) -> None:
    (shop / "shop/orders.yaml").write_text(BOMBS[bomb])
    hold_to_limits()


@pytest.mark.parametrize("bomb", SCHEMAS)
def test_a_schema_is_found_out(bomb: str, shop: Path, hold_to_limits: Callable[[], str]) -> None:
    (shop / "shop/envelope.schema.json").write_text(json.dumps(SCHEMAS[bomb]))
    body = '{"in": [' + "1, " * 1500 + '1], "code": 1e308}'
    (shop / "shop/orders.yaml").write_text(BODY % body)
    hold_to_limits()


@pytest.mark.parametrize("said", EXPRESSIONS)
def test_an_expression_takes_no_time(
    said: str, shop: Path, hold_to_limits: Callable[[], str]
) -> None:
    api, orders = EXPRESSIONS[said]
    with (shop / "shop/api.yaml").open("a") as file:
        file.write(api)
    (shop / "shop/orders.yaml").write_text(orders)
    assert said in hold_to_limits()
