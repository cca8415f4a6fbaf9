"""The JSON of ``check``, as the page of the rules shows it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from reasonbook.cli.main import main


def test_the_documented_json_is_what_check_prints(
    project: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    catalogue = shutil.copytree(project / "tests/corpus/base", tmp_path / "catalogue")
    shutil.copytree(catalogue, tmp_path / "published")
    orders, payments = catalogue / "shop/orders.yaml", catalogue / "shop/payments.yaml"
    head, _, moved = payments.read_text().partition("reasons:\n")
    payments.write_text(f"{head}reasons: []\n")
    orders.write_text(orders.read_text().rstrip() + f"\n{moved}")
    code = '"code": "ORDER_NOT_FOUND"'
    orders.write_text(orders.read_text().replace(code, f'{code}, "hint": 5'))
    monkeypatch.chdir(tmp_path)

    assert main(["check", "--against", "./published", "--format", "json"]) == 1

    page = (project / "source/rules.md").read_text()
    (shown,) = re.findall(r"^```js\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert json.loads(capsys.readouterr().out) == json.loads(shown)
