"""Older states of a catalogue to compare with: a folder, a published file, or a git ref."""

from __future__ import annotations

import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reasonbook import limits
from reasonbook.catalogue.layout import LEDGER_FILE
from reasonbook.catalogue.loader import api_folders, load_catalogue
from reasonbook.diagnostics.problems import Problems
from reasonbook.format.dates import is_date, is_date_or_version, stays_until
from reasonbook.format.model import Api, Reason
from reasonbook.format.reading import FORMAT
from reasonbook.format.versions import WORDS, needed
from reasonbook.ledger.append_only import ledger_of_catalogue
from reasonbook.ledger.file import parse_ledger, read_ledger
from reasonbook.ledger.record import Entry, Ledger, entry_of

#: Set in hooks, where they would name the repository of the hook in place of the catalogue's.
_OF_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")


class BaselineError(Exception):
    """A baseline cannot be read: there is nothing to compare with, so nothing was checked."""


@dataclass(frozen=True)
class ApiState:
    """An API at some time: what counts as published, and what was said of each reason."""

    ledger: Ledger
    has_ledger_file: bool
    schema_version: int
    reasons: Mapping[str, Mapping[str, Any]]


def read_baseline(name: str, catalogue: Path) -> dict[str, ApiState]:
    """Return the APIs of the baseline called *name*; *catalogue* tells the repository of a git ref.

    Raises :class:`BaselineError` where it cannot be read, also where it holds no API.
    """
    path = Path(name)
    if not name.strip():
        raise BaselineError("A baseline is a folder, a file or a git ref, not nothing.")
    if path.is_dir():
        states = _read_folder(path, str(path))
    elif path.is_file():
        states = _read_file(path)
    else:
        states = _read_git(name, catalogue)
    if not states:
        raise BaselineError(f"{name} holds no API to compare with.")
    return states


def _read_folder(root: Path, shown: str) -> dict[str, ApiState]:
    """Read a catalogue; *shown* is what a message calls its folder."""

    def fault(problems: Problems) -> str:
        return str(next(iter(problems), "")).partition("\n")[0].replace(str(root), shown)

    loaded = load_catalogue(root)
    folders = {folder.name for folder in api_folders(root)}
    apis = loaded.catalogue.apis.values()
    # Rules on texts are of no matter here, only that every reason could be read.
    unread = not all(api.is_complete for api in apis)
    if unread or len(apis) < len(folders):
        first = fault(loaded.problems)
        raise BaselineError(
            f"{shown} cannot be read in full, so it is not a baseline. The first fault: {first}"
        )
    states = {}
    for api in loaded.catalogue.apis.values():
        problems = Problems()
        ledger = read_ledger(api.path.parent / LEDGER_FILE, problems)
        if len(problems):
            raise BaselineError(fault(problems))
        if ledger is not None and ledger.api != api.name:
            raise BaselineError(
                f"{shown} has the ledger of {ledger.api} in the folder of {api.name}."
            )
        states[api.name] = ApiState(
            ledger or ledger_of_catalogue(api),
            ledger is not None,
            api.schema_version,
            {reason.name: _said(reason, api) for reason in api.reasons.values()},
        )
    return states


def _said(reason: Reason, api: Api) -> dict[str, Any]:
    return {
        **_on_record(entry_of(reason, api, "")),
        "lifecycle": reason.lifecycle,
        "cause": reason.cause,
        "fix": list(reason.fix),
        "retry": reason.remedy.retry if reason.remedy else "unknown",
        "actor": reason.remedy.actor if reason.remedy else "unknown",
    }


def _text(cause: Any) -> Any:
    """Return a cause as older exports have it: one text."""
    if not isinstance(cause, list) or len(cause) < 2:
        return "".join(cause)
    return " ".join(f"({n}) {each}" for n, each in enumerate(cause, 1))


def _on_record(entry: Entry) -> dict[str, Any]:
    """Return what every kind of baseline tells of a reason."""
    return {
        "domain": entry.domain,
        "http": entry.http,
        "status": entry.status,
        "lifecycle": entry.lifecycle,
        "deprecated": entry.deprecated,
        "remove_after": entry.remove_after,
        "retired": entry.retired,
        "correction": entry.correction,
        "replaced_by": entry.replaced_by,
    }


def _read_file(path: Path) -> dict[str, ApiState]:
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BaselineError(f"{path} cannot be read as JSON: {error}.") from error
    if isinstance(data, dict) and isinstance(data.get("apis"), list):
        version = data.get("format_version")
        if isinstance(version, int) and version > FORMAT:
            raise BaselineError(f"{path} has version {version}, which needs {needed(version)}.")
        try:
            return {item["api"]: _exported(item) for item in data["apis"]}
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BaselineError(
                f"{path} is not a reasons.json of this format: {error!r}."
            ) from error
    problems = Problems()
    ledger = parse_ledger(text, str(path), problems)
    if ledger is None:
        raise BaselineError(str(next(iter(problems))).partition("\n")[0])
    reasons = {entry.reason: _on_record(entry) for entry in ledger.entries.values()}
    return {ledger.api: ApiState(ledger, True, ledger.schema_version, reasons)}


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
        )
        if item["lifecycle"] != "planned":
            entries[name] = entry
        reasons[name] = {
            **_on_record(entry),
            **{key: item[key] for key in ("lifecycle", "fix")},
            "cause": _text(item["cause"]),
            **{key: _word(key, item["remedy"] or {}) for key in ("retry", "actor")},
        }
    return ApiState(Ledger.of(str(api["api"]), version, entries), False, version, reasons)


def _word(key: str, remedy: Mapping[str, Any]) -> str:
    """Return a word of a remedy, as this version of the format has it."""
    word = str(remedy.get(key, "unknown"))
    return WORDS.get(key, {}).get(word, word)


def _read_git(ref: str, catalogue: Path) -> dict[str, ApiState]:
    """Read the catalogue of a commit, from a temporary folder."""
    folder = catalogue if catalogue.is_dir() else Path()
    if ref.startswith("-"):
        raise BaselineError(f"{ref} is neither a file nor a git ref.")
    _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", missing=ref)
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    prefix = folder.resolve().relative_to(top.resolve()).as_posix()
    tree = f"{ref}:{'' if prefix == '.' else prefix}"
    archive = _git(top, "archive", "--format=tar", tree, missing=ref)
    with tempfile.TemporaryDirectory() as copy:
        try:
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                tar.extractall(copy, filter="data")
        except (tarfile.TarError, OSError) as error:  # such as a link that leads out of the folder
            raise BaselineError(f"The catalogue in {ref} cannot be unpacked: {error}.") from error
        return _read_folder(Path(copy), ref)


def _git(folder: Path, *arguments: str, missing: str = "") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in _OF_HOOKS}
    try:
        done = subprocess.run(
            command, capture_output=True, check=False, timeout=limits.GIT_SECONDS, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BaselineError(f"git cannot be run: {error}.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BaselineError(
            f"{missing} is neither a file nor a git ref with this catalogue"
            + (f" ({said[-1]})." if said else ".")
            if missing
            else f"git {arguments[0]} failed: {said[-1] if said else 'no reason given'}."
        )
    return done.stdout
