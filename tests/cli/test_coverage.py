"""The options of ``reasonbook audit`` about coverage, and ``reasonbook observe``."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest

from project.rule_reference import Case, output_lines, read_cases
from reasonbook import limits
from reasonbook.cli.main import main
from reasonbook.diagnostics.rules import Rule

CORPUS = Path(__file__).parents[1] / "corpus/coverage"
CASES = read_cases(sorted(CORPUS.glob("*.txt")))
RULES = [rule for rule in Rule if rule.label.startswith("coverage-")]
SEEN = {
    "one.jsonl": (402, "CARD_DECLINED"),
    "two.jsonl": (404, "ORDER_NOT_FOUND"),
    "other.jsonl": (404, "NOT_DOCUMENTED"),
}


@pytest.fixture
def recorded(shop: Path) -> Path:
    """A catalogue, and recordings of which each shows one reason twice."""
    for name, (status, reason) in SEEN.items():
        answer = {
            "time": "2026-11-26T10:00:00Z",
            "url": "/orders/1?token=secret",
            "status": status,
            "headers": {"Content-Type": "application/json"},
            "body": {"code": reason},
        }
        Path(name).write_text(f"{json.dumps(answer)}\n" * 2)
    Path("broken.jsonl").write_text("{\n")
    return shop


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_documented_case(case: Case, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *files, (command, _) = case.steps
    for title, content in files:
        path = Path(title.removesuffix(": write"))
        path.write_text(content)
    arguments = shlex.split(command.removeprefix("$ reasonbook "))
    assert main(arguments) == 1
    printed = case._replace(output=capsys.readouterr().out)
    shown = [output_lines(rule, case) for rule in RULES]
    assert any(shown)
    assert [output_lines(rule, printed) for rule in RULES] == shown


def test_every_rule_of_coverage_has_a_case() -> None:
    assert [rule.label for rule in RULES if not any(case.shows(rule) for case in CASES)] == []


def test_how_much_was_seen_is_always_told(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "one.jsonl", "--catalogue", "."]) == 0
    assert "note: shop: 1 of 2 documented reasons seen (50%).\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("c.txt", "shop: 1 of 2 documented reasons seen (50%)"),
        ("c.json", "{"),
        ("c.HTML", "<!doctype html>"),
        ("c.md", "| API | reasons seen | coverage | excepted | not seen |"),
    ],
)
def test_the_suffix_of_the_file_says_its_form(recorded: Path, name: str, first: str) -> None:
    assert main(["audit", "one.jsonl", "--catalogue", ".", "--coverage", name]) == 0
    assert Path(name).read_text().splitlines()[0] == first


def test_another_suffix_is_refused_before_anything_is_read(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "one.jsonl", "--catalogue", ".", "--coverage", "c.xml"]) == 2
    assert "c.xml ends in none of .txt, .json, .html, .md." in capsys.readouterr().err


def test_enough_is_enough(recorded: Path) -> None:
    command = ["audit", "one.jsonl", "--catalogue", ".", "--fail-under"]
    assert [main([*command, least]) for least in ("50", "50.1")] == [0, 1]


def test_a_percentage_is_a_number(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("nan", "100.1", "-1", "inf"):
        assert main(["audit", "one.jsonl", "--catalogue", ".", "--fail-under", text]) == 2
        err = capsys.readouterr().err
        assert "reasonbook: Invalid value for '--fail-under': " in err
        assert "internal error" not in err


@pytest.fixture
def two(recorded: Path) -> list[str]:
    """A second API beside the shop, and how both are audited; each has an address of its own."""
    shutil.copytree("shop", "bank")
    for name in ("shop", "bank"):
        path = Path(name, "api.yaml")
        text = path.read_text().replace("api: shop", f"api: {name}")
        path.write_text(f"{text}base_url: https://{name}.example\n")
    for name in SEEN:
        path = Path(name)
        path.write_text(path.read_text().replace('"/orders', '"https://shop.example/orders'))
    return ["audit", "one.jsonl", "--catalogue", "."]


NOT_COUNTED = (
    "bank/api.yaml:1:1: note: bank: not counted, since no recording shows an answer of it; "
    "--api bank demands it.\n"
)


def test_an_api_that_no_recording_is_about_is_not_counted_and_told(
    two: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*two, "--fail-under", "50", "--coverage", "coverage.json"]) == 0
    err = capsys.readouterr().err
    assert "note: shop: 1 of 2 documented reasons seen (50%).\n" in err
    assert NOT_COUNTED in err
    assert [api["api"] for api in json.loads(Path("coverage.json").read_text())["apis"]] == ["shop"]
    assert main(two) == 0
    assert "bank" not in capsys.readouterr().err


def test_an_api_that_is_named_is_counted_whatever_was_recorded(
    two: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*two, "--fail-under", "50", "--api", "bank"]) == 2
    out, err = capsys.readouterr()
    assert "error[coverage-too-low]: bank: 0 of 2 documented reasons seen" in out
    assert "one.jsonl:1:1: note: The error answer is from another API than bank (2 times).\n" in err
    assert err.endswith("0 of 2 error answers could be compared; the notes say why\n")


def test_answers_that_are_no_errors_are_about_an_api_too(two: list[str]) -> None:
    text = Path("one.jsonl").read_text()
    Path("one.jsonl").write_text(text + '{"status": 200, "url": "https://bank.example/a"}\n')
    assert main([*two, "--fail-under", "50"]) == 1


def test_where_no_recording_is_about_any_api_all_are_counted(two: list[str]) -> None:
    Path("one.jsonl").write_text('{"status": 200, "url": "https://elsewhere.example/"}\n')
    assert main([*two, "--fail-under", "1"]) == 1


def test_a_reason_that_is_excepted_is_not_asked_for(recorded: Path) -> None:
    command = ["audit", "one.jsonl", "--catalogue", ".", "--fail-under", "100"]
    assert main([*command, "--except", "shop/ORDER_NOT_FOUND"]) == 0
    Path("exceptions.txt").write_text("shop/ORDER_NOT_FOUND\n")
    assert main([*command, "--exceptions", "exceptions.txt"]) == 0


def test_an_exception_that_was_seen_fails(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["audit", "one.jsonl", "--catalogue", ".", "--except", "shop/CARD_DECLINED"]
    assert main(arguments) == 1
    assert capsys.readouterr().out.startswith(
        ".:1:1: error[coverage-exception]: shop/CARD_DECLINED is an exception, but was seen.\n"
        "  hint: Remove it.\n"
    )


def test_what_recordings_show_is_kept_once(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    observe = ["observe", "--catalogue", "."]
    assert main([*observe, "one.jsonl"]) == 0
    assert main([*observe, "one.jsonl", "two.jsonl"]) == 0
    assert main([*observe, "two.jsonl", "one.jsonl", "one.jsonl"]) == 0
    assert capsys.readouterr().out == (
        "shop/observed.json: 1 reason observed, 1 of them new\n"
        "shop/observed.json: 2 reasons observed, 1 of them new\n"
        "shop/observed.json: nothing new\n"
    )
    found = json.loads(Path("shop/observed.json").read_text())["observed"]
    assert [(each["reason"], each["count"], each["last"]) for each in found] == [
        ("CARD_DECLINED", 2, "2026-11-26"),
        ("ORDER_NOT_FOUND", 2, "2026-11-26"),
    ]
    assert main(["check", "."]) == 0


def test_no_name_of_a_recording_is_kept(recorded: Path) -> None:
    folder = recorded.parent / "ann@example.com"
    folder.mkdir()
    Path("one.jsonl").rename(folder / "one.jsonl")
    assert main(["observe", "--catalogue", ".", str(folder / "one.jsonl")]) == 0
    text = Path("shop/observed.json").read_text()
    assert not [word for word in ("ann", "jsonl", "secret") if word in text]


def test_a_code_that_is_not_documented_is_told_and_not_kept(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["observe", "--catalogue", ".", "other.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert out == "shop/observed.json: nothing new\n"
    assert err == "1 problem beside it; `reasonbook audit` lists them.\n"
    assert not Path("shop/observed.json").exists()


def test_a_recording_of_which_nothing_is_known_is_told(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("far.jsonl").write_text('{"url": "https://far.example/", "status": 404, "body": "{}"}\n')
    assert main(["observe", "--catalogue", ".", "far.jsonl"]) == 0
    out, err = capsys.readouterr()
    assert out == "shop/observed.json: nothing new\n"
    assert err == "0 of 1 error answers are known; `reasonbook audit` says why.\n"


def test_where_a_recording_cannot_be_read_nothing_is_written(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["observe", "--catalogue", ".", "one.jsonl", "broken.jsonl"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("broken.jsonl:")
    assert "error[recording-syntax]" in out
    assert err == "Nothing was written.\n"
    assert main(["observe", "--catalogue", ".", "one.jsonl", "gone.jsonl"]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: gone.jsonl cannot be read: No such file or directory.\n"
    )
    assert not Path("shop/observed.json").exists()


def test_a_file_that_is_broken_is_not_written_over(
    recorded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("shop/observed.json").write_text('{"observed": [')
    assert main(["observe", "--catalogue", ".", "one.jsonl"]) == 2
    out, err = capsys.readouterr()
    assert "error[observed-file]" in out
    assert err == "Nothing was written; `reasonbook check .` says more.\n"
    assert Path("shop/observed.json").read_text() == '{"observed": ['


def test_another_api_is_refused(recorded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["observe", "--catalogue", ".", "--api", "shopp", "one.jsonl"]) == 2
    assert capsys.readouterr().err == "reasonbook: shopp is not one of the APIs: shop.\n"


@pytest.fixture
def described(shop: Path) -> Path:
    """A catalogue, and a description that agrees with it."""
    Path("openapi.json").write_text(json.dumps({"openapi": "3.1.0", "paths": {}}))
    return shop


def test_without_a_recording_nothing_is_said_of_coverage(
    described: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "openapi.json", "--catalogue", "."]) == 0
    assert "seen" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    "option",
    [
        ["--coverage", "coverage.md"],
        ["--fail-under", "0"],
        ["--except", "shop/ORDER_NOT_FOUND"],
        ["--exceptions", "exceptions.txt"],
    ],
    ids=lambda option: option[0],
)
def test_coverage_without_a_recording_is_refused(
    option: list[str], described: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "openapi.json", "--catalogue", ".", *option]) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: {option[0]} is about what recordings show, and none of the files is a "
        "recording.\n  hint: Give a HAR file, JSON Lines, or a cassette of VCR, too.\n"
    )
    assert not Path("coverage.md").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"log": {"entries": ["\xe4"]}}', "error[not-utf8]: The recording is not UTF-8."),
        (b'{"log": {"entries": []}, "x": ""}', "error[too-large]: The recording has more than 20"),
    ],
)
def test_nothing_is_kept_where_a_recording_was_not_read(
    content: bytes,
    said: str,
    recorded: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if said.startswith("error[too-large]"):
        monkeypatch.setattr(limits, "RECORDING_BYTES", 20)
    Path("unread.har").write_bytes(content)
    assert main(["observe", "--catalogue", ".", "one.jsonl", "unread.har"]) == 2
    out, err = capsys.readouterr()
    assert said in out
    assert err == "Nothing was written.\n"
    assert not [*recorded.rglob("observed.json")]
