"""Names of APIs and error domains: part of every address, so safe everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection

from reasonbook import limits
from reasonbook.diagnostics.location import Location
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

#: Names that Windows gives to devices, in every folder and with every suffix.
DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)

#: Names that the site has itself at the place of an API.
RESERVED_APIS = DEVICES | frozenset(
    """agents api apis assets catalogue changes contributing domains explain feed genindex guide
    guides index llms openapi published reasons references robots rules schema search sitemap
    sources static""".split()  # noqa: SIM905
)
#: Names that the site and the folder of an API have at the place of a domain.
RESERVED_DOMAINS = DEVICES | frozenset(
    """api endpoints envelope http index llms openapi operations published reasons schema status
    statuses unknown""".split()  # noqa: SIM905
)


def check_name(
    name: str, at: Location, problems: Problems, reserved: Collection[str] = RESERVED_DOMAINS
) -> bool:
    """Report a name that is taken; tell whether its form is that of a name of an API or domain.

    The form itself is checked by the schema of the file, which editors use, too.
    """
    if not is_name(name):
        return False
    if name in reserved:
        problems.add(
            Rule.BAD_NAME,
            at,
            f"The name {name} is reserved.",
            "Choose a name that the site and file systems do not use themselves.",
        )
    return True


def is_name(name: str) -> bool:
    """Tell whether *name* has the form of the name of an API or domain."""
    return _NAME.fullmatch(name) is not None and len(name) <= limits.NAME_CHARACTERS


def is_device(name: str) -> bool:
    """Tell whether Windows takes a file of that name, with or without a suffix, for a device."""
    return name.partition(".")[0].lower() in DEVICES
