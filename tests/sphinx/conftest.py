"""Small Sphinx projects, built in this process as the command line builds them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemBytecodeCache
from jinja2.sandbox import SandboxedEnvironment
from sphinx import jinja2glue
from sphinx.cmd.build import build_main
from sphinx.locale import translators
from sphinx.util.inventory import InventoryFile

ROOTS = Path(__file__).parents[1] / "roots"
# Every page repeats the whole navigation.
CONF = """
project = "Sample"
extensions = ["reasonbook"]
html_theme = "alabaster"
html_theme_options = {"sidebar_collapse": False}
"""


@dataclass(frozen=True)
class Result:
    code: int
    status: str
    warnings: str
    output: Path

    @property
    def read(self) -> set[str]:
        """The documents that were read."""
        return set(re.findall(r"reading sources\.\.\. \[ *\d+%\] (\S+)", self.status))

    def page(self, name: str) -> str:
        return (self.output / name).read_text()

    def inventory(self) -> dict[str, dict[str, str]]:
        """The addresses of objects.inv, by type and name."""
        loaded = InventoryFile.loads((self.output / "objects.inv").read_bytes(), uri="")
        return {
            kind: {name: item.uri for name, item in items.items()}
            for kind, items in loaded.data.items()
        }

    def files(self) -> dict[str, bytes]:
        """What was built, without Sphinx's own notes."""
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file() and not path.name.startswith(".buildinfo")
        }


class Project:
    """A Sphinx project: a folder with conf.py, pages and a catalogue."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = folder / "source"
        self.catalogue = self.source / "catalogue"

    @classmethod
    def of_root(cls, folder: Path, name: str) -> Project:
        project = cls(folder)
        shutil.copytree(ROOTS / f"test-{name}", project.source)
        return project

    @classmethod
    def new(cls, folder: Path, conf: str = "", **pages: str) -> Project:
        """A project with two APIs; each page is text by its name, with __ for the dot."""
        project = cls(folder)
        project.write("conf.py", CONF + conf)
        project.write("index.rst", "Sample\n======\n\n.. api-list::\n   :toctree:\n")
        for name, text in pages.items():
            project.write(name.replace("__", "."), text)
        project.add_api("alpha", {"one": ["FIRST_FAULT", "SHARED_FAULT"], "two": ["LAST_FAULT"]})
        project.add_api("beta", {"one": ["OTHER_FAULT", "SHARED_FAULT"]})
        return project

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def write_data(self, name: str, data: Any) -> None:
        """Write data as JSON, which is YAML, too."""
        self.write(f"catalogue/{name}", json.dumps(data, indent=1))

    def edit(self, name: str, change: Callable[[Any], object]) -> None:
        """Read data from the catalogue, change it in place, and write it back."""
        data = json.loads((self.catalogue / name).read_text())
        change(data)
        self.write_data(name, data)

    @staticmethod
    def reason(name: str) -> dict[str, Any]:
        return reason_data(name)

    def add_domain(self, api: str, name: str, reasons: list[str]) -> None:
        self.write_data(f"{api}/{name}.yaml", domain_data(name, reasons))

    def add_api(self, name: str, domains: dict[str, list[str]]) -> None:
        self.write_data(f"{name}/envelope.schema.json", SCHEMA)
        self.write_data(f"{name}/api.yaml", api_data(name, domains))
        for domain, reasons in domains.items():
            self.add_domain(name, domain, reasons)

    def build(
        self,
        *options: str,
        builder: str = "html",
        to: str = "",
        fresh: bool = False,
        only: str = "",
    ) -> Result:
        """Run sphinx-build, maybe for *only* one file; *fresh*: without what is left of others."""
        output = self.folder / "builds" / (to or builder)
        doctrees = self.folder / "doctrees"
        if fresh:
            doctrees = output.with_name(f"{output.name}.doctrees")
        arguments = ["-b", builder, "-d", str(doctrees), *options, str(self.source), str(output)]
        if only:
            arguments.append(str(self.source / only))
        status, warnings = io.StringIO(), io.StringIO()
        translators.clear()  # Sphinx keeps the language of an earlier build of this process
        with contextlib.redirect_stdout(status), contextlib.redirect_stderr(warnings):
            code = build_main(arguments)
        return Result(code, status.getvalue(), warnings.getvalue(), output)

    def build_strictly(self, builder: str = "html") -> Result:
        """Build and expect no word of complaint."""
        result = self.build("-E", "-n", "-W", builder=builder)
        assert (result.warnings, result.code) == ("", 0)
        return result


SCHEMA = {
    "type": "object",
    "required": ["reason"],
    "properties": {
        "reason": {"description": "The reason.", "type": "string"},
        "status": {"description": "The canonical status.", "type": "string"},
    },
}


def api_data(name: str, domains: dict[str, list[str]]) -> dict[str, Any]:
    first = next(iter(domains.values()))[0]
    return {
        "api": name,
        "title": f"{name.title()} API",
        "summary": f"What {name} is.",
        "source": {"url": f"https://{name}.example.com/docs"},
        "envelope": {
            "schema": "envelope.schema.json",
            "reason": "/reason",
            "status": "/status",
            "example": json.dumps({"reason": first, "status": "NOT_FOUND"}),
        },
        "statuses": {"NOT_FOUND": {"http": 404, "when": f"It is not in {name}."}},
        "http": {"404": {"title": "Not Found", "meaning": f"There is no such thing in {name}."}},
        "ai_context": f"Agents of {name} branch on the reason.",
        "schema_version": 1,
        "domains": [*domains],
    }


def domain_data(name: str, reasons: list[str]) -> dict[str, Any]:
    return {
        "domain": name,
        "title": f"Domain {name}",
        "summary": f"What {name} is about.",
        "ai_context": f"Agents in {name} read the reason twice.",
        "reasons": [reason_data(reason) for reason in reasons],
    }


def reason_data(name: str) -> dict[str, Any]:
    return {
        "reason": name,
        "status": "NOT_FOUND",
        "cause": f"The cause of {name.lower()}.",
        "fix": f"The fix of {name.lower()}.",
        "remedy": {"actor": "caller", "retry": "after-fix"},
        "raised_by": [f"GET /{name.lower()}"],
        "examples": [
            {
                "title": "As it happens",
                "origin": "constructed",
                "body": json.dumps({"reason": name, "status": "NOT_FOUND"}),
            }
        ],
    }


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Project]:
    """Make a project with the APIs alpha and beta; see Project.new."""
    return lambda conf="", **pages: Project.new(tmp_path_factory.mktemp("project"), conf, **pages)


@pytest.fixture(scope="session")
def built_once(
    once: Callable[[str, Callable[[Path], Any]], Any],
) -> Callable[..., Result]:
    """Build a project strictly, for tests that only look at it: one build serves all of them.

    The project is that of Project.new, or a copy of a *root*.
    """

    def build(conf: str = "", builder: str = "html", root: str = "", **pages: str) -> Result:
        def work(folder: Path) -> dict[str, Any]:
            project = Project.of_root(folder, root) if root else Project.new(folder, conf, **pages)
            result = project.build_strictly(builder)
            return {**vars(result), "output": str(result.output)}

        whole = json.dumps([conf, builder, root, pages], sort_keys=True)
        found = once(f"build-{hashlib.sha256(whole.encode()).hexdigest()[:16]}", work)
        return Result(**{**found, "output": Path(found["output"])})

    return build


@pytest.fixture(scope="session")
def restored() -> Callable[[str, Callable[[], Project]], Project]:
    """Make a project once, built as often as need be, and give it to each test as it was then.

    It always stands in the same folder, which Sphinx remembers; so only one test at a time may have
    it: this is for fixtures of single tests.
    """
    made: dict[str, tuple[Project, Path]] = {}

    def restore(name: str, make: Callable[[], Project]) -> Project:
        if name not in made:
            project = make()
            kept = project.folder.with_name(f"{project.folder.name}.kept")
            made[name] = project, shutil.copytree(project.folder, kept)
        project, kept = made[name]
        shutil.rmtree(project.folder)
        shutil.copytree(kept, project.folder)
        return project

    return restore


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template of Sphinx once instead of in every build; it takes a quarter of one."""
    folder = str(tmp_path_factory.mktemp("templates"))
    environment = partial(SandboxedEnvironment, bytecode_cache=FileSystemBytecodeCache(folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2glue, "SandboxedEnvironment", environment)
        yield


@pytest.fixture(scope="session")
def root_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Project]:
    """Copy one of the roots, named without its ``test-``."""
    return lambda name: Project.of_root(tmp_path_factory.mktemp(name), name)
