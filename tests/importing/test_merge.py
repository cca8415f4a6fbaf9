"""A second import: the source's values follow it, and what people wrote stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reasonbook.diagnostics.problems import Problems
from reasonbook.importing.domains import Group
from reasonbook.importing.merge import Folder, merge, written_domain
from reasonbook.importing.record import Record

Write = Callable[..., str]
SOURCE = "code,http,cause,fix\nA_B,404,One.,\nC_D,409,Two.,Wait.\n"


def edit(shop: Any, old: str, new: str, name: str = "general") -> None:
    path = shop.folder / f"{name}.yaml"
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


@pytest.fixture
def imported(shop: Any, write: Write) -> Any:
    """A folder that was just imported."""
    assert shop.bring(write("errors.csv", SOURCE)) == 0
    return shop


def test_the_same_source_again_changes_no_byte(imported: Any) -> None:
    before = {path: path.read_bytes() for path in imported.folder.iterdir()}
    assert imported.bring("errors.csv") == 0
    assert {path: path.read_bytes() for path in imported.folder.iterdir()} == before
    assert "catalogue/shop: 0 codes added, 0 changed\n" in imported.out


def test_new_values_follow_the_source_at_their_places(imported: Any, write: Write) -> None:
    edit(imported, "    http: 404\n", "    http: 404  # as seen\n")
    write("errors.csv", "code,http,cause,fix\nA_B,410,One.,Go.\nC_D,409,Two.,\nE_F,,,\n")
    assert imported.bring("errors.csv") == 0
    assert (imported.folder / "general.yaml").read_text().partition("reasons:\n")[2] == (
        "  - reason: A_B\n    http: 410  # as seen\n    cause: One.\n    fix: Go.\n\n"
        "  - reason: C_D\n    http: 409\n    cause: Two.\n\n"
        "  - reason: E_F\n    http: unknown\n"
    )
    assert "  A_B: http, fix changed: follows the source.\n" in imported.out
    assert imported.is_clean()


def test_hand_written_texts_comments_and_order_stay(imported: Any, write: Write) -> None:
    path = imported.folder / "general.yaml"
    head, first, second = path.read_text().replace("\n\n", "\n").split("  - reason: ")
    first = first.replace("One.", "One, as we know.  # by hand") + "    ai_context: Ask.\n"
    path.write_text(f"# Ours.\n{head}  - reason: {second}  - reason: {first}")
    before = path.read_text()
    write("errors.csv", SOURCE.replace("One.", "One more."))
    assert imported.bring("errors.csv") == 0
    assert path.read_text() == before
    assert "  A_B: cause kept: was written by hand; the source says otherwise.\n" in imported.out


def test_what_the_source_no_longer_has_stays_and_is_told(imported: Any, write: Write) -> None:
    write("errors.csv", "code,http,cause,fix\nA_B,404,One.,\n")
    before = (imported.folder / "general.yaml").read_bytes()
    assert imported.bring("errors.csv") == 0
    assert (imported.folder / "general.yaml").read_bytes() == before
    assert "  C_D is gone from the source; it stays.\n" in imported.out


def test_a_reason_that_was_removed_by_hand_does_not_come_back(imported: Any) -> None:
    path = imported.folder / "general.yaml"
    path.write_text(path.read_text().partition("\n  - reason: C_D")[0])
    assert imported.bring("errors.csv") == 0
    assert "C_D" not in path.read_text()
    assert "  C_D was removed by hand; it stays so.\n" in imported.out


def test_a_reason_that_was_moved_is_updated_where_it_is(imported: Any, write: Write) -> None:
    path = imported.folder / "general.yaml"
    head, _, moved = path.read_text().partition("\n  - reason: C_D")
    path.write_text(head)
    (imported.folder / "orders.yaml").write_text(
        f"domain: orders\ntitle: Orders\nsummary: On orders.\nreasons:\n  - reason: C_D{moved}"
    )
    edit(imported, "  - general\n", "  - general\n  - orders\n", "api")
    write("errors.csv", SOURCE.replace("409", "423"))
    assert imported.bring("errors.csv") == 0
    assert imported.reasons("orders")["C_D"]["http"] == 423
    assert list(imported.reasons()) == ["A_B"]


def test_requires_follows_until_somebody_raises_it(imported: Any, write: Write) -> None:
    assert imported.read("api")["requires"] == ["cause"]
    write("errors.csv", SOURCE.replace("One.,", "One.,Do."))
    imported.bring("errors.csv")
    assert imported.read("api")["requires"] == ["cause", "fix"]
    edit(imported, "  - cause\n  - fix\n", "  - cause\n", "api")
    imported.bring("errors.csv")
    assert imported.read("api")["requires"] == ["cause"]


def test_a_status_in_place_of_an_http_status_is_kept(imported: Any, write: Write) -> None:
    edit(imported, "    http: 404\n", "    status: NOT_FOUND\n")
    edit(imported, "schema_version", "statuses: {NOT_FOUND: {http: 404}}\nschema_version", "api")
    write("errors.csv", SOURCE.replace("404", "410"))
    assert imported.bring("errors.csv") == 0
    assert "http" not in imported.reasons()["A_B"]
    assert imported.is_clean()


def test_a_new_domain_is_added_after_the_others(imported: Any, write: Write) -> None:
    write("errors.csv", SOURCE + "PAY_X,402,Three.,\n")
    assert imported.bring("errors.csv", "--domains", "prefix") == 0
    assert imported.read("api")["domains"] == ["general", "pay"]
    assert list(imported.reasons("pay")) == ["PAY_X"]
    assert imported.is_clean()


def test_a_dry_run_shows_the_difference_and_writes_nothing(imported: Any, write: Write) -> None:
    write("errors.csv", SOURCE.replace("404", "410"))
    before = {path: path.read_bytes() for path in imported.folder.iterdir()}
    assert imported.bring("errors.csv", "--dry-run") == 0
    assert {path: path.read_bytes() for path in imported.folder.iterdir()} == before
    assert imported.out.startswith(
        "--- catalogue/shop/general.yaml\n+++ catalogue/shop/general.yaml\n"
    )
    assert "-    http: 404\n+    http: 410\n" in imported.out
    assert imported.out.endswith("Nothing was written (--dry-run).\n")


def test_a_folder_that_no_import_made_only_gets_what_is_missing(imported: Any) -> None:
    (imported.folder / ".imported.json").unlink()
    edit(imported, "    http: 404\n    cause: One.\n", "    http: 400\n")
    before = (imported.folder / "general.yaml").read_bytes()
    assert imported.bring("errors.csv") == 2
    assert imported.err == (
        "reasonbook: catalogue/shop was not made by an import; nothing was changed.\n"
        "  hint: With --merge, what is missing there is added, and nothing that is there changes.\n"
    )
    assert (imported.folder / "general.yaml").read_bytes() == before
    assert imported.bring("errors.csv", "--merge") == 0
    assert imported.reasons()["A_B"] == {"http": 400, "cause": "One."}


KEYS = st.sampled_from(["http", "title", "message", "cause", "fix"])
TEXTS = st.text("ab: #-'\"\n{}é", min_size=1, max_size=12).filter(str.strip)
REASONS = st.dictionaries(
    st.sampled_from(["A", "B", "C", "D"]), st.dictionaries(KEYS, TEXTS, max_size=4), max_size=4
)
GROUP = Group("general", "All", "All.")


@settings(max_examples=50)
@given(first=REASONS, edits=REASONS, removed=st.sets(KEYS, max_size=2), second=REASONS)
@example(first={"A": {"http": " #"}}, edits={}, removed=set(), second={"A": {}})
def test_no_edit_by_hand_is_ever_lost(
    tmp_path_factory: pytest.TempPathFactory,
    first: dict[str, Any],
    edits: dict[str, Any],
    removed: set[str],
    second: dict[str, Any],
) -> None:
    folder = tmp_path_factory.mktemp("merge")
    (folder / "api.yaml").write_text("format: 2\ndomains:\n  - general\n")
    record = Record()
    for code, keys in first.items():
        record.note(code, keys)
    ours = {code: {**keys} for code, keys in first.items()}
    for code, keys in edits.items():
        ours.setdefault(code, {}).update(keys)
    for code in [*ours][:1]:
        ours[code] = {key: text for key, text in ours[code].items() if key not in removed}
    write_domain(folder, ours)
    theirs = {code: {"reason": code, **keys} for code, keys in second.items()}

    merged = merge(Folder(folder, Problems()), theirs, dict.fromkeys(theirs, GROUP), record)

    text = merged.files.get("general.yaml") or (folder / "general.yaml").read_text()
    after = {item.pop("reason"): item for item in yaml.safe_load(text)["reasons"]}
    for code, keys in ours.items():
        for key in {*keys, *first.get(code, {}), *second.get(code, {})}:
            was, mine, its = (each.get(code, {}).get(key) for each in (first, ours, second))
            if mine != was:  # somebody wrote it, or took it away
                assert after[code].get(key) == mine
            elif code in second:
                assert after[code].get(key) == its
    assert [code for code in after if code in ours] == [*ours]


def write_domain(folder: Path, reasons: dict[str, Any]) -> None:
    items = [{"reason": code, **keys} for code, keys in reasons.items()]
    (folder / "general.yaml").write_text(written_domain(GROUP, items))
