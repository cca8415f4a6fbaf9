"""What the environment keeps of each document: what it shows, asks and leads to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, ClassVar

from reasonbook.format.model import Reason


@dataclass(frozen=True)
class PageNotes:
    """Notes by document, over the data that Sphinx keeps for a domain."""

    data: dict[str, Any]

    KINDS: ClassVar[tuple[str, ...]] = ("shown", "placed", "leads", "asked")

    @property
    def shown(self) -> dict[str, dict[str, str]]:
        """The reasons that directives show in full, with their fragments."""
        shown: dict[str, dict[str, str]] = self.data["shown"]
        return shown

    def note_shown(self, docname: str, reason: Reason, anchor: str) -> bool:
        """Note that a directive shows a reason; tell whether it is the first on its page."""
        shown = self.shown.setdefault(docname, {})
        name = f"{reason.api}/{reason.name}"
        is_first = name not in shown
        shown.setdefault(name, anchor)
        return is_first

    @property
    def placed(self) -> dict[str, list[str]]:
        """The directives, each as ``name argument``."""
        placed: dict[str, list[str]] = self.data["placed"]
        return placed

    @property
    def leads(self) -> dict[str, set[str]]:
        """The APIs to whose generated pages a document leads."""
        leads: dict[str, set[str]] = self.data["leads"]
        return leads

    @property
    def asked(self) -> dict[str, tuple[bytes, str]]:
        """What a document asked of the catalogue, packed, and a fingerprint of the answers."""
        asked: dict[str, tuple[bytes, str]] = self.data["asked"]
        return asked

    def forget(self, docname: str) -> None:
        """Forget a document."""
        for kind in self.KINDS:
            self.data[kind].pop(docname, None)

    def merge(self, docnames: Collection[str], other: dict[str, Any]) -> None:
        """Take over what a worker read."""
        for kind in self.KINDS:
            found = {name: note for name, note in other[kind].items() if name in docnames}
            self.data[kind].update(found)
