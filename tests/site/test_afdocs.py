"""The public checker's view of the site. Its score is no proof; test_lossless.py is."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .nginx import serving

PUBLISHED = "http://localhost:8000"


@pytest.fixture(scope="module")
def config() -> Path:
    return Path(__file__).parents[1] / "agents/agent-docs.config.yml"


def sample(site: Path) -> Iterator[str]:
    """Choose pages, spread over the site, that the checker can judge, whatever the catalogue.

    It takes a page for an error page that has "not found" in its title, and a page of at most 500
    characters that has it anywhere. It compares a page with the first part of its Markdown, so one
    that goes on in further parts is left out; other tests compare these.
    """
    pages = [path for path in sorted(site.rglob("*.md")) if path.with_suffix(".html").is_file()]
    pages = [path for path in pages if not path.with_suffix(".2.md").is_file()]
    for path in pages[:: max(len(pages) // 30, 1)]:
        text = path.read_text()
        said = text if len(text) < 500 else text.split("\n# ")[1].split("\n")[0]
        if path.stem != "404" and not re.search(r"not\s*found|404|does\s*not\s*exist", said, re.I):
            yield path.relative_to(site).with_suffix(".html").as_posix()


def check(tools: Path, config: Path, site: Path, address: str) -> dict[str, Any]:
    command = [
        "node",
        "node_modules/afdocs/bin/afdocs.mjs",
        "check",
        address,
        "--config",
        str(config),
    ]
    command += ["--urls", ",".join(f"{address}{page}" for page in sample(site))]
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
        report = check(node_tools, config, site, address)
    assert faults(report) == {}
    assert report["scoring"]["overall"] == 100


def test_a_plain_static_host_scores_97(
    node_tools: Path, config: Path, site: Path, served: str
) -> None:
    report = check(node_tools, config, site, served)
    assert "content-negotiation" in faults(report)
    assert report["scoring"]["overall"] >= 97
