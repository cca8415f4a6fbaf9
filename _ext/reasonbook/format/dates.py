"""Days as the catalogue writes them: ISO 8601, such as ``2026-04-25``."""

from __future__ import annotations

from datetime import date, timedelta


def is_date(text: str) -> bool:
    """Tell whether a text is a day, and written as the ledger writes it: ``2026-04-25``."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def stays_until(since: str, remove_after: str | None, window: int | None) -> str | None:
    """Return until when a deprecated reason stays: as promised, else by the API's window."""
    if remove_after or window is None:
        return remove_after
    try:
        return (date.fromisoformat(since) + timedelta(days=window)).isoformat()
    except (ValueError, OverflowError):  # such a date is reported elsewhere
        return None
