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

from .append_only import ledger_of_catalogue
from .ledger import LEDGER_FILE, Entry, Ledger, parse_ledger, read_ledger
from .loader import api_folders, load_catalogue
from .model import Reason
from .problems import Problems

GIT_SECONDS = 60


class BaseError(Exception):
    """A base cannot be read: there is nothing to compare with, so nothing was checked."""


@dataclass(frozen=True)
class ApiState:
    """An API at some time: what counts as published, and what was said of each reason."""

    ledger: Ledger
    has_ledger_file: bool
    reasons: Mapping[str, Mapping[str, Any]]


def read_base(name: str, catalogue: Path) -> dict[str, ApiState]:
    """Return the APIs of the base called *name*; *catalogue* tells the repository of a git ref.

    Raises :class:`BaseError` where it cannot be read, also where it holds no API.
    """
    path = Path(name)
    if path.is_dir():
        states = _read_folder(path)
    elif path.is_file():
        states = _read_file(path)
    else:
        states = _read_git(name, catalogue)
    if not states:
        raise BaseError(f"{name} holds no API to compare with.")
    return states


def _read_folder(root: Path) -> dict[str, ApiState]:
    loaded = load_catalogue(root)
    folders = {folder.name for folder in api_folders(root)}
    apis = loaded.catalogue.apis.values()
    # Rules on texts are of no matter here, only that every reason could be read.
    unread = any(api.declared is None or api.declared - api.reasons.keys() for api in apis)
    if unread or len(apis) < len(folders):
        first = str(next(iter(loaded.problems), "")).partition("\n")[0]
        raise BaseError(
            f"{root} cannot be read in full, so it is no base. The first fault: {first}"
        )
    states = {}
    for api in loaded.catalogue.apis.values():
        problems = Problems()
        ledger = read_ledger(api.path.parent / LEDGER_FILE, problems)
        if len(problems):
            raise BaseError(str(next(iter(problems))).partition("\n")[0])
        states[api.name] = ApiState(
            ledger or ledger_of_catalogue(api),
            ledger is not None,
            {reason.name: _said(reason) for reason in api.reasons.values()},
        )
    return states


def _said(reason: Reason) -> dict[str, Any]:
    deprecated = reason.deprecated
    return {
        "domain": reason.domain,
        "http": reason.http,
        "status": reason.status,
        "lifecycle": reason.lifecycle,
        "replaced_by": deprecated.replaced_by if deprecated else None,
        "cause": reason.cause,
        "fix": list(reason.fix),
        "retry": reason.remedy.retry,
        "actor": reason.remedy.actor,
    }


def _read_file(path: Path) -> dict[str, ApiState]:
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        raise BaseError(f"{path} cannot be read as JSON: {error}.") from error
    if isinstance(data, dict) and isinstance(data.get("apis"), list):
        try:
            return {item["api"]: _exported(item) for item in data["apis"]}
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise BaseError(f"{path} is no reasons.json of this format: {error!r}.") from error
    problems = Problems()
    ledger = parse_ledger(text, str(path), problems)
    if ledger is None:
        raise BaseError(str(next(iter(problems))).partition("\n")[0])
    return {ledger.api: ApiState(ledger, True, _recorded(ledger))}


def _recorded(ledger: Ledger) -> dict[str, dict[str, Any]]:
    return {
        entry.reason: {
            "domain": entry.domain,
            "http": entry.http,
            "status": entry.status,
            "lifecycle": entry.lifecycle,
            "replaced_by": entry.replaced_by,
        }
        for entry in ledger.entries.values()
    }


def _exported(api: Mapping[str, Any]) -> ApiState:
    entries, reasons = {}, {}
    version = int(api["schema_version"])
    for item in api["reasons"]:
        name, deprecated = str(item["reason"]), item["deprecated"] or {}
        reasons[name] = {
            **{key: item[key] for key in ("domain", "http", "status", "lifecycle", "cause", "fix")},
            "replaced_by": deprecated.get("replaced_by"),
            "retry": item["remedy"]["retry"],
            "actor": item["remedy"]["actor"],
        }
        if item["lifecycle"] != "planned":
            entries[name] = Entry(
                reason=name,
                first=str(item["since"] or ""),
                domain=str(item["domain"]),
                http=int(item["http"]),
                status=item["status"],
                schema_version=version,
                deprecated=deprecated.get("since"),
                remove_after=deprecated.get("remove_after"),
                retired=deprecated.get("retired"),
                replaced_by=deprecated.get("replaced_by"),
            )
    return ApiState(Ledger(str(api["api"]), version, entries), False, reasons)


def _read_git(ref: str, catalogue: Path) -> dict[str, ApiState]:
    """Read the catalogue as it is in a commit, in a folder of its own that is removed again."""
    folder = catalogue if catalogue.is_dir() else Path()
    if ref.startswith("-"):
        raise BaseError(f"{ref} is neither a file nor a git ref.")
    _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", missing=ref)
    top = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    prefix = folder.resolve().relative_to(top.resolve()).as_posix()
    tree = f"{ref}:{'' if prefix == '.' else prefix}"
    archive = _git(top, "archive", "--format=tar", tree, missing=ref)
    with tempfile.TemporaryDirectory() as copy:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(copy, filter="data")
        return _read_folder(Path(copy))


def _git(folder: Path, *arguments: str, missing: str = "") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=GIT_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise BaseError(f"git cannot be run: {error}.") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BaseError(
            f"{missing} is neither a file nor a git ref with this catalogue"
            + (f" ({said[-1]})." if said else ".")
            if missing
            else f"git {arguments[0]} failed: {said[-1] if said else 'no reason given'}."
        )
    return done.stdout
