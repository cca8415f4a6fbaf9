"""Runs the real nginx with the project's configuration, on this machine only."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

CONFIGURATION = Path(__file__).parents[2] / "deploy/nginx.conf"
WORK_FILES = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
SECONDS_TO_START = 10


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def serving(site: Path, folder: Path, port: int = 0) -> Iterator[str]:
    """Serve a site; *folder* is for what nginx writes. Yields the address, with a slash."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/local/sbin:/usr/sbin:/sbin")
    assert program, "nginx is not installed; .ci/debian-packages.txt names the package"
    port = port or free_port()
    server = CONFIGURATION.read_text()
    assert server.count("/srv/reasonbook") == 4  # that of the comment included
    server = server.replace("/srv/reasonbook", str(site))
    server = server.replace("listen 80;", f"listen 127.0.0.1:{port};")
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in WORK_FILES)
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\n"
        f"error_log {folder}/error.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}\n{server}\n}}\n"
    )
    command = [program, "-p", str(folder), "-c", str(whole), "-e", str(folder / "error.log")]
    with subprocess.Popen(command) as process:
        try:
            _wait(process, port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=10)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        assert process.poll() is None, "nginx did not start"
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")
