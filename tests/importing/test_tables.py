"""Codes from tables in Markdown and reStructuredText."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

Write = Callable[..., str]
FOUND = {
    "OUT_OF_STOCK": {
        "http": 409,
        "cause": "Too few; see `POST /orders` | [more](https://x.example/).",
    },
    "CARD_DECLINED": {"http": "unknown", "cause": "See the bank."},
}
MARKDOWN = """\
# Errors

Two tables.

## Codes of the shop

| Code | HTTP | Meaning |
|:-----|------|---------|
| `OUT_OF_STOCK` | 409 Conflict | Too few; see `POST /orders` \\| [more](https://x.example/). |
| <a name="c"></a>CARD_DECLINED | | See [the bank](#bank). |

## Statuses

| HTTP | What |
|------|------|
| 404 | x |
"""
LIST_TABLE = """\
Errors
======

.. list-table:: Codes of the shop
   :header-rows: 1

   * - Code
     - HTTP
     - Meaning
   * - ``OUT_OF_STOCK``
     - 409 Conflict
     - Too few; see ``POST /orders`` | `more <https://x.example/>`__.
   * - CARD_DECLINED
     -
     - See :ref:`the bank <bank>`.
"""
GRID = """\
Codes of the shop
=================

+------------------+--------------+--------------------------------------+
| Code             | HTTP         | Meaning                              |
+==================+==============+======================================+
| ``OUT_OF_STOCK`` | 409 Conflict | Too few; see ``POST /orders`` |      |
|                  |              | `more <https://x.example/>`__.       |
+------------------+--------------+--------------------------------------+
| CARD_DECLINED    |              | See :doc:`the bank <bank>`.          |
+------------------+--------------+--------------------------------------+

.. unknown:: directive
"""
CSV_TABLE = """\
.. csv-table:: Codes of the shop
   :header: Code, HTTP, Meaning

   ``OUT_OF_STOCK``, 409 Conflict, "Too few; see ``POST /orders`` | `more <https://x.example/>`__."
   CARD_DECLINED, , See the bank.
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("errors.md", MARKDOWN),
        ("errors.rst", LIST_TABLE),
        ("errors.rst", GRID),
        ("errors.rst", CSV_TABLE),
    ],
    ids=["markdown", "list-table", "grid", "csv-table"],
)
def test_a_table_comes_in_whatever_its_form(name: str, text: str, shop: Any, write: Write) -> None:
    assert shop.bring(write(name, text)) == 0
    assert shop.reasons() == FOUND
    assert shop.is_clean()


TWO = """\
| Code | Meaning |
|---|---|
| A_B | One. |

## Payments

| Error code | Meaning |
|---|---|
| C_D | Two. |
"""


@pytest.mark.parametrize(
    ("table", "codes"),
    [("1", ["A_B"]), ("payments", ["C_D"]), ("Error code", ["C_D"]), ("all", ["A_B", "C_D"])],
)
def test_a_table_is_chosen(table: str, codes: list[str], shop: Any, write: Write) -> None:
    assert shop.bring(write("errors.md", TWO), "--table", table) == 0
    assert list(shop.reasons()) == codes


def test_of_several_tables_none_is_guessed(shop: Any, write: Write) -> None:
    assert shop.bring(write("errors.md", TWO)) == 2
    assert shop.err == (
        "reasonbook: errors.md:1:1: There are 2 tables that may hold the codes.\n"
        "  hint: Choose with --table N, --table HEADING or --table all: 1 on line 1 (Code, "
        "Meaning); 2 on line 7 (Error code, Meaning).\n"
    )


def test_cells_have_their_places(shop: Any, write: Write) -> None:
    shop.bring(write("errors.md", "| HTTP | Code |\n|--|--|\n| x | A_B |\n| 404 | |\n"))
    assert "errors.md:3:3: HTTP of A_B is not an HTTP status; kept as an attribute.\n" in shop.out
    assert "errors.md:4:6: The row has no code.\n" in shop.out


def test_a_message_has_no_marks_of_the_page(shop: Any, write: Write) -> None:
    table = "| Code | Message | Cause |\n|--|--|--|\n| A_B | No `x` here. | No `x` here. |\n"
    shop.bring(write("errors.md", table))
    reason = shop.reasons()["A_B"]
    assert (reason["message"], reason["cause"]) == ("No x here.", "No `x` here.")


def test_a_file_that_a_page_includes_is_not_read(shop: Any, write: Write) -> None:
    write("secret.csv", "Code\nSECRET\n")
    page = (
        ".. csv-table:: x\n   :file: secret.csv\n\n.. csv-table:: y\n   :header: Code\n\n   A_B\n"
    )
    assert shop.bring(write("errors.rst", page)) == 0
    assert list(shop.reasons()) == ["A_B"]


def test_without_docutils_the_reader_says_what_to_install(
    shop: Any, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "docutils", None)
    assert shop.bring(write("errors.rst", GRID)) == 2
    assert shop.err == (
        "reasonbook: errors.rst:1:1: reStructuredText is read by docutils, which is not "
        "installed.\n"
        "  hint: Install it with pip install docutils; reasonbook[sphinx] brings it along.\n"
    )


def test_a_list_in_a_cell_is_the_steps(shop: Any, write: Write) -> None:
    rows = "   * - Code\n     - Fix\n   * - A_B\n     - * Wait\n         a while.\n"
    page = f".. list-table::\n   :header-rows: 1\n\n{rows}       * Try again.\n"
    assert shop.bring(write("errors.rst", page)) == 0
    assert shop.reasons()["A_B"]["fix"] == ["Wait a while.", "Try again."]
