"""An agent that handles errors by fixed rules, from what the site says in Markdown alone.

It knows nothing of the catalogue: it fetches pages, reads the labelled decision, and acts on it.
"""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

BASE = "http://localhost:8000/"
IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")


@dataclass
class Site:
    """The site as its host serves it, and every answer that was read: a 404 costs a fetch, too."""

    address: str
    texts: list[str] = field(default_factory=list)

    def fetch(self, address: str) -> str:
        """Return what the host answers, whatever the status."""
        try:
            response = urllib.request.urlopen(self.address + address.removeprefix(BASE), timeout=10)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            self.texts.append(response.read().decode())
        return self.texts[-1]


@dataclass(frozen=True)
class Failure:
    """A request that failed, with what came back."""

    api: str
    request: str
    http: int
    body: str
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body as data; nothing where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    def at(self, steps: list[str]) -> Any:
        """Return a value of the body."""
        value = self.json
        for step in steps:
            value = value.get(step) if isinstance(value, dict) else None
        return value


@dataclass(frozen=True)
class Action:
    """What the agent does."""

    do: str  # stop, fix, repeat; same-key: only with the same idempotency key, else look first
    who: str  # who acts
    wait: float | None
    unasked: tuple[str, ...]  # requests that it may send by itself
    page: str


def from_api_and_reason(failure: Failure, reason: str | None, site: Site) -> Action:
    """Start with the patterns of the prompt: the page of the reason, else that of the status."""
    page = site.fetch(f"{BASE}{failure.api}/reasons/{reason}.md") if reason else ""
    return decide(failure, page if has_decision(page) else unknown(failure, site))


def from_site(failure: Failure, site: Site) -> Action:
    """Start with the index: it says what API there is, and where its reason stands."""
    index = site.fetch(f"{BASE}llms.txt")
    (line,) = re.findall(rf"^- \[.*: API {failure.api}, .*$", index, re.MULTILINE)
    place = re.search(r"reason in `([^`]*)`", line)
    assert place, line
    reason = failure.at(place[1].split("."))
    pattern = re.search(r"\S+/API/reasons/REASON\.md", index)
    otherwise = re.search(r"\S+/API/unknown\.md", index)
    assert pattern and otherwise  # noqa: PT018 - both or none
    page = ""
    if reason:
        page = site.fetch(pattern[0].replace("API", failure.api).replace("REASON", reason))
    return decide(failure, page if has_decision(page) else unknown(failure, site))


def from_reason(failure: Failure, reason: str, site: Site) -> Action:
    """Start with the reason alone: the answer names the APIs that have it, and the way without."""
    page = site.fetch(f"{BASE}reasons/{reason}.md")
    links = re.findall(r"\]\((\S+)\)", page)
    link = next((each for each in links if f"/{failure.api}/" in each), None)
    if link:
        return decide(failure, site.fetch(link))
    assert "/API/unknown.md" in page
    return decide(failure, unknown(failure, site))


def unknown(failure: Failure, site: Site) -> str:
    """Return the page of an API on errors without a known reason."""
    return site.fetch(f"{BASE}{failure.api}/unknown.md")


def has_decision(page: str) -> bool:
    """Tell whether there is a decision on a page."""
    return "Retry: " in page


def decide(failure: Failure, page: str) -> Action:
    """Act on the decision of a page."""
    said = parts(decision_for(failure.http, page))
    helps = re.findall(r"`([^`]*)`( \(ask a person first\))?", said.get("helps", ""))
    unasked = tuple(request for request, asked in helps if not asked)
    who = said.get("who", "")
    if said["Retry"].startswith("only after"):
        return Action("fix", who, None, unasked, page)
    if said["Retry"] == "never":
        return Action("stop", who, None, unasked, page)
    is_safe = failure.request.split()[0] in IDEMPOTENT or said.get("repeat") == "any request"
    wait = waited(failure, said.get("wait", "")) if said["Retry"] == "after a wait" else 0.0
    return Action("repeat" if is_safe else "same-key", who, wait, unasked, page)


def decision_for(http: int, page: str) -> str:
    """Return the decision of a page: the only one, or that of a status."""
    decision, several = "", " reason missing or unknown\n" in page.replace(":", " ")
    for line in page.splitlines():
        if line.startswith("Retry: "):
            decision = line
            if not several:
                return line
        item = re.match(r"- ([^:]*)(?:: (.*))?$", line)
        if several and item and is_named(http, item[1]):
            one = item[2] or ""
            return one if one.startswith("Retry: ") else decision
    raise AssertionError(f"no decision for {http} in {page}")


def is_named(http: int, names: str) -> bool:
    """Tell whether a list of statuses and classes has this one."""
    listed = names.removeprefix("other ").split(", ")
    return str(http) in listed or f"{http // 100}xx" in listed


def parts(decision: str) -> dict[str, str]:
    """Return the labelled parts of a decision; behind it, the fix can follow."""
    return dict(part.split(": ", 1) for part in decision.partition(". ")[0].split("; "))


def waited(failure: Failure, said: str) -> float:
    """Return the first wait of which the answer tells the length."""
    return next(_waits(failure, said))


def _waits(failure: Failure, said: str) -> Iterator[float]:
    for one in said.split(", else "):
        code = re.search(r"`([^`]*)`", one)
        if code and one.endswith(" header"):
            if code[1] in failure.headers:
                yield float(failure.headers[code[1]])
        elif code and one.startswith("body "):
            value = failure.at(code[1].split("/")[1:])
            if value is not None:
                yield float(value)
        else:
            yield float(one.split(" s")[0])
