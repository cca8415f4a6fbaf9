"""Reads a catalogue folder in stages: texts, records, one immutable model; every fault is noted."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from reasonbook import limits
from reasonbook.catalogue.domain_files import find_domain_files, intended_domain, report_unlisted
from reasonbook.catalogue.envelope_schemas import load_schemas, schema_files, schema_names
from reasonbook.catalogue.layout import (
    API_FILE,
    OBSERVED_FILE,
    OPERATIONS_FILE,
    elsewhere,
    is_there,
)
from reasonbook.catalogue.names import RESERVED_APIS, check_name
from reasonbook.catalogue.stray_files import check_folder, check_root
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.progress import tracked
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api, Catalogue, ErrorDomain, Reason
from reasonbook.format.observations import Observations, Observed
from reasonbook.format.operations import Operations
from reasonbook.format.placeholders import check_filled, is_unfilled
from reasonbook.format.prose_texts import check_cut_texts
from reasonbook.format.reading import FORMAT, format_version, read_json_record, read_yaml_record
from reasonbook.format.record import Record
from reasonbook.format.versions import needed
from reasonbook.text.yaml_nodes import MappingNode, SequenceNode, descend
from reasonbook.text.yaml_text import YamlText, read_yaml_text


@dataclass(frozen=True)
class Loaded:
    """What a folder gave: the model of what could be read, and all problems."""

    catalogue: Catalogue
    problems: Problems


@contextmanager
def without_collection() -> Iterator[None]:
    """Pause the collection of cyclic garbage, which costs a third of the time and finds nothing.

    A catalogue is many small objects that stay.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()  # what is there counts as old from now on, and is not gone through at once
            gc.unfreeze()
            gc.enable()


@without_collection()
def load_catalogue(root: Path) -> Loaded:
    """Load the catalogue at *root*, one folder per API; never raises for what the files hold."""
    problems = Problems()
    apis: dict[str, Api] = {}
    folders = api_folders(root, problems)
    if folders:  # else it is hardly the root of a catalogue
        check_root(root, problems)
    for folder in folders:
        api = load_api(folder, problems)
        if api is not None:
            apis[api.name] = api
    return Loaded(Catalogue(root, apis), problems)


def api_folders(root: Path, problems: Problems | None = None) -> list[Path]:
    """Return the folders of *root* that hold an API, by name; none at all is a problem."""
    found: list[Path] = []
    reason, hint = "The folder holds no API.", ""
    try:
        for entry in sorted(root.iterdir()):
            if entry.is_dir() and not entry.name.startswith((".", "_")):
                found.append(entry)
    except OSError as error:
        found, reason = [], f"The catalogue cannot be read: {error.strerror}."
    if there := elsewhere(root, found):
        found, (reason, hint) = [], there
    if not found and problems is not None:
        problems.add(Rule.EMPTY_CATALOGUE, Location(display_path(root)), reason, hint)
    return found


def load_api(folder: Path, problems: Problems) -> Api | None:
    """Load one API; None where ``api.yaml`` could not be read at all."""
    file = _read_api_file(folder, problems)
    if file is None:
        for path in find_domain_files(folder).values():
            _load_domain(path, folder.name, 1, problems)
        return None
    if not _is_readable_format(file, problems):
        return None
    api: Api | None = _read(Api, file, format_version(file.data), problems)
    if api is None:
        return None
    if api.is_sound("api"):
        check_name(api.name, api.at("api"), problems, RESERVED_APIS)
        if api.name != folder.name:
            message = f"The API is called {api.name}, its folder {folder.name}."
            problems.add(Rule.NAME_MISMATCH, api.at("api"), message)
    else:
        api = api.model_copy(update={"name": folder.name})
    load_schemas(folder, api, problems)
    domains, is_complete = _load_domains(folder, api, problems)
    api.link(
        path=folder / API_FILE,
        loaded_domains=tuple(domains),
        is_complete=is_complete,
        listed_operations=_read_operations(folder / OPERATIONS_FILE, problems),
    )
    _load_observations(api, folder / OBSERVED_FILE, problems)
    return api


def _is_readable_format(file: YamlText, problems: Problems) -> bool:
    """Report files of a format that is newer than this program."""
    version = format_version(file.data)
    if version <= FORMAT:
        return True
    problems.add(
        Rule.NEWER_FORMAT,
        descend(file.find_root(), ("format",)).location,
        f"These files are in format {version}, which needs {needed(version)}.",
    )
    return False


def _read(model: type[Any], file: YamlText, version: int, problems: Problems) -> Any:
    """Read the record of a whole file."""
    check_filled(file, problems)
    record: Record | None = read_yaml_record(model, file, problems, version)
    if record is not None and not file.is_usual:
        check_cut_texts(record, problems)
    return record


def _read_api_file(folder: Path, problems: Problems) -> YamlText | None:
    path = folder / API_FILE
    other = path.with_suffix(".yml")
    if is_there(path) or not is_there(other):
        file = read_yaml_text(path, problems)
        check_folder(folder, schema_names(file.data) if file else None, problems)
        return file
    at = Location(display_path(other))
    problems.add(Rule.UNREADABLE_FILE, at, f"{other.name} is not read.", "Call it api.yaml.")
    return None


def _load_domains(folder: Path, api: Api, problems: Problems) -> tuple[list[ErrorDomain], bool]:
    """Load the domain files, the listed ones in their order; tell whether all could be read.

    Those that are not listed are checked, too.
    """
    files = find_domain_files(folder, schema_files(api))
    listed = _listed(api, files)
    is_complete = api.is_sound("domains")
    for name, at in listed.items():
        if check_name(name, at, problems) and name not in files:
            is_complete = False
            problems.add(
                Rule.MISSING_DOMAIN_FILE,
                at,
                f"The domain {name} is listed but {name}.yaml is not there.",
                did_you_mean(nearest(name, sorted(files))),
            )
    for name, path in [*files.items()]:
        if name not in listed and not report_unlisted(path, [*listed], problems):
            del files[name]
    domains = []
    every = [*dict.fromkeys((*listed, *files))]
    for name in tracked(every, f"Reading domains of {api.name}"):
        if name not in files:
            continue
        domain = _load_domain(files[name], api.name, api.format, problems)
        if domain is None or not domain.is_sound("reasons"):
            is_complete = False
        if domain is None:
            continue
        for reason in domain.reasons:
            reason.link(resolved_http=_http(reason, api, problems))
            is_complete &= reason.is_sound("reason") and not is_unfilled(reason.name)
        if name in listed:
            domains.append(domain)
    return domains, is_complete


def _listed(api: Api, files: Sequence[str] | dict[str, Path]) -> dict[str, Location]:
    """Return the listed domains with their places; where there is no list, every domain there."""
    node = api.node.entries.get("domains") if isinstance(api.node, MappingNode) else None
    if not isinstance(node, SequenceNode):  # which has been reported; no file is blamed for it
        return dict.fromkeys(files, api.at("domains"))
    items = ((intended_domain(item), item.location) for item in node.items)
    return {name: at for name, at in items if isinstance(name, str)}


def _load_domain(path: Path, api: str, version: int, problems: Problems) -> ErrorDomain | None:
    file = read_yaml_text(path, problems)
    if file is None:
        return None
    domain: ErrorDomain | None = _read(ErrorDomain, file, version, problems)
    if domain is None:
        return None
    if domain.is_sound("domain") and domain.name != path.stem:
        message = f"The domain is called {domain.name}, its file {path.name}."
        problems.add(Rule.NAME_MISMATCH, domain.at("domain"), message)
    elif domain.name != path.stem:
        domain = domain.model_copy(update={"name": path.stem})
    name = path.stem  # the same object for all
    domain.link(api=api, path=path)
    slugs = {one.code: one.own_slug or one.code for one in domain.reasons if not one.sub_reason}
    for reason in domain.reasons:
        reason.link(
            api=api,
            domain=name,
            envelope_name=reason.envelope or domain.envelope,
            parent_slug=slugs.get(reason.code, reason.code),
        )
    return domain


def _http(
    reason: Reason, api: Api, problems: Problems
) -> int | tuple[int, ...] | Literal["unknown", "none"]:
    """Return the HTTP statuses of a reason: its own, or that of its canonical status.

    Where they are at fault they count as unknown, so that nothing is compared with them.
    """
    status, http = reason.status, reason.own_http
    if not reason.is_sound("status", "http"):
        return http or "unknown"
    if (status is None) == (http is None):
        has = "both status and http" if status is not None else "neither status nor http"
        at = reason.at("http" if http is not None else "reason")
        problems.add(Rule.STATUS_AND_HTTP, at, f"{reason.name} has {has}.")
    if status is None or http is not None:
        return http or "unknown"
    known = api.statuses.get(status)
    if known is not None:
        return known.http if known.is_sound("http") else "unknown"
    if api.is_sound("statuses") and not is_unfilled(status):
        message = f"{status} is not a canonical status of this API."
        hint = did_you_mean(nearest(status, sorted(api.statuses)))
        if status in ("unknown", "none"):
            hint = f"Write http: {status} in its place."
        problems.add(Rule.UNKNOWN_STATUS, reason.at("status"), message, hint)
    return "unknown"


def _read_operations(path: Path, problems: Problems) -> Operations | None:
    """Read the list of operations; None where there is none, or where it cannot be relied on."""
    if not path.exists():
        return None
    before = len(problems)
    operations = read_json_record(Operations, path, problems, Rule.OPERATIONS_FILE)
    if operations is None:
        return None
    for operation in operations.extra:
        if operation in operations.operations:
            at = operations.key_at("extra", operation)
            message = f"{operation} is listed under operations, too."
            problems.add(Rule.OPERATIONS_FILE, at, message)
    operations.link(path=path)
    return operations if len(problems) == before else None


def _load_observations(api: Api, path: Path, problems: Problems) -> None:
    """Tell an API and its reasons what was observed; where that has a fault, it is not known."""
    if not is_there(path):
        return
    before = len(problems)
    found = read_json_record(Observations, path, problems, Rule.OBSERVED_FILE, limits.FILE_BYTES)
    if found is None or len(problems) > before:
        for reason in api.every_reason():
            reason.link(faults=reason.faults | {"observed"})
        return
    found.link(path=path)
    api.link(observations=found)
    for name, several in found.by_reason.items():
        if name in api.reasons:
            api.reasons[name].link(resolved_observed=Observed.of(several))
