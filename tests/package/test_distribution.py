"""What is in the files that an index would serve, and what they say of themselves."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import reasonbook


@pytest.fixture(scope="module")
def wheel(built: Path) -> zipfile.ZipFile:
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


@pytest.fixture(scope="module")
def metadata(wheel: zipfile.ZipFile) -> Message:
    (name,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return Parser().parsestr(wheel.read(name).decode())


def test_an_index_would_take_it(built: Path) -> None:
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built.iterdir())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.count("PASSED")) == (0, 2), done.stdout


def test_the_wheel_holds_the_package_and_nothing_else(wheel: zipfile.ZipFile, clone: Path) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    package = clone / "_ext/reasonbook"
    ours = {path.relative_to(clone / "_ext") for path in package.rglob("*") if path.is_file()}
    assert inside == {path.as_posix() for path in ours}


def test_the_source_has_no_part_of_the_tests(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"CHANGELOG.md", "LICENSE", "README.md", "_ext/reasonbook/py.typed"} <= names
    assert [name for name in names if name.startswith("tests")] == []


def test_the_licence_is_in_it(wheel: zipfile.ZipFile, metadata: Message, project: Path) -> None:
    (name,) = [name for name in wheel.namelist() if name.endswith("/LICENSE")]
    assert wheel.read(name) == (project / "LICENSE").read_bytes()
    assert metadata["License-Expression"] == "MIT"


def test_the_description_is_the_readme(metadata: Message, project: Path) -> None:
    assert metadata.get_payload() == (project / "README.md").read_text()


def test_checking_needs_no_sphinx(metadata: Message) -> None:
    needed = metadata.get_all("Requires-Dist", [])
    light = [name for name in needed if "extra ==" not in name]
    assert [name for name in light if re.match("sphinx|docutils|myst", name)] == []
    assert [name for name in needed if name.startswith("sphinx<")] == [
        'sphinx<10,>=8.2; extra == "sphinx"'
    ]


def test_the_lowest_versions_that_are_tested_are_those_that_are_allowed(project: Path) -> None:
    said = tomllib.loads((project / "pyproject.toml").read_text())["project"]
    allowed = [*said["dependencies"], *said["optional-dependencies"]["sphinx"]]
    lowest = re.findall(r"^([\w.-]+)>=([\d.]+)", "\n".join(allowed), re.MULTILINE)
    tested = (project / "requirements-lowest.in").read_text()
    pinned = re.findall(r"^([\w.-]+)==([\d.]+)$", tested, re.MULTILINE)
    assert {name: version.removesuffix(".0") for name, version in pinned} == (
        {name: version.removesuffix(".0") for name, version in lowest}
    )


def test_the_changelog_has_this_version(project: Path) -> None:
    versions = re.findall(r"^## ([\d.]+)", (project / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == reasonbook.__version__
