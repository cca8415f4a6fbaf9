"""Exit codes and output of ``reasonbook check``: 0 clean, 1 findings, 2 could not check.

What it says of the contents of files stands in the corpus.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reasonbook
from reasonbook import checking
from reasonbook.cli.main import main
from reasonbook.diagnostics.formats import FORMATS
from reasonbook.diagnostics.problems import Problem

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(shop: Path) -> Run:
    """Start the command as users do, in the folder above the API."""

    def started(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
        path = str(Path(reasonbook.__file__).parents[1])
        environment = os.environ | {"PYTHONPATH": path} | options.pop("env", {})
        command = [sys.executable, "-m", "reasonbook", *arguments]
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.run(command, env=environment, timeout=60, check=False, **options)

    return started


def spoil(shop: Path) -> None:
    path = shop / "shop/api.yaml"
    path.write_text(path.read_text().replace("title: Shop", "title: 5"))


def test_a_clean_catalogue(run: Run) -> None:
    done = run("check", ".")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == b".: 1 API, 2 reasons, 2 examples: clean\n"


def test_findings_go_to_the_output_and_their_number_beside_it(run: Run, shop: Path) -> None:
    spoil(shop)
    done = run("check", ".")
    assert done.returncode == 1
    assert done.stdout.decode() == (
        "shop/api.yaml:2:8: error[wrong-type]: title must be text, not 5.\n"
        "  hint: Put quotes round it.\n"
    )
    assert done.stderr == b"1 problem in .\n"


def test_the_catalogue_is_looked_for_in_its_usual_place(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shop.parent)
    assert main(["check"]) == 0
    assert capsys.readouterr().out.startswith("catalogue: 1 API")


@pytest.fixture
def a_warning_in_every_api(warning: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check_api", lambda api, problems: problems.extend([warning]))


@pytest.mark.usefixtures("a_warning_in_every_api")
def test_a_warning_alone_is_no_failure(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) == 0
    assert capsys.readouterr() == (
        "shop/api.yaml:3:5: warning[test-warning]: It is old.\n  hint: Write it anew.\n",
        "1 warning in .\n",
    )


@pytest.mark.usefixtures("a_warning_in_every_api")
@pytest.mark.parametrize("format_", FORMATS)
def test_warnings_are_counted_apart(
    format_: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = shop / "shop/payments.yaml"
    path.write_text(path.read_text().replace("title: Payments", "title: Payments\nnote: []"))
    assert main(["check", ".", "--format", format_]) == 1
    out, err = capsys.readouterr()
    assert err == "1 problem, 1 warning in .\n"
    assert "test-warning" in out


@pytest.mark.usefixtures("a_warning_in_every_api")
def test_a_warning_does_not_keep_from_publishing(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "."]) == 0
    assert (shop / "shop/published.json").is_file()
    assert "warning[test-warning]" in capsys.readouterr().out


def no_folder(shop: Path) -> str:
    return "nowhere"


def an_empty_folder(shop: Path) -> str:
    (shop / "empty").mkdir()
    return "empty"


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            no_folder,
            "nowhere:1:1: error[empty-catalogue]: "
            "The catalogue cannot be read: No such file or directory.",
        ),
        (an_empty_folder, "empty:1:1: error[empty-catalogue]: The folder holds no API."),
    ],
)
def test_what_is_no_catalogue_was_not_checked(
    shop: Path,
    place: Callable[[Path], str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check", place(shop)]) == 2
    assert capsys.readouterr().out == (
        f"{said}\n  hint: A catalogue is a folder with one folder per API, each with an api.yaml.\n"
    )


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (
            "catalogue/shop/api.yaml",
            "catalogue/shop/api.yaml:1:1: error[empty-catalogue]: "
            "This is a file; a check takes the whole catalogue.",
        ),
        (
            "catalogue/shop",
            "catalogue/shop:1:1: error[empty-catalogue]: This is the folder of one API.",
        ),
        (
            ".",
            ".:1:1: error[empty-catalogue]: The folder holds no API, but catalogue in it does.",
        ),
    ],
)
def test_what_is_near_a_catalogue_leads_to_it(
    shop: Path,
    place: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (shop.parent / "docs").mkdir()
    monkeypatch.chdir(shop.parent)
    assert main(["check", place]) == 2
    assert capsys.readouterr().out == f"{said}\n  hint: Run `reasonbook check catalogue`.\n"


def test_one_unreadable_file_makes_the_check_incomplete(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(shop)
    (shop / "shop/orders.yaml").unlink()
    (shop / "shop/orders.yaml").mkdir()
    assert main(["check", "."]) == 2
    assert capsys.readouterr().err == "2 problems in .; not everything could be checked\n"


def test_a_file_without_leave_to_read_it_makes_the_check_incomplete(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The superuser may read everything, so the refusal is played."""
    opened = Path.open

    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "orders.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert main(["check", "."]) == 2
    assert capsys.readouterr().out == (
        "shop/orders.yaml:1:1: error[unreadable-file]: "
        "The file cannot be read: Permission denied.\n"
        "  hint: Check that the file exists and may be read.\n"
    )


def test_a_reader_that_goes_away_is_no_success(run: Run, shop: Path) -> None:
    spoil(shop)
    read, write = os.pipe()
    os.close(read)
    done = run("check", ".", stdout=write)
    os.close(write)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_no_success(run: Run) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run("check", ".", stdout=full)
    assert done.returncode == 2
    assert done.stderr == (
        b"reasonbook: cannot write to standard output: No space left on device\n"
    )


def test_names_of_files_need_not_be_unicode(run: Run, shop: Path) -> None:
    Path(os.fsdecode(os.fsencode(shop) + b"/shop/\xff\x1b.yaml")).touch()
    done = run("check", ".")
    assert done.returncode == 1
    assert b"error[unlisted-domain-file]: \\udcff\\u001b.yaml is not listed" in done.stdout
    assert b"Traceback" not in done.stderr


def test_a_terminal_need_not_know_all_characters(run: Run, shop: Path) -> None:
    path = shop / "shop/api.yaml"
    path.write_text(path.read_text().replace("title: Shop", "title: Shop\nК: é"), encoding="utf-8")
    done = run("check", ".", env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert done.returncode == 1
    assert b"has the unknown key \\u041a." in done.stdout


# Fuzzing: whatever a file holds, there is an exit code, soon, and no traceback.

SECONDS = 5

FUZZ = settings(
    deadline=None,  # a slow machine is no fault
    max_examples=80,
    derandomize=True,  # the same examples in every run
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
YAML_LIKE = st.text(alphabet="aZ0.-: \n\t#&*!|>'\"%@`{}[],?\\é\u2028\0<=~", max_size=40)
ANYTHING = st.binary(max_size=60) | YAML_LIKE.map(str.encode)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | YAML_LIKE
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(YAML_LIKE, inner), max_leaves=6
)


def check(shop: Path, name: str, content: bytes) -> None:
    """Check a copy of the catalogue with one file replaced."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "shop"
        copy.mkdir()
        for path in (shop / "shop").iterdir():
            (copy / path.name).write_bytes(path.read_bytes())
        (copy / name).write_bytes(content)
        started = time.process_time()
        assert main(["check", folder]) in (0, 1, 2)
        assert time.process_time() - started < SECONDS


FILES = ["api.yaml", "orders.yaml", "envelope.schema.json", "published.json", "operations.json"]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_any_bytes_as_a_file(name: str, shop: Path) -> None:
    @FUZZ
    @given(ANYTHING)
    def fuzz(content: bytes) -> None:
        check(shop, name, content)

    fuzz()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["api.yaml", "orders.yaml"])
def test_any_bytes_within_a_file(name: str, shop: Path) -> None:
    whole = (shop / "shop" / name).read_bytes()

    @FUZZ
    @given(ANYTHING, st.integers(0, len(whole)), st.integers(0, 12))
    def fuzz(content: bytes, start: int, length: int) -> None:
        check(shop, name, whole[:start] + content + whole[start + length :])

    fuzz()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["api.yaml", "orders.yaml"])
def test_any_value_in_any_place_of_a_file(name: str, shop: Path) -> None:
    def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        inside: Any = node.items() if isinstance(node, dict) else ()
        inside = enumerate(node) if isinstance(node, list) else inside
        return [path, *(p for key, value in inside for p in places(value, (*path, key)))]

    text = (shop / "shop" / name).read_text()

    @FUZZ
    @given(st.sampled_from(places(yaml.safe_load(text))[1:]), DATA)
    def fuzz(path: tuple[Any, ...], value: Any) -> None:
        data = holder = yaml.safe_load(text)
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
        check(shop, name, yaml.safe_dump(data, allow_unicode=True).encode("utf-8", "replace"))

    fuzz()


def test_any_text_as_a_body(shop: Path) -> None:
    text = (shop / "shop/payments.yaml").read_text()
    json_like = st.text(alphabet='{}[]:,"\\/ud83e.-+01codeA \n\ttrueNfls', max_size=40)

    @FUZZ
    @given(json_like)
    def fuzz(body: str) -> None:
        data = yaml.safe_load(text)
        data["reasons"][0]["examples"][0]["body"] = body
        check(shop, "payments.yaml", yaml.safe_dump(data).encode())

    fuzz()
