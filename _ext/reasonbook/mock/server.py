"""Runs the server on a socket until it is told to stop."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from reasonbook.mock.app import TRANSPORT, MockServer

#: How long answers under way may take when the server is told to stop.
_GRACE_SECONDS = 3


class _Protocol(H11Protocol):
    """Hands the connection to the application, which may close it instead of an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {**self.app_state, TRANSPORT: transport}
        super().connection_made(transport)


def serve(app: MockServer, listener: socket.socket) -> None:
    """Serve on a socket that listens, until SIGINT or SIGTERM; then end in peace."""
    config = uvicorn.Config(
        app,
        http=_Protocol,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    with _signals_end_nothing():
        uvicorn.Server(config).run(sockets=[listener])


@contextmanager
def _signals_end_nothing() -> Iterator[None]:
    """Have the signals that stop the server do nothing else: uvicorn raises them once more."""
    stopping = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda *_: None) for number in stopping}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
