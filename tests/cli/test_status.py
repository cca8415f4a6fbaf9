"""How complete a catalogue is, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reasonbook.cli.main import main

API = """\
format: 2
api: shop
title: The shop
summary: Sells things.
source: {url: "https://shop.example.com/docs"}
requires: []
envelope:
  schema: envelope.schema.json
  reason: /code
  example: '{"code": "1"}'
reason_pattern: "[0-9]+"
schema_version: 1
domains: [orders, payments]
"""
ORDERS = """\
domain: orders
title: Orders
summary: Orders.
reasons:
  - reason: "1"
    title: Gone
    http: 409
    cause: Too late.
    fix: Order again.
    remedy: {actor: client, retry: after-fix}
    examples:
      - {title: Too late, origin: observed, body: '{"code": "1"}'}
  - {reason: "2", http: unknown, cause: Nobody knows.}
"""
PAYMENTS = "{domain: payments, title: Payments, summary: Payments., reasons: []}\n"
TABLE = """\
shop      reasons  HTTP status  cause  fix  remedy  example  observed example  observed  title
orders          2            1      2    1       1        1                 1         1      1
payments        0            0      0    0       0        0                 0         0      0
all             2            1      2    1       1        1                 1         1      1
"""
ALL = {
    "http_status": 1,
    "title": 1,
    "cause": 2,
    "fix": 1,
    "remedy": 1,
    "example": 1,
    "observed_example": 1,
    "observed": 1,
}


@pytest.fixture(autouse=True)
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "catalogue/shop"
    folder.mkdir(parents=True)
    (folder / "api.yaml").write_text(API)
    (folder / "orders.yaml").write_text(ORDERS)
    (folder / "payments.yaml").write_text(PAYMENTS)
    (folder / "envelope.schema.json").write_text(
        '{"type": "object", "properties": {"code": {"type": "string"}}}'
    )
    return folder


def test_a_line_for_each_domain_and_one_for_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert capsys.readouterr() == (TABLE, "")


def test_the_same_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "catalogue", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "apis": [
            {
                "api": "shop",
                "reasons": 2,
                "have": ALL,
                "domains": [
                    {"domain": "orders", "reasons": 2, "have": ALL},
                    {"domain": "payments", "reasons": 0, "have": dict.fromkeys(ALL, 0)},
                ],
            }
        ],
    }


def test_what_a_recording_shows_is_observed_too(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = {"reason": "2", "count": 1, "source": "0123456789abcdef"}
    (shop / "observed.json").write_text(json.dumps({"observed": [seen]}))
    assert main(["status", "--format", "json"]) == 0
    (api,) = json.loads(capsys.readouterr().out)["apis"]
    assert (api["have"]["observed_example"], api["have"]["observed"]) == (1, 2)


def test_what_could_not_be_read_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "orders.yaml").write_text("reasons: [\n")
    assert main(["status"]) == 2
    out, err = capsys.readouterr()
    assert out.splitlines()[-1].split() == ["all", *"000000000"]
    assert err == "Not everything could be read; `reasonbook check` says why.\n"


def test_a_folder_without_an_api(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["status", "empty"]) == 2
    assert "error[empty-catalogue]" in capsys.readouterr().out
