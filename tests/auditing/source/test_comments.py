"""Comments are blanked, and nothing else, whatever stands in texts."""

from __future__ import annotations

import time

import pytest

from reasonbook.auditing.source.tree import SourceFile


def shown(name: str, text: str) -> str:
    return SourceFile(name, name, text.encode()).text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.go", 'x := "a" // "b"\ny', 'x := "a"       \ny'),
        ("a.go", 'x := "http://a" /* b\n" */ + c', 'x := "http://a"     \n     + c'),
        ("a.go", 'x := `C:\\` // b\n"c"', 'x := `C:\\`     \n"c"'),
        ("a.go", "x := '\"' // b", "x := '\"'     "),
        ("a.ts", 'x = `a \\` // b` + "c" // d', 'x = `a \\` // b` + "c"     '),
        ("a.ts", "x = `a\n// b\n`", "x = `a\n// b\n`"),
        ("a.ts", "x = /[\"']/ // b", "x = /[\"']/     "),
        ("a.js", 'x = /[/*]/; y = "b" // c', 'x = /[/*]/; y = "b"     '),
        ("a.tsx", "return /\\/*/.test(a) // b", "return /\\/*/.test(a)     "),
        ("a.ts", 'f(\n  /a"/g, // b\n)', 'f(\n  /a"/g,     \n)'),
        ("a.ts", "x = a / b // c\ny = /* d */ 1", "x = a / b     \ny =         1"),
        ("a.java", 'x = "a \\" // b"; // c', 'x = "a \\" // b";     '),
        ("a.rs", 'fn f<\'a>() { "b" }\n// c', 'fn f<\'a>() { "b" }\n    '),
        ("a.py", 'x = "#a" # b', 'x = "#a"    '),
        ("a.py", '"""a\n"b" """\nx = "c"', '    \n       \nx = "c"'),
        ("a.py", 'x = """A_B""" # c\n"""A b."""', 'x = """A_B"""    \n          '),
        ("a.py", "x = '''A_B''' # c", "x = '''A_B'''    "),
        ("a.rb", "x = 'a' # b", "x = 'a'    "),
        ("a.proto", "A = 1; /* B = 2;", "A = 1;          "),
        ("a.txt", "// a", "// a"),
    ],
)
def test_only_comments_are_blanked(name: str, text: str, expected: str) -> None:
    assert shown(name, text) == expected


@pytest.mark.parametrize("name", ["a.go", "a.ts", "a.py"])
@pytest.mark.parametrize("part", ['\\"', "\\'", "\\`", '"', "'", "/*", '"""', "/", "#", "=/["])
def test_what_is_never_closed_takes_no_long_time(name: str, part: str) -> None:
    began = time.process_time()
    shown(name, part * 200_000)
    assert time.process_time() - began < 2
