"""The independent count, by text alone; test_page_blocks.py holds it against what is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.sphinx.example_count import count_catalogue_examples, count_page_examples

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
    "in a comment": ("<!--\n```json\n{}\n```\n-->\n", 0),
    "a directive for code": ("```{code-block} json\n{}\n```\n", 1),
    "an error": ("```{error-json} alpha\n{}\n```\n", 1),
    "an error in colons": (":::{error-json} alpha\n{}\n:::\n", 1),
    "a fence in colons": (":::{note}\n```json\n{}\n```\n:::\n", 1),
    "in code in colons": (":::{code-block} md\n```json\n{}\n```\n:::\n", 0),
    "an included file": ("```{literalinclude} a.json\n:language: json\n```\n", 1),
    "an included file of no language": ("```{literalinclude} a.json\n```\n", 0),
    "reStructuredText": ("```{eval-rst}\n.. code:: json\n\n   {}\n```\n", 1),
}
RST = {
    "a block": (".. code-block:: json\n\n   {}\n", 1),
    "capitals": (".. Code-Block:: JSON\n\n   {}\n", 1),
    "other names": (".. code:: json\n\n   {}\n\n.. sourcecode:: json\n\n   {}\n", 2),
    "another language": (".. code-block:: python\n\n   {}\n", 0),
    "an error": (".. error-json:: alpha\n\n   {}\n", 1),
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
    "an included file of no language": (".. literalinclude:: a.json\n\n:language: json\n", 0),
}


def count(folder: Path, name: str, text: str, *, colon_fences: bool = True) -> int:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    suffixes = {".rst": "restructuredtext", ".md": "markdown"}
    return count_page_examples([path], suffixes, colon_fences=colon_fences)


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


def test_all_pages_are_counted(tmp_path: Path) -> None:
    paths = [tmp_path / "a.md", tmp_path / "b.rst"]
    paths[0].write_text("```json\n{}\n```\n")
    paths[1].write_text(".. code:: json\n\n   {}\n")
    suffixes = {".rst": None, ".md": "markdown"}
    assert count_page_examples(paths, suffixes, colon_fences=False) == 2


def test_catalogue(tmp_path: Path) -> None:
    """Planned reasons may be without examples; editors and people hide files behind a point."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "api.yaml").write_text("api: shop\n")
    (folder / "one.yaml").write_text("reasons: [{examples: [{}, {}]}, {}, {examples: null}]\n")
    (folder / "two.yaml").write_text("\ufeffreasons: []\n", encoding="utf-8")
    (folder / ".#one.yaml").symlink_to("nobody@nowhere")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden/api.yaml").write_text("api: hidden\n")
    assert count_catalogue_examples(tmp_path) == 3
