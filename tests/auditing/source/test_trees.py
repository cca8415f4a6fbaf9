"""Source trees beside every place in them that names a reason, as ``path:line:column``.

Each file in ``trees`` has the code_scan of an API, the files of a tree, and what is found: ``?``
where a reason is computed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.auditing.source.scan import Scan, scan_source
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.problems import Problems

from ...test_corpus import sections

TREES = sorted((Path(__file__).parent / "trees").glob("*.txt"))


def listed(scan: Scan) -> str:
    sites = sorted([*scan.sites, *scan.computed])
    lines = [f"{site.at} {site.reason or '?'} {site.status or ''}".strip() for site in sites]
    seen = [line if "?" not in line else line.partition("?")[0] + "?" for line in lines]
    return "\n".join([*seen, f"{scan.files} files, {scan.searched} searched", ""])


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.stem)
def test_every_place_is_found(tree: Path, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (_, code_scan), *files, (_, expected) = sections(tree)
    api_file = shop / "shop/api.yaml"
    entries = "".join(f"  {line}\n" for line in code_scan.splitlines())
    api_file.write_text(f"format: 2\ncode_scan:\n{entries}{api_file.read_text()}")
    for name, text in files:
        path = shop / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    api, problems = load_catalogue(shop).catalogue.apis["shop"], Problems()
    monkeypatch.chdir(shop / "source")

    scan = scan_source(Path(), api, problems)

    assert listed(scan) == expected
    assert [*map(str, problems)] == []
