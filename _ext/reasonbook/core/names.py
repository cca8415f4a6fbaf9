"""Names of APIs and error domains: part of every address, so safe everywhere."""

from __future__ import annotations

import re

from .location import Location
from .problems import Problems, Rule

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
MAX_LENGTH = 64

#: Names that the site or the catalogue folder uses itself, or that Windows gives to devices.
RESERVED = frozenset(
    [
        "agents",
        "api",
        "apis",
        "assets",
        "catalogue",
        "changes",
        "contributing",
        "domains",
        "endpoints",
        "envelope",
        "explain",
        "feed",
        "genindex",
        "guide",
        "guides",
        "index",
        "llms",
        "openapi",
        "published",
        "reasons",
        "references",
        "robots",
        "rules",
        "schema",
        "search",
        "sitemap",
        "sources",
        "static",
        "statuses",
        "operations",
        "con",
        "prn",
        "aux",
        "nul",
        "com1",
        "com2",
        "com3",
        "com4",
        "com5",
        "com6",
        "com7",
        "com8",
        "com9",
        "lpt1",
        "lpt2",
        "lpt3",
        "lpt4",
        "lpt5",
        "lpt6",
        "lpt7",
        "lpt8",
        "lpt9",
    ]
)


def check_name(name: str, at: Location, problems: Problems) -> None:
    """Report a name of an API or a domain that cannot be part of an address."""
    if not _NAME.fullmatch(name) or len(name) > MAX_LENGTH:
        return  # its shape has been reported
    if name in RESERVED:
        problems.add(
            Rule.BAD_NAME,
            at,
            f"The name {name} is reserved.",
            "Choose a name that the site and file systems do not use themselves.",
        )
