"""Coverage as a table in text, as JSON, as a page, and in short for a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from reasonbook import limits
from reasonbook.auditing.coverage.reasons import Coverage, ReasonCoverage
from reasonbook.auditing.sightings import Tally
from reasonbook.diagnostics.problems import printable
from reasonbook.render.markdown import writer as md

#: A name, how often it was seen, when last, and whether it is an operation of the reason above.
Row = tuple[str, str, str, bool]
HEADINGS = ("reason, operation", "times", "last seen")


def _rows(coverage: Coverage) -> Iterator[Row]:
    for each in coverage.reasons:
        yield (each.reason, *_tally(each.all, "excepted" if each.is_excepted else "never"), False)
        for operation, tally in each.rows():
            yield (operation, *_tally(tally, "never"), True)


def _tally(tally: Tally, never: str) -> tuple[str, str]:
    if not tally.count:
        return "0", never
    return str(tally.count), tally.last.isoformat() if tally.last else "day not known"


def as_text(coverages: Sequence[Coverage]) -> str:
    """Return a table for each API: its reasons, each with its operations below it."""
    return "\n\n".join(map(_text_table, coverages)) + "\n"


def _text_table(coverage: Coverage) -> str:
    rows = [("  " * is_below + name, *cells) for name, *cells, is_below in _rows(coverage)]
    table = [HEADINGS, *rows]
    first, second = (max(len(row[column]) for row in table) for column in (0, 1))
    lines = (f"{a.ljust(first)}  {b.rjust(second)}  {c}" for a, b, c in table)
    return "\n".join(map(printable, [coverage.summary, "", *lines]))


def as_json(coverages: Sequence[Coverage]) -> str:
    """Return all of it as data."""
    found = [
        {
            "api": each.api.name,
            "documented": len(each.reasons),
            "excepted": len(each.reasons) - len(each.counted),
            "seen": each.seen,
            "percent": each.percent,
            "reasons": [*map(_reason_data, each.reasons)],
        }
        for each in coverages
    ]
    return json.dumps({"version": 1, "apis": found}, indent=2, ensure_ascii=False) + "\n"


def _reason_data(each: ReasonCoverage) -> dict[str, Any]:
    return {
        "reason": each.reason,
        "excepted": each.is_excepted,
        **_tally_data(each.all),
        "operations": [
            {"operation": operation or None, **_tally_data(tally)}
            for operation, tally in each.by.items()
        ],
        "not_seen_by": [*each.others],
    }


def _tally_data(tally: Tally) -> dict[str, Any]:
    return {"count": tally.count, "last": tally.last.isoformat() if tally.last else None}


def as_markdown(coverages: Sequence[Coverage]) -> str:
    """Return a short table for a pull request: how much was seen, and what was not."""
    rows = [
        (
            md.escape(each.api.title),
            f"{each.seen} of {len(each.counted)}",
            f"{each.percent:g}%",
            str(len(each.reasons) - len(each.counted)),
            _first(each.missing),
        )
        for each in coverages
    ]
    return md.table(("API", "reasons seen", "coverage", "excepted", "not seen"), rows) + "\n"


def _first(names: Sequence[str]) -> str:
    """Return the first of some names; a comment on a change is to be read at a glance."""
    shown = ", ".join(map(md.code, names[: limits.COVERAGE_NAMES]))
    more = len(names) - limits.COVERAGE_NAMES
    return f"{shown} and {more} more" if more > 0 else shown


_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Coverage by reason</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; \
padding: 0 1rem }}
table {{ border-collapse: collapse; width: 100% }}
caption {{ text-align: left; padding-bottom: .5rem }}
th, td {{ text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #8888; \
overflow-wrap: anywhere }}
th:nth-child(2), td:nth-child(2) {{ text-align: right }}
tbody th {{ font-weight: 600 }}
tbody th.operation {{ font-weight: 400; padding-left: 2rem }}
tr.never td:last-child {{ font-weight: 600 }}
</style>
<body>
<main>
<h1>Coverage by reason</h1>
{tables}
</main>
"""


def as_html(coverages: Sequence[Coverage]) -> str:
    """Return a page that stands alone: nothing is fetched, and no script runs."""
    return _PAGE.format(tables="\n".join(map(_html_table, coverages)))


def _html_table(coverage: Coverage) -> str:
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in HEADINGS)
    return "\n".join(
        [
            f"<h2>{escape(coverage.api.title)}</h2>",
            f"<table><caption>{escape(coverage.summary)}</caption>",
            f"<thead><tr>{head}</tr></thead><tbody>",
            *map(_html_row, _rows(coverage)),
            "</tbody></table>",
        ]
    )


def _html_row(row: Row) -> str:
    name, times, last, is_below = row
    missing = ' class="never"' if not is_below and last == "never" else ""
    below = ' class="operation"' if is_below else ""
    return (
        f'<tr{missing}><th scope="row"{below}><code>{escape(name)}</code></th>'
        f"<td>{times}</td><td>{last}</td></tr>"
    )


#: How a table is written, by the suffix of its file.
FORMATS: Mapping[str, Callable[[Sequence[Coverage]], str]] = {
    ".txt": as_text,
    ".json": as_json,
    ".html": as_html,
    ".md": as_markdown,
}
