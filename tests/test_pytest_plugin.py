"""The pytest plugin in projects of others, which have a catalogue and nothing of Sphinx."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

# Imported before the runs in this process, which forget what they import themselves.
from reasonbook import checking, pytest_plugin
from reasonbook.cli.main import main
from reasonbook.diagnostics.problems import Problem
from reasonbook.examples import runner

pytestmark = pytest.mark.slow

pytest_plugins = "pytester"

OPTIONS = ("-p", pytest_plugin.__name__, "-p", "no:cacheprovider")
BASE = Path(__file__).parent / "corpus/base"
API = "catalogue/shop/api.yaml::envelope::full example"
ORDER = "catalogue/shop/orders.yaml::ORDER_NOT_FOUND::A deleted order"
CARD = "catalogue/shop/payments.yaml::CARD_DECLINED::An expired card"

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def shop(pytester: pytest.Pytester) -> Path:
    return shutil.copytree(BASE, pytester.path / "catalogue") / "shop"


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    return lambda *arguments: pytester.runpytest_inprocess(*OPTIONS, *(arguments or ["catalogue"]))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_each_example_is_a_test_of_its_own(shop: Path, run: Run) -> None:
    listed = run("catalogue", "--collect-only", "-q")
    assert listed.outlines[:3] == [API, ORDER, CARD]
    run().assert_outcomes(passed=3)


@pytest.mark.parametrize("name", [API, ORDER, CARD])
def test_one_can_be_chosen(name: str, shop: Path, run: Run) -> None:
    run(name).assert_outcomes(passed=1)


def test_a_wrong_example_fails_with_what_is_wrong_and_no_traceback(shop: Path, run: Run) -> None:
    replace(shop / "orders.yaml", '            "code"', '            "kode"')
    result = run("catalogue", "-q")
    result.assert_outcomes(passed=2, failed=1)
    at = "catalogue/shop/orders.yaml:16:11: error"
    said = [
        f'{at}[example-envelope]: The body: the member "code" is missing.',
        "  hint: Copy a real response, or correct the envelope's schema.",
        f"{at}[example-reason]: There is no reason at /code, but this documents ORDER_NOT_FOUND.",
        "  hint: Show the error that this reason documents.",
        "catalogue/shop/orders.yaml:17:13: error[example-member]: "
        "/kode is not described by the schema.",
        "  hint: Did you mean code?",
    ]
    title = "ORDER_NOT_FOUND: A deleted order"
    (start,) = (row for row, line in enumerate(result.outlines) if line.strip("_ ") == title)
    assert result.outlines[start + 1 : start + 1 + len(said)] == said
    assert "Traceback" not in result.stdout.str()
    assert "pytest_plugin.py" not in result.stdout.str()


def test_a_fault_of_api_yaml_fails_the_example_of_the_envelope(shop: Path, run: Run) -> None:
    replace(shop / "api.yaml", "  reason: /code\n", "  reason: /code\n  message: /text\n")
    result = run()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines("catalogue/shop/api.yaml:9:12: error?envelope-pointer?: *")


@pytest.mark.parametrize(
    ("name", "old", "new", "errors", "said"),
    [
        pytest.param(
            "orders.yaml", "domain: orders", "domain: [", 1,
            "catalogue/shop/orders.yaml:1:9: error[yaml-syntax]: *", id="a domain"
        ),
        pytest.param(
            "api.yaml", "api: shop", "api: [", 3,
            "catalogue/shop/api.yaml:1:6: error[yaml-syntax]: *", id="api.yaml"
        ),
        pytest.param(
            "api.yaml", "domains:", "domian:", 1,
            "catalogue/shop/api.yaml:15:1: error[unknown-key]: *", id="a key of api.yaml"
        ),
        pytest.param(
            "api.yaml", "  - payments\n", "", 1,
            "catalogue/shop/payments.yaml:1:1: error[unlisted-domain-file]: *", id="the list",
        ),
        pytest.param(
            "envelope.schema.json", '"number"}', '"number"},', 3,
            "catalogue/shop/envelope.schema.json:8:3: error[json-syntax]: *", id="the schema",
        ),
    ],
)  # fmt: skip
def test_a_broken_catalogue_is_an_error_and_no_pass(
    name: str, old: str, new: str, errors: int, said: str, shop: Path, run: Run
) -> None:
    """What is broken in a file of its own leaves the tests of other files."""
    replace(shop / name, old, new)
    result = run()
    result.assert_outcomes(errors=errors)
    result.stdout.fnmatch_lines(said.replace("[", "[[]"))
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "Traceback" not in result.stdout.str()
    others = run("catalogue", "--continue-on-collection-errors")
    others.assert_outcomes(errors=errors, passed=3 - errors)


@pytest.mark.parametrize("name", ["envelope.schema.json", "notes.yml"])
def test_what_is_in_no_file_of_tests_is_an_error_of_all(name: str, shop: Path, run: Run) -> None:
    (shop / name).write_text("[]")
    run().assert_outcomes(errors=3)


def test_what_the_ledger_says_is_refused_too(shop: Path, run: Run) -> None:
    """As by the check, which goes the same way."""
    (shop / "published.json").write_text("[]")
    result = run()
    result.assert_outcomes(errors=3)
    result.stdout.fnmatch_lines("catalogue/shop/published.json:*: error?ledger-broken?: *")


def test_what_lies_beside_the_apis_is_an_error_of_all(shop: Path, run: Run) -> None:
    (shop.parent / "lost.yaml").write_text("domain: lost\n")
    run().assert_outcomes(errors=3)


def test_an_api_is_tested_beside_a_broken_one(shop: Path, run: Run) -> None:
    broken = shutil.copytree(shop, shop.with_name("broken"))
    replace(broken / "api.yaml", "api: shop", "api: broken")
    (broken / "envelope.schema.json").write_text("[]")
    run("catalogue/broken").assert_outcomes(errors=3)
    run("catalogue/shop").assert_outcomes(passed=3)


def test_a_folder_that_takes_the_name_of_another_is_no_silence(shop: Path, run: Run) -> None:
    shutil.copytree(shop, shop.with_name("twin"))
    run("catalogue/shop").assert_outcomes(errors=3)


def test_a_warning_fails_nothing(
    shop: Path, run: Run, warning: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "check_api", lambda api, problems: problems.extend([warning]))
    monkeypatch.setattr(runner, "check_case", lambda case, problems: problems.extend([warning]))
    run().assert_outcomes(passed=3)


def test_a_schema_that_cannot_be_compiled_fails_every_example(shop: Path, run: Run) -> None:
    replace(shop / "envelope.schema.json", '"required"', '"require"')
    run().assert_outcomes(failed=3)


@pytest.mark.parametrize(
    "text",
    [
        "openapi: 3.1.0\ninfo: {}\n",
        "api: v1\npaths: {}\n",
        "api: {port: 80}\ntitle: Proxy\ndomains: [shop.example]\nservers: []\n",
        "info:\n  api: a\n  title: b\n  summary: c\n  source: d\n  envelope: e\n",
        '{"info": {"title": "a", "summary": "b"}, "source": "c"}',
        "- api:\n- envelope:\n",
        "[",
        "\0\0\0\0",
        "",
        None,
    ],
)
def test_other_files_called_api_yaml_are_left_alone(
    text: str | None, pytester: pytest.Pytester, run: Run
) -> None:
    folder = pytester.mkdir("openapi")
    (folder / "other.yaml").write_text("reasons: []\n")
    if text is None:
        (folder / "api.yaml").mkdir()
    else:
        (folder / "api.yaml").write_text(text)
    result = run("openapi")
    result.assert_outcomes()
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a::b", r"a:\u003ab"),
        (":::", r":\u003a\u003a"),
        ("a\tb", r"a\u0009b"),
        ("a [b] :: c", r"a [b] :\u003a c"),
        ("a\\b é / 100%", "a\\b é / 100%"),
    ],
)
def test_any_title_can_be_chosen_as_it_is_listed(
    title: str, shown: str, shop: Path, run: Run
) -> None:
    replace(shop / "orders.yaml", "A deleted order", json.dumps(title))
    name = ORDER.replace("A deleted order", shown)
    assert run("catalogue", "--collect-only", "-q").outlines[1] == name
    run(name).assert_outcomes(passed=1)


def test_any_reason_can_be_chosen_as_it_is_listed(shop: Path, run: Run) -> None:
    replace(shop / "api.yaml", "api: shop", 'api: shop\nreason_pattern: "[A-Za-z:[]+"')
    for path in (shop / "api.yaml", shop / "orders.yaml"):
        path.write_text(path.read_text().replace("ORDER_NOT_FOUND", "Order::NotFound["))
    (shop / "orders.yaml").write_text(
        (shop / "orders.yaml").read_text().replace("status: NOT", "slug: order\n    status: NOT")
    )
    name = ORDER.replace("ORDER_NOT_FOUND", r"Order:\u003aNotFound\u005b")
    assert run("catalogue", "--collect-only", "-q").outlines[1] == name
    run(name).assert_outcomes(passed=1)


def quoted(text: str) -> bytes:
    return re.sub(r"^(\w+):", r'"\1":', text, flags=re.MULTILINE).encode()


def as_json(text: str) -> bytes:
    return json.dumps(yaml.safe_load(text), indent=2).encode()


@pytest.mark.parametrize(
    "write",
    [
        quoted,
        as_json,
        lambda text: json.dumps(yaml.safe_load(text)).encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.replace(": ", " : ").encode(),
    ],
    ids=["quoted", "JSON", "JSON on a line", "byte-order mark", "UTF-16", "spaces"],
)
def test_however_its_keys_are_written_what_check_refuses_is_refused(
    write: Callable[[str], bytes], shop: Path, run: Run
) -> None:
    (shop / "api.yaml").write_bytes(write((shop / "api.yaml").read_text()))
    replace(shop / "orders.yaml", '            "code"', '            "kode"')
    assert main(["check", "catalogue"]) != 0
    assert run().ret in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED)


@pytest.mark.parametrize("name", ["api.yml", "apis.yaml", None])
def test_an_api_without_its_file_is_no_silence(name: str | None, shop: Path, run: Run) -> None:
    if name:
        (shop / "api.yaml").rename(shop / name)
    else:
        (shop / "api.yaml").unlink()
    assert main(["check", "catalogue"]) != 0
    assert run().ret == pytest.ExitCode.INTERRUPTED


def test_what_check_passes_over_is_passed_over(shop: Path, run: Run) -> None:
    shutil.copytree(shop, shop.with_name("_draft"))
    assert main(["check", "catalogue"]) == 0
    run().assert_outcomes(passed=3)


def test_a_title_does_not_steer_the_terminal(shop: Path, run: Run) -> None:
    replace(shop / "orders.yaml", "A deleted order", '"A\\nB"')
    listed = run("catalogue", "--collect-only", "-q")
    assert listed.outlines[1] == ORDER.replace("A deleted order", "A\\u000aB")


def test_it_needs_nothing_of_sphinx(shop: Path) -> None:
    code = (
        "import sys, pytest\n"
        f"code = pytest.main([*{OPTIONS}, 'catalogue', '-q'])\n"
        "print(sorted({'sphinx', 'docutils', 'myst_parser'} & sys.modules.keys()), int(code))\n"
    )
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=shop.parents[1],
        env=os.environ | {"PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "[] 0", done.stdout + done.stderr


def test_a_project_without_a_catalogue_does_not_wait(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile("def test_nothing(): pass")
    pytester.makefile(".yaml", api="api: {port: 80}\ndomains: [shop.example]\n")
    code = (
        "import sys, pytest\n"
        f"pytest.main([*{OPTIONS}, '-q'])\n"
        "print([name for name in sys.modules if name.startswith('reasonbook')])\n"
    )
    path = os.pathsep.join(filter(None, sys.path))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": path, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "['reasonbook', 'reasonbook.pytest_plugin']"


def test_it_comes_with_the_package(project: Path) -> None:
    package = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    assert package["entry-points"]["pytest11"] == {"reasonbook": pytest_plugin.__name__}


def test_the_catalogue_of_this_project(project: Path, run: Run) -> None:
    arguments = (str(project / "catalogue"), "-c", os.devnull, "--rootdir", str(project), "-q")
    listed = run(*arguments, "--collect-only").outlines
    tests = [line for line in listed if line.startswith("catalogue/")]
    assert len(tests) > 30
    name = "catalogue/voipbin/call-manager.yaml::CALL_NOT_FOUND::"
    assert [test for test in tests if test.startswith(name)]
    run(*arguments).assert_outcomes(passed=len(tests))
