"""The HTTP statuses of an API, each with what the API says of it, and its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasonbook.format.model import Api, HttpStatus, Reason
from reasonbook.format.prose import BulletList
from reasonbook.render import wording
from reasonbook.render.facts.references import inline
from reasonbook.render.facts.remedy import decision
from reasonbook.render.facts.statements import Block, paragraph
from reasonbook.render.urls import http_anchor


@dataclass(frozen=True, slots=True)
class StatusOfApi:
    """An HTTP status that an API describes, or that its reasons have."""

    code: int
    said: HttpStatus | None
    reasons: tuple[Reason, ...]

    @property
    def anchor(self) -> str:
        """The fragment of the status on its page."""
        return http_anchor(self.code)

    def title(self, api: Api) -> str:
        """Return its number with its name, where it has one."""
        return f"{self.code} {wording.http_title(api, self.code)}".strip()


def statuses(api: Api) -> Iterator[StatusOfApi]:
    """Yield each status with its reasons, the lowest number first."""
    reasons: dict[int, list[Reason]] = {code: [] for code in api.http_codes}
    for reason in api.reasons.values():
        for code in reason.http_codes:
            reasons[code].append(reason)
    for code, found in reasons.items():
        yield StatusOfApi(code, api.http.get(code), tuple(found))


def what_to_do(status: HttpStatus, api: Api) -> list[Block]:
    """Return what an API says of a status: its meaning, the fixes, the default decision."""
    advice: list[Block] = [paragraph(inline(status.meaning, api))]
    if status.fixes:
        advice.append(BulletList(tuple((paragraph(inline(f, api)),) for f in status.fixes)))
    if status.remedy:
        advice.append(paragraph(decision(status.remedy, api, has_fix=False), kind="decision"))
    return advice
