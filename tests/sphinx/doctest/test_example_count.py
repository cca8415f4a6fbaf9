"""The independent count of the catalogue, whose files are read as plain YAML."""

from __future__ import annotations

from pathlib import Path

from reasonbook.sphinx.doctest.example_count import count_catalogue_examples


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
    expected = {folder / "api.yaml": 1, folder / "one.yaml": 2, folder / "two.yaml": 0}
    assert count_catalogue_examples(tmp_path) == expected
