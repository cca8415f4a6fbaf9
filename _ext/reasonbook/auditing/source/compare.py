"""What the source of an API names, compared with its catalogue, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reasonbook import limits
from reasonbook.auditing.source.scan import Scan
from reasonbook.auditing.source.sites import Site
from reasonbook.diagnostics.problems import Note, Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, Reason
from reasonbook.render.wording import number


def compare(scan: Scan, api: Api, problems: Problems) -> None:
    """Report what the source and the catalogue say differently."""
    sent = _by_reason(scan.sites)
    for name, sites in sent.items():
        reason = api.reasons.get(name)
        if reason:
            _compare_lifecycle(reason, sites, api, problems)
            _compare_statuses(reason, sites, problems)
        elif name not in api.sub_reasons and api.is_complete:
            _report_unknown(name, sites, problems)
            _compare_with_each_other(name, sites, problems)
    if scan.is_complete:
        for reason in api.reasons.values():
            _look_for(reason, sent, scan, problems)


def unseen_notes(scan: Scan) -> Iterable[Note]:
    """Tell what the scan did not read, and every place at which it cannot see the reason."""
    for link in scan.unread:
        yield Note(link, "The link leads to a folder out of the source, which is not read.")
    for site in scan.computed:
        yield Note(
            site.at, f"The reason is computed here, so the scan cannot see it: {site.written}"
        )


def _by_reason(sites: Iterable[Site]) -> Mapping[str, Sequence[Site]]:
    found: dict[str, list[Site]] = {}
    for site in sites:
        found.setdefault(site.reason, []).append(site)
    return found


def _report_unknown(name: str, sites: Sequence[Site], problems: Problems) -> None:
    first, *others = sites
    status = f" with {first.status}" if first.status else ""
    problems.add(
        Rule.SOURCE_NOT_DOCUMENTED,
        first.at,
        f"{name} is named here{status}, but is not documented{_also(others)}.",
    )


def _also(others: Sequence[Site]) -> str:
    """Name further places, and count those beyond a few."""
    if not others:
        return ""
    shown = [str(site.at) for site in others[: limits.SCAN_PLACES]]
    left = len(others) - len(shown)
    return f"; also at {', '.join(shown)}" + (f" and {number(left, 'more place')}" if left else "")


def _compare_lifecycle(reason: Reason, sites: Sequence[Site], api: Api, problems: Problems) -> None:
    if reason.lifecycle not in ("planned", "retired"):
        return
    first, *others = sites
    hint = f"Set its lifecycle to active in {reason.at('lifecycle')}."
    if reason.lifecycle == "retired":
        successor = reason.deprecated.replaced_by if reason.deprecated else None
        instead = f"Send {successor} instead" if successor in api.reasons else "Stop sending it"
        hint = f"{instead}; clients no longer expect it."
    problems.add(
        Rule.SOURCE_LIFECYCLE,
        first.at,
        f"{reason.name} is named here, but is documented as {reason.lifecycle}{_also(others)}.",
        hint,
    )


def _compare_statuses(reason: Reason, sites: Sequence[Site], problems: Problems) -> None:
    if not reason.http_codes:
        _compare_with_each_other(reason.name, sites, problems)
        return
    right = next((s for s in sites if s.status and s.status.is_documented(reason)), None)
    http = f"HTTP {' or '.join(map(str, reason.http_codes))}"
    said = f"{reason.status} ({http})" if reason.status else http
    place = reason.at("status" if reason.status else "http")
    for site in sites:
        if site.status is None or site.status.is_documented(reason):
            continue
        if right:
            problems.add(
                Rule.SOURCE_TWO_STATUSES,
                site.at,
                f"{reason.name} is sent with {site.status} here, and with {right.status}, as "
                f"documented, at {right.at}.",
            )
        else:
            problems.add(
                Rule.SOURCE_STATUS,
                site.at,
                f"{reason.name} is sent with {site.status} here, but is documented with {said} at "
                f"{place}.",
            )


def _compare_with_each_other(name: str, sites: Sequence[Site], problems: Problems) -> None:
    """Report a second status of a reason for which the catalogue has none."""
    known = [site for site in sites if site.status]
    other = next((site for site in known if site.status != known[0].status), None)
    if other:
        problems.add(
            Rule.SOURCE_TWO_STATUSES,
            other.at,
            f"{name} is sent with {other.status} here, and with {known[0].status} at "
            f"{known[0].at}.",
        )


def _look_for(
    reason: Reason, sent: Mapping[str, Sequence[Site]], scan: Scan, problems: Problems
) -> None:
    """Report a reason that clients are told to expect, and that the source does not name."""
    if reason.lifecycle in ("planned", "retired") or reason.name in sent:
        return
    if reason.sub_reason and not scan.sees_sub_reasons and reason.code in sent:
        return
    hint = ""
    if scan.computed:
        places = number(len(scan.computed), "place")
        hint = (
            f"The source computes its reason at {places}, such as {scan.computed[0].at}, and may "
            "send it from there. Else set lifecycle to planned, or extend code_scan."
        )
    problems.add(
        Rule.SOURCE_NEVER_SENDS,
        reason.at("reason"),
        f"{reason.name} is documented as {reason.lifecycle}, but the source never names it.",
        hint,
    )
