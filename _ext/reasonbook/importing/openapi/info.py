"""What an OpenAPI document says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reasonbook.importing.found import Found


def read_info(data: Mapping[str, Any], found: Found) -> None:
    """Note the title, the addresses and the tags."""
    info, docs = _mapping(data.get("info")), _mapping(data.get("externalDocs"))
    servers = data.get("servers")
    found.title = str(info.get("title") or "").strip()
    found.summary = str(info.get("summary") or "").strip()
    found.docs_url = str(docs.get("url") or "")
    server = _mapping(servers[0]).get("url") if isinstance(servers, list) and servers else ""
    found.base_url = server if isinstance(server, str) and "{" not in server else ""
    tags = data.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, dict) and isinstance(tag.get("name"), str):
            found.tags[tag["name"]] = str(tag.get("description") or "").strip()


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
