"""A pytest plugin: every JSON example of a Reasonbook catalogue is a test case of its own.

Installed with the package. Name the catalogue folder to pytest, on the command line or in
``testpaths``: ``catalogue/voipbin/call-manager.yaml::CALL_NOT_FOUND::Looking up an unknown call``.
Whatever else ``reasonbook check`` refuses fails the collection of the file that it is in. The core
is imported when a catalogue is found, so that other projects do not wait for it.

With ``--reasonbook-record FILE`` it records every error response that the tests get by httpx or
requests, for ``reasonbook audit``.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from reasonbook.checking import Checked
    from reasonbook.diagnostics.problems import Problem
    from reasonbook.examples.runner import Examiner, ExampleId

_API_FILES = ("api.yaml", "api.yml")  # the second is refused, and not passed over
# Files of others have some of these keys, too; one of ours may lack some by mistake.
_OF_AN_API = {"api", "title", "summary", "source", "envelope", "schema_version", "domains"}
_ENOUGH = 4
_OF_A_DOMAIN = {"domain", "title", "summary", "reasons"}
_KEY = re.compile(rf"""^["']?({"|".join(_OF_AN_API | _OF_A_DOMAIN)})["']?[ \t]*:""", re.MULTILINE)
_FIRST_BYTES = 1 << 16  # in which all of them are, long before the end of a large file
_CHECKED = pytest.StashKey[dict[Path, "Checked"]]()
_APIS = pytest.StashKey[dict[Path, bool]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what records error responses."""
    group = parser.getgroup("reasonbook")
    group.addoption(
        "--reasonbook-record",
        metavar="FILE",
        help="Write the error responses that the tests get by httpx or requests to FILE, anew, as "
        "JSON Lines for `reasonbook audit`.",
    )
    parser.addini(
        "reasonbook_record_headers",
        "Response headers to record with their values, beside Content-Type, Retry-After and ids of "
        "requests.",
        type="linelist",
        default=[],
    )


def pytest_configure(config: pytest.Config) -> None:
    """Record from here on, in every process of pytest-xdist, if that is wanted."""
    wanted = config.getoption("reasonbook_record")
    if not wanted:
        return
    from reasonbook.recording import Recorder, RecordingWarning

    path = config.invocation_params.dir / wanted
    if not hasattr(config, "workerinput"):
        # Workers get the options of the first process, and may be in another folder.
        config.option.reasonbook_record = str(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_bytes(b"")
        except OSError as error:
            said = RecordingWarning(f"{path} cannot be written: {error}")
            try:
                config.issue_config_time_warning(said, stacklevel=2)
            except RecordingWarning:  # where a suite makes errors of warnings
                print(f"reasonbook: {said}", file=sys.stderr)
    recorder = Recorder(path, config.getini("reasonbook_record_headers"))
    stack = ExitStack()
    stack.enter_context(recorder.everywhere())
    config.add_cleanup(stack.close)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say how many error responses were recorded."""
    wanted = config.getoption("reasonbook_record")
    with suppress(OSError):  # what could not be written, a warning has said
        if wanted and (path := Path(wanted)).is_file():
            count = path.read_bytes().count(b"\n")
            terminalreporter.write_line(f"reasonbook: {count} error responses are in {path}.")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CatalogueFile | None:
    """Collect the YAML files of an API: of a folder with its ``api.yaml``, or that lacks one."""
    folder = file_path.parent
    if file_path.suffix != ".yaml" or file_path.name.startswith(".") or _is_hidden(folder):
        return None
    known = parent.config.stash.setdefault(_APIS, {})
    if folder not in known:
        known[folder] = _is_api(folder)
    if not known[folder] and not _keys(file_path) >= _OF_A_DOMAIN:
        return None
    collector: CatalogueFile = CatalogueFile.from_parent(parent, path=file_path)
    return collector


def _is_hidden(folder: Path) -> bool:
    return folder.name.startswith((".", "_"))


def _is_api(folder: Path) -> bool:
    """Tell an API's folder from any other with an ``api.yaml``, even if that is broken."""
    return not _is_hidden(folder) and any(
        len(_OF_AN_API & _keys(folder / name)) >= _ENOUGH for name in _API_FILES
    )


def _keys(path: Path) -> set[str]:
    """Return those of the keys above that a file seems to have, in any encoding, broken or not."""
    try:
        with path.open("rb") if path.is_file() else io.BytesIO() as file:
            text = file.read(_FIRST_BYTES).replace(b"\0", b"").decode("utf-8", "ignore")
    except OSError:
        return set()
    lines = text.lstrip("\ufeff \t\r\n")
    if lines.startswith("{"):  # all in one value, as JSON has it
        lines = re.sub(r"[{,]\s*", "\n", lines)
    return set(_KEY.findall(lines))


def _name(text: str, more: str = "") -> str:
    """Return a text as part of the name of a test; pytest itself splits names at some marks."""
    from reasonbook.diagnostics.problems import printable

    return re.sub(f"(?<=:):{more}", lambda mark: f"\\u{ord(mark[0]):04x}", printable(text))


class CatalogueFile(pytest.File):
    """A file of a catalogue; it fails to be collected where the check finds an error in it."""

    def collect(self) -> Iterable[pytest.Collector]:
        """Yield the reasons of the file, or the envelope of ``api.yaml``."""
        from reasonbook.diagnostics.location import display_path
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
                    self, name=_name(name or "envelope", r"|\[|:$"), examiner=examiner, ids=at
                )

    @cached_property
    def _checked(self) -> Checked:
        """The whole catalogue, checked once for all its files; examples are tests of their own."""
        from reasonbook.checking import check_catalogue

        root = self.path.parent.parent
        checked = self.config.stash.setdefault(_CHECKED, {})
        if root not in checked:
            checked[root] = check_catalogue(root, examples=False)
        return checked[root]

    def _is_ours(self, path: Path) -> bool:
        """Tell whether a problem at *path* keeps this file from being tested.

        Not if another file that is collected has it. What is in no such file, for example in the
        envelope's schema, concerns all files of its API, and beside the APIs those of all.
        """
        for folder in filter(_is_api, self.path.parent.parent.iterdir()):
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
        for example_id in self._ids:
            yield ExampleItem.from_parent(
                self,
                name=_name(example_id.title),
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
