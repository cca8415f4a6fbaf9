"""What was published stays: every forbidden edit is caught, every allowed one passes.

Each edit is made to a copy of the real catalogue after `reasonbook publish`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.checking import check_catalogue
from reasonbook.cli.main import main
from reasonbook.diagnostics.problems import Problems
from reasonbook.ledger.file import parse_ledger, write_ledger
from reasonbook.ledger.record import moved_away
from reasonbook.render.data.export import Export
from reasonbook.render.markdown.domain import domain_pages
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls
from reasonbook.sphinx.page_nodes import domain_page

Edit = Callable[[Path], None]
DATE = "2026-11-21"


@pytest.fixture(scope="module")
def release(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real catalogue, published for the first time; nobody edits it."""
    folder = tmp_path_factory.mktemp("release") / "catalogue"
    shutil.copytree(project / "catalogue", folder, ignore=shutil.ignore_patterns("published.json"))
    assert main(["publish", str(folder), "--date", DATE]) == 0
    return folder


@pytest.fixture
def released(release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, which is in the working directory."""
    folder = shutil.copytree(release, tmp_path / "work/catalogue")
    monkeypatch.chdir(tmp_path / "work")
    return folder


def replace(path: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        file = folder / path
        text = file.read_text()
        assert text.count(old) >= 1, f"{old!r} is not in {path}"
        file.write_text(text.replace(old, new, 1))

    return edit


def block(text: str, reason: str) -> str:
    """Return the lines of a reason in a domain file."""
    found = re.search(rf"^  - reason: {reason}\n(?:(?!  - reason: ).*\n?)*", text, re.MULTILINE)
    assert found
    return found[0]


def remove(path: str, reason: str) -> Edit:
    def edit(folder: Path) -> None:
        file = folder / path
        text = file.read_text()
        file.write_text(text.replace(block(text, reason), ""))

    return edit


def in_reason(path: str, reason: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        file = folder / path
        text = file.read_text()
        part = block(text, reason)
        assert old in part, f"{old!r} is not in {reason}"
        file.write_text(text.replace(part, part.replace(old, new, 1)))

    return edit


def together(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for one in edits:
            one(folder)

    return edit


BILLING = "voipbin/billing-manager.yaml"
VERSION = replace("voipbin/api.yaml", "schema_version: 1", "schema_version: 2")
RETIRE = in_reason(
    BILLING,
    "BILLING_NOT_FOUND",
    "    lifecycle: active\n",
    '    lifecycle: retired\n    deprecated: {since: "2026-11-22", retired: "2026-12-01"}\n',
)

GONE_AWAY = "  GONE_AWAY:\n    http: 404\n"
VERSION_ON_RECORD = '"schema_version": {},\n  "stability"'

FORBIDDEN = {
    "a reason is removed": (
        together(
            remove(BILLING, "BILLING_NOT_FOUND"),
            lambda folder: [
                file.write_text(file.read_text().replace("      - BILLING_NOT_FOUND\n", ""))
                for file in folder.glob("voipbin/*.yaml")
            ],
        ),
        "reason-removed",
    ),
    "a reason is renamed": (
        lambda folder: [
            file.write_text(file.read_text().replace("BILLING_NOT_FOUND", "BILLINGS_NOT_FOUND"))
            for file in folder.glob("voipbin/*.yaml")
        ],
        "reason-renamed",
    ),
    "the HTTP status changes": (
        together(
            in_reason(BILLING, "BILLING_NOT_FOUND", "status: NOT_FOUND", "status: INTERNAL"),
            in_reason(BILLING, "BILLING_NOT_FOUND", '"NOT_FOUND"', '"INTERNAL"'),
        ),
        "http-changed",
    ),
    "the canonical status changes": (
        lambda folder: together(
            replace(
                "voipbin/api.yaml", "  NOT_FOUND:\n", "  GONE_AWAY:\n    http: 404\n  NOT_FOUND:\n"
            ),
            replace("voipbin/envelope.schema.json", '"NOT_FOUND"', '"NOT_FOUND", "GONE_AWAY"'),
            in_reason(BILLING, "BILLING_NOT_FOUND", "status: NOT_FOUND", "status: GONE_AWAY"),
            in_reason(BILLING, "BILLING_NOT_FOUND", '"NOT_FOUND"', '"GONE_AWAY"'),
        )(folder),
        "status-changed",
    ),
    "a published reason is only planned again": (
        in_reason(BILLING, "BILLING_NOT_FOUND", "lifecycle: active", "lifecycle: planned"),
        "reason-removed",
    ),
    "the schema version is lower than on record": (
        replace("voipbin/published.json", VERSION_ON_RECORD.format(1), VERSION_ON_RECORD.format(2)),
        "schema-version-lowered",
    ),
    "a successor on record is another": (
        in_reason(
            "voipbin/storage-manager.yaml",
            "STORAGE_FILE_NOT_FOUND",
            "replaced_by: FILE_NOT_FOUND",
            "replaced_by: CALL_NOT_FOUND",
        ),
        "ledger-differs",
    ),
    "a day on record is no day": (
        replace("voipbin/published.json", '"2026-04-27", "domain"', '"garbage", "domain"'),
        "ledger-broken",
    ),
    "the ledger holds a key of its own": (
        replace("voipbin/published.json", '"version": 2,', '"version": 2, "zzz": 1,'),
        "ledger-broken",
    ),
    "the ledger is that of another API": (
        replace("voipbin/published.json", '"api": "voipbin"', '"api": "vobiz"'),
        "ledger-broken",
    ),
    "the page of a reason gets another address": (
        in_reason(BILLING, "BILLING_NOT_FOUND", "    status:", "    slug: elsewhere\n    status:"),
        "reason-renamed",
    ),
    "the page of a domain goes": (
        lambda folder: together(
            lambda folder: (folder / "vobiz/validation.yaml").write_text(
                (folder / "vobiz/validation.yaml").read_text().rstrip("\n")
                + "\n"
                + block((folder / "vobiz/rate-limiting.yaml").read_text(), "RATE_LIMIT_EXCEEDED")
            ),
            lambda folder: (folder / "vobiz/rate-limiting.yaml").unlink(),
            replace("vobiz/api.yaml", "  - rate-limiting\n", ""),
        )(folder),
        "reason-removed",
    ),
    "a reason is retired at once": (together(RETIRE, VERSION), "retired-too-early"),
    "a reason is retired without a new schema version": (RETIRE, "retired-without-version"),
    "first published is another day": (
        in_reason(BILLING, "BILLING_NOT_FOUND", "2026-04-25", "2026-04-26"),
        "ledger-differs",
    ),
    "the ledger is broken": (replace("voipbin/published.json", "{", "["), "ledger-broken"),
}


#: What stands on the line that the finding names.
PLACES = {
    "a reason is removed": "- reason: BILLING_ACCOUNT_NOT_FOUND",
    "a reason is renamed": "- reason: BILLINGS_NOT_FOUND",
    "the HTTP status changes": "status: INTERNAL",
    "the canonical status changes": "status: GONE_AWAY",
    "a published reason is only planned again": "lifecycle: planned",
    "the schema version is lower than on record": "schema_version: 1",
    "a reason is retired at once": "lifecycle: retired",
    "a reason is retired without a new schema version": "lifecycle: retired",
    "first published is another day": "2026-04-26",
    "the ledger is broken": '"version": 2',
    "a successor on record is another": "replaced_by: CALL_NOT_FOUND",
    "a day on record is no day": "garbage",
    "the ledger holds a key of its own": '"zzz": 1',
    "the ledger is that of another API": "{",
    "the page of a reason gets another address": "slug: elsewhere",
    "the page of a domain goes": "- authentication",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_forbidden_edit_is_caught(
    name: str, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit, rule = FORBIDDEN[name]
    edit(released)
    capsys.readouterr()

    assert main(["check"]) == 1

    found = re.findall(r"^(\S+?):(\d+):(\d+): error\[([a-z-]+)\]", capsys.readouterr().out, re.M)
    assert rule in {label for *_, label in found}
    path, line, _, _ = next(item for item in found if item[3] == rule)
    assert PLACES[name] in Path(path).read_text().splitlines()[int(line) - 1]


ALLOWED = {
    "a reason is reworded": in_reason(
        BILLING, "BILLING_NOT_FOUND", "The billing record", "This record"
    ),
    "reasons change places": lambda folder: (
        lambda file, text: file.write_text(
            text.replace(block(text, "BILLING_NOT_FOUND"), "")
            + "\n"
            + block(text, "BILLING_NOT_FOUND")
        )
    )(folder / BILLING, (folder / BILLING).read_text().rstrip("\n") + "\n"),
    "a planned reason comes": in_reason(
        "voipbin/call-manager.yaml",
        "CALL_STATE_INVALID",
        "    lifecycle: planned\n",
        "    lifecycle: active\n    examples:\n"
        "      - title: As it was sent\n        origin: observed\n"
        "        headers: {X-Request-Id: abc}\n"
        "        body: '"
        '{"error": {"status": "FAILED_PRECONDITION", "reason": "CALL_STATE_INVALID", '
        '"message": "m", "request_id": "abc"}}'
        "'\n",
    ),
    "a reason is deprecated": in_reason(
        BILLING,
        "BILLING_NOT_FOUND",
        "    lifecycle: active\n",
        "    lifecycle: deprecated\n    deprecated:\n"
        '      {since: "2026-11-22", remove_after: "2027-11-22"}\n',
    ),
    "a reason is added": lambda folder: (folder / BILLING).write_text(
        (folder / BILLING).read_text().rstrip("\n")
        + "\n"
        + block((folder / BILLING).read_text(), "BILLING_NOT_FOUND")
        .replace("BILLING_NOT_FOUND", "INVOICE_NOT_FOUND", 1)
        .replace('"BILLING_NOT_FOUND"', '"INVOICE_NOT_FOUND"')
    ),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_an_allowed_edit_passes(
    name: str, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ALLOWED[name](released)

    assert main(["check"]) == 0, capsys.readouterr().out


def test_a_correction_needs_no_window(released: Path) -> None:
    together(
        in_reason(
            BILLING,
            "BILLING_NOT_FOUND",
            "    lifecycle: active\n",
            "    lifecycle: retired\n    deprecated:\n"
            '      {since: "2026-11-22", retired: "2026-11-22", never_sent: true}\n',
        )
    )(released)

    assert main(["check"]) == 0


def test_a_retired_code_is_not_used_anew(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = released / "voipbin/published.json"
    ledger.write_text(
        ledger.read_text().replace(
            '"BILLING_NOT_FOUND": {"first": "2026-04-25", ',
            '"BILLING_NOT_FOUND": {"first": "2026-04-25", "deprecated": "2026-05-01", '
            '"retired": "2026-06-01", ',
        )
    )

    assert main(["check"]) == 1
    assert (
        "error[reason-reused]: BILLING_NOT_FOUND was retired on 2026-06-01 and is active now."
        in capsys.readouterr().out
    )


def test_a_line_of_the_ledger_may_not_go(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = shutil.copytree(released, tmp_path / "base")
    ledger = released / "voipbin/published.json"
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if '"CALL_NOT_FOUND"' not in line))

    assert main(["check", "--against", str(base)]) == 1
    assert "ledger-edited" in capsys.readouterr().out


def test_the_ledgers_of_the_real_catalogue_are_up_to_date(project: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(project / "catalogue", tmp_path / "catalogue")
    before = {path.parent.name: path.read_bytes() for path in copy.glob("*/published.json")}
    assert before.keys() >= {"vobiz", "voipbin"}

    assert main(["publish", str(copy), "--date", "2030-01-01"]) == 0

    after = {name: (copy / name / "published.json").read_bytes() for name in before}
    assert after == before


DEPRECATED = '    lifecycle: deprecated\n    deprecated: {{since: "2026-11-22"{}}}\n'


@pytest.mark.parametrize(
    ("window", "promise", "gone"),
    [
        ("null", ', remove_after: "2027-06-01"', '{since: "2026-11-22", retired: "2027-05-31"}'),
        ("90", "", '{since: "2026-11-22", retired: "2026-11-23"}'),
    ],
    ids=["before the day promised", "before the window of the API is over"],
)
def test_nothing_goes_before_its_day(
    window: str, promise: str, gone: str, released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setting = "deprecation_window_days: "
    replace("voipbin/api.yaml", f"{setting}null", f"{setting}{window}")(released)
    active = "    lifecycle: active\n"
    state = DEPRECATED.format(promise)
    in_reason(BILLING, "BILLING_NOT_FOUND", active, state)(released)
    assert main(["publish", "--date", "2026-11-22"]) == 0
    retired = f"    lifecycle: retired\n    deprecated: {gone}\n"
    in_reason(BILLING, "BILLING_NOT_FOUND", state, retired)(released)
    VERSION(released)
    capsys.readouterr()

    assert main(["check"]) == 1
    assert "error[retired-too-early]" in capsys.readouterr().out


def test_a_day_that_was_promised_may_not_come_earlier(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = DEPRECATED.format(', remove_after: "2027-06-01"')
    in_reason(BILLING, "BILLING_NOT_FOUND", "    lifecycle: active\n", state)(released)
    assert main(["publish", "--date", "2026-11-22"]) == 0
    in_reason(BILLING, "BILLING_NOT_FOUND", "2027-06-01", "2026-12-01")(released)
    capsys.readouterr()

    assert main(["check"]) == 1
    assert "was promised to stay until 2027-06-01" in capsys.readouterr().out


def test_nothing_is_published_as_gone_before_its_day(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_reason(
        BILLING,
        "BILLING_NOT_FOUND",
        "    lifecycle: active\n",
        "    lifecycle: retired\n    deprecated:\n"
        '      {since: "2026-11-22", retired: "2027-07-01", never_sent: true}\n',
    )(released)

    assert main(["publish", "--date", "2026-11-22"]) == 1
    assert "which is after 2026-11-22" in capsys.readouterr().out


@pytest.mark.parametrize("base", ["reasons.json", "published.json", "folder"])
def test_files_are_bases_too(
    base: str, released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    urls = SiteUrls("https://errors.example.com/", Addresses())
    place = tmp_path / "base"
    if base == "folder":
        shutil.copytree(released, place)
    elif base == "published.json":
        shutil.copy(released / "voipbin/published.json", place)
    else:
        place.write_text(Export(urls).catalogue(load_catalogue(released).catalogue))
    FORBIDDEN["a reason is removed"][0](released)
    ledger = released / "voipbin/published.json"
    lines = ledger.read_text().splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if '"BILLING_NOT_FOUND"' not in line))

    assert main(["check"]) == 0, "alone, nothing is to be seen"
    assert main(["check", "--against", str(place)]) == 1
    assert "error[reason-removed]: BILLING_NOT_FOUND" in capsys.readouterr().out


def test_publishing_twice_changes_nothing(released: Path) -> None:
    before = (released / "voipbin/published.json").read_bytes()

    assert main(["publish", "--date", "2027-01-01"]) == 0

    assert (released / "voipbin/published.json").read_bytes() == before


def test_the_ledger_comes_back_as_it_was_written(released: Path) -> None:
    text = (released / "voipbin/published.json").read_text()
    problems = Problems()

    ledger = parse_ledger(text, "published.json", problems)

    assert ledger is not None
    assert write_ledger(ledger) == text
    assert len(ledger.entries) > 20


def test_a_catalogue_with_errors_is_not_published(released: Path) -> None:
    before = (released / "voipbin/published.json").read_bytes()
    replace(BILLING, "cause: The billing record", "cuase: The billing record")(released)

    assert main(["publish"]) == 1
    assert (released / "voipbin/published.json").read_bytes() == before


def ids(node: object) -> list[str]:
    return list(getattr(node, "attributes", {}).get("ids", ()))


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def committed(released: Path) -> Path:
    """The published catalogue in a commit."""
    git(released.parent, "init", "-q")
    git(released.parent, "add", "-A")
    git(released.parent, "commit", "-qm", "first")
    return released


@pytest.mark.parametrize("with_ledger", [True, False], ids=["with a ledger", "without a ledger"])
def test_a_git_ref_is_a_base(
    with_ledger: bool, committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not with_ledger:
        for ledger in committed.glob("*/published.json"):
            ledger.unlink()
        git(committed.parent, "commit", "-qam", "no ledgers")
    FORBIDDEN["a reason is removed"][0](committed)
    for ledger in committed.glob("*/published.json"):
        ledger.unlink()

    assert main(["check", "--against", "HEAD"]) == 1
    assert "error[reason-removed]: BILLING_NOT_FOUND" in capsys.readouterr().out


@pytest.mark.parametrize("base", ["nothing-there", "-x", "HEAD~7"])
def test_a_base_that_cannot_be_read_is_no_pass(
    base: str, committed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", f"--against={base}"]) == 2
    assert f"{base} is not a git ref" in capsys.readouterr().err


def test_a_shallow_clone_needs_no_history(committed: Path, tmp_path: Path) -> None:
    (committed.parent / "more").write_text("x")
    git(committed.parent, "add", "-A")
    git(committed.parent, "commit", "-qm", "second")
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{committed.parent}", "shallow")

    shallow = tmp_path / "shallow/catalogue"
    assert main(["check", str(shallow)]) == 0
    assert main(["check", str(shallow), "--against", "HEAD"]) == 0

    FORBIDDEN["a reason is removed"][0](shallow)
    assert main(["check", str(shallow)]) == 1
    assert main(["check", str(shallow), "--against", "HEAD"]) == 1


def test_a_move_is_told_and_its_old_page_leads_on(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = shutil.copytree(released, released.parent / "base")
    call, domain = "voipbin/call-manager.yaml", "billing-manager"
    part = block((released / BILLING).read_text(), "BILLING_NOT_FOUND")
    remove(BILLING, "BILLING_NOT_FOUND")(released)
    text = (released / call).read_text().rstrip("\n")
    (released / call).write_text(f"{text}\n{part}")

    assert main(["check", "--against", str(base)]) == 0
    assert (
        "BILLING_NOT_FOUND moved from billing-manager to call-manager." in capsys.readouterr().err
    )

    assert main(["publish", "--date", "2026-12-01"]) == 0
    checked = check_catalogue(released)
    api, ledger = checked.catalogue.apis["voipbin"], checked.ledgers["voipbin"]
    (old,) = [found for found in api.domains if found.name == domain]
    moved = moved_away(old, api, ledger)
    assert [reason.name for reason in moved] == ["BILLING_NOT_FOUND"]
    urls = SiteUrls("https://errors.example.com/", Addresses())
    (page,) = domain_pages(old, api, urls, moved).values()
    assert "Moved to another domain: [BILLING_NOT_FOUND](" in page
    anchors = [name for node in domain_page(old, api, ledger).findall() for name in ids(node)]
    assert anchors.count("BILLING_NOT_FOUND") == 1


def test_a_life_in_ten_steps(released: Path) -> None:
    """Replays how a reason comes, moves, is deprecated and goes, with a release after each step."""

    def release(date: str, code: int = 0) -> None:
        assert main(["check"]) == code, date
        assert main(["publish", "--date", date]) == code, date

    path = "INVOICE_NOT_FOUND"
    call = "voipbin/call-manager.yaml"
    ALLOWED["a reason is added"](released)
    release("2027-01-01")  # 1: it comes
    in_reason(BILLING, path, "The billing record", "The invoice")(released)
    release("2027-02-01")  # 2: it is reworded
    part = block((released / BILLING).read_text(), path)
    remove(BILLING, path)(released)
    (released / call).write_text((released / call).read_text().rstrip("\n") + "\n" + part)
    release("2027-03-01")  # 3: it moves
    remove(call, path)(released)
    release("2027-04-01", 1)  # 4: it cannot simply go
    (released / call).write_text((released / call).read_text().rstrip("\n") + "\n" + part)
    release("2027-04-02")  # 5: so it is back
    state = "    lifecycle: active\n"
    window = '{since: "2027-05-01", remove_after: "2027-11-01"}'
    in_reason(call, path, state, f"    lifecycle: deprecated\n    deprecated: {window}\n")(released)
    release("2027-05-01")  # 6: it is deprecated
    gone = '{since: "2027-05-01", remove_after: "2027-11-01", retired: "2027-06-01"}'
    in_reason(call, path, "lifecycle: deprecated", "lifecycle: retired")(released)
    in_reason(call, path, window, gone)(released)
    VERSION(released)
    release("2027-06-01", 1)  # 7: it cannot go before its day
    in_reason(call, path, gone, gone.replace("2027-06-01", "2027-11-02"))(released)
    release("2027-11-02")  # 8: now it can
    in_reason(call, path, "lifecycle: retired", "lifecycle: active")(released)
    assert main(["check"]) == 1  # 9: and does not come back
    in_reason(call, path, "lifecycle: active", "lifecycle: retired")(released)
    release("2028-01-01")  # 10: its page stays

    ledger = parse_ledger((released / "voipbin/published.json").read_text(), "x", Problems())
    assert ledger is not None
    entry = ledger.entries[path]
    assert (entry.first, entry.domain, entry.former_domains, entry.retired) == (
        "2026-04-25",
        "call-manager",
        ("billing-manager",),
        "2027-11-02",
    )
