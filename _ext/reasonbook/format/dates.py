"""Days as the catalogue writes them: ISO 8601, such as ``2026-04-25``."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone


def is_date(text: str) -> bool:
    """Tell whether a text is a day, and written as the ledger writes it: ``2026-04-25``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_date_or_version(text: str) -> bool:
    """Tell whether a text is a real day, or a version of an API: a word with a digit."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return is_date(text)
    return re.fullmatch(r"\S*[0-9]\S*", text) is not None


def stays_until(since: str, remove_after: str | None, window: int | None) -> str | None:
    """Return until when a deprecated reason stays: as promised, else by the API's window."""
    if remove_after or window is None:
        return remove_after
    try:
        return (date.fromisoformat(since) + timedelta(days=window)).isoformat()
    except OverflowError:
        return date.max.isoformat()
    except ValueError:  # such a date is reported elsewhere
        return None


def latest_day() -> str:
    """Return the latest day that has begun anywhere on earth: no later one can have happened."""
    return datetime.now(timezone(timedelta(hours=14))).date().isoformat()
