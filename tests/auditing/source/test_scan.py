"""A scan that cannot see everything says so, and ends in time."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reasonbook import limits
from reasonbook.auditing.audit import Audited, audit_source
from reasonbook.catalogue.loader import load_catalogue

CALL = 'var e = apierror.New("ORDER_NOT_FOUND", 404)\n'
CARD = 'var c = apierror.New("CARD_DECLINED", 402)\n'

Scanning = Callable[..., Audited]


@pytest.fixture
def scan(shop: Path) -> Scanning:
    """Scans what is in the folder ``source`` by an entry of code_scan."""
    (shop / "source").mkdir()
    api_file = shop / "shop/api.yaml"
    written = api_file.read_text()

    def run(entry: str = "{preset: go, calls: apierror.New}") -> Audited:
        api_file.write_text(f"format: 2\ncode_scan: [{entry}]\n{written}")
        api = load_catalogue(shop).catalogue.apis["shop"]
        return audit_source(Path("source"), api)

    return run


def told(audited: Audited) -> list[str]:
    return [str(problem) for problem in audited.problems]


def test_an_api_that_does_not_say_where_its_source_names_reasons(shop: Path) -> None:
    api = load_catalogue(shop).catalogue.apis["shop"]
    assert told(audit_source(Path(), api)) == [
        "shop/api.yaml:1:1: error[code-scan]: The API does not say where its source names its "
        "reasons.\n  hint: Add code_scan to api.yaml, such as `code_scan: [{preset: go, calls: "
        "NewError}]`."
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (
            "{preset: java, calls: New}",
            "2:13: error[code-scan]: No file in source fits files.\n"
            "  hint: Correct it, or name the folder.",
        ),
        (
            "{preset: go, only_if: import errors, calls: New}",
            "2:35: error[code-scan]: The text is nowhere in 1 file.\n"
            "  hint: Correct the entry of code_scan in api.yaml.",
        ),
        (
            "{preset: go, calls: NewError}",
            "2:33: error[code-scan]: None of these is called in 1 file.\n"
            "  hint: Correct the entry of code_scan in api.yaml.",
        ),
        (
            "{preset: go, pattern: 'New(?P<reasons>.*)'}",
            "2:35: error[code-scan]: pattern does not have the group (?P<reason>...).\n"
            "  hint: Put what is the reason into this group.",
        ),
        (
            "{preset: go, pattern: 'throw (?P<reason>[A-Z_]+)'}",
            "2:35: error[code-scan]: The pattern fits nothing in 1 file.\n"
            "  hint: Correct the entry of code_scan in api.yaml.",
        ),
    ],
)
def test_a_scan_that_finds_nothing_is_not_a_pass(entry: str, message: str, scan: Scanning) -> None:
    Path("source/a.go").write_text(CALL)
    # Nothing is known to be sent, so that nothing is said to be never sent.
    assert told(scan(entry)) == [f"shop/api.yaml:{message}"]


def test_places_that_cannot_be_seen_are_told(scan: Scanning) -> None:
    Path("source/a.go").write_text(f"{CALL}{CARD}func f(r string) {{ return apierror.New(r) }}\n")
    audited = scan()
    assert told(audited) == []
    assert [(str(note.location), note.message) for note in audited.notes] == [
        (
            "source/a.go:3:27",
            "The reason is computed here, so the scan cannot see it: apierror.New",
        )
    ]


def unreadable(audited: Audited) -> list[str]:
    return [line.partition("\n")[0] for line in told(audited) if "[unreadable-file]" in line]


def test_a_link_that_leads_out_is_not_followed(scan: Scanning, tmp_path: Path) -> None:
    (tmp_path / "secret.go").write_text('var e = apierror.New("SECRET_ERROR", 404)\n')
    Path("source/a.go").write_text(CALL + CARD)
    Path("source/out.go").symlink_to(tmp_path / "secret.go")
    Path("source/gone.go").symlink_to("nothing.go")
    Path("source/inside.go").symlink_to("a.go")
    Path("source/folder").symlink_to(tmp_path)
    Path("source/loop.go").symlink_to("loop.go")
    Path("source/sub").mkdir()
    Path("source/sub/inner").symlink_to("../../source")
    audited = scan()
    assert [line.partition("\n")[0] for line in told(audited)] == [
        "source/gone.go:1:1: error[unreadable-file]: The file is a link that leads nowhere.",
        "source/loop.go:1:1: error[unreadable-file]: The file is a link that leads nowhere.",
        "source/out.go:1:1: error[unreadable-file]: The file is a link that leads out of the "
        "source.",
    ]
    assert [(str(note.location), note.message) for note in audited.notes] == [
        ("source/folder:1:1", "The link leads to a folder out of the source, which is not read.")
    ]
    left_out = "{preset: go, calls: apierror.New, except_files: ['folder/**']}"
    assert scan(left_out).notes == []


def test_a_name_of_a_file_may_be_in_any_encoding(scan: Scanning) -> None:
    Path("source/a.go").write_text(CALL + CARD)
    name = os.fsdecode(b"source/\xe9.go")
    Path(name).write_text('var e = apierror.New("ORDER_HELD", 404)\n')
    (found,) = told(scan())
    assert "ORDER_HELD is named here" in found


def test_a_file_that_is_not_utf8_is_read_all_the_same(scan: Scanning) -> None:
    Path("source/a.go").write_bytes("// é\n".encode("latin-1") + (CALL + CARD).encode())
    Path("source/b.go").write_bytes('é := apierror.New("ORDER_HELD")\n'.encode("latin-1"))
    assert [line.partition("]")[0] for line in told(scan())] == [
        "source/b.go:1:20: error[source-not-documented"
    ]


def test_what_is_not_text_or_too_large_is_reported(
    scan: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SCAN_BYTES", 1_000)
    Path("source/a.go").write_text(CALL + CARD)
    Path("source/binary.go").write_bytes(b"\x7fELF\0\0")
    Path("source/large.go").write_text("x" * 1_001)
    Path("source/wide.go").write_text(CALL, encoding="utf-16")
    os.mkfifo("source/pipe.go")
    assert unreadable(scan()) == [
        "source/binary.go:1:1: error[unreadable-file]: The file is not text in UTF-8.",
        "source/large.go:1:1: error[unreadable-file]: The file has more than 1,000 bytes.",
        "source/pipe.go:1:1: error[unreadable-file]: It is not a regular file.",
        "source/wide.go:1:1: error[unreadable-file]: The file is not text in UTF-8.",
    ]
    assert unreadable(scan("{preset: go, calls: apierror.New, except_files: '*[!a].go'}")) != []
    entry = "{preset: go, calls: apierror.New, except_files: '{binary,large,pipe,wide}.go'}"
    assert told(scan(entry)) == []


def test_a_folder_that_is_not_there_is_reported(scan: Scanning) -> None:
    Path("source").rmdir()
    assert [line.partition(" hint")[0] for line in told(scan())] == [
        "shop/api.yaml:2:13: error[code-scan]: No file in source fits files.\n ",
        "source:1:1: error[unreadable-file]: The folder cannot be read: No such file or "
        "directory.\n ",
    ]


def test_a_pattern_that_fits_nearly_anything_is_refused(
    scan: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SCAN_MATCHES", 3)
    Path("source/a.go").write_text(CALL)
    found = told(scan(r"{preset: go, pattern: '(?P<reason>\w)'}"))
    assert found[0].startswith(
        "shop/api.yaml:2:35: error[code-scan]: More than 3 places in source/a.go fit.\n"
    )


def test_a_pattern_that_would_never_end_elsewhere_does(scan: Scanning) -> None:
    Path("source/a.go").write_text("a" * 100_000)
    began = time.process_time()
    scan("{preset: go, pattern: '(?P<reason>(a+)+)b'}")
    assert time.process_time() - began < 2


def test_a_pattern_without_its_engine_is_reported(
    scan: Scanning, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("source/a.go").write_text(CALL)
    monkeypatch.setitem(sys.modules, "re2", None)
    assert told(scan("{preset: go, pattern: '(?P<reason>[A-Z_]+)'}")) == [
        "shop/api.yaml:2:35: error[code-scan]: Scanning by a pattern needs google-re2, which is "
        "not installed.\n  hint: Install it with `pip install 'reasonbook[scan]'`, or use calls, "
        "which need nothing."
    ]


def test_words_that_are_not_reasons_are_left_alone(shop: Path, scan: Scanning) -> None:
    literals = '"GET", "NOT_FOUND", "ORDER_NOT_FOUND", "CARD_DECLINED", "text", "SOME_SETTING"'
    Path("source/a.go").write_text(f"{literals}\n")
    found = told(scan("{preset: go}"))
    assert [line.partition(" is ")[0] for line in found] == [
        "source/a.go:1:66: error[source-not-documented]: SOME_SETTING"
    ]
    file = shop / "shop/api.yaml"
    file.write_text(f"terms: [SOME_SETTING]\n{file.read_text()}")
    api = load_catalogue(shop).catalogue.apis["shop"]
    assert told(audit_source(Path("source"), api)) == []


def test_a_word_under_terms_is_not_a_reason_in_a_call_either(scan: Scanning) -> None:
    Path("source/a.go").write_text(CALL + CARD + 'var o = apierror.New("OTHER_THING", 404)\n')
    assert len(told(scan())) == 1
    assert told(scan("{preset: go, calls: apierror.New}]\nterms: [OTHER_THING")) == []


def test_a_documented_reason_comes_before_other_words_in_a_call(scan: Scanning) -> None:
    calls = CALL.replace('("', '("ORDER_SERVICE", "') + CARD.replace('("', '("CARD_SERVICE", "')
    Path("source/a.go").write_text(calls)
    assert told(scan()) == []


@pytest.mark.parametrize(
    "written",
    ['"CARD_" "DECLINED"', '"CARD_OLD"\n + x', '"CARD_OLD"\n "_TOO"', 'x + "CARD_OLD"'],
)
def test_a_literal_that_is_a_part_of_a_text_is_computed(written: str, scan: Scanning) -> None:
    Path("source/a.py").write_text(f"E({written})\nE('ORDER_NOT_FOUND', 404)\n")
    audited = scan("{preset: python, calls: E}")
    assert [str(note.location) for note in audited.notes] == ["source/a.py:1:1"]
    assert not [line for line in told(audited) if "source-not-documented" in line]


def test_a_reason_that_is_still_to_come_need_not_be_there(shop: Path, scan: Scanning) -> None:
    Path("source/a.go").write_text(CALL)
    assert len(told(scan())) == 1
    for lifecycle in ("planned", 'retired\n    deprecated: {since: "2026-01-01"}'):
        file = shop / "shop/payments.yaml"
        written = file.read_text()
        file.write_text(
            written.replace("    http: 402", f"    http: 402\n    lifecycle: {lifecycle}")
        )
        assert told(scan()) == []
        file.write_text(written)


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        (r'New\("(?P<reason>\w+)"', []),
        (r'New\("(?P<reason>\w+)"(?:, "(?P<sub_reason>\w+)")?', ["CARD_DECLINED/too_old"]),
    ],
)
def test_second_level_codes_are_looked_for_where_the_pattern_sees_them(
    pattern: str, left: list[str], shop: Path, scan: Scanning
) -> None:
    file = shop / "shop/payments.yaml"
    reasons = file.read_text().partition("reasons:\n")[2]
    for sub in ("stolen", "too_old"):
        new = f"CARD_DECLINED\n    sub_reason: {sub}\n"
        file.write_text(file.read_text() + reasons.replace("CARD_DECLINED\n", new, 1))
    Path("source/a.go").write_text(f'{CALL}{CARD}var s = apierror.New("CARD_DECLINED", "stolen")\n')
    found = told(scan(f"{{preset: go, pattern: '{pattern}'}}"))
    assert [line.split(": ")[2].split(" is ")[0] for line in found] == left


def test_what_version_control_keeps_is_not_source(scan: Scanning) -> None:
    Path("source/a.go").write_text(CALL + CARD)
    Path("source/.git").mkdir()
    Path("source/.git/a.go").write_text('var o = apierror.New("OLD_ERROR", 404)\n')
    assert told(scan()) == []


def test_many_files_take_little_time(scan: Scanning) -> None:
    text = "package shop\n\nfunc f() error {\n\treturn nil // a line\n}\n" * 100
    for number in range(500):
        folder = Path(f"source/service{number % 25}")
        folder.mkdir(exist_ok=True)
        (folder / f"f{number}.go").write_text(f"{text}{CALL}{CARD}")
    began = time.process_time()
    assert told(scan()) == []
    assert time.process_time() - began < 2


def test_a_code_may_be_documented_by_its_second_level_codes_only(
    shop: Path, scan: Scanning
) -> None:
    file = shop / "shop/payments.yaml"
    sub = "reason: CARD_DECLINED\n    sub_reason: stolen\n"
    file.write_text(file.read_text().replace("reason: CARD_DECLINED\n", sub))
    Path("source/a.go").write_text(CALL + CARD)
    assert told(scan()) == []
