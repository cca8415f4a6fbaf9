"""The configurations of hosts, checked by the schemas of those hosts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        (".readthedocs.yaml", "vendor.readthedocs"),
        (".github/workflows/check.yml", "vendor.github-workflows"),
        (".github/workflows/pages.yml", "vendor.github-workflows"),
    ],
)
def test_the_schema_of_the_host(project: Path, name: str, schema: str) -> None:
    assert_valid(project / name, schema)


def test_the_recipe_of_the_guide_for_other_projects(project: Path, tmp_path: Path) -> None:
    guide = (project / "source/guide/sphinx.md").read_text()
    recipe = tmp_path / ".readthedocs.yaml"
    recipe.write_text(
        *re.findall(r"^```yaml\n(version: 2\n.*?)^```", guide, re.MULTILINE | re.DOTALL)
    )
    assert_valid(recipe, "vendor.readthedocs")


def assert_valid(file: Path, schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    result = subprocess.run([*command, str(file)], capture_output=True, text=True)
    assert (result.returncode, result.stdout) == (0, "ok -- validation done\n"), result.stdout


def test_both_build_by_the_makefile_with_the_address_of_the_site(project: Path) -> None:
    docs = yaml.safe_load((project / ".readthedocs.yaml").read_text())
    assert docs["build"]["commands"][0] == (
        'REASONBOOK_SITE_URL="$READTHEDOCS_CANONICAL_URL" make site'
    )
    pages = yaml.safe_load((project / ".github/workflows/pages.yml").read_text())
    (make,) = [step for step in pages["jobs"]["build"]["steps"] if step.get("run") == "make site"]
    assert make["env"] == {"REASONBOOK_SITE_URL": "${{ steps.pages.outputs.base_url }}"}
