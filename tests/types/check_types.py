"""The types that usual generators make from the published schemas hold what is published.

Run by `make test-types`, which installs the generators: too large for every run of the tests.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CODEGEN = ROOT / "build/types/bin/datamodel-codegen"
QUICKTYPE = Path(__file__).parent / "node_modules/.bin/quicktype"
#: By kind of document: the type that is made of it, and what it has of its own.
TYPES = {
    "reasons": ("Catalogue", "apis"),
    "reason": ("ReasonDocument", "remedy"),
    "unknown": ("Unknown", "http_fallback"),
    "code": ("Code", "spellings"),
    "changes": ("Changes", "changes"),
}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-c", ".", "source"]
    subprocess.run([*command, str(folder)], cwd=ROOT, check=True)
    return folder


def documents(site: Path, kind: str) -> list[Path]:
    found = [
        path
        for path in site.rglob("*.json")
        if "_static" not in path.parts
        and json.loads(path.read_text()).get("$schema", "").endswith(f"/{kind}.schema.json")
    ]
    assert found
    return found


def generated(site: Path, kind: str, folder: Path) -> ModuleType:
    """The module that datamodel-code-generator makes of a schema."""
    path = folder / f"types_{kind}.py"
    command = [str(CODEGEN), "--input", str(site / f"{kind}.schema.json"), "--output", str(path)]
    command += ["--input-file-type", "jsonschema", "--formatters", "builtin"]
    command += ["--output-model-type", "pydantic_v2.BaseModel"]
    subprocess.run(command, check=True, capture_output=True)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", TYPES)
def test_python(site: Path, kind: str, tmp_path: Path) -> None:
    name, key = TYPES[kind]
    made = getattr(generated(site, kind, tmp_path), name)
    assert {key, "format_version", "json_url"} <= made.model_fields.keys()
    for path in documents(site, kind):
        data = json.loads(path.read_text())
        read: Any = made.model_validate(data)
        assert str(read.json_url) == data["json_url"]


def test_python_tells_waits_apart(site: Path, tmp_path: Path) -> None:
    made = generated(site, "reason", tmp_path)
    data = (site / "vobiz/reasons/RATE_LIMIT_EXCEEDED.json").read_text()
    waits = made.ReasonDocument.model_validate_json(data).remedy.wait
    names = [type(wait.root).__name__ for wait in waits]
    assert names == ["HeaderWait", "PointerWait", "BackoffWait"]
    assert {each.value for each in made.Retry} >= {"never", "after-fix", "after-delay", "at-once"}


@pytest.mark.parametrize("kind", TYPES)
def test_javascript(site: Path, kind: str, tmp_path: Path) -> None:
    """What quicktype makes checks every member of a document as it reads it."""
    name, key = TYPES[kind]
    made = tmp_path / "types.cjs"
    command = [str(QUICKTYPE), "-s", "schema", str(site / f"{kind}.schema.json")]
    command += ["--lang", "javascript", "--top-level", name, "-o", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    script = (
        "const made = require(process.argv[1]), fs = require('fs');"
        "for (const path of process.argv.slice(2))"
        f" if (made.to{name}(fs.readFileSync(path, 'utf8')).{key} === undefined)"
        " throw new Error(path);"
    )
    paths = map(str, documents(site, kind))
    subprocess.run(["node", "-e", script, str(made), *paths], check=True)
    for path in documents(site, kind)[:1]:
        broken = tmp_path / "broken.json"
        broken.write_text(json.dumps({**json.loads(path.read_text()), key: 1}))
        result = subprocess.run(["node", "-e", script, str(made), str(broken)], capture_output=True)
        assert result.returncode
