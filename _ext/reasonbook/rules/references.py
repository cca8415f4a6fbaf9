"""Rules for what refers to a reason: it exists, and no chain of references is a circle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import Guesser, did_you_mean
from reasonbook.format.model import Api, Reason
from reasonbook.text.characters import check_letters


def check_references(api: Api, problems: Problems) -> None:
    """Report references to reasons that the API does not have, and to the reason itself."""
    guesser = Guesser(sorted(filter(str.isascii, api.reasons)))
    for domain in api.domains:
        for reason in domain.reasons:
            for name, path in _references(reason):
                if name.isascii() and api.may_have(name):
                    continue
                find_place = partial(reason.at, *path)
                if check_letters(name, find_place, problems) and not api.may_have(name):
                    message = f"{name} is not a reason of this API."
                    hint = did_you_mean(guesser.nearest(name))
                    problems.add(Rule.UNKNOWN_REASON, find_place(), message, hint)
            if reason.name in reason.see_also:
                at = reason.at("see_also", reason.see_also.index(reason.name))
                problems.add(Rule.WRONG_VALUE, at, f"{reason.name} names itself.", "Remove it.")


def _references(reason: Reason) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    for key in ("falls_back_to", "see_also"):
        for index, name in enumerate(getattr(reason, key)):
            yield name, (key, index)
    if reason.deprecated and reason.deprecated.replaced_by:
        yield reason.deprecated.replaced_by, ("deprecated", "replaced_by")


def check_fallbacks(api: Api, problems: Problems) -> None:
    """Report reasons that fall back to each other in a circle, each circle once."""
    done: set[str] = set()
    for name in api.reasons:
        _follow(api, name, done, problems)


def _follow(api: Api, start: str, done: set[str], problems: Problems) -> None:
    """Walk through fallbacks without recursion; report each edge that leads back."""
    pending: list[tuple[str, int]] = [(start, 0)]
    on_path: dict[str, None] = {}
    while pending:
        name, index = pending.pop()
        reason = api.reasons.get(name)
        if index == 0:
            if name in done or reason is None:
                continue
            on_path[name] = None
        assert reason
        if index == len(reason.falls_back_to):
            done.add(name)
            del on_path[name]
            continue
        pending.append((name, index + 1))
        following = reason.falls_back_to[index]
        if following in on_path:
            names = [*on_path]
            chain = " → ".join([*names[names.index(following) :], following])
            problems.add(
                Rule.FALLBACK_CYCLE,
                reason.at("falls_back_to", index),
                f"{following} falls back to itself: {chain}.",
            )
        else:
            pending.append((following, 0))


def check_successors(api: Api, problems: Problems) -> None:
    """Report reasons whose chain of successors leads back to them."""
    for reason in api.reasons.values():
        seen = [reason.name]
        now: Reason | None = reason
        while now and now.deprecated and now.deprecated.replaced_by:
            following = now.deprecated.replaced_by
            if following in seen:
                if following == reason.name:
                    chain = " → ".join([*seen, following])
                    problems.add(
                        Rule.SUCCESSOR_CYCLE,
                        reason.at("deprecated", "replaced_by"),
                        f"The successors of {reason.name} lead back to it: {chain}.",
                    )
                break
            seen.append(following)
            now = api.reasons.get(following)
