"""The command `reasonbook mock`: how it begins and ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from reasonbook.cli.main import main

from ..mock.conftest import running


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(stop: signal.Signals, shop: Path) -> None:
    with running(str(shop)) as (process, address):
        assert httpx.get(address, timeout=60).status_code == 200
        process.send_signal(stop)
        assert process.wait(30) == 0


def test_an_answer_under_way_is_sent_before_it_ends(shop: Path) -> None:
    with running(str(shop)) as (process, address), ThreadPoolExecutor() as pool:
        scenario = f"{address}/-/scenarios/slow"
        steps = [{"http": 503, "delay": 1}]
        assert httpx.put(scenario, json={"api": "shop", "steps": steps}, timeout=60).is_success
        answer = pool.submit(httpx.get, f"{scenario}/x", timeout=60)
        while not httpx.get(scenario, timeout=60).json()["requests"]:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert answer.result().status_code == 503
        assert process.wait(30) == 0


def test_it_starts_within_a_second_of_work(project: Path) -> None:
    with running(str(project / "catalogue")) as (process, _):
        ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        assert sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK") < 2


def test_scenarios_of_a_file(shop: Path) -> None:
    scenarios = {"busy": {"api": "shop", "steps": [{"http": 503}]}}
    (shop / "scenarios.json").write_text(json.dumps(scenarios))
    with running(str(shop), "--scenarios", str(shop / "scenarios.json")) as (_, address):
        assert httpx.get(f"{address}/-/scenarios/busy/x", timeout=60).status_code == 503


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["mock", *arguments]) == 2
    return capsys.readouterr().err


def test_a_port_that_is_taken(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert refusal(capsys, str(shop), "--port", str(port)) == (
            f"reasonbook: cannot listen on 127.0.0.1:{port}: Address already in use\n"
            "  hint: Choose another with --port; 0 takes a free one.\n"
        )


@pytest.mark.parametrize("missing", ["starlette", "uvicorn"])
def test_the_extra_is_missing(
    missing: str, shop: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [*sys.modules]:
        if name.startswith(("reasonbook.mock", missing)):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    assert refusal(capsys, str(shop)) == (
        f"reasonbook: reasonbook mock needs {missing}, which is not installed.\n"
        "  hint: Install it with `pip install 'reasonbook[serve]'`.\n"
    )


def test_a_catalogue_that_cannot_be_read(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "shop/api.yaml").write_text("api: [")
    assert refusal(capsys, str(shop)).endswith(
        "reasonbook: The catalogue cannot be served as it is.\n"
        f"  hint: `reasonbook check {shop}` says why.\n"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[]", ": scenarios are an object, each under its name.\n"),
        (
            '{\n  "busy": {"api": "shop", "steps": [{"reason": "ORDER"}]}\n}',
            ":2:3: busy: step 1: ORDER is not a reason of Shop.",
        ),
    ],
)
def test_a_file_of_scenarios_that_is_wrong(
    text: str, message: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shop / "scenarios.json"
    file.write_text(text)
    said = refusal(capsys, str(shop), "--scenarios", str(file))
    assert said.startswith(f"reasonbook: {file}{message}")
