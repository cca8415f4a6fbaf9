"""What an import refuses, with the exact words; nothing is left behind, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]
GIVEN = ["--api", "shop", "--url", "https://shop.example.com/docs", "--code-at", "/code"]
CSV = "code;cause\nA_B;One.\n"

# Name and content of the source, further options, and what is printed.
REFUSED: dict[str, tuple[str, str | bytes, list[str], str]] = {
    "another kind of file": (
        "errors.xlsx",
        b"PK\x03\x04",
        [],
        "reasonbook: errors.xlsx is not a source that can be imported.\n"
        "  hint: It reads OpenAPI (YAML or JSON), JSON, CSV, TSV, Markdown, reStructuredText or a "
        "reasons.json, each by the end of its name.\n",
    ),
    "YAML that is not OpenAPI": (
        "errors.yaml",
        "a: 1\n",
        [],
        "reasonbook: errors.yaml:1:1: The file is not an OpenAPI document.\n"
        "  hint: It has neither openapi, paths nor components at its top.\n",
    ),
    "Swagger 2": (
        "errors.json",
        '{"swagger": "2.0", "paths": {}}',
        [],
        "reasonbook: errors.json:1:1: The file is in Swagger 2.0, which is not read.\n"
        "  hint: Convert it to OpenAPI 3 first.\n",
    ),
    "a column that is not there": (
        "errors.csv",
        CSV,
        ["--map", "fix=causes"],
        "reasonbook: errors.csv:1:1: There is no column causes.\n  hint: Did you mean cause?\n",
    ),
    "no column of codes": (
        "errors.csv",
        "id,cause\n7,One.\n",
        [],
        "reasonbook: errors.csv:1:1: No column is known to hold the codes.\n"
        "  hint: Name it with --map code=COLUMN; the columns are id, cause.\n",
    ),
    "a key that is not one": (
        "errors.csv",
        CSV,
        ["--map", "couse=cause"],
        "reasonbook: couse is not what a column may be mapped to.\n  hint: Did you mean cause?\n",
    ),
    "a mapping without a column": (
        "errors.csv",
        CSV,
        ["--map", "cause"],
        "reasonbook: --map cause names no column.\n  hint: Write it as KEY=COLUMN.\n",
    ),
    "a column twice": (
        "errors.csv",
        "code,cause,cause\nA_B,1,2\n",
        [],
        "reasonbook: errors.csv:1:1: Two columns are called cause.\n"
        "  hint: Give each a name of its own.\n",
    ),
    "an open quote": (
        "errors.csv",
        'code,cause\nA_B,"One.\n',
        [],
        "reasonbook: errors.csv:2:1: The row cannot be read: unexpected end of data.\n"
        "  hint: A cell that holds quotes is in quotes, and those inside it are doubled.\n",
    ),
    "an empty file": (
        "errors.csv",
        "",
        [],
        "reasonbook: errors.csv:1:1: The file is empty.\n"
        "  hint: Its first row names the columns.\n",
    ),
    "no code in any row": (
        "errors.csv",
        "code,cause\n,One.\n",
        [],
        "reasonbook: errors.csv:1:1: The source holds no code.\n",
    ),
    "no table": (
        "errors.md",
        "# Errors\n",
        [],
        "reasonbook: errors.md:1:1: There is no table in it.\n"
        "  hint: Codes are read from tables only.\n",
    ),
    "no list": (
        "errors.json",
        '{"a": [1, 2]}',
        [],
        "reasonbook: errors.json:1:1: There is no list of objects in it.\n"
        "  hint: Codes are read from an array of objects, or from an object with codes as keys.\n",
    ),
    "two lists": (
        "errors.json",
        '{"a": [{"code": "A"}], "b": [{"code": "B"}]}',
        [],
        "reasonbook: errors.json:1:1: There are 2 lists that may hold the codes.\n"
        "  hint: Choose with --table POINTER: /a, /b.\n",
    ),
    "a way to make domains that there is not": (
        "errors.csv",
        CSV,
        ["--domains", "colour"],
        "reasonbook: colour is not a way to make domains.\n"
        "  hint: Write one, column, tag, prefix or prefix:N.\n",
    ),
    "a place that is not a pointer": (
        "errors.csv",
        CSV,
        ["--code-at", "error.code"],
        "reasonbook: error.code is not a JSON Pointer.\n  hint: Did you mean /error/code?\n",
    ),
    "an address that is none": (
        "errors.csv",
        CSV,
        ["--url", "docs"],
        "reasonbook: The draft is not a valid catalogue: source.url is docs, which does not fit "
        "the form ^https?://[!#-;=?-\\[\\]_a-{}~]+$. [wrong-value]\n"
        "  hint: An address that begins with http:// or https://; odd characters in it are "
        "percent-encoded.\n",
    ),
    "more codes than a page holds": (
        "errors.csv",
        "code\n" + "".join(f"{kind}_{n}\n" for kind in "AB" for n in range(101)),
        [],
        "reasonbook: There are 202 codes, and the page of a domain is readable up to 200.\n"
        "  hint: Choose with --map domain=COLUMN (a domain for each value), --domains prefix "
        "(2 domains), --domains prefix:2 (2 domains), --domains prefix:3 (20 domains) or --domains "
        "one (a page with the table only).\n",
    ),
    "an export of no such API": (
        "reasons.json",
        '{"format_version": 2, "apis": [{"api": "shap"}, {"api": "bank"}]}',
        [],
        "reasonbook: reasons.json:1:1: The file holds no API shop.\n  hint: Did you mean shap?\n",
    ),
    "an export of nothing": (
        "reasons.json",
        '{"format_version": 2, "apis": []}',
        [],
        "reasonbook: reasons.json:1:1: The file holds no API.\n"
        "  hint: Fetch it again from the site.\n",
    ),
    "codes that no catalogue may hold": (
        "errors.csv",
        "code\nA\x07B\n",
        [],
        "reasonbook: No code of the source can come in.\n  hint: errors.csv:2:1: A\\u0007B is left "
        "out: A\\u0007B does not fit the form [ -~]+. [reason-format]\n",
    ),
    "an OpenAPI document whose responses are elsewhere": (
        "openapi.yaml",
        "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '404':\n"
        "          $ref: gone.yaml#/NotFound\n",
        [],
        "reasonbook: openapi.yaml:1:1: No error response names a code at /code.\n"
        "  hint: openapi.yaml:7:11: gone.yaml cannot be read. Say where error bodies hold it with "
        "--code-at, such as --code-at /error/code.\n",
    ),
    "an export of a newer format": (
        "reasons.json",
        '{"format_version": 99, "apis": [{"api": "shop"}]}',
        [],
        "reasonbook: reasons.json:1:1: The file is in a newer format.\n"
        "  hint: It needs Reasonbook 0.99 or newer.\n",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_imported_is_refused_and_leaves_nothing(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    name, content, more, said = REFUSED[case]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    monkeypatch.chdir(tmp_path)

    assert main(["import", name, *GIVEN, *more]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == said
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("name", "content", "finding"),
    [
        ("gone.csv", None, "gone.csv:1:1: error[unreadable-file]: The file cannot be read: "),
        ("a.csv", b"code\n\xe9 A", "a.csv:2:1: error[not-utf8]: Byte 0xe9 is not UTF-8"),
        ("a.csv", "code\nA".encode("utf-16"), "a.csv:1:1: error[not-utf8]: The file is UTF-16"),
        ("a.json", b'[{"code": 1,}]', "a.json:1:13: error[json-syntax]: A comma is followed by"),
        ("a.yaml", b"openapi: [", "a.yaml:1:10: error[yaml-syntax]: "),
    ],
)
def test_what_cannot_be_read_is_a_finding_with_its_place(
    name: str,
    content: bytes | None,
    finding: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    assert main(["import", name, *GIVEN]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith(finding)
    assert printed.err == (
        "reasonbook: Nothing was imported.\n  hint: Correct what cannot be read first.\n"
    )


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("errors.csv").write_text(CSV)
    return "errors.csv"


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            "--url",
            "reasonbook: The source does not say where its facts are published.\n"
            "  hint: Give the address of the documentation, or of the source itself, with --url.\n",
        ),
        (
            "--code-at",
            "reasonbook: The source does not say where an error body holds the code.\n"
            "  hint: Say it with --code-at, a JSON Pointer such as --code-at /error/code.\n",
        ),
    ],
)
def test_what_the_source_does_not_say_is_asked_for(
    missing: str, said: str, source: str, capsys: Capture
) -> None:
    at = GIVEN.index(missing)
    assert main(["import", source, *GIVEN[:at], *GIVEN[at + 2 :]]) == 2
    assert capsys.readouterr().err == said


def test_a_folder_that_is_not_of_an_api_stays(source: str, capsys: Capture) -> None:
    Path("catalogue/shop").mkdir(parents=True)
    Path("catalogue/shop/notes.txt").write_text("Ours.")
    assert main(["import", source, *GIVEN, "--merge"]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: catalogue/shop is there, and is not the folder of an API.\n"
        "  hint: Choose another name with --api.\n"
    )
    assert [path.name for path in Path("catalogue/shop").iterdir()] == ["notes.txt"]


def test_a_dry_run_of_a_new_folder_writes_nothing(source: str, capsys: Capture) -> None:
    assert main(["import", source, *GIVEN, "--dry-run"]) == 0
    assert "+++ catalogue/shop/general.yaml\n" in capsys.readouterr().out
    assert not Path("catalogue").exists()


def test_a_disk_that_fails_leaves_nothing_new_and_loses_nothing(
    source: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", fail)
        assert main(["import", source, *GIVEN]) == 2
    assert not Path("catalogue").exists()

    assert main(["import", source, *GIVEN]) == 0
    before = {path: path.read_bytes() for path in Path("catalogue/shop").iterdir()}
    Path(source).write_text("code;cause\nA_B;Two.\n")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        assert main(["import", source, *GIVEN]) == 2
    assert {path: path.read_bytes() for path in Path("catalogue/shop").iterdir()} == before


def test_a_record_that_was_spoilt_is_not_taken_for_none(source: str, capsys: Capture) -> None:
    assert main(["import", source, *GIVEN]) == 0
    Path("catalogue/shop/.imported.json").write_text("{")
    capsys.readouterr()
    assert main(["import", source, *GIVEN]) == 2
    assert capsys.readouterr().err.startswith(
        "reasonbook: catalogue/shop/.imported.json cannot be read: "
    )


def test_an_older_format_is_rewritten_first(source: str, capsys: Capture) -> None:
    assert main(["import", source, *GIVEN]) == 0
    path = Path("catalogue/shop/api.yaml")
    path.write_text(path.read_text().replace("format: 2\n", ""))
    capsys.readouterr()
    assert main(["import", source, *GIVEN]) == 2
    assert capsys.readouterr().err == (
        "reasonbook: catalogue/shop/api.yaml is in format 1, and an import writes format 2.\n"
        "  hint: Rewrite it first with `reasonbook migrate`.\n"
    )
