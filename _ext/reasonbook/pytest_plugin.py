"""A pytest plugin: every JSON example of a Reasonbook catalogue is a test case of its own.

Installed with the package. Name the catalogue folder to pytest, on the command line or in
``testpaths``: ``catalogue/voipbin/call-manager.yaml::CALL_NOT_FOUND::Looking up an unknown call``.
Whatever else ``reasonbook check`` refuses fails the collection of the file that it is in. The core
is imported when a catalogue is found, so that other projects do not wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from reasonbook.checking import Checked
    from reasonbook.diagnostics.problems import Problem
    from reasonbook.examples.runner import Examiner, ExampleId

_API_FILE = "api.yaml"
_KEYS = re.compile(rb"^(api|envelope|domains)[ \t]*:", re.MULTILINE)
_CHECKED = pytest.StashKey[dict[Path, "Checked"]]()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CatalogueFile | None:
    """Collect the YAML files of a folder whose ``api.yaml`` is that of a catalogue."""
    is_yaml = file_path.suffix == ".yaml" and not file_path.name.startswith(".")
    if not is_yaml or not _is_api(file_path.parent):
        return None
    collector: CatalogueFile = CatalogueFile.from_parent(parent, path=file_path)
    return collector


def _is_api(folder: Path) -> bool:
    """Tell an API's folder from any other with an ``api.yaml``, even if that is broken."""
    try:
        text = (folder / _API_FILE).read_bytes()
    except OSError:
        return False
    return len(set(_KEYS.findall(text))) >= 2


class CatalogueFile(pytest.File):
    """A file of a catalogue; it fails to be collected where the check finds an error in it."""

    def collect(self) -> Iterable[pytest.Collector]:
        """Yield the reasons of the file, or the envelope of ``api.yaml``."""
        from reasonbook.diagnostics.location import display_path
        from reasonbook.diagnostics.problems import printable
        from reasonbook.examples.runner import Examiner

        errors = [problem for problem in self._checked.problems if problem.severity == "error"]
        ours = [problem for problem in errors if self._is_ours(Path(problem.location.path))]
        apis = self._checked.catalogue.apis.values()
        api = next((api for api in apis if api.path.parent == self.path.parent), None)
        if ours or api is None:
            raise self.CollectError("\n".join(map(str, ours or errors)))
        examiner = Examiner(api)
        for name, ids in groupby(examiner.ids(), key=lambda example_id: example_id.reason):
            at = [*ids]
            if examiner.location(at[0]).path == display_path(self.path):
                yield ReasonCollector.from_parent(
                    self, name=printable(name or "envelope"), examiner=examiner, ids=at
                )

    @cached_property
    def _checked(self) -> Checked:
        """The whole catalogue, checked once for all its files; examples are tests of their own."""
        from reasonbook.checking import check_catalogue

        root = self.path.parents[1]
        checked = self.config.stash.setdefault(_CHECKED, {})
        if root not in checked:
            checked[root] = check_catalogue(root, examples=False)
        return checked[root]

    def _is_ours(self, path: Path) -> bool:
        """Tell whether a problem at *path* keeps this file from being tested.

        Not if another file that is collected has it. What is in no such file, for example in the
        envelope's schema, concerns all files of its API, and beside the APIs those of all.
        """
        for folder in filter(_is_api, self.path.parents[1].iterdir()):
            if path.absolute().is_relative_to(folder):
                is_collected = path.absolute().parent == folder and path.suffix == ".yaml"
                concerned = path.absolute() if is_collected else folder
                return self.path.is_relative_to(concerned)
        return True


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
        from reasonbook.diagnostics.problems import printable

        for example_id in self._ids:
            yield ExampleItem.from_parent(
                self,
                name=printable(example_id.title),
                examiner=self._examiner,
                example_id=example_id,
            )


class ExampleItem(pytest.Item):
    """One JSON example, checked by every rule."""

    def __init__(
        self, *, examiner: Examiner, example_id: ExampleId, name: str, parent: pytest.Collector
    ) -> None:
        super().__init__(name=name, parent=parent)
        self._examiner = examiner
        self._example = example_id

    def runtest(self) -> None:
        """Check the example."""
        found = self._examiner.check(self._example)
        if found.errors:
            raise ExampleError(found)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what is wrong, without a traceback of ours."""
        if isinstance(excinfo.value, ExampleError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the example is; pytest counts lines from 0."""
        at = self._examiner.location(self._example)
        return (
            self.path,
            at.line - 1,
            f"{self._example.reason or 'envelope'}: {self._example.title}",
        )


class ExampleError(AssertionError):
    """An example has faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
