"""A new reason as data: what is known of it, and the rest left to fill in."""

from __future__ import annotations

import re

from reasonbook.cli.skeleton import RefusedError, shown
from reasonbook.cli.skeleton_body import ExampleBody, Skeleton
from reasonbook.cli.skeleton_edit import Block, Tree
from reasonbook.format.model import Api
from reasonbook.format.placeholders import mark
from reasonbook.rules.names import PAGE_NAME


def reason_tree(api: Api, reason: str, status: str | None, http: int | None) -> dict[str, Tree]:
    """Return the skeleton of a reason, in the order in which the format documents it."""
    known = api.statuses[status].http if status else http
    body = ExampleBody(Skeleton(api, reason, status, known))
    tree: dict[str, Tree] = {"reason": reason}
    slug = _slug(api, reason)
    if slug != reason:
        tree["slug"] = slug
    if http is not None:
        tree["http"] = http
    elif status is not None or api.statuses:
        tree["status"] = status or mark("the canonical status, one of those in api.yaml")
    else:
        tree["http"] = mark("the HTTP status, such as 404")
    tree["cause"] = mark("why the API answers so")
    tree["fix"] = [mark("what helps")]
    tree["remedy"] = {
        "actor": mark("who can mend it (caller, account-admin, platform or nobody)"),
        "retry": mark("whether to send it again (never, after-fix, after-delay or at-once)"),
    }
    example: dict[str, Tree] = {
        "title": mark("what the client did"),
        "origin": "constructed",
    }
    if headers := body.headers():
        example["headers"] = {**headers}
    example["body"] = Block(body.text())
    if body.details:
        tree["details"] = True  # a schema that allows all
    tree["examples"] = [example]
    return tree


def _slug(api: Api, reason: str) -> str:
    """Return the name of the reason's page: the reason, or where that cannot be, one like it."""
    taken = {other.slug.lower() for other in api.reasons.values()}
    base = reason
    if not PAGE_NAME.fullmatch(reason):
        base = re.sub(r"[^A-Za-z0-9_]+", "-", reason).strip("-_")[:56].strip("-_")
    for number in ("", *(f"-{count}" for count in range(2, 100))):
        if PAGE_NAME.fullmatch(base + number) and (base + number).lower() not in taken:
            return base + number
    raise RefusedError(
        f"{shown(reason)} gives no name for a page.",
        "Write this reason by hand, with a slug of letters, digits, hyphens and underscores.",
    )
