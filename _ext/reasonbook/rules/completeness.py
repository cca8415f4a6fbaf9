"""Rules for what a reason must say: what its API requires, and how it reaches a client."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, ErrorDomain, Outside, Reason

_SENT = ("active", "deprecated")


def check_required(api: Api, reason: Reason, problems: Problems) -> None:
    """Report what the API requires of every reason that is sent, and this one does not say."""
    if not reason.is_sound("lifecycle") or reason.lifecycle not in _SENT:
        return
    has = {"cause": reason.causes, "fix": reason.fix, "remedy": reason.remedy}
    for statement, value in has.items():
        if statement in api.requires and not value and reason.is_sound(statement):
            problems.add(
                Rule.MISSING_KEY,
                reason.at(),
                f"{reason.name} has no {statement}, which this API requires.",
                f"Add {statement}, or take it out of requires in api.yaml: nothing is invented.",
            )
    is_shown = reason.examples or not reason.is_sound("examples")
    if "example" in api.requires and reason.is_response and not is_shown:
        message = f"{reason.name} is {reason.lifecycle} and has no example."
        problems.add(Rule.MISSING_EXAMPLE, reason.at("reason"), message)


def check_details_sent(_: Api, reason: Reason, problems: Problems) -> None:
    """Report a reason that says how often its details are sent, and not what they are."""
    if reason.details_sent == "sometimes" and reason.details is None and reason.is_sound("details"):
        problems.add(
            Rule.MISSING_KEY,
            reason.at("details_sent"),
            f"{reason.name} has details_sent: sometimes, but no details.",
            "Describe them under details, or remove details_sent.",
        )


def check_arrival(_: Api, reason: Reason, problems: Problems) -> None:
    """Compare the HTTP status with how the reason reaches a client."""
    if not reason.is_sound("http", "status", "arrives_in"):
        return
    if reason.http == "none" and reason.is_response:
        problems.add(
            Rule.STATUS_AND_HTTP,
            reason.at("http"),
            f"{reason.name} has http: none, but nothing says how it arrives without a response.",
            "Add arrives_in with resource, callback, event or close-code.",
        )
    elif not reason.is_response and reason.http != "none":
        problems.add(
            Rule.STATUS_AND_HTTP,
            reason.at("arrives_in"),
            f"{reason.name} arrives in no response, so it has no HTTP status.",
            "Write http: none, or add response to arrives_in.",
        )


def check_example_statuses(_: Api, reason: Reason, problems: Problems) -> None:
    """Compare the HTTP status that an example names with those of its reason."""
    for example in reason.examples:
        codes = reason.http_codes
        wanted = " or ".join(map(str, codes)) or ("" if reason.is_response else "none")
        is_wrong = (isinstance(example.http, int) and wanted and example.http not in codes) or (
            example.http == "none" and reason.arrives_in == ("response",)
        )
        if is_wrong and reason.is_sound("http", "status", "arrives_in"):
            wanted = wanted or "a response"
            problems.add(
                Rule.EXAMPLE_HTTP,
                example.at("http"),
                f"The example shows {example.http}, but {reason.name} has {wanted}.",
            )


def check_outside(api: Api, problems: Problems) -> None:
    """Report answers outside the envelope that share a name."""
    names: set[str] = set()
    for answer in api.outside:
        if answer.is_sound("name") and answer.name in names:
            problems.add(Rule.WRONG_VALUE, answer.at("name"), f"{answer.name} is named twice.")
        names.add(answer.name)


def check_envelope_names(api: Api, problems: Problems) -> None:
    """Report envelopes and classes of operations that the API does not have."""
    named: list[ErrorDomain | Reason] = [*api.domains, *api.every_reason()]
    for one in named:
        if one.envelope and one.envelope not in api.envelopes and api.is_sound("envelopes"):
            problems.add(
                Rule.WRONG_VALUE,
                one.at("envelope"),
                f"{one.envelope} is not listed under envelopes in api.yaml.",
                did_you_mean(nearest(one.envelope, [*api.envelopes])),
            )
    answers: list[Reason | Outside] = [*api.every_reason(), *api.outside]
    for answer in answers:
        if isinstance(answer.raised_by, str | tuple):
            continue
        name = answer.raised_by.class_
        if name not in api.operation_classes and api.is_sound("operation_classes"):
            problems.add(
                Rule.UNKNOWN_OPERATION,
                answer.at("raised_by", "class"),
                f"{name} is not listed under operation_classes in api.yaml.",
                did_you_mean(nearest(name, [*api.operation_classes])),
            )


def check_levels(api: Api, problems: Problems) -> None:
    """Report second-level codes without a place, or away from the others of their reason."""
    homes: dict[str, Reason] = {}
    for reason in api.every_reason():
        if not reason.is_sound("reason", "sub_reason"):
            continue
        home = homes.setdefault(reason.code, reason)
        if home.domain != reason.domain and home.name != reason.name:
            problems.add(
                Rule.DUPLICATE_REASON,
                reason.at("reason"),
                f"{reason.name} is in another domain than {home.name} at {home.at('reason')}.",
                "All entries of a reason belong to one domain.",
            )
        if reason.sub_reason and api.envelope_of(reason).sub_reason is None:
            problems.add(
                Rule.ENVELOPE_POINTER,
                reason.at("sub_reason"),
                f"{reason.name} has a second level, but the envelope does not say where it is.",
                "Add sub_reason under envelope in api.yaml.",
            )
