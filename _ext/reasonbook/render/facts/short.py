"""What is said of a reason in a few words: in rows and lists, in titles and descriptions."""

from __future__ import annotations

from reasonbook.format.model import Api, Example, Outside, Reason
from reasonbook.format.prose import Badge, BulletList, Emphasis, Shortened, plain_text
from reasonbook.render import wording
from reasonbook.render.facts.references import badges
from reasonbook.render.facts.statements import Line, joined, line, paragraph


def http_labels(reason: Reason) -> Line:
    """Return the labels of its HTTP statuses, and how else it arrives; empty if not known."""
    others = (wording.ARRIVALS[way][0] for way in reason.arrives_in if way != "response")
    codes = badges(reason.http_codes)
    return joined(filter(None, (codes, *others)), ", ")


def example_status(reason: Reason, example: Example) -> int | None:
    """Return the HTTP status that an example shows; None where it is open, or no response."""
    if isinstance(example.http, int):
        return example.http
    only = reason.http_codes if example.http is None and reason.is_response else ()
    return only[0] if len(only) == 1 else None


def http_text(reason: Reason, mark: str = ", ") -> str:
    """Return its HTTP statuses, and how else it arrives, as text; empty if not known."""
    others = (wording.ARRIVALS[way][0] for way in reason.arrives_in if way != "response")
    return mark.join([*map(str, reason.http_codes), *others])


def retry(error: Reason | Outside) -> str:
    """Return whether to send the request again, in a word; empty if not known."""
    return _known(error.remedy.retry if error.remedy else "")


def actor(reason: Reason) -> str:
    """Return who can fix it, in a word; empty if not known."""
    return _known(reason.remedy.actor if reason.remedy else "")


def _known(word: str) -> str:
    return "" if word == "unknown" else word


def verdict(reason: Reason, api: Api) -> BulletList:
    """Return labels that say at a glance what an error is; what is not known has none."""
    found = []
    if said := http_text(reason):
        codes, title = reason.http_codes, ""
        if len(codes) == 1:
            title = wording.http_title(api, codes[0])
        kind = f"http-{codes[0] // 100}xx" if codes else "arrives"
        found.append(line(Badge(kind, line(f"HTTP {said} {title}".strip() if codes else said))))
    if remedy := reason.remedy:
        if remedy.retry != "unknown":
            words = wording.RETRIES_WITHOUT_FIX[remedy.retry]
            found.append(line(Badge(f"retry-{remedy.retry}", line(f"Retry: {words}"))))
        if remedy.actor != "unknown":
            words = wording.VERDICT_ACTORS[remedy.actor]
            found.append(line(Badge(f"who-{remedy.actor}", line(words))))
    found.append(state_badge(reason)[1:] or line(Badge("active", line("active"))))
    return BulletList(tuple((paragraph(each),) for each in found), "verdict")


def plain_description(reason: Reason, api: Api) -> str:
    """Return a reason on one line without marks, for search engines."""
    codes = reason.http_codes
    said = f"{codes[0]} {wording.http_title(api, codes[0])}" if len(codes) == 1 else ""
    cause = plain_text(reason.cause) if reason.causes else ""
    return ": ".join(filter(None, [said or http_text(reason), cause or reason.title or ""]))


def successor_of(reason: Reason) -> str | None:
    """Return the name of what takes the place of a deprecated or retired reason."""
    return reason.deprecated.replaced_by if reason.deprecated else None


def state_badge(reason: Reason) -> Line:
    """Return a space and the label of a reason that is not simply active, with the day it has."""
    if reason.is_draft:
        return line(" ", Badge("draft", line("draft")))
    if reason.lifecycle == "active":
        return ()
    state, gone = line(reason.lifecycle), reason.deprecated
    day = f" {gone.retired or gone.since}" if gone else ""
    return line(" ", Shortened((Badge(reason.lifecycle, line(state, day)),), (Emphasis(state),)))
