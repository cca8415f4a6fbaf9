from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.cmd.build import build_main

from reasonbook.cli.main import main
from reasonbook.format.placeholders import is_unfilled

WRITTEN = """\
catalogue/shop/api.yaml
catalogue/shop/envelope.schema.json
catalogue/shop/general.yaml
Next: write your own in place of <FILL IN ...>; `reasonbook check` says where.
"""
LEFT = """\
catalogue/shop/api.yaml:5:8: title
  Write the name of the API, as people know it.
catalogue/shop/api.yaml:6:10: summary
  Write what the API does, in one sentence.
catalogue/shop/api.yaml:8:8: source.url
  Write the address of the API's documentation.
catalogue/shop/api.yaml:19:20: envelope.example
  Write the reason, as the API sends it.
catalogue/shop/api.yaml:20:21: envelope.example
  Write the message.
catalogue/shop/envelope.schema.json:3:13: The file
  Write a name, once this schema describes your API's error body.
catalogue/shop/general.yaml:4:8: title
  Write what this group of errors is called.
catalogue/shop/general.yaml:5:10: summary
  Write what these errors are about, in one sentence.
catalogue/shop/general.yaml:6:11: coverage
  Write complete if all reasons of the group stand here, else common.
catalogue/shop/general.yaml:8:13: reasons[0].reason
  Write the reason, as the API sends it.
catalogue/shop/general.yaml:9:11: reasons[0].http
  Write the HTTP status, such as 404.
catalogue/shop/general.yaml:10:12: reasons[0].cause
  Write why the API answers so.
catalogue/shop/general.yaml:12:9: reasons[0].fix[0]
  Write what helps.
catalogue/shop/general.yaml:14:14: reasons[0].remedy.actor
  Write who can fix it (client, end-user, account-admin, platform, nobody or unknown).
catalogue/shop/general.yaml:15:14: reasons[0].remedy.retry
  Write whether to send it again (never, after-fix, after-delay, at-once or unknown).
catalogue/shop/general.yaml:23:16: reasons[0].examples[0].title
  Write what the client did.
catalogue/shop/general.yaml:29:26: reasons[0].examples[0].body
  Write the reason, as the API sends it.
catalogue/shop/general.yaml:30:27: reasons[0].examples[0].body
  Write the message.
"""


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def snapshot(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_the_folder_is_written_and_check_names_what_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["init", "shop"]) == 0
    assert capsys.readouterr() == (WRITTEN, "")

    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert err == "18 problems in catalogue\n"
    short = out.replace("error[unfilled-text]: ", "").replace(" is still to be filled in.", "")
    assert short.replace("hint: ", "") == LEFT


def test_once_filled_in_it_is_clean(
    fill_in: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "shop"])
    fill_in(Path("catalogue"))
    capsys.readouterr()

    assert main(["check"]) == 0
    assert capsys.readouterr().out == "catalogue: 1 API, 1 reason, 1 example: clean\n"


def test_filled_in_by_and_by_nothing_else_is_found(
    fill_in: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    """So nobody who works from the top is sent after what only follows from a gap below."""
    main(["init", "shop"])
    left = {
        path: [m[0] for m in re.finditer("<FILL IN [^>]*>|FILL_IN", path.read_text())]
        for path in sorted(Path("catalogue/shop").iterdir())
    }
    values = {"FILL_IN": "ORDER_NOT_FOUND", "HTTP": "404", "(client": "client", "(never": "never"}
    values |= {"complete": "common", "address": "https://shop.example.com"}
    for path, marks in left.items():
        for found in marks:
            value = next(
                (value for key, value in values.items() if key in found), f"My {found[9:-1]}."
            )
            path.write_text(path.read_text().replace(found, value, 1))
            capsys.readouterr()
            main(["check"])
            rules = set(re.findall(r"error\[(.+?)\]", capsys.readouterr().out))
            assert rules <= {"unfilled-text"}, found
    assert main(["check"]) == 0


def test_the_lines_in_comments_are_of_the_format(
    fill_in: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "shop"])
    fill_in(Path("catalogue"))
    for name in ("api", "general"):
        path = Path(f"catalogue/shop/{name}.yaml")
        head, text = path.read_text().split(f"\n{'api' if name == 'api' else 'domain'}:")
        # Only comments that stand for a line of YAML: a key, an item, or what is inside of one.
        text = re.sub(r"^( *)# (?=[a-z_]+:|  )", r"\1", text, flags=re.MULTILINE)
        text = text.replace("retry: after-fix", "retry: after-delay")
        path.write_text(f"{head}\n{'api' if name == 'api' else 'domain'}:{text}")
        assert not re.search(r"^ *#", text, flags=re.MULTILINE)
    capsys.readouterr()

    main(["check"])

    found = capsys.readouterr().out
    assert set(re.findall(r"error\[(.+?)\]", found)) <= {
        "envelope-pointer",  # there are no details yet
        "example-header",  # nor the header that is promised now
        "reason-format",  # nor is the reason in lower case
    }


def test_it_is_added_beside_other_apis(capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "first", "--catalogue", "my errors"])
    before = snapshot(Path("my errors"))

    assert main(["init", "second", "--catalogue", "my errors"]) == 0
    assert "`reasonbook check my errors` says where" in capsys.readouterr().out
    after = snapshot(Path("my errors"))
    assert {path: data for path, data in after.items() if "second" not in path.parts} == before
    assert sorted(path.name for path in after.keys() - before.keys()) == [
        "api.yaml",
        "envelope.schema.json",
        "general.yaml",
        "second",
    ]


@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_there_is_left_alone(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    there = Path("catalogue/shop")
    there.parent.mkdir()
    if kind == "folder":
        there.mkdir()
    elif kind == "file":
        there.write_text("mine")
    else:
        there.symlink_to("nowhere")
    before = snapshot(Path())

    assert main(["init", "shop"]) == 2
    assert capsys.readouterr() == (
        "",
        "reasonbook: catalogue/shop is there already; nothing was changed.\n"
        "  hint: Choose another name, or add to it with `reasonbook new shop/DOMAIN REASON`.\n",
    )
    assert snapshot(Path()) == before


FORM = "Use lower-case letters, digits and single hyphens, at most 64 characters."


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Shop", "Shop cannot be the name of an API."),
        ("my shop", "my shop cannot be the name of an API."),
        ("..", ".. cannot be the name of an API."),
        ("../shop", "../shop cannot be the name of an API."),
        ("a/b", "a/b cannot be the name of an API."),
        ("1shop", "1shop cannot be the name of an API."),
        ("", '"" cannot be the name of an API.'),
        (" ", "A blank cannot be the name of an API."),
        ("shop\n", "shop\\u000a cannot be the name of an API."),
        ("\x1b[31m", "\\u001b[31m cannot be the name of an API."),
        ("\udcff", "\\udcff cannot be the name of an API."),
        ("a" * 65, f"{'a' * 65} cannot be the name of an API."),
        ("x" * 5000, f"{'x' * 80}... cannot be the name of an API."),
    ],
)
def test_a_name_of_another_form_is_refused(
    name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", name]) == 2
    assert capsys.readouterr() == (
        "",
        f"reasonbook: {said}\n  hint: {FORM} It begins with a letter.\n",
    )
    assert snapshot(Path()) == {}


@pytest.mark.parametrize("name", ["guide", "search", "reasons", "agents", "con"])
def test_a_reserved_name_is_refused(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", name]) == 2
    assert capsys.readouterr().err == (
        f"reasonbook: The name {name} is reserved.\n"
        "  hint: Choose a name that the site and file systems do not use themselves.\n"
    )
    assert snapshot(Path()) == {}


@pytest.mark.parametrize("failing", range(3))
@pytest.mark.parametrize("root", ["catalogue", "some/where", "."])
def test_nothing_stays_where_a_file_cannot_be_written(
    failing: int,
    root: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    written: list[Path] = []
    write = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        if len(written) == failing:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    assert main(["init", "shop", "--catalogue", root]) == 2
    assert capsys.readouterr().err == "reasonbook: [Errno 28] No space left on device\n"
    assert snapshot(Path()) == {}


def test_a_catalogue_that_is_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("catalogue").write_text("mine")
    assert main(["init", "shop"]) == 2
    assert "catalogue" in capsys.readouterr().err
    assert Path("catalogue").read_text() == "mine"


def test_wrong_arguments_never_reach_the_terminal_raw(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["init"], ["init", "a", "\x1b[31m"], ["init", "a", "--\x1b"]):
        assert main(arguments) == 2
        assert "\x1b" not in capsys.readouterr().err


def test_sphinx_builds_it_once_it_is_filled_in(
    empty_folder: Path, fill_in: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["init", "shop"])
    Path("conf.py").write_text('extensions = ["reasonbook"]\n')
    Path("index.rst").write_text("Errors\n======\n\n.. api-list::\n   :toctree:\n")
    build = ["-E", "-n", "-W", "-q", ".", "site"]
    assert build_main(build) == 2
    assert "[unfilled-text]" in capsys.readouterr().err
    assert not list(Path("site").rglob("*.html"))

    fill_in(Path("catalogue"))

    assert build_main(build) == 0
    page = Path("site/shop/general.html").read_text()
    assert "ORDER_NOT_FOUND" in page
    assert not is_unfilled(page.replace("&lt;", "<").replace("&gt;", ">"))
