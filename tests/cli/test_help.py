"""What the command line says of itself, and of arguments that it does not understand."""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import reasonbook as package
from reasonbook.cli.main import main, reasonbook

COMMANDS = sorted(reasonbook.commands)
START_SECONDS = 0.2
PROGRAM = [sys.executable, "-m", "reasonbook"]
PACKAGE = {"PYTHONPATH": str(Path(package.__file__).parents[1])}


def test_alone_it_lists_the_commands_and_is_no_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.findall(r"^  ([a-z]+) {2,}[A-Z]", err, re.MULTILINE) == COMMANDS


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_that_it_understands(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    examples = re.findall(rf"^ +reasonbook {command} ?(.*)$", capsys.readouterr().out, re.MULTILINE)
    assert examples
    for arguments in examples:  # which is parsed, not run
        reasonbook.commands[command].make_context(command, shlex.split(arguments))


def test_every_option_is_explained() -> None:
    for command in reasonbook.commands.values():
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert [option.name for option in options if not option.help] == []


def test_a_misspelt_command_leads_to_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert capsys.readouterr().err == (
        "Usage: reasonbook [OPTIONS] COMMAND [ARGS]...\n"
        "reasonbook: No such command 'chekc'. Did you mean 'check'?\n"
        "  hint: `reasonbook --help` shows what it takes.\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--colour"],
        ["check", "catalogue", "another"],
        ["check", "--format", "xml"],
        ["diff", "one"],
        ["init"],
    ],
    ids=" ".join,
)
def test_wrong_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Usage: reasonbook {arguments[0]} ")
    assert f"\n  hint: `reasonbook {arguments[0]} --help` shows" in err


def test_the_shell_completes_commands() -> None:
    asked = {
        "_REASONBOOK_COMPLETE": "bash_complete",
        "COMP_WORDS": "reasonbook p",
        "COMP_CWORD": "1",
    }
    done = subprocess.run(
        PROGRAM, env=os.environ | PACKAGE | asked, capture_output=True, text=True, check=True
    )
    assert done.stdout == "plain,publish\n"


def test_the_help_comes_at_once() -> None:
    """By the processor's clock, since the machine may have other work, too."""

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [*PROGRAM, "--help"], env=os.environ | PACKAGE, capture_output=True, check=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds() for _ in range(3)) < START_SECONDS


def test_the_help_needs_nothing_of_the_core() -> None:
    code = "import sys, reasonbook.cli.main; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | PACKAGE, capture_output=True, text=True, check=True,
    )  # fmt: skip
    heavy = {"yaml", "pydantic", "ruamel.yaml", "jsonschema_rs", "markdown_it", "reasonbook.format"}
    assert heavy.isdisjoint(done.stdout.split())
