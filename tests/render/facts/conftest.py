"""APIs that no rule has judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Api

from ..conftest import made_up_reason, write_catalogue


@pytest.fixture
def unchecked(tmp_path: Path) -> Callable[..., Api]:
    """Make an API with one reason, which may refer to itself."""

    def make(**more: Any) -> Api:
        write_catalogue(tmp_path, {"shop": {"orders": [made_up_reason("ORDER_STUCK", **more)]}})
        return load_catalogue(tmp_path).catalogue.apis["shop"]

    return make
