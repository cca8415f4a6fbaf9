"""The independent count, by text alone; test_page_blocks.py holds it against what is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.sphinx.doctest.blocks import JSON_LANGUAGES
from reasonbook.sphinx.doctest.page_count import PageSettings, count_page_examples

MARKDOWN = {
    "a fence": ("```json\n{}\n```\n", 1),
    "capitals": ("```JSON\n{}\n```\n", 1),
    "tildes": ("~~~ json\n{}\n~~~\n", 1),
    "two fences": ("```json\n{}\n```\n\n```json\n{}\n```\n", 2),
    "another language": ("```python\n{}\n```\n", 0),
    "no language": ("```\n{}\n```\n", 0),
    "a language that begins alike": ("```json5\n{}\n```\n", 0),
    "in a list and a quote": ("- a\n\n  ```json\n  {}\n  ```\n\n> ```json\n> {}\n> ```\n", 2),
    "in a directive": ("````{note}\n```json\n{}\n```\n````\n", 1),
    "in code": ("````markdown\n```json\n{}\n```\n````\n", 0),
    "in a directive for code": ("````{code-block} md\n```json\n{}\n```\n````\n", 0),
    "in raw text": ("````{raw} html\n```json\n{}\n```\n````\n", 0),
    "in a test of code": ("````{testcode}\n```json\n{}\n```\n````\n", 0),
    "in a comment": ("<!--\n```json\n{}\n```\n-->\n", 0),
    "a directive for code": ("```{code-block} json\n{}\n```\n", 1),
    "an error": ("```{error-json} alpha\n{}\n```\n", 1),
    "an error in colons": (":::{error-json} alpha\n{}\n:::\n", 1),
    "a fence in colons": (":::{note}\n```json\n{}\n```\n:::\n", 1),
    "in code in colons": (":::{code-block} md\n```json\n{}\n```\n:::\n", 0),
    "an included file": ("```{literalinclude} a.json\n:language: json\n```\n", 1),
    "an included file of no language": ("```{literalinclude} a.json\n```\n", 0),
    "a file as code": ("```{include} a.json\n:code: json\n```\n", 1),
    "a file as other code": ("```{include} a.json\n:code: python\n```\n", 0),
    "a file as it is": ("```{include} a.json\n:literal:\n```\n", 0),
    "a file that is empty": ("```{include} empty.json\n:code: json\n```\n", 0),
    "a file that is not there": ("```{include} none.json\n:code: json\n```\n", 0),
    "an included page": ("```{include} part.txt\n```\n", 2),
    "an included page twice": ("```{include} part.txt\n```\n" * 2, 4),
    "an included page from the top": ("```{include} /part.txt\n```\n", 2),
    "the start of a page": ("```{include} part.txt\n:end-line: 3\n```\n", 1),
    "the end of a page": ("```{include} part.txt\n:start-line: 4\n```\n", 1),
    "no part of a page": ("```{include} part.txt\n:start-after: none\n```\n", 0),
    "a page that includes itself": ("```{include} loop.txt\n```\n", 1),
    "highlight": ("```{highlight} json\n```\n\n```\n{}\n```\n\n    {}\n", 1),
    "highlight of another language": ("```{highlight} python\n```\n\n```\n{}\n```\n", 0),
    "a division": (":::json\n{}\n:::\n", 0),
    "in a division": (":::note\n```json\n{}\n```\n:::\n", 1),
    "reStructuredText": ("```{eval-rst}\n.. code:: json\n\n   {}\n```\n", 1),
}
RST = {
    "a block": (".. code-block:: json\n\n   {}\n", 1),
    "capitals": (".. Code-Block:: JSON\n\n   {}\n", 1),
    "other names": (".. code:: json\n\n   {}\n\n.. sourcecode:: json\n\n   {}\n", 2),
    "another language": (".. code-block:: python\n\n   {}\n", 0),
    "an error": (".. error-json:: alpha\n\n   {}\n", 1),
    "in a test of code": (".. testcode::\n\n   .. code-block:: json\n\n      {}\n", 0),
    "in a directive": (".. note::\n\n   .. code-block:: json\n\n      {}\n", 1),
    "in a list": (
        "- .. code-block:: json\n\n     {}\n\n1. a\n\n   .. code:: json\n\n      {}\n",
        2,
    ),
    "in code": (
        ".. code-block:: rst\n\n   .. code-block:: json\n\n      {}\n\n.. code:: json\n",
        1,
    ),
    "in a literal block": ("As in::\n\n   .. code-block:: json\n\n      {}\n", 0),
    "after a literal block": ("As in::\n\n   x\n\n.. code-block:: json\n\n   {}\n", 1),
    "in a literal block of a list": ("- As in::\n\n    .. code:: json\n\n  .. code:: json\n", 1),
    "in a comment": (".. no\n\n   .. code-block:: json\n\n      {}\n", 0),
    "in an empty comment": ("..\n   .. code-block:: json\n\n      {}\n", 0),
    "in a footnote": (".. [1] a\n\n   .. code-block:: json\n\n      {}\n", 1),
    "an included file": (".. literalinclude:: a.json\n   :language: json\n", 1),
    "a file as code": (".. include:: a.json\n   :code: json\n", 1),
    "a file as other code": (".. include:: a.json\n   :code: python\n", 0),
    "an included page": (".. include:: part.rst.txt\n\n.. code:: json\n", 3),
    "an included page in Markdown": (
        ".. include:: part.txt\n   :parser: myst_parser.sphinx_\n",
        2,
    ),
    "the start of a page": (".. include:: part.rst.txt\n   :end-line: 3\n", 1),
    "the end of a page": (".. include:: part.rst.txt\n   :start-line: -3\n", 1),
    "what follows a text": (".. include:: part.rst.txt\n   :start-after: {}\n", 1),
    "what stands before a text": (".. include:: part.rst.txt\n   :end-before: {}\n", 1),
    "a line that is no number": (".. include:: part.rst.txt\n   :end-line: x\n", 0),
    "a page that includes itself": (".. include:: loop.rst.txt\n", 1),
    "highlight": (".. highlight:: JSON\n\nAs in::\n\n   {}\n\n.. code-block::\n\n   {}\n", 2),
    "highlight that ends": (
        ".. highlight:: json\n\n::\n\n   {}\n\n.. highlight:: none\n\n::\n\n   {}\n",
        1,
    ),
    "highlight and nothing to show": (".. highlight:: json\n\nAs in::\n\nText.\n", 0),
    "highlight and a text that goes on": (".. highlight:: json\n\nA::\n   text::\n", 0),
    "highlight of an included file": (
        ".. highlight:: json\n\n.. literalinclude:: a.json\n\n.. include:: a.json\n   :code:\n",
        2,
    ),
    "highlight of a difference": (
        ".. highlight:: json\n\n.. literalinclude:: a.json\n   :diff: b.json\n",
        0,
    ),
    "an included file of no language": (".. literalinclude:: a.json\n\n:language: json\n", 0),
}


FILES = {
    "a.json": "{}\n",
    "empty.json": "",
    "part.txt": "```json\n{}\n```\n\n```json\n{}\n```\n",
    "part.rst.txt": ".. code:: json\n\n   {}\n\n.. code:: json\n\n   {}\n",
    "loop.txt": "```json\n{}\n```\n\n```{include} loop.txt\n```\n",
    "loop.rst.txt": ".. code:: json\n\n   {}\n\n.. include:: loop.rst.txt\n",
}


def count(
    folder: Path, name: str, text: str, *, colon_fences: bool = True, language: str = "default"
) -> int:
    for file, content in FILES.items():
        (folder / file).write_text(content)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    suffixes = {".rst": "restructuredtext", ".md": "markdown"}
    settings = PageSettings(folder, suffixes, colon_fences, language)
    return count_page_examples(path, settings)


@pytest.mark.parametrize("case", MARKDOWN)
def test_markdown(case: str, tmp_path: Path) -> None:
    text, expected = MARKDOWN[case]
    assert count(tmp_path, "page.md", text) == expected


@pytest.mark.parametrize("case", RST)
def test_rst(case: str, tmp_path: Path) -> None:
    text, expected = RST[case]
    assert count(tmp_path, "page.rst", text) == expected


def test_colons_are_text_where_they_make_no_fence(tmp_path: Path) -> None:
    text = ":::{code-block} md\n```json\n{}\n```\n:::\n"
    assert count(tmp_path, "page.md", text, colon_fences=False) == 1


@pytest.mark.parametrize(
    ("name", "text"), [("page.md", "```\n{}\n```\n"), ("page.rst", "::\n\n   {}\n")]
)
def test_the_language_of_all_pages(name: str, text: str, tmp_path: Path) -> None:
    assert count(tmp_path, name, text) == 0
    assert count(tmp_path, name, text, language="json") == 1


@pytest.mark.parametrize(
    ("language", "expected"), [*((name, 1) for name in sorted(JSON_LANGUAGES)), ("json5", 0)]
)
def test_every_name_of_json(language: str, expected: int, tmp_path: Path) -> None:
    assert count(tmp_path, "page.md", f"```{language}\n{{}}\n```\n") == expected


def test_what_stands_around_pages(tmp_path: Path) -> None:
    path = tmp_path / "page.rst"
    path.write_text("::\n\n   {}\n")
    around = {"prolog": ".. highlight:: json", "epilog": ".. code:: json\n\n   {}"}
    settings = PageSettings(tmp_path, {".rst": None}, False, "default", **around)
    assert count_page_examples(path, settings) == 2
