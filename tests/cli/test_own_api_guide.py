"""The guide for newcomers, step by step: its files are written and its commands run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Follow = Callable[[str], list[str]]


@pytest.mark.builds
def test_the_guide_as_a_newcomer_follows_it(follow: Follow) -> None:
    assert len(follow("own-api.md")) == 10
    assert Path("site/shop/reasons/ORDER_NOT_FOUND.html").is_file()
