"""Which API a request was sent to, and the path below that API's address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from reasonbook.format.model import Api

_URL = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#]*@)?([^/?#]*)([^?#]*)")
_DEFAULT_PORT = re.compile(r":(?:80|443)?$")
#: Names and numbers of the machine itself, as test servers and clients use them.
_LOCAL = re.compile(
    r"(?:localhost|testserver|127\.\d+\.\d+\.\d+|\[::1\]|.*\.(?:localhost|test|local))(?::\d+)?"
)


class Base(NamedTuple):
    """Below which path of its host an API is."""

    prefix: str
    api: Api


class Addresses:
    """The addresses of some APIs; *named* is the one that every other address is taken for."""

    def __init__(self, apis: Sequence[Api], named: Api | None = None) -> None:
        self._named = named
        self._only = apis[0] if len(apis) == 1 else None
        self._by_name = {api.name: api for api in apis}
        self._bases: dict[str, list[Base]] = {}
        for api in apis:
            if api.base_url:
                url = urlsplit(api.base_url)
                host = _host(url.netloc)
                self._bases.setdefault(host, []).append(Base(url.path.rstrip("/"), api))
        for bases in self._bases.values():  # the longest that fits counts
            bases.sort(key=lambda base: -len(base.prefix))

    def find(self, url: str) -> tuple[Api, str] | None:
        """Return the API that was asked, and the path; None where no API has such an address."""
        parts = _URL.match(url)
        host = _host(parts[1]) if parts else ""
        path = parts[2] if parts else re.split("[?#]", url, maxsplit=1)[0]
        bases = self._bases.get(host, ())
        for base in bases:
            if _is_below(path, base.prefix):
                return self._wanted(base.api, path[len(base.prefix) :])
        if len(bases) == 1:
            return self._wanted(bases[0].api, path)
        api = self._named
        if api is None and (not host or _LOCAL.fullmatch(host)):
            api = self._only
            if api is None and host:  # where the mock server has several
                api = self._by_name.get(path[1:].partition("/")[0])
        return (api, _below(api, path)) if api else None

    def _wanted(self, api: Api, path: str) -> tuple[Api, str] | None:
        return (api, path or "/") if self._named in (None, api) else None


def _host(authority: str) -> str:
    """Return a host as it is compared: ``API.example.`` and ``api.example:443`` are one."""
    return _DEFAULT_PORT.sub("", authority.lower()).removesuffix(".")


def _is_below(path: str, prefix: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _below(api: Api, path: str) -> str:
    """Return a path without that of the API's address; the mock server has its name there."""
    for prefix in (urlsplit(api.base_url or "").path.rstrip("/"), f"/{api.name}"):
        if prefix and _is_below(path, prefix):
            return path[len(prefix) :] or "/"
    return path or "/"
