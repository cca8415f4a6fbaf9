"""A real server with the errors of a catalogue, and clients of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api

ROOT = Path(__file__).parents[2]
#: What ships, and test roots with two levels, several envelopes, numeric codes and callbacks.
CATALOGUES = [ROOT / "catalogue", *sorted(ROOT.glob("tests/roots/*/catalogue"))]
APIS = [api for folder in CATALOGUES for api in load_catalogue(folder).catalogue.apis.values()]

Client = Callable[[Api], httpx.Client]


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command; yield the process and the address that it prints, without a slash."""
    command = [sys.executable, "-m", "reasonbook", "mock", *arguments, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert found, said
            yield process, found[0]
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def client_of() -> Iterator[Client]:
    """Return a client of the server for an API; a server runs for each catalogue that is asked."""
    clients: dict[Path, httpx.Client] = {}
    open_servers = []

    def client(api: Api) -> httpx.Client:
        folder = api.path.parents[1]
        if folder not in clients:
            server = running(str(folder))
            _, address = server.__enter__()
            open_servers.append(server)
            clients[folder] = httpx.Client(base_url=address, timeout=60)
        return clients[folder]

    yield client
    for each in clients.values():
        each.close()
    for server in open_servers:
        server.__exit__(None, None, None)


@pytest.fixture(params=APIS, ids=lambda api: api.name)
def api(request: pytest.FixtureRequest) -> Api:
    found: Api = request.param
    return found


@pytest.fixture
def voipbin(client_of: Client) -> httpx.Client:
    """A client of the server with the shipped catalogues."""
    return client_of(APIS[0])
