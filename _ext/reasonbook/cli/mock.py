"""``reasonbook mock``: an HTTP server that answers with the documented errors."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reasonbook.cli.arguments import catalogue_argument, check_command
from reasonbook.cli.output import RefusedError
from reasonbook.diagnostics.problems import printable

if TYPE_CHECKING:
    from reasonbook.mock.app import MockServer

_NEEDED = "reasonbook mock needs {}, which is not installed."


@click.command(
    short_help="Serve the documented errors over HTTP.",
    epilog="\b\nExample:\n  reasonbook mock catalogue --port 8080\n"
    "  curl -i -H 'Prefer: reason=CALL_NOT_FOUND' http://127.0.0.1:8080/voipbin/calls/1",
)
@catalogue_argument
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Where it listens; 0 takes a free port.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address.")
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON file of scenarios by name.",
)
def mock(catalogue: Path, port: int, host: str, scenarios: Path | None) -> int:
    """Answer with the documented errors: real status, headers and body, for tests of clients.

    A request asks for one by the header Prefer, by a value mock:NAME, or by a scenario; / lists
    all. It serves until it is stopped. Exit codes: 0 stopped, 2 could not serve.
    """
    try:
        from reasonbook.mock.app import MockServer
        from reasonbook.mock.server import serve
    except ModuleNotFoundError as error:
        module = str(error.name).partition(".")[0]
        raise RefusedError(
            _NEEDED.format(module), "Install it with `pip install 'reasonbook[serve]'`."
        ) from None
    from reasonbook.catalogue.loader import load_catalogue
    from reasonbook.diagnostics.formats import print_problems

    loaded = load_catalogue(catalogue)
    if loaded.problems.errors:
        print_problems(loaded.problems, "text")
        raise RefusedError(
            "The catalogue cannot be served as it is.", f"{check_command(catalogue)} says why."
        )
    app = MockServer(loaded.catalogue)
    if scenarios:
        _read_scenarios(scenarios, app)
    try:
        listener = socket.create_server((host, port))
    except OSError as error:
        where = f"{host}:{port}"
        raise RefusedError(
            f"cannot listen on {where}: {os.strerror(error.errno) if error.errno else error}",
            "Choose another with --port; 0 takes a free one.",
        ) from error
    with listener:
        url = f"http://{host}:{listener.getsockname()[1]}/"
        click.echo(f"Serving {', '.join(loaded.catalogue.apis)} on {printable(url)}; Ctrl-C stops")
        serve(app, listener)
    return 0


def _read_scenarios(file: Path, app: MockServer) -> None:
    """Make the scenarios that a file names."""
    from reasonbook.mock.scenarios import WrongScenarioError
    from reasonbook.text.json_reader import parse_json

    parsed = parse_json(file.read_text(encoding="utf-8-sig", errors="replace"))
    for fault in parsed.faults:
        line, column = fault.position
        raise RefusedError(f"{file}:{line}:{column}: {fault.message}", fault.hint)
    if not isinstance(parsed.value, dict):
        raise RefusedError(f"{file}: scenarios are an object, each under its name.")
    for name, scenario in parsed.value.items():
        try:
            app.scenarios.put(name, scenario)
        except WrongScenarioError as error:
            line, column = parsed.name_position(f"/{name}")
            raise RefusedError(f"{file}:{line}:{column}: {name}: {error}") from error
