"""A pytest plugin: every JSON example of a Reasonbook catalogue is a test case of its own.

Installed with the package. Name the catalogue folder to pytest, on the command line or in
``testpaths``: ``catalogue/voipbin/call-manager.yaml::CALL_NOT_FOUND::Looking up an unknown call``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.layout import API_FILE
from reasonbook.catalogue.loader import load_api
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problem, Problems, printable
from reasonbook.examples.runner import Examiner, ExampleId
from reasonbook.rules import check_api

_KEYS = re.compile(rb"^(api|envelope|domains)[ \t]*:", re.MULTILINE)
_EXAMINERS = pytest.StashKey[dict[Path, "tuple[Examiner | None, Problems]"]]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CatalogueFile | None:
    """Collect the YAML files of a folder whose ``api.yaml`` is that of a catalogue."""
    if file_path.suffix != ".yaml" or not _is_catalogue(file_path.parent / API_FILE):
        return None
    collector: CatalogueFile = CatalogueFile.from_parent(parent, path=file_path)
    return collector


def _is_catalogue(path: Path) -> bool:
    """Tell an API's file from any other ``api.yaml``, also where it is broken or lacks a key."""
    try:
        text = path.read_bytes()
    except OSError:
        return False
    return len(set(_KEYS.findall(text))) >= 2


class CatalogueFile(pytest.File):
    """A file of a catalogue; it fails to be collected where the catalogue cannot be loaded."""

    def collect(self) -> Iterable[pytest.Collector]:
        """Yield the reasons of the file, or the envelope of ``api.yaml``."""
        examiner, problems = self._load()
        here = [p for p in problems if p.severity == "error" and self._is_ours(p)]
        if here or examiner is None:
            raise self.CollectError("\n".join(str(p) for p in here or problems))
        found = False
        for name, ids in groupby(examiner.ids(), key=lambda example_id: example_id.reason):
            at = [*ids]
            if examiner.location(at[0]).path == display_path(self.path):
                found = True
                yield ReasonCollector.from_parent(
                    self, name=printable(name or "envelope"), examiner=examiner, ids=at
                )
        if not found and self.path.stem not in {d.name for d in examiner.api.domains}:
            raise self.CollectError(f"{display_path(self.path)} is not part of the catalogue.")

    def _is_ours(self, problem: Problem) -> bool:
        """Tell whether a problem keeps this file from being tested: not if another file has it.

        What is in no file that is collected, such as the envelope's schema, is everybody's.
        """
        others = {display_path(path) for path in self.path.parent.glob("*.yaml")}
        return problem.location.path not in others - {display_path(self.path)}

    def _load(self) -> tuple[Examiner | None, Problems]:
        """Load the API of the folder, once for all its files."""
        folder = self.path.parent
        loaded = self.config.stash.setdefault(_EXAMINERS, {})
        if folder not in loaded:
            problems = Problems()
            api = load_api(folder, problems)
            if api is not None:
                check_api(api, problems)
            loaded[folder] = (Examiner(api) if api else None, problems)
        return loaded[folder]


class ReasonCollector(pytest.Collector):
    """A reason with its examples."""

    def __init__(
        self, *, examiner: Examiner, ids: list[ExampleId], name: str, parent: pytest.Collector
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._examiner = examiner
        self._ids = ids

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each example."""
        for example_id in self._ids:
            yield ExampleItem.from_parent(
                self,
                name=printable(example_id.title),
                examiner=self._examiner,
                example_id=example_id,
            )


class ExampleItem(pytest.Item):
    """One JSON example, held to every rule."""

    def __init__(
        self, *, examiner: Examiner, example_id: ExampleId, name: str, parent: pytest.Collector
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._examiner = examiner
        self._example = example_id

    def runtest(self) -> None:
        """Check the example."""
        if found := list(self._examiner.check(self._example)):
            raise ExampleError(found)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what is wrong, without a traceback of ours."""
        if isinstance(excinfo.value, ExampleError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the example stands; pytest counts lines from 0."""
        at = self._examiner.location(self._example)
        return (
            self.path,
            at.line - 1,
            f"{self._example.reason or 'envelope'}: {self._example.title}",
        )


class ExampleError(AssertionError):
    """An example has faults."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
