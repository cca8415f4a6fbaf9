"""What the last import wrote, kept beside it: so that what people wrote since is known as theirs.

Only digests are kept. A value that still has the digest of the import was not touched by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reasonbook.diagnostics.location import display_path
from reasonbook.importing.found import SourceError

#: Its name begins with a point, so that no catalogue reads it.
RECORD_FILE = ".imported.json"
_VERSION = 1
#: In place of a value: there is none.
ABSENT = object()


def digest(value: Any) -> str | None:
    """Return what tells a value from any other; None where there is none."""
    if value is ABSENT:
        return None
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Record:
    """The digests of an import, by what they are of."""

    source: str = ""
    reasons: dict[str, dict[str, str]] = field(default_factory=dict)
    api: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    def note(self, code: str, keys: Mapping[str, Any]) -> None:
        """Note what an import wrote of a reason."""
        self.reasons[code] = {key: digest(value) or "" for key, value in keys.items()}

    def text(self) -> str:
        """Return the file: a line for each reason."""
        head = {"version": _VERSION, "source": self.source, "api": self.api, "files": self.files}
        lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
        reasons = [
            f"    {json.dumps(code, ensure_ascii=False)}: {json.dumps(keys)}"
            for code, keys in self.reasons.items()
        ]
        inside = ",\n".join(reasons)
        lines.append(f'  "reasons": {{\n{inside}\n  }}' if reasons else '  "reasons": {}')
        return "{\n" + ",\n".join(lines) + "\n}\n"


def read_record(folder: Path) -> Record | None:
    """Return the record of the last import into a folder; None where there was none."""
    path = folder / RECORD_FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != _VERSION:
            raise ValueError("it is of another version")
        return Record(
            str(data["source"]),
            {code: dict(keys) for code, keys in data["reasons"].items()},
            dict(data["api"]),
            dict(data["files"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        raise SourceError(
            f"{display_path(path)} cannot be read: {error}.",
            "Restore it. Without it, what was written by hand is not known: remove it, and import "
            "with --merge, to have only added what is missing.",
        ) from None
