"""Puts a draft into the folder of an API: what people wrote stays, and the rest follows the source.

A value belongs to the source as long as it is what the last import wrote. One that somebody
changed, added or took away is theirs, and so are comments, order, and reasons that they moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reasonbook.catalogue.layout import API_FILE
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import Problems
from reasonbook.editing.append_yaml import append_items, written_yaml
from reasonbook.editing.update_yaml import GONE, TOP, update_mappings
from reasonbook.importing.domains import Group
from reasonbook.importing.draft import domain_keys, pattern_of, required, slugs
from reasonbook.importing.found import SourceError
from reasonbook.importing.record import ABSENT, Record, digest
from reasonbook.text.yaml_nodes import plain
from reasonbook.text.yaml_reader import read_yaml

_STATUS = ("http", "status")
_ITEM = re.compile("\n  - reason: ")  # nothing inside a reason is indented so little


@dataclass
class Merged:
    """The files that change, and what was done to which reason."""

    files: dict[str, str] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)  # the keys, by code
    kept: dict[str, list[str]] = field(default_factory=dict)  # of which the source says otherwise
    gone: list[str] = field(default_factory=list)  # from the source
    removed: list[str] = field(default_factory=list)  # by hand
    written: dict[str, set[str]] = field(default_factory=dict)  # the keys that come from the source
    record: Record = field(default_factory=Record)


class Folder:
    """The folder of an API as it is: its files as texts and as data."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self.path = path
        self.texts: dict[str, str] = {}
        self.data: dict[str, Any] = {}
        self._read(API_FILE, problems)
        names = self.data.get(API_FILE, {}).get("domains")
        self.domains = [str(name) for name in names] if isinstance(names, list) else []
        for name in self.domains:
            if (path / f"{name}.yaml").exists():
                self._read(f"{name}.yaml", problems)
        if self.data.get(API_FILE, {}).get("format", 1) == 1 and not problems:
            raise SourceError(
                f"{display_path(path / API_FILE)} is in format 1, and an import writes format 2.",
                "Rewrite it first with `reasonbook migrate`.",
            )
        self.homes: dict[str, str] = {}
        self.reasons: dict[str, dict[str, Any]] = {}
        for name in self.domains:
            data = self.data.get(f"{name}.yaml") or {}
            listed = data.get("reasons") if isinstance(data, dict) else None
            for item in listed if isinstance(listed, list) else ():
                if isinstance(item, dict) and "sub_reason" not in item:
                    self.homes.setdefault(str(item.get("reason")), f"{name}.yaml")
                    self.reasons.setdefault(str(item.get("reason")), item)

    def _read(self, name: str, problems: Problems) -> None:
        root = read_yaml(self.path / name, problems)
        if root is not None:
            self.data[name] = plain(root)
            self.texts[name] = (self.path / name).read_bytes().decode("utf-8")


def merge(
    folder: Folder,
    reasons: Mapping[str, dict[str, Any]],
    groups: Mapping[str, Group],
    before: Record | None,
) -> Merged:
    """Return what changes in a folder; *before* is the record of the last import."""
    merged, base = Merged(), before or Record()
    merged.record = Record(base.source, dict(base.reasons), dict(base.api), dict(base.files))
    changes: dict[str, dict[str, dict[str, Any]]] = {}
    for code, keys in reasons.items():
        said = {key: value for key, value in keys.items() if key not in ("reason", "slug")}
        if code in folder.reasons:
            wanted = _differences(
                folder.reasons[code], said, base.reasons.get(code, {}), merged, code
            )
            if wanted:
                changes.setdefault(folder.homes[code], {})[code] = wanted
        elif code in base.reasons:
            merged.removed.append(code)
            continue
        else:
            merged.added.append(code)
        merged.record.note(code, said)
    merged.gone = [c for c in base.reasons if c not in reasons and c in folder.reasons]
    texts = dict(folder.texts)
    for name, wanted_here in changes.items():
        updated = update_mappings(texts[name], wanted_here, "reasons", "reason")
        texts[name] = updated.text
        left = {*updated.left}
        for code, wanted in wanted_here.items():
            for key in wanted:
                which = merged.kept if (code, key) in left else merged.changed
                which.setdefault(code, []).append(key)
                if (code, key) not in left:
                    merged.written.setdefault(code, set()).add(key)
    _add_new(folder, reasons, groups, texts, merged)
    _update_api(folder, reasons, base, texts, merged)
    merged.files = {name: text for name, text in texts.items() if folder.texts.get(name) != text}
    return merged


def _differences(
    ours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    base: Mapping[str, str],
    merged: Merged,
    code: str,
) -> dict[str, Any]:
    """Return the keys of a reason that follow the source, each with its new value."""
    wanted: dict[str, Any] = {}
    for key in dict.fromkeys((*theirs, *base)):
        mine, its = ours.get(key, ABSENT), theirs.get(key, ABSENT)
        if digest(mine) == digest(its):
            continue
        is_elsewhere = key in _STATUS and mine is ABSENT and any(k in ours for k in _STATUS)
        if digest(mine) == base.get(key) and not is_elsewhere:
            wanted[key] = GONE if its is ABSENT else its
        elif digest(its) != base.get(key) and not (its == "unknown" and key == "http"):
            merged.kept.setdefault(code, []).append(key)
    return wanted


def _add_new(
    folder: Folder,
    reasons: Mapping[str, dict[str, Any]],
    groups: Mapping[str, Group],
    texts: dict[str, str],
    merged: Merged,
) -> None:
    """Add the reasons that are new at the end of their domains, and domains that are new."""
    taken = [str(known.get("slug", code)) for code, known in folder.reasons.items()]
    names = slugs(merged.added, taken)
    new: dict[str, list[str]] = {}
    for code in merged.added:
        keys = {k: v for k, v in reasons[code].items() if k != "slug"}
        if code in names:
            keys = {"reason": code, "slug": names[code], **keys}
        merged.written[code] = {*keys}
        reasons[code].clear()
        reasons[code].update(keys)
        new.setdefault(groups[code].name, []).append(code)
    for name, codes in new.items():
        file, items = f"{name}.yaml", [reasons[code] for code in codes]
        if file in texts:
            text = append_items(texts[file], "reasons", items)
            if text is None:
                raise SourceError(
                    f"Nothing can be added to reasons in {display_path(folder.path / file)}.",
                    "Write it as a list of lines that begin with a dash.",
                )
            texts[file] = text
            continue
        if (folder.path / file).exists():
            raise SourceError(
                f"{display_path(folder.path / file)} is there, and api.yaml does not list it.",
                f"List {name} under domains, or rename the file.",
            )
        texts[file] = written_domain(groups[codes[0]], items)
        listed = append_items(texts[API_FILE], "domains", [name])
        if listed is None:
            raise SourceError(
                f"The domain {name} cannot be added to {display_path(folder.path / API_FILE)}.",
                "Write domains as a list of lines that begin with a dash.",
            )
        texts[API_FILE] = listed


def _update_api(
    folder: Folder,
    reasons: Mapping[str, dict[str, Any]],
    base: Record,
    texts: dict[str, str],
    merged: Merged,
) -> None:
    """Set what follows from all reasons, where it is still as the last import wrote it."""
    data = folder.data[API_FILE]
    after = {**folder.reasons}
    for code in merged.added:
        after[code] = reasons[code]
    for code, keys in merged.changed.items():
        after[code] = {**after[code], **{key: reasons[code].get(key) for key in keys}}
    wanted: dict[str, Any] = {}
    values = {"requires": required(after.values()), "reason_pattern": pattern_of(after)}
    for key, value in values.items():
        its = ABSENT if value is None else value
        mine = data.get(key, ABSENT)
        if key in base.api and digest(mine) == (base.api[key] or None):
            if digest(its) != digest(mine):
                wanted[key] = GONE if its is ABSENT else its
            merged.record.api[key] = digest(its) or ""
    if wanted:
        texts[API_FILE] = update_mappings(texts[API_FILE], {TOP: wanted}).text


def written_domain(group: Group, reasons: Iterable[dict[str, Any]]) -> str:
    """Return the file of a new domain."""
    text = written_yaml(domain_keys(group, [*reasons]))
    return _ITEM.sub("\n\n  - reason: ", text).replace("reasons:\n\n", "reasons:\n", 1)
