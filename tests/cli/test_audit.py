"""Exit codes and output of ``reasonbook audit``; what it finds is in the corpus."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main

FOUND = '{"status": 404, "body": {"code": "ORDER_NOT_FOUND"}}\n'
LOST = '{"status": 404, "body": {"code": "ORDER_LOST"}}\n'


@pytest.fixture
def folder(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with a catalogue in its usual place."""
    monkeypatch.chdir(shop.parent)
    return shop.parent


def har(*bodies: str) -> str:
    """Return a HAR file of answers with 404."""
    entries = [{"response": {"status": 404, "content": {"text": body}}} for body in bodies]
    return json.dumps({"log": {"entries": entries}})


def test_what_is_documented_is_clean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text(FOUND + '{"status": 200}\n')
    (folder / "b.har").write_text(har('{"code": "ORDER_NOT_FOUND"}'))
    assert main(["audit", "a.jsonl", "b.har"]) == 0
    out, err = capsys.readouterr()
    assert out == "2 files, 3 exchanges, 2 error answers: clean\n"
    seen = "shop: 1 of 2 documented reasons seen (50%)."
    assert err == f"catalogue/shop/api.yaml:1:1: note: {seen}\n"


def test_findings_go_to_the_output_and_their_number_beside_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(FOUND + LOST + LOST)
    assert main(["audit", "a.jsonl", "--api", "shop"]) == 1
    out, err = capsys.readouterr()
    assert out == (
        "a.jsonl:2:1: error[sent-reason]: ORDER_LOST with HTTP 404 is not a reason of Shop "
        "(2 times).\n"
        "  hint: Document it, or correct what the API sends; ORDER_NOT_FOUND is like it.\n"
    )
    assert err.endswith("1 problem in 1 file, 3 exchanges, 3 error answers\n")


def test_the_other_formats_name_file_and_entry(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.har").write_text(har('{"code": "ORDER_NOT_FOUND"}', '{"code": "ORDER_LOST"}'))
    assert main(["audit", "a.har", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    (finding,) = printed["findings"]
    assert (finding["path"], finding["entry"], finding["rule"]) == ("a.har", 2, "sent-reason")
    assert finding["url"] == "rules.html#sent-reason"
    assert "entry" not in printed["notes"][0]
    assert main(["audit", "a.har", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(
        "::error file=a.har,line=1,col=1,title=sent-reason::Entry 2: ORDER_LOST with HTTP 404"
    )


def test_a_missing_recording_is_no_pass(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "there-is-none.har"]) == 2
    assert "there-is-none.har cannot be read: No such file or directory." in capsys.readouterr().err


def test_an_empty_recording_is_no_pass(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text("")
    assert main(["audit", "a.jsonl"]) == 2
    assert "There is no exchange in what was recorded." in capsys.readouterr().err


NO_BODY = '{"status": 404, "url": "/orders/1"}\n'
ELSEWHERE = '{"status": 404, "url": "https://elsewhere.example/1", "body": {"code": "LOST"}}\n'
WHY_ELSEWHERE = "It is not known which API the error answer is from; --api names it"


@pytest.mark.parametrize("format_", ["text", "json", "github"])
@pytest.mark.parametrize(
    ("text", "why"),
    [(NO_BODY, "An error answer is recorded without its body"), (ELSEWHERE, WHY_ELSEWHERE)],
    ids=["without a body", "from elsewhere"],
)
def test_errors_of_which_none_can_be_compared_are_no_pass(
    text: str, why: str, format_: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(text * 2)
    assert main(["audit", "a.jsonl", "--format", format_]) == 2
    out, err = capsys.readouterr()
    assert f"{why} (2 times)." in out + err
    assert err.endswith("0 of 2 error answers could be compared; the notes say why\n")


@pytest.mark.parametrize("beside", [FOUND, '{"status": 200, "url": "/orders/1"}\n'])
def test_errors_of_others_beside_answers_of_the_api_are_noted(
    beside: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(ELSEWHERE + beside)
    assert main(["audit", "a.jsonl"]) == 0
    assert f"a.jsonl:1:1: note: {WHY_ELSEWHERE}.\n" in capsys.readouterr().err


def test_an_empty_recording_beside_another_is_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(FOUND)
    (folder / "b.jsonl").write_text("")
    (folder / "c.har").write_text(har())
    assert main(["audit", "a.jsonl", "b.jsonl", "c.har"]) == 0
    err = capsys.readouterr().err
    assert [line for line in err.splitlines() if "no exchange" in line] == [
        "b.jsonl:1:1: note: There is no exchange in the recording.",
        "c.har:1:1: note: There is no exchange in the recording.",
    ]


def test_what_is_not_a_recording_is_no_pass(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(FOUND)
    (folder / "b.txt").write_text("GET /orders/1 404\n")
    assert main(["audit", "a.jsonl", "b.txt"]) == 2
    out, err = capsys.readouterr()
    assert out.startswith("b.txt:1:1: error[unreadable-file]: The file is not a recording.\n")
    assert err.endswith("; not everything could be compared\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (gzip.compress(FOUND.encode()), "error[unreadable-file]: The file is compressed.\n"),
        (FOUND.encode("utf-16"), "error[not-utf8]: The recording is not UTF-8.\n"),
    ],
    ids=["compressed", "utf-16"],
)
def test_what_hinders_a_recording_from_being_read_is_said(
    content: bytes, said: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_bytes(content)
    assert main(["audit", "a.jsonl"]) == 2
    assert said in capsys.readouterr().out


def test_a_catalogue_with_errors_is_not_compared(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(FOUND)
    (folder / "catalogue/shop/orders.yaml").write_text("domain: [")
    assert main(["audit", "a.jsonl"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "The catalogue at catalogue has errors" in err
    assert "`reasonbook check` lists them." in err


def test_an_unknown_api_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.jsonl").write_text(FOUND)
    assert main(["audit", "a.jsonl", "--api", "shup"]) == 2
    assert "There is no API shup.\n  hint: Did you mean shop?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["source", "openapi.json"])
def test_of_several_apis_one_is_named_for_what_names_none(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = shutil.copytree(folder / "catalogue/shop", folder / "catalogue/store")
    (other / "api.yaml").write_text(
        (other / "api.yaml").read_text().replace("api: shop", "api: store")
    )
    (folder / "source").mkdir()
    (folder / "openapi.json").write_text('{"openapi": "3.1.0"}')
    assert main(["audit", name]) == 2
    assert f"Which API is {name} about?" in capsys.readouterr().err


def test_a_broken_schema_is_a_finding_of_its_own(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.jsonl").write_text(FOUND + FOUND)
    (folder / "catalogue/shop/envelope.schema.json").write_text('{"type": "objekt"}')
    assert main(["audit", "a.jsonl"]) == 1
    assert capsys.readouterr().out.count("error[schema-invalid]") == 1


def test_output_has_no_controls_of_a_file_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a\x1b[31m.jsonl").write_text(LOST)
    assert main(["audit", "a\x1b[31m.jsonl"]) == 1
    assert "\x1b" not in "".join(capsys.readouterr())


def test_a_recording_that_is_not_read_is_no_pass(
    shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop)
    Path("latin.har").write_bytes(b'{"log": {"entries": ["\xe4"]}}')
    assert main(["audit", "latin.har", "--catalogue", "."]) == 2
    assert capsys.readouterr().err.endswith("not everything could be compared\n")


def test_a_folder_of_source_is_called_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("source").mkdir()
    main(["audit", "source"])
    assert capsys.readouterr().err.endswith(" in 1 folder\n")
