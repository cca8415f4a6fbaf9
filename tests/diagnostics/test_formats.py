"""Findings as text, as JSON and as annotations of GitHub."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from reasonbook.cli.main import main
from reasonbook.diagnostics.formats import (
    FORMATS,
    SITE_URL_VARIABLE,
    WORKSPACE_VARIABLE,
    print_problems,
    print_text,
    rule_url,
)
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Note, Problem
from reasonbook.diagnostics.rules import Rule

ODD = Problem(
    Location("a,b:c%\n.yaml", 3, 5),
    Rule.MISSING_KEY,
    "100% of it\r\n::error::is \x1b[31mred\x1b[0m, \u202eoverridden",
    "Write: 50%\nof it.",
)


def printed(format_: str, *problems: Problem) -> str:
    out = io.StringIO()
    FORMATS[format_](problems, (), out)
    return out.getvalue()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def test_text_is_a_line_and_a_hint() -> None:
    assert printed("text", ODD) == (
        r"a,b:c%\u000a.yaml:3:5: error[missing-key]: "
        r"100% of it\u000d\u000a::error::is \u001b[31mred\u001b[0m, \u202eoverridden"
        "\n"
        r"  hint: Write: 50%\u000aof it."
        "\n"
    )


def test_colour_marks_the_rule_on_a_terminal(terminal: Terminal) -> None:
    print_text([ODD], (), terminal)
    text = terminal.getvalue()
    assert text.count("\x1b") == 3  # red, bold, and back: none of the message's own
    assert "\x1b[31m\x1b[1merror[missing-key]\x1b[0m: 100%" in text


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("NO_COLOR", ""), ("TERM", "dumb")])
def test_no_colour_where_it_is_not_wanted(
    name: str, value: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    print_text([ODD], (), terminal)
    assert "\x1b" not in terminal.getvalue()


def test_no_colour_in_a_file() -> None:
    assert "\x1b" not in printed("text", ODD)


def test_json_keeps_the_text_and_names_the_page_of_the_rule(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(SITE_URL_VARIABLE, "https://reasons.example/book")
    text = printed("json", ODD)
    assert text.isascii()
    assert "\x1b" not in text
    assert json.loads(text) == {
        "version": 1,
        "findings": [
            {
                "rule": "missing-key",
                "severity": "error",
                "path": "a,b:c%\n.yaml",
                "line": 3,
                "column": 5,
                "message": ODD.message,
                "hint": ODD.hint,
                "url": "https://reasons.example/book/rules.html#missing-key",
            }
        ],
        "notes": [],
    }


def test_json_of_nothing_found_is_a_document_too(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", ".", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "findings": [], "notes": []}


@pytest.mark.parametrize("site", [None, ""])
def test_the_address_of_a_rule_is_relative_without_a_site(
    site: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SITE_URL_VARIABLE, raising=False)
    if site is not None:
        monkeypatch.setenv(SITE_URL_VARIABLE, site)
    assert rule_url("cut-text") == "rules.html#cut-text"
    assert json.loads(printed("json", ODD))["findings"][0]["url"].startswith("rules.html#")


def test_an_annotation_is_one_command_whatever_it_says() -> None:
    assert printed("github", ODD) == (
        r"::error file=a%2Cb%3Ac%25\u000a.yaml,line=3,col=5,title=missing-key::"
        r"100%25 of it\u000d\u000a::error::is \u001b[31mred\u001b[0m, \u202eoverridden"
        r"%0AHint: Write: 50%25\u000aof it."
        "\n"
    )


@pytest.mark.parametrize(
    ("workspace", "path"),
    [
        ("..", "catalogue/shop/api.yaml"),
        (".", "shop/api.yaml"),
        ("shop", "api.yaml"),
        ("other", "shop/api.yaml"),  # outside of it: as it is printed
        ("", "shop/api.yaml"),
    ],
)
def test_an_annotation_names_a_path_of_the_repository(
    workspace: str, path: str, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(shop / workspace) if workspace else "")
    problem = Problem(Location("shop/api.yaml"), Rule.MISSING_KEY, "It is not there.", "Add it.")
    assert printed("github", problem).startswith(f"::error file={path},line=1,col=1,")


def test_an_annotation_names_the_file_that_a_link_leads_to(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of an API may be a link to where its code is, and that file is in the change."""
    (shop / "shop").rename(shop.parent / "errors")
    (shop / "shop").symlink_to("../errors")
    monkeypatch.setenv(WORKSPACE_VARIABLE, str(shop.parent))
    problem = Problem(Location("shop/api.yaml"), Rule.MISSING_KEY, "It is not there.", "Add it.")
    assert printed("github", problem).startswith("::error file=errors/api.yaml,")


@pytest.mark.parametrize("format_", FORMATS)
def test_every_format_has_the_same_findings_and_exit_code(
    format_: str, shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SITE_URL_VARIABLE, raising=False)
    (shop / "shop/orders.yaml").write_text("domain: orders\ntitle: 5\nreasons: []\n")
    assert main(["check", ".", "--format", format_]) == 1
    out = capsys.readouterr().out
    for rule in ("wrong-type", "missing-key", "example-reason"):
        assert out.replace(f"rules.html#{rule}", "").count(rule) == 1


def test_github_of_nothing_found_is_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", ".", "--format", "github"]) == 0
    assert capsys.readouterr().out == ""


WARNINGS = {
    "text": "shop/api.yaml:3:5: warning[test-warning]: It is old.\n  hint: Write it anew.\n",
    "github": "::warning file=shop/api.yaml,line=3,col=5,title=test-warning::"
    "It is old.%0AHint: Write it anew.\n",
}


@pytest.mark.parametrize("format_", WARNINGS)
def test_a_warning_is_called_one(format_: str, warning: Problem) -> None:
    assert printed(format_, warning) == WARNINGS[format_]


def test_a_warning_is_called_one_in_json(warning: Problem) -> None:
    assert json.loads(printed("json", warning))["findings"][0]["severity"] == "warning"


def test_a_warning_has_a_colour_of_its_own(terminal: Terminal, warning: Problem) -> None:
    print_text([warning], (), terminal)
    assert "\x1b[33m\x1b[1mwarning[test-warning]\x1b[0m: It is old." in terminal.getvalue()


NOTE = Note(Location("a.yaml", 3, 5), "FAULT moved from one to two.")


def test_a_note_is_told_beside_the_findings(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([], "text", [NOTE])
    assert capsys.readouterr() == ("", "a.yaml:3:5: note: FAULT moved from one to two.\n")


def test_a_note_is_part_of_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([], "json", [NOTE])
    assert json.loads(capsys.readouterr().out)["notes"] == [
        {"path": "a.yaml", "line": 3, "column": 5, "message": "FAULT moved from one to two."}
    ]


def test_a_note_is_a_notice_on_github(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems([], "github", [NOTE])
    assert capsys.readouterr().out == (
        "::notice file=a.yaml,line=3,col=5,title=note::FAULT moved from one to two.\n"
    )
