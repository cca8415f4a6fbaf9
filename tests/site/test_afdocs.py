"""The public checker's view of the site. Its score is no proof; test_lossless.py is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .nginx import serving

PUBLISHED = "http://localhost:8000"


@pytest.fixture(scope="module")
def config() -> Path:
    return Path(__file__).parents[1] / "agents/agent-docs.config.yml"


def check(tools: Path, config: Path, address: str) -> dict[str, Any]:
    command = [
        "node",
        "node_modules/afdocs/bin/afdocs.mjs",
        "check",
        address,
        "--config",
        str(config),
    ]
    command += ["--canonical-origin", PUBLISHED, "--format", "json", "--score", "--quiet"]
    # Exit code 1 says that some check failed; the report says which.
    result = subprocess.run(command, cwd=tools, capture_output=True, text=True, timeout=300)
    return dict(json.loads(result.stdout))


def faults(report: dict[str, Any]) -> dict[str, str]:
    return {
        result["id"]: result["message"]
        for result in report["results"]
        if result["status"] not in ("pass", "skip")
    }


def test_our_nginx_scores_100(node_tools: Path, config: Path, site: Path, tmp_path: Path) -> None:
    with serving(site, tmp_path) as address:
        report = check(node_tools, config, address)
    assert faults(report) == {}
    assert report["scoring"]["overall"] == 100


def test_a_plain_static_host_scores_97(node_tools: Path, config: Path, served: str) -> None:
    report = check(node_tools, config, served)
    assert "content-negotiation" in faults(report)
    assert report["scoring"]["overall"] >= 97
