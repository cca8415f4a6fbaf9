"""Building a tiny Sphinx project as users do: by a process that can fail or be killed."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from project import build_site

CONF = "project = 'Tiny'\nhtml_theme = 'alabaster'\n"
# A page builds, says so by a file, and takes as long as a test needs.
SLOW = """
import pathlib, time
def setup(app):
    app.connect('html-page-context', hold)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}
def hold(app, *_):
    pathlib.Path(app.confdir, 'building').touch()
    time.sleep(60)
"""
FULL_DISK = """
def setup(app):
    app.connect('build-finished', full)
def full(app, _):
    raise OSError(28, 'No space left on device')
"""


class Project:
    def __init__(self, folder: Path, text: str = "First edition.") -> None:
        self.folder = folder
        self.source = folder / "source"
        self.output = folder / "out" / "site"
        self.source.mkdir(exist_ok=True)
        self.configure()
        self.write(text)

    def configure(self, more: str = "") -> None:
        (self.source / "conf.py").write_text(CONF + more)

    def write(self, text: str) -> None:
        (self.source / "index.rst").write_text(f"Tiny\n====\n\n{text}\n")

    @property
    def command(self) -> list[str]:
        module = [sys.executable, "-m", "project.build_site"]
        return [*module, str(self.source), str(self.output)]

    def build(self, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command, capture_output=True, text=True, timeout=120, **options)

    def start(self) -> subprocess.Popen[str]:
        """A build that stands still in the middle of its build, with workers at work."""
        self.configure(SLOW)
        for number in range(20):
            (self.source / f"{number}.rst").write_text(":orphan:\n\nPage\n====\n")
        command = [*self.command, "--jobs", "2"]
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # A shell starts what runs in the background deaf to SIGINT, tests included.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        deadline = time.monotonic() + 60
        while not (self.source / "building").exists():
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return process

    def site(self) -> dict[str, bytes]:
        files = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in files}

    def beside(self) -> list[str]:
        return sorted(path.name for path in self.output.parent.iterdir())


CLEAN = [".site.lock", "site"]


@pytest.fixture
def empty(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project that was built; nobody edits it."""
    project = Project(tmp_path_factory.mktemp("first"))
    result = project.build()
    assert result.returncode == 0, result.stderr
    return project.folder


@pytest.fixture
def built(first_edition: Path, tmp_path: Path) -> Project:
    """A copy of it, with the next edition written: a build keeps nothing but the site."""
    shutil.copytree(first_edition, tmp_path, symlinks=True, dirs_exist_ok=True)
    return Project(tmp_path, "Second edition.")


def test_first_and_second_edition(built: Project) -> None:
    assert b"First edition." in built.site()["index.html"]
    (built.output / "stray.html").touch()

    assert built.build().returncode == 0

    assert b"Second edition." in built.site()["index.html"]
    assert "stray.html" not in built.site()
    assert built.beside() == CLEAN


def test_nothing_private_is_in_the_site(first_edition: Path) -> None:
    files = Project(first_edition).site()
    assert {"index.html", "objects.inv", "searchindex.js"} <= files.keys()
    assert not [name for name in files if "_sources" in name or "doctree" in name]
    assert not [name for name in files if name.endswith((".buildinfo", ".pickle"))]
    assert b"_sources" not in files["index.html"]
    source = Project(first_edition).source
    assert str(source).encode() not in b"".join(files.values())


def test_others_may_read_the_site(built: Project) -> None:
    umask = os.umask(0)
    os.umask(umask)
    assert built.output.stat().st_mode & 0o777 == 0o777 & ~umask


@pytest.mark.parametrize(
    ("conf", "page", "message"),
    [
        pytest.param("raise RuntimeError('broken')", "", "exit code 2", id="crash"),
        pytest.param("", ":doc:`nowhere`", "exit code 1", id="warning"),
        pytest.param("", ":py:func:`nobody`", "exit code 1", id="nitpick"),
        pytest.param(FULL_DISK, "", "exit code 2", id="full-disk"),
        pytest.param("root_doc = 'start'", "", "exit code", id="no-front-page"),
        pytest.param("html_extra_path = ['extra']", "", "give away", id="private"),
    ],
)
def test_a_failure_leaves_the_former_site_and_fails_again(
    built: Project, conf: str, page: str, message: str
) -> None:
    extra = built.source / "extra"
    extra.mkdir()
    (extra / "secrets.pickle").touch()
    built.configure(conf)
    built.write(page)
    before = built.site()

    for _ in range(2):
        result = built.build()
        assert result.returncode == 1
        assert message in result.stderr.splitlines()[-1]
        assert built.site() == before
        assert built.beside() == CLEAN


def test_a_failing_first_build_leaves_nothing(empty: Project) -> None:
    empty.write(":doc:`nowhere`")
    assert empty.build().returncode == 1
    assert empty.beside() == [".site.lock"]


@pytest.mark.parametrize("limit", [100, 4_000, 20_000])
def test_a_write_that_fails_leaves_the_former_site(built: Project, limit: int) -> None:
    before = built.site()

    def no_large_file() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    result = built.build(preexec_fn=no_large_file)

    assert result.returncode == 1
    assert built.site() == before
    assert built.beside() == CLEAN


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_build_clears_its_work_away(built: Project, number: signal.Signals) -> None:
    before = built.site()
    process = built.start()
    process.send_signal(number)
    # Its output ends when nobody holds it any more: Sphinx has ended, too.
    process.communicate(timeout=20)

    assert process.returncode == 128 + number
    assert built.site() == before
    assert built.beside() == CLEAN


def test_a_killed_build_is_cleared_away_by_the_next(built: Project) -> None:
    before = built.site()
    orphaned = built.start()
    orphaned.kill()
    orphaned.wait(timeout=20)

    assert built.site() == before
    assert built.beside() == [".site.building", ".site.lock", "site"]

    built.configure()
    assert built.build().returncode == 0
    assert b"Second edition." in built.site()["index.html"]
    assert built.beside() == CLEAN
    # Its output ends when nobody holds it any more: the orphaned Sphinx is gone, too.
    orphaned.communicate(timeout=20)


def test_a_second_build_leaves_the_first_alone(built: Project) -> None:
    first = built.start()
    try:
        result = built.build()
        assert result.returncode == 2
        assert "another build" in result.stderr
        assert first.poll() is None
        assert ".site.building" in built.beside()
    finally:
        first.terminate()
        first.communicate(timeout=20)


def test_a_lock_left_behind_by_nobody_stops_nobody(built: Project) -> None:
    with (built.output.parent / ".site.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert built.build().returncode == 2
    assert built.build().returncode == 0


def test_a_folder_that_is_no_site_is_not_replaced(empty: Project) -> None:
    empty.output.mkdir(parents=True)
    (empty.output / "thesis.txt").write_text("years of work")

    result = empty.build()

    assert result.returncode == 1
    assert "not a Sphinx site" in result.stderr
    assert empty.site() == {"thesis.txt": b"years of work"}


def test_a_link_to_the_site_stays_a_link(built: Project) -> None:
    real = built.output.rename(built.output.with_name("real"))
    built.output.symlink_to("real")

    assert built.build().returncode == 0

    assert built.output.is_symlink()
    assert b"Second edition." in (real / "index.html").read_bytes()


def test_a_site_only_moved_aside_is_put_back(built: Project) -> None:
    """As a kill between the two renames leaves it, where folders cannot be exchanged."""
    before = built.site()
    work = built.output.with_name(".site.building")
    work.mkdir()
    built.output.rename(work / "old")
    built.configure("raise RuntimeError('broken')")

    assert built.build().returncode == 1
    assert built.site() == before
    assert built.beside() == CLEAN


@pytest.fixture(params=[True, False], ids=["exchange", "two renames"])
def swap(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    if not request.param:
        monkeypatch.setattr(build_site, "_exchange", lambda *_: False)
    return build_site._swap


def test_swap(tmp_path: Path, swap: Callable[..., None]) -> None:
    new, output, old = (tmp_path / name for name in ("new", "output", "old"))
    new.mkdir()
    (new / "edition").write_text("second")
    output.mkdir()

    swap(new, output, old)

    assert (output / "edition").read_text() == "second"


def test_swap_puts_the_old_back_when_the_new_cannot_come(
    tmp_path: Path, swap: Callable[..., None]
) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "edition").write_text("first")

    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "missing", output, tmp_path / "old")

    assert (output / "edition").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_the_root_of_a_system_is_no_place_for_a_site(empty: Project) -> None:
    command = [str(Path("/")) if part == str(empty.output) else part for part in empty.command]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr == (
        "not replaced: / is not a folder that can be replaced; name one inside it\n"
    )
