"""What recordings show, kept in a file of the catalogue."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reasonbook.auditing.coverage.observing import digest_of, observed, write_observed
from reasonbook.auditing.sightings import Sightings
from reasonbook.cli.main import main
from reasonbook.format.model import Catalogue
from reasonbook.format.observations import Observed

from .conftest import reread

DAY, LATER = date(2026, 11, 26), date(2026, 11, 27)
A, B = "a" * 16, "b" * 16
PLACE = Path("catalogue/shop/observed.json")
ORDERS = '"reason": "ANYTHING", "operation": "POST /orders"'
FILE = f"""\
{{
  "observed": [
    {{{ORDERS}, "count": 2, "last": "2026-11-26", "source": "{A}"}},
    {{{ORDERS}, "count": 1, "source": "{B}"}},
    {{"reason": "CARD_DECLINED/EXPIRED", "count": 1, "last": "2026-11-27", "source": "{B}"}}
  ]
}}
"""

Make = Callable[..., Sightings]


def keep(catalogue: Catalogue, **recordings: Sightings) -> Catalogue:
    """Write what recordings show; return the catalogue as it is read then."""
    found = observed(catalogue.apis["shop"], recordings)
    PLACE.write_text(write_observed(found))
    return reread()


def test_a_line_for_each_reason_operation_and_recording(catalogue: Catalogue, seen: Make) -> None:
    first = seen(("ANYTHING", "POST /orders", 2, DAY))
    second = seen(("CARD_DECLINED/EXPIRED", "", 1, LATER), ("ANYTHING", "POST /orders", 1, None))
    keep(catalogue, **{B: second, A: first})
    assert PLACE.read_text() == FILE


def test_the_order_in_which_recordings_come_makes_no_difference(
    catalogue: Catalogue, seen: Make
) -> None:
    first = seen(("ANYTHING", "POST /orders", 2, DAY))
    second = seen(("CARD_DECLINED/EXPIRED", "", 1, LATER), ("ANYTHING", "POST /orders", 1, None))
    keep(keep(catalogue, **{B: second}), **{A: first})
    assert PLACE.read_text() == FILE


def test_the_same_recording_is_not_counted_twice(catalogue: Catalogue, seen: Make) -> None:
    rows = seen(("ANYTHING", "POST /orders", 2, DAY))
    again = keep(keep(catalogue, **{A: rows}), **{A: rows})
    assert again.apis["shop"].reasons["ANYTHING"].observed == Observed(
        last="2026-11-26", count=2, operations=("POST /orders",)
    )


def test_what_is_read_better_now_takes_the_place_of_what_was_read(
    catalogue: Catalogue, seen: Make
) -> None:
    before = keep(catalogue, **{A: seen(("ANYTHING", "", 2, DAY))})
    keep(before, **{A: seen(("ANYTHING", "POST /orders", 2, DAY))})
    assert [each["operation"] for each in json.loads(PLACE.read_text())["observed"]] == [
        "POST /orders"
    ]


def test_all_recordings_together_say_how_often_and_when_last(
    catalogue: Catalogue, seen: Make
) -> None:
    first = seen(("ANYTHING", "POST /orders", 2, LATER))
    second = seen(("ANYTHING", "POST /payments", 1, DAY), ("ANYTHING", "", 4, None))
    found = keep(catalogue, **{A: first, B: second}).apis["shop"]
    assert found.reasons["ANYTHING"].observed == Observed(
        last="2026-11-27", count=7, operations=("POST /orders", "POST /payments")
    )
    assert found.reasons["NOT_ALLOWED"].observed is None


def test_what_the_catalogue_does_not_know_is_left_out(catalogue: Catalogue, seen: Make) -> None:
    """It is whatever a body or an address held, such as a number of a phone."""
    found = observed(
        catalogue.apis["shop"],
        {A: seen(("+4915112345678", "", 1, DAY), ("ANYTHING", "GET /u/ann@example.com", 1, DAY))},
    )
    assert write_observed(found) == (
        '{\n  "observed": [\n    {"reason": "ANYTHING", "count": 1, "last": "2026-11-26", '
        f'"source": "{A}"}}\n  ]\n}}\n'
    )


def test_of_several_operations_that_are_not_known_the_counts_are_added(
    catalogue: Catalogue, seen: Make
) -> None:
    rows = seen(("ANYTHING", "GET /a", 1, LATER), ("ANYTHING", "", 2, None))
    (found,) = observed(catalogue.apis["shop"], {A: rows})
    assert (found.count, found.last) == (3, "2026-11-27")


def test_a_line_that_two_branches_wrote_counts_once(catalogue: Catalogue, seen: Make) -> None:
    keep(catalogue, **{A: seen(("ANYTHING", "", 2, DAY))})
    line = PLACE.read_text().splitlines()[2]
    PLACE.write_text(PLACE.read_text().replace(line, f"{line},\n{line}"))
    reason = reread().apis["shop"].reasons["ANYTHING"]
    assert reason.observed == Observed(last="2026-11-26", count=2)


def test_a_recording_is_known_again_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.har").write_bytes(b"{}")
    assert digest_of(tmp_path / "a.har") == hashlib.sha256(b"{}").hexdigest()[:16]


def git(*arguments: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_two_branches_that_observed_merge(catalogue: Catalogue, seen: Make) -> None:
    rows = [("ANYTHING", "", 1, DAY), ("CARD_DECLINED", "", 1, DAY), ("NOT_ALLOWED", "", 1, DAY)]
    keep(catalogue, **{A: seen(*rows)})
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    git("checkout", "-qb", "topic")
    keep(reread(), **{B: seen(("ANYTHING", "POST /orders", 5, DAY))})
    git("commit", "-qam", "topic")
    git("checkout", "-q", "main")
    keep(reread(), **{"c" * 16: seen(("CARD_DECLINED", "POST /payments", 7, LATER))})
    git("commit", "-qam", "main")
    git("merge", "-q", "topic")
    shop = reread().apis["shop"]
    counts = [shop.reasons[name].observed for name in ("ANYTHING", "CARD_DECLINED")]
    assert [each and each.count for each in counts] == [6, 8]


def test_what_a_commit_shows_is_not_lost(
    catalogue: Catalogue, seen: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    keep(catalogue, **{A: seen(("ANYTHING", "", 1, DAY))})
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "base")
    assert main(["check", "catalogue", "--against", "main"]) == 0
    PLACE.unlink()
    assert main(["check", "catalogue", "--against", "main"]) == 1
    assert "ANYTHING was published as observed, and nothing shows it now." in (
        capsys.readouterr().out
    )
