"""Sphinx stays at the rim: what other programs use of the package runs where Sphinx is not."""

from __future__ import annotations

import json
import subprocess
import sys

import reasonbook

WALK = """
import importlib, json, pkgutil, sys
import reasonbook

walked = ["reasonbook"]
def walk(path, prefix):
    for module in pkgutil.iter_modules(path, prefix):
        if module.name in {rim!r}:
            continue
        found = importlib.import_module(module.name)
        walked.append(module.name)
        if module.ispkg:
            walk(found.__path__, module.name + ".")
walk(reasonbook.__path__, "reasonbook.")
roots = sorted({{name.partition(".")[0] for name in sys.modules}})
print(json.dumps([walked, roots]))
"""
# pytest finds the plugin by its entry point and imports it on its own.
RIM = ["reasonbook.sphinx", "reasonbook.__main__", "reasonbook.pytest_plugin"]


def test_core_render_and_command_line_import_no_sphinx() -> None:
    code = WALK.format(rim=RIM)
    path = str(reasonbook.__path__[0]).removesuffix("/reasonbook")
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": path},
    )
    assert done.returncode == 0, done.stderr
    walked, roots = json.loads(done.stdout)
    assert {"reasonbook.core.loader", "reasonbook.render.addresses", "reasonbook.cli.main"} <= set(
        walked
    )
    assert [name for name in roots if name.startswith(("sphinx", "docutils", "myst"))] == []
