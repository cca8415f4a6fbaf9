"""The remedies of the sample catalogues do no harm where a program follows them.

Those two were reviewed; other catalogues decide for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import HeaderWait, Reason, Remedy, RequestStep
from reasonbook.rules.remedies import CHANGES

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "catalogue").catalogue
# A login changes nothing that somebody else would miss.
HARMLESS = {"POST /auth/login"}


def remedies() -> Iterator[tuple[str, tuple[int, ...], Remedy]]:
    for api in (CATALOGUE.apis[name] for name in ("vobiz", "voipbin")):
        for reason in api.every_reason():
            assert reason.remedy
            yield f"{api.name}/{reason.name}", reason.http_codes, reason.remedy
        for status in api.http.values():
            if status.remedy:
                yield f"{api.name}/{status.code}", (status.code,), status.remedy
        for answer in api.outside:
            if answer.remedy:
                codes = answer.http if isinstance(answer.http, tuple) else ()
                yield f"{api.name}/{answer.name}", codes, answer.remedy


ALL = [*remedies()]


@pytest.mark.parametrize(("codes", "remedy"), [one[1:] for one in ALL], ids=[one[0] for one in ALL])
def test_a_remedy_is_safe_to_follow(codes: tuple[int, ...], remedy: Remedy) -> None:
    assert remedy.basis
    for step in remedy.next:
        assert isinstance(step, RequestStep)
        if CHANGES.match(step.request):
            assert step.ask_first is (step.request not in HARMLESS)
    if remedy.retry in ("after-delay", "at-once"):
        # What a server may have done before it failed, or before its answer was lost, is not done
        # twice.
        is_refused = codes and max(codes) < 500
        assert remedy.retry_if == ("any" if is_refused else "idempotent")
    if 503 in codes and remedy.retry != "never":
        assert remedy.waits[0] == HeaderWait(header="Retry-After")


def test_nothing_starts_a_recording() -> None:
    stopped = CATALOGUE.apis["voipbin"].reasons["RECORDING_NOT_ACTIVE"].remedy
    assert stopped
    assert (stopped.retry, stopped.next) == ("never", ())


# About any resource, so that no one request lists it.
GENERIC = {"RESOURCE_NOT_FOUND", "ROUTE_NOT_FOUND"}


@pytest.mark.parametrize(
    "reason",
    [
        reason
        for reason in CATALOGUE.apis["voipbin"].every_reason()
        if reason.http == 404 and reason.name not in GENERIC
    ],
    ids=lambda reason: reason.name,
)
def test_what_is_missing_is_looked_up_and_never_made_anew(reason: Reason) -> None:
    assert reason.remedy
    steps = [step for step in reason.remedy.next if isinstance(step, RequestStep)]
    assert steps
    assert [step.request for step in steps if not step.request.startswith("GET ")] == []


@pytest.mark.parametrize("name", ["vobiz", "voipbin"])
def test_each_status_of_a_reason_has_a_decision_of_its_api(name: str) -> None:
    api = CATALOGUE.apis[name]
    decided = {code for code, status in api.http.items() if status.remedy}
    sent = {code for reason in api.every_reason() for code in reason.http_codes}
    assert sent
    assert sent <= decided
