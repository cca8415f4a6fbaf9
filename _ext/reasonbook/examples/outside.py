"""Answers that come in no envelope, and which of those that an API describes one is."""

from __future__ import annotations

from collections.abc import Mapping

from reasonbook.format.model import Outside


def looks_like(outside: Outside, http: int | None, media_type: str, body: str) -> bool:
    """Tell whether a described answer looks like one that came."""
    codes = outside.http if isinstance(outside.http, tuple) else (outside.http,)
    if outside.http != "unknown" and http not in codes:
        return False
    if outside.media_type is None:
        return True
    if outside.media_type == "none":
        return not body.strip()
    return media_type == outside.media_type.lower()


def media_type_of(headers: Mapping[str, str] | None) -> str:
    """Return the Content-Type of an answer without parameters; empty where it is not shown."""
    for name, value in (headers or {}).items():
        if name.lower() == "content-type":
            return value.partition(";")[0].strip().lower()
    return ""
