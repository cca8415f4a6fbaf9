"""Bad input beside the exact words that ``reasonbook check`` has for it; editors refuse it, too.

``corpus/base`` is a small catalogue without a fault. Each file in ``corpus/cases`` tells what is
wrong, edits the catalogue, and ends with what is printed. Its name begins with the rule it is for.
Sections begin with a line of ``===``::

    === shop/orders.yaml: instead of      this text, which stands there once,
    === write                             the text of this section
    === shop/orders.yaml: write           the whole file; also ``write in utf-16``
    === shop/orders.yaml: remove
    === shop/orders.yaml: make a folder; also ``link to api.yaml``
    === later                             what stands so far is what is checked against
    === exit code 1                       and the output

``<U+0000>`` stands for the character of that number.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main
from reasonbook.diagnostics.rules import Rule

from .format.editors import differences

CASES = sorted((Path(__file__).parent / "corpus/cases").glob("*.txt"))
# Rules for hand-written pages speak in Sphinx alone, those for the real API in `audit`.
ELSEWHERE = ("page-", "recording-", "sent-", "coverage-", "source-", "description-")
RULES = {rule.label for rule in Rule if not rule.label.startswith(ELSEWHERE)}


def sections(case: Path) -> list[tuple[str, str]]:
    _story, *parts = re.split(r"^=== (.+)\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return list(zip(parts[::2], parts[1::2], strict=True))


def edit(root: Path, steps: list[tuple[str, str]]) -> list[str]:
    """Edit a catalogue; return what else the command is to be told."""
    path, old, told = root, "", list[str]()
    for title, written in steps:
        content = re.sub(r"<U\+([0-9A-F]{4,6})>", lambda match: chr(int(match[1], 16)), written)
        name, _, action = title.rpartition(": ")
        path = root / name if name else path
        match action.split():
            case ["instead", "of"]:
                old = content
            case ["write"] if not name:
                text = path.read_text(encoding="utf-8")
                assert text.count(old) == 1, f"stands {text.count(old)} times in {path}: {old}"
                path.write_bytes(text.replace(old, content).encode())
            case ["write"]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode())
            case ["write", "in", encoding]:
                path.write_bytes(content.encode(encoding))
            case ["remove"] if path.is_dir():
                shutil.rmtree(path)
            case ["remove"]:
                path.unlink()
            case ["link", "to", target]:
                path.parent.mkdir(exist_ok=True)
                path.symlink_to(target)
            case ["make", "a", "folder"]:
                path.mkdir()
            case ["later"]:
                told = ["--against", str(shutil.copytree(root, root.parent / "before"))]
            case _:
                raise ValueError(title)
    return told


def rules_in(output: str) -> set[str]:
    found = r"^[^ ].*?: (?:error|warning)\[([a-z0-9-]+)\]: "
    return set(re.findall(found, output, flags=re.MULTILINE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    *steps, (end, expected) = sections(case)
    told = edit(shop, steps)

    code = main(["check", ".", *told])

    assert capsys.readouterr().out == expected
    assert f"exit code {code}" == end
    assert [*differences(shop / "shop")] == []


def test_the_unspoilt_catalogue_is_clean(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "."]) == 0
    assert capsys.readouterr().out == ".: 1 API, 2 reasons, 2 examples: clean\n"


def test_every_rule_has_a_case() -> None:
    shown = {rule for case in CASES for rule in rules_in(sections(case)[-1][1])}
    assert sorted(RULES - shown) == []


def test_every_case_is_named_after_a_rule_in_its_output() -> None:
    misnamed = [
        case.stem
        for case in CASES
        if not any(
            case.stem.startswith(f"{rule}-") for rule in RULES & rules_in(sections(case)[-1][1])
        )
    ]
    assert misnamed == []
