"""One page of every kind, as the code lists the kinds: a new one is looked at, too."""

from __future__ import annotations

from pathlib import Path

from reasonbook.checking import check_catalogue
from reasonbook.render.page_kinds import KINDS, NOT_FOUND, Addresses, Pages

CATALOGUE = Path(__file__).parents[3] / "catalogue"
SEARCH = "search"
#: What is asked for where that is not the file: a page may say different things.
ASKED = {
    NOT_FOUND.address: {
        "404-guess": "voipbin/reasons/CALL_NOT_FUOND",
        "404-nothing": "some/where/else",
    },
    SEARCH: {
        "search": "search.html",
        "search-found": "search.html?q=balance",
        "search-nothing": "search.html?q=qqqqq",
    },
}


def pages_of_kinds(site: Path) -> dict[str, str]:
    """Return what to ask for by a name: the largest page of each kind, and of a folder."""
    checked = check_catalogue(CATALOGUE, examples=False)
    generated = Pages(checked, Addresses(), whole_site=True).by_docname
    largest = {}
    files = [path for path in site.rglob("*.html") if "_static" not in path.parts]
    for file in sorted(files, key=lambda path: (path.stat().st_size, path)):
        path = file.relative_to(site)
        docname = path.as_posix().removesuffix(".html")
        of_people = docname if path.parent == Path() else f"{path.parent}/*"
        kind = generated[docname].kind.address if docname in generated else of_people
        largest[kind] = path.as_posix()
    assert {kind.address for kind in KINDS if kind.html != "none"} <= largest.keys()
    assert {"index", SEARCH} <= largest.keys()
    found = {}
    for kind, address in sorted(largest.items()):
        name = "".join(letter if letter.isalnum() else "-" for letter in kind).strip("-")
        found |= ASKED.get(kind, {name: address})
    return found
