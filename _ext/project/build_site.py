"""Build the site and put it in the place of the former one in a single step.

Run as ``python -m project.build_site SOURCE OUTPUT [--confdir DIR] [--jobs N]``.

Whoever reads OUTPUT sees the former site or the new one, never a mixture: whatever fails, fails in
a work folder beside OUTPUT. Sphinx alone does not keep this: with ``-W`` it has overwritten the
site by the time it fails, and the next run passes, since warnings of cached pages are not repeated.

Exit codes: 0 replaced, 1 not, 2 wrong arguments or another build at work, 128 + n signal n.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

NEEDED = ("index.html", "objects.inv", "searchindex.js")
PRIVATE_NAMES = frozenset({".buildinfo", ".doctrees", ".reasonbook", "_sources"})
PRIVATE_SUFFIXES = frozenset({".doctree", ".pickle"})

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LIBC = ctypes.CDLL(None)
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # from Linux's headers; Python does not name them


class BuildError(Exception):
    """Why the former site stays, said to the person who asked for another."""


class BusyError(BuildError):
    """Another build is at work on the same output."""


def build_site(source: Path, output: Path, confdir: Path, jobs: str) -> None:
    """Build, check and swap in the site, or raise and leave the former one as it was.

    From the swap on the process is deaf to signals, so it is to end soon after.
    """
    output = output.resolve()
    if not output.name:
        raise BuildError(f"{output} is not a folder that can be replaced; name one inside it")
    output.parent.mkdir(parents=True, exist_ok=True)
    with _lock(output):
        # Beside the output, to be renamed. By the lock, what is there now is that of a killed one.
        work = output.with_name(f".{output.name}.building")
        new, old = work / "new", work / "old"
        _recover(output, work, old)
        _refuse_what_is_no_site(output)
        try:
            work.mkdir()
            _build(source, new, confdir, jobs)
            _check(new)
            _ignore_signals()
            _swap(new, output, old)
        finally:
            _ignore_signals()
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _lock(output: Path) -> Iterator[None]:
    """Hold the lock of this output; the file stays, since removing it would let two in."""
    with output.with_name(f".{output.name}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"another build is at work on {output}") from None
        yield


def _end_orphans(running: Path) -> None:
    """End the sphinx-build of a killed build, which would write on, or hang for ever."""
    gone = contextlib.suppress(FileNotFoundError, ProcessLookupError)
    with gone, running.open() as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # some of that process group live, so its number is still its own
            if group := mark.read():
                os.killpg(int(group), signal.SIGKILL)
            fcntl.flock(mark, fcntl.LOCK_EX)


def _recover(output: Path, work: Path, old: Path) -> None:
    """Clear away what a killed build left, and put back a site it had only moved aside."""
    _end_orphans(work / "running")
    if old.exists() and not output.exists():
        old.rename(output)
    if work.exists():
        shutil.rmtree(work)


def _refuse_what_is_no_site(output: Path) -> None:
    """Guard against a mistyped OUTPUT: the folder there is going to be deleted."""
    if output.exists() and not (output / "objects.inv").is_file() and any(output.iterdir()):
        raise BuildError(f"{output} holds something that is not a Sphinx site; remove it first")


def _build(source: Path, new: Path, confdir: Path, jobs: str) -> None:
    """Run sphinx-build from scratch, with every warning an error.

    It gets a process group of its own, so that its workers can be ended together with it, and a
    lock that they all inherit, so that the next build can find them if this one is killed.
    """
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-E", "-n", "-W", "--keep-going"]
    command += ["-D", "html_copy_source=0", "-j", jobs, "-d", str(new.with_name("doctrees"))]
    command += ["-c", str(confdir), str(source), str(new)]
    with new.with_name("running").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        sphinx = subprocess.Popen(command, pass_fds=[mark.fileno()], start_new_session=True)
        try:
            print(sphinx.pid, file=mark, flush=True)
            code = sphinx.wait()
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(sphinx.pid, signal.SIGKILL)
            sphinx.wait()
    if code:
        raise BuildError(f"sphinx-build failed with exit code {code}")


def _check(site: Path) -> None:
    """Take out notes for the next build, and refuse a site that lacks a part or gives one away."""
    for notes in (".buildinfo", ".reasonbook"):
        (site / notes).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        (site / "_sources").rmdir()  # Sphinx makes it and, as told, leaves it empty.
    for name in NEEDED:
        if not (site / name).is_file() or not (site / name).stat().st_size:
            raise BuildError(f"the build has no {name}")
    for path in sorted(site.rglob("*")):
        if path.name in PRIVATE_NAMES or path.suffix in PRIVATE_SUFFIXES:
            raise BuildError(f"the build would give away {path.relative_to(site)}")


def _swap(new: Path, output: Path, old: Path) -> None:
    """Put ``new`` where ``output`` is: at once where the system can, else by two renames."""
    if not output.exists():
        new.rename(output)
    elif not _exchange(new, output):
        output.rename(old)
        try:
            new.rename(output)
        except BaseException:
            old.rename(output)
            raise


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders atomically; false where the C library or the file system cannot."""
    if (renameat2 := getattr(_LIBC, "renameat2", None)) is None:
        return False
    paths = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second))
    return bool(renameat2(*paths, _RENAME_EXCHANGE) == 0)


def _heed_signals() -> None:
    """Make a signal unwind the stack, so that the work folder goes; ignored ones stay ignored."""

    def stop(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    for number in _STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def _ignore_signals() -> None:
    """See the swap or the clearing away through to its end."""
    for number in _STOPPING:
        signal.signal(number, signal.SIG_IGN)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build as the command line says, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m project.build_site")
    parser.add_argument("source", type=Path, metavar="SOURCE", help="folder with the pages")
    parser.add_argument("output", type=Path, metavar="OUTPUT", help="folder of the site")
    parser.add_argument("--confdir", type=Path, metavar="DIR", help="where conf.py is [SOURCE]")
    parser.add_argument("--jobs", default="1", metavar="N", help="processes, or auto [1]")
    options = parser.parse_args(arguments)
    _heed_signals()
    try:
        build_site(options.source, options.output, options.confdir or options.source, options.jobs)
    except (BuildError, OSError) as error:
        print(f"not replaced: {error}", file=sys.stderr)
        return 2 if isinstance(error, BusyError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
