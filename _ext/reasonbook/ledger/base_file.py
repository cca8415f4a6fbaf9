"""A base in one file: the ``reasons.json`` of a built site, or the ledger of an API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reasonbook.diagnostics.problems import Problems
from reasonbook.format.dates import is_date, is_date_or_version, stays_until
from reasonbook.format.reading import FORMAT
from reasonbook.format.versions import WORDS, needed
from reasonbook.ledger.base_state import ApiState, Base, BaselineError, facts_on_record
from reasonbook.ledger.facts import Corrected
from reasonbook.ledger.file import parse_ledger
from reasonbook.ledger.record import Entry, Ledger
from reasonbook.ledger.wire import Wire


def read_file(path: Path, shown: str) -> Base:
    """Read the file at *path*, which a message calls *shown*."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BaselineError(f"{shown} cannot be read as JSON: {error}.") from error
    source = f"the file {shown}"
    if isinstance(data, dict) and isinstance(data.get("apis"), list):
        version = data.get("format_version")
        if isinstance(version, int) and version > FORMAT:
            raise BaselineError(f"{shown} has version {version}, which needs {needed(version)}.")
        try:
            return Base(source, {item["api"]: _exported(item) for item in data["apis"]})
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BaselineError(
                f"{shown} is not a reasons.json of this format: {error!r}."
            ) from error
    problems = Problems()
    ledger = parse_ledger(text, shown, problems)
    if ledger is None:
        raise BaselineError(str(next(iter(problems))).partition("\n")[0])
    reasons = {entry.reason: facts_on_record(entry) for entry in ledger.entries.values()}
    return Base(source, {ledger.api: ApiState(ledger, ledger, ledger.schema_version, reasons)})


def _exported(api: Mapping[str, Any]) -> ApiState:
    """Return an API as ``reasons.json`` has it; raises what is wrong with a value."""
    entries, reasons = {}, {}
    version, window = int(api["schema_version"]), api.get("deprecation_window_days")
    for item in api["reasons"]:
        name, gone = str(item["reason"]), item["deprecated"] or {}
        for day in (gone.get(key) for key in ("since", "remove_after", "retired")):
            if day is not None and not is_date(day):
                raise ValueError(f"{day!r} of {name} is not a date")
        if item["since"] and not is_date_or_version(item["since"]):
            raise ValueError(f"{item['since']!r} of {name} is neither a date nor a version")
        until = gone.get("remove_after")
        if item["lifecycle"] == "deprecated":
            until = stays_until(gone["since"], until, window)
        if item.get("sub_reason"):
            name = f"{name}/{item['sub_reason']}"
        slug = str(item["markdown_url"]).rpartition("/reasons/")[2].removesuffix(".md")
        entry = Entry.of(
            name,
            first=item["since"] if item["since"] and is_date(item["since"]) else None,
            domain=str(item["domain"]),
            http=tuple(item["http"]) if isinstance(item["http"], list) else item["http"],
            arrives_in=tuple(item.get("arrives_in", ("response",))),
            status=item["status"],
            schema_version=version,
            deprecated=gone.get("since"),
            remove_after=until,
            retired=gone.get("retired"),
            replaced_by=gone.get("replaced_by"),
            correction=bool(gone.get("never_sent", gone.get("correction"))),
            slug=None if slug == name else slug,
            envelope=item.get("envelope"),
            facts=_facts(item),
            observed=_observed(item),
            corrections=tuple(Corrected(**each) for each in item.get("corrections", ())),
        )
        if item["lifecycle"] != "planned":
            entries[name] = entry
        reasons[name] = {
            **facts_on_record(entry),
            **{key: item[key] for key in ("lifecycle", "fix")},
            "cause": _text(item["cause"]),
            **{key: _word(key, item["remedy"] or {}) for key in ("retry", "actor")},
        }
    ledger = Ledger.of(
        str(api["api"]),
        version,
        entries,
        stability=api.get("stability"),
        deprecation_window_days=window,
        envelope=_wire(api["envelope"]),
        envelopes={name: _wire(each) for name, each in api.get("envelopes", {}).items()},
    )
    return ApiState(ledger, None, version, reasons)


def _wire(envelope: Mapping[str, Any]) -> Wire:
    return Wire(**{key: envelope[key] for key in Wire.model_fields if key in envelope})


def _facts(item: Mapping[str, Any]) -> dict[str, bool | int | str]:
    """Return those facts of an exported reason whose values an older export has, too."""
    remedy = item["remedy"] or {}
    known = {
        "since": item["since"],
        "cause": bool(item["cause"]),
        "fix": bool(item["fix"]),
        **{f"remedy.{key}": _word(key, remedy) for key in ("actor", "retry")},
        "examples": bool(item["examples"]),
    }
    return {key: value for key, value in known.items() if value and value != "unknown"}


def _observed(item: Mapping[str, Any]) -> Any:
    """Return the HTTP statuses that observed examples show."""
    shown = [each for each in item["examples"] if each["origin"] == "observed"]
    own = item["http"] if isinstance(item["http"], int) else None
    found = {each.get("http") or own for each in shown}
    codes = tuple(sorted(code for code in found if isinstance(code, int)))
    return (codes or "unknown") if shown or item.get("observed") else None


def _text(cause: Any) -> Any:
    """Return a cause as older exports have it: one text."""
    if not isinstance(cause, list) or len(cause) < 2:
        return "".join(cause)
    return " ".join(f"({n}) {each}" for n, each in enumerate(cause, 1))


def _word(key: str, remedy: Mapping[str, Any]) -> str:
    """Return a word of a remedy, as this version of the format has it."""
    word = str(remedy.get(key, "unknown"))
    return WORDS.get(key, {}).get(word, word)
