"""Reads a catalogue folder: every file, every problem, one immutable model."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from reasonbook.catalogue.domain_files import find_domain_files, meant_domain, report_unlisted
from reasonbook.catalogue.layout import API_FILE, YAML_SUFFIXES, elsewhere, stands
from reasonbook.catalogue.names import check_name, is_device
from reasonbook.catalogue.stray_files import check_folder, check_root
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format import model
from reasonbook.format.decode import (
    Values,
    decode_api,
    decode_domain,
    decode_envelope,
    decode_reason,
)
from reasonbook.format.operations import OPERATIONS_FILE, read_operations
from reasonbook.format.placeholders import check_filled_text, is_unfilled
from reasonbook.format.shape import check_shape
from reasonbook.text.characters import check_hidden
from reasonbook.text.files import read_text
from reasonbook.text.json_characters import check_schema_texts
from reasonbook.text.json_reader import parse_json
from reasonbook.text.yaml_nodes import MappingNode, ScalarNode, SequenceNode
from reasonbook.text.yaml_reader import read_yaml


@dataclass(frozen=True)
class Loaded:
    """What a folder gave: the model of what could be read, and all problems."""

    catalogue: model.Catalogue
    problems: Problems


def load_catalogue(root: Path) -> Loaded:
    """Load the catalogue at *root*, one folder per API; never raises for what the files hold."""
    problems = Problems()
    apis: dict[str, model.Api] = {}
    folders = api_folders(root, problems)
    if folders:  # else it is hardly the root of a catalogue
        check_root(root, problems)
    for folder in folders:
        api = load_api(folder, problems)
        if api is not None:
            apis[api.name] = api
    return Loaded(model.Catalogue(root, apis), problems)


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


def load_api(folder: Path, problems: Problems) -> model.Api | None:
    """Load one API; None where ``api.yaml`` cannot be used."""
    path = folder / API_FILE
    root = None
    if not stands(path) and stands(other := path.with_suffix(".yml")):
        at = Location(display_path(other))
        problems.add(Rule.UNREADABLE_FILE, at, f"{other.name} is not read.", "Call it api.yaml.")
    else:
        root = read_yaml(path, problems)
        check_folder(folder, _schema_name(root), problems)
    if root is None:
        for domain_path in find_domain_files(folder).values():
            domain = read_yaml(domain_path, problems)
            if domain is not None:
                check_shape("domain", domain, problems)
        return None
    failed = check_shape("api", root, problems)
    values = Values(root)
    declared = _Declared()
    domains = _load_domains(folder, values, declared, problems)
    if failed is None or failed:
        return None
    check_name(values.get("api"), Values(root).source.entries["api"].location, problems)
    if values.get("api") != folder.name:
        problems.add(
            Rule.NAME_MISMATCH,
            root.entries["api"].location,
            f"The API is called {values.get('api')}, its folder {folder.name}.",
        )
    envelope_values = values.mapping("envelope")
    assert envelope_values
    schema_path = folder / envelope_values.get("schema")
    schema = _load_schema(schema_path, envelope_values, problems)
    envelope = decode_envelope(envelope_values, schema, schema_path)
    known = frozenset(declared.names) if declared.complete else None
    operations = read_operations(folder / OPERATIONS_FILE, problems)
    return decode_api(values, envelope, domains, known, operations, path)


def _schema_name(root: MappingNode | None) -> str | None:
    envelope = root.entries.get("envelope") if root else None
    name = envelope.entries.get("schema") if isinstance(envelope, MappingNode) else None
    return name.value if isinstance(name, ScalarNode) and isinstance(name.value, str) else None


@dataclass
class _Declared:
    """The reasons that the files name, as far as they can be read."""

    names: set[str] = field(default_factory=set)
    complete: bool = True


def _load_schema(path: Path, values: Values, problems: Problems) -> dict[str, Any]:
    at = values.source.entries["schema"].location
    if is_device(path.name):
        problems.add(
            Rule.BAD_NAME,
            at,
            f"{path.name} cannot be a file name everywhere.",
            "Give the schema another name; Windows takes this one for a device.",
        )
    message = hint = ""
    if path.suffix in YAML_SUFFIXES:
        message = f"{path.name} is YAML, and the schema is a JSON file."
        hint = "Write it as JSON, and call it envelope.schema.json."
    elif not path.exists():
        message = f"There is no file {path.name} beside api.yaml."
        near = nearest(path.name, [other.name for other in sorted(path.parent.glob("*.json"))])
        hint = did_you_mean(near)
    elif not path.is_file():
        message = f"{path.name} is no regular file."
    if message:
        problems.add(Rule.ENVELOPE_SCHEMA, at, message, hint)
        return {}
    text = read_text(path, problems)
    if text is None:
        return {}
    parsed = parse_json(text)
    shown = display_path(path)
    check_hidden(text, shown, problems)
    check_filled_text(text, shown, problems)
    parsed.report(partial(Location, shown), problems)
    if "\\u" in text and not parsed.broken:
        check_schema_texts(parsed, shown, problems)
    if isinstance(parsed.value, dict):
        return parsed.value
    if not parsed.broken:
        problems.add(Rule.ENVELOPE_SCHEMA, Location(shown), "The schema must be a JSON object.")
    return {}


def _load_domains(
    folder: Path, api_values: Values, declared: _Declared, problems: Problems
) -> list[model.ErrorDomain]:
    """Load the domain files: those listed, in their order; others are problems, but are checked."""
    envelope = api_values.mapping("envelope")
    files = find_domain_files(folder, str(envelope.get("schema")) if envelope else "")
    node = api_values.source.entries.get("domains")
    if isinstance(node, SequenceNode):
        items = [(meant_domain(item), item.location) for item in node.items]
    else:  # which has been reported; no file is blamed for it
        items = [(name, api_values.source.location) for name in files]
    listed = [name for name, _ in items if isinstance(name, str)]
    for name, at in items:
        if not isinstance(name, str) or not check_name(name, at, problems):
            continue
        if name not in files:
            declared.complete = False
            near = nearest(name, sorted(files))
            problems.add(
                Rule.MISSING_DOMAIN_FILE,
                at,
                f"The domain {name} is listed but {name}.yaml is not there.",
                did_you_mean(near),
            )
    for name, path in [*files.items()]:
        if name not in listed and not report_unlisted(path, listed, problems):
            del files[name]
    domains = []
    statuses = _status_http(api_values)
    for name in [*listed, *(name for name in files if name not in listed)]:
        if name not in files:
            continue
        domain = _load_domain(files[name], folder.name, statuses, declared, problems)
        if domain is not None and name in listed:
            domains.append(domain)
    return domains


def _status_http(values: Values) -> dict[str, Any] | None:
    """Return the HTTP status of each canonical one, whatever stands there; None if unreadable."""
    entries = values.source.entries
    node = entries.get("statuses")
    if isinstance(node, MappingNode):
        stated = {name: item.get("http") for name, item in values.named("statuses")}
        return dict.fromkeys(node.entries) | stated
    misspelt = any(nearest(key, ["statuses"]) for key in entries)
    return None if node or misspelt else {}  # what cannot be read has been reported


def _load_domain(
    path: Path,
    api: str,
    statuses: dict[str, Any] | None,
    declared: _Declared,
    problems: Problems,
) -> model.ErrorDomain | None:
    root = read_yaml(path, problems)
    if root is None:
        declared.complete = False
        return None
    failed = check_shape("domain", root, problems)
    if failed is None:
        declared.complete = False
        return None
    values = Values(root)
    if any(not where or where[0] != "reasons" for where in failed):
        usable = False
    else:
        usable = True
        if values.get("domain") != path.stem:
            problems.add(
                Rule.NAME_MISMATCH,
                root.entries["domain"].location,
                f"The domain is called {values.get('domain')}, its file {path.name}.",
            )
    bad = {where[1] for where in failed if len(where) > 1 and where[0] == "reasons"}
    declared.complete &= isinstance(root.entries.get("reasons"), SequenceNode)
    reasons = []
    for index, item in enumerate(_reason_items(root)):
        name = item.get("reason")
        declared.names.add(str(name))
        declared.complete &= name is not None and not is_unfilled(name)
        if index in bad:
            continue
        http = _http(item, statuses, problems)
        if http is not None:
            reasons.append(decode_reason(item, api, path.stem, http))
    return decode_domain(values, api, reasons, path) if usable else None


def _reason_items(root: MappingNode) -> list[Values]:
    node = root.entries.get("reasons")
    items = node.items if isinstance(node, SequenceNode) else ()
    return [Values(item) if isinstance(item, MappingNode) else Values(_NOTHING) for item in items]


_NOTHING = MappingNode({}, Location(""))


def _http(item: Values, statuses: dict[str, Any] | None, problems: Problems) -> int | None:
    """Return the HTTP status of a reason: its own, or that of its canonical status."""
    name, status, http = item.get("reason"), item.get("status"), item.get("http")
    entries = item.source.entries
    if (status is None) == (http is None):
        problems.add(
            Rule.STATUS_AND_HTTP,
            (entries.get("http") or entries["reason"]).location,
            f"{name} has both status and http."
            if status is not None
            else f"{name} has neither status nor http.",
        )
        return None
    if http is not None:
        found: int = http
        return found
    if is_unfilled(status) or statuses is None:
        return None
    if status not in statuses:
        near = nearest(status, sorted(statuses))
        problems.add(
            Rule.UNKNOWN_STATUS,
            entries["status"].location,
            f"{status} is no canonical status of this API.",
            did_you_mean(near),
        )
        return None
    stated = statuses[status]
    return stated if isinstance(stated, int) else None  # its shape has been reported
