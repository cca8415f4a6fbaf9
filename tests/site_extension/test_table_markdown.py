"""Tables of hand-written pages: what authors write, and what agents get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = {
    "a caption": (
        "```{list-table} Limits *here*\n:header-rows: 1\n\n* - a\n* - 1\n```",
        "**Limits *here***\n\n| a |\n| --- |\n| 1 |",
    ),
    "no head": (
        "```{list-table}\n* - a\n  - b\n* - c\n  - d\n```",
        "|   |   |\n| --- | --- |\n| a | b |\n| c | d |",
    ),
    "cells over several rows": (
        """```{eval-rst}
+------+-------+-------+
| HTTP | Cause | Retry |
+======+=======+=======+
| 429  | rate  | later |
|      +-------+-------+
|      | quota | never |
+------+-------+       |
| 402  | money |       |
+------+-------+-------+
```""",
        "| HTTP | Cause | Retry |\n| --- | --- | --- |\n| 429 | rate | later |\n"
        "| 429 | quota | never |\n| 402 | money | never |",
    ),
    "cells over several columns": (
        """```{eval-rst}
+------+-----+-----+
| Plan | Min | Max |
+======+=====+=====+
| free | none      |
+------+-----+-----+
| Those that cost  |
+------+-----+-----+
| team | 1   | 5   |
+------+-----+-----+
```""",
        "| Plan | Min | Max |\n| --- | --- | --- |\n| free | none | none |\n"
        "| Those that cost |   |   |\n| team | 1 | 5 |",
    ),
    "a cell over rows and columns": (
        """```{eval-rst}
+---+---+---+
| a | b | c |
+===+===+===+
| x     | 1 |
|       +---+
|       | 2 |
+-------+---+
```""",
        "| a | b | c |\n| --- | --- | --- |\n| x | x | 1 |\n| x | x | 2 |",
    ),
    "a head of two rows": (
        """```{eval-rst}
+------+-----------+
| Plan | Calls     |
|      +-----+-----+
|      | Min | Max |
+======+=====+=====+
| team | 1   | 5   |
+------+-----+-----+
```""",
        "| Plan | Calls / Min | Calls / Max |\n| --- | --- | --- |\n| team | 1 | 5 |",
    ),
    "code in a cell": (
        "````{list-table}\n:header-rows: 1\n\n* - a\n* - ```sh\n    a | b\n    c\n    ```\n````",
        "| a |\n| --- |\n| `a \\| b c` |",
    ),
    "a described object in a cell": (
        "````{list-table}\n:header-rows: 1\n\n* - a\n* - ```{py:function} ping(n)\n"
        "    :no-index:\n\n    Calls.\n    ```\n````",
        "| a |\n| --- |\n| `ping(n)`: Calls. |",
    ),
    "a hard break in a cell": ("| a |\n|---|\n| one<br>two |", "| a |\n| --- |\n| one two |"),
    "lists in a cell": (
        ":::{list-table}\n:header-rows: 1\n\n* - a\n* - - b\n    - c\n\n    1. d\n    2. e\n:::",
        "| a |\n| --- |\n| b; c (1) d (2) e |",
    ),
    "an admonition in a cell": (
        "````{list-table}\n:header-rows: 1\n\n* - a\n* - :::{note}\n    Mind.\n    :::\n````",
        "| a |\n| --- |\n| **Note.** Mind. |",
    ),
    "definitions in a cell": (
        ":::{list-table}\n:header-rows: 1\n\n* - a\n* - b\n    : c\n\n    d\n    : e\n:::",
        "| a |\n| --- |\n| **b**: c; **d**: e |",
    ),
}


@pytest.fixture(scope="module")
def built(twins_of: Callable[..., dict[str, str]]) -> dict[str, str]:
    return twins_of({name: text for name, (text, _) in CASES.items()}, {})


@pytest.mark.parametrize("name", CASES)
def test_case(built: dict[str, str], name: str) -> None:
    assert built[name] == CASES[name][1]
