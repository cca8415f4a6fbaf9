"""What older versions of the format called otherwise."""

from __future__ import annotations

from typing import Any

#: Words of format 1, by the key at which they are used, and what they are called now.
WORDS = {"actor": {"caller": "client"}}
#: Keys of format 1, by the key of what holds them.
KEYS = {"deprecated": {"correction": "never_sent"}}
#: What holds data of the API, in words of its own.
UNTOUCHED = ("details", "headers")


def upgrade(data: Any, above: str = "") -> None:
    """Rewrite the data of a file of format 1, in place, as a file of the newest format says it."""
    if isinstance(data, list):
        for item in data:
            upgrade(item, above)
    elif isinstance(data, dict):
        for old, new in KEYS.get(above, {}).items():
            if old in data:
                data[new] = data.pop(old)
        for key, value in data.items():
            if isinstance(value, str):
                data[key] = WORDS.get(key, {}).get(value, value)
            elif key not in UNTOUCHED:
                upgrade(value, key)
