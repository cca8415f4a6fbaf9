"""What the tests of imports share: a source is written, imported, and the folder read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.cli.main import main

OPTIONS = ["--api", "shop", "--url", "https://shop.example.com/docs", "--code-at", "/code"]


class Shop:
    """The folder of an API that is imported, in the working directory."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.folder = Path("catalogue/shop")
        self.out = self.err = ""

    def run(self, *arguments: str) -> int:
        """Run a command, and keep what it prints."""
        self._capsys.readouterr()
        code = main([*arguments])
        self.out, self.err = self._capsys.readouterr()
        return code

    def bring(self, source: str, *more: str) -> int:
        """Import a source with what no list says."""
        return self.run("import", source, *OPTIONS, *more)

    def read(self, name: str = "general") -> Any:
        """Return a file of the folder as another reader of YAML understands it."""
        return yaml.safe_load((self.folder / f"{name}.yaml").read_text())

    def reasons(self, name: str = "general") -> dict[str, Any]:
        """Return the reasons of a domain by their codes."""
        return {reason.pop("reason"): reason for reason in self.read(name)["reasons"]}

    def is_clean(self) -> bool:
        """Tell whether the catalogue passes its check."""
        return self.run("check") == 0


@pytest.fixture
def shop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shop:
    """An empty working directory, and what is imported there."""
    monkeypatch.chdir(tmp_path)
    return Shop(capsys)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write a source and return its name."""

    def write(name: str, text: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write
