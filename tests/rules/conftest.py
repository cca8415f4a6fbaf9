"""What the tests of the rules share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reasonbook.checking import check_catalogue


@pytest.fixture
def problems_with(shop: Path) -> Callable[..., list[str]]:
    """Return the labels of the rules that are broken after lines are added to the shop."""

    def check(api_yaml: str = "", reason: str = "") -> list[str]:
        for path, after, lines in [
            (shop / "shop/api.yaml", "schema_version: 1\n", api_yaml),
            (shop / "shop/payments.yaml", "    http: 402\n", reason),
        ]:
            path.write_text(path.read_text().replace(after, after + lines))
        return [problem.rule.label for problem in check_catalogue(shop, examples=False).problems]

    return check
