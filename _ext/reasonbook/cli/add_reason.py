"""Puts the skeleton of a reason where it belongs, or says why it has no place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reasonbook.catalogue.layout import API_FILE
from reasonbook.catalogue.loader import api_folders, load_api
from reasonbook.cli.arguments import check_command, require_name, shown
from reasonbook.cli.file_writing import template, write_files
from reasonbook.cli.output import RefusedError
from reasonbook.cli.skeleton import reason_skeleton
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.editing.append_yaml import append_item
from reasonbook.format.model import Api
from reasonbook.text.patterns import compile_pattern
from reasonbook.text.yaml_nodes import plain
from reasonbook.text.yaml_reader import read_yaml

AS_SENT = "Write it as the API sends it; reason_pattern in api.yaml sets the form."


def add_reason(
    root: Path, place: str, reason: str, status: str | None, http: int | None
) -> list[str]:
    """Add the skeleton of *reason* at *place* (API/DOMAIN), and its domain where that is new.

    Returns what was done; raises RefusedError, and changes nothing, where it cannot be done.
    """
    api_name, slash, domain = place.partition("/")
    if not slash or not api_name or not domain or "/" in domain:
        raise RefusedError(f"{shown(place)} is not an API and a domain.", "Write it as API/DOMAIN.")
    api = _load(root, api_name)
    require_name(domain, "a domain")
    _check_status(api, status, http)
    _check_reason(api, reason)
    done, files = [], []
    path = api.path.with_name(f"{domain}.yaml")
    is_listed = domain in _listed(api)
    if path.exists():
        if _data(path) is None or (is_listed and not _is_readable(api, domain)):
            raise RefusedError(
                f"{display_path(path)} cannot be read as a domain.",
                f"Correct it first; {check_command(root)} says what is wrong.",
            )
        text = _text(path)
    else:
        if not is_listed:
            _check_new_domain(api, domain)
        text = template("domain.yaml", domain=domain)
        done.append(f"{display_path(path)}: the new domain {domain}")
    skeleton = reason_skeleton(api, reason, status, http)
    files.append((path, _appended(path, text, "reasons", skeleton)))
    done.append(f"{display_path(path)}: {reason} added as the last reason")
    if not is_listed:
        files.append((api.path, _appended(api.path, _text(api.path), "domains", domain)))
        done.append(f"{display_path(api.path)}: {domain} added as the last domain")
    write_files(files)
    return done


def _is_readable(api: Api, name: str) -> bool:
    domain = api.domain(name)
    return domain is not None and domain.is_sound("domain", "title", "summary", "reasons")


def _load(root: Path, name: str) -> Api:
    """Load an API; refuse where it is not there or cannot be read."""
    problems = Problems()
    names = [folder.name for folder in api_folders(root, problems)]
    begin = "`reasonbook init API` writes the folder of an API."
    for problem in problems:
        raise RefusedError(f"{problem.location.path}: {problem.message}", begin)
    if name not in names:
        near = nearest(name, names)
        raise RefusedError(
            f"There is no API {shown(name)} in {display_path(root)}.",
            did_you_mean(near, f"There is {', '.join(names)}; {begin}"),
        )
    api = load_api(root / name, problems)
    if api is None or api.faults:
        for problem in problems:
            print(problem)
        raise RefusedError(
            f"{display_path(root / name / API_FILE)} cannot be read as an API.",
            "Correct what is wrong in it first.",
        )
    return api


def _check_status(api: Api, status: str | None, http: int | None) -> None:
    if http is not None and not 100 <= http <= 599:
        raise RefusedError(f"{http} is not an HTTP status.", "It is a number from 100 to 599.")
    if status is not None and status not in api.statuses:
        there = f"Its canonical statuses are {', '.join(api.statuses)}."
        raise RefusedError(
            f"{shown(status)} is not a canonical status of {api.name}.",
            did_you_mean(nearest(status, list(api.statuses)), there)
            if api.statuses
            else "It has none; give --http instead.",
        )


def _check_reason(api: Api, reason: str) -> None:
    """Refuse a reason that is there already, or that the API would not write so."""
    for path, name in _names(api):
        if name == reason:
            known = api.reasons.get(reason)
            raise RefusedError(
                f"{shown(reason)} is there already, "
                + (f"at {known.at('reason')}." if known else f"in {display_path(path)}."),
                "A reason is there once in an API: clients see no domain.",
            )
    problems = Problems()
    pattern = compile_pattern(
        api.reason_pattern, "reason_pattern", Rule.REASON_FORMAT, Location(""), problems
    )
    for problem in problems:
        raise RefusedError(
            f"{problem.message} It is set at {api.at('reason_pattern')}.", problem.hint
        )
    if not pattern.fullmatch(reason):
        raise RefusedError(f"{shown(reason)} does not fit the form {api.reason_pattern}.", AS_SENT)
    if not reason.strip() or printable(reason) != reason:
        raise RefusedError(f"{shown(reason)} is blank or holds invisible characters.", AS_SENT)


def _names(api: Api) -> Iterator[tuple[Path, str]]:
    """Yield the reasons of all files, also of those that could not be loaded."""
    for path in sorted(api.path.parent.glob("[!.]*.yaml")):
        data = _data(path)
        reasons = data.get("reasons") if isinstance(data, dict) else None
        for item in reasons if isinstance(reasons, list) else ():
            if isinstance(item, dict):
                yield path, str(item.get("reason"))


def _check_new_domain(api: Api, domain: str) -> None:
    """Refuse a domain that is announced, or that looks like one of the API's misspelt."""
    if domain in api.planned_domains:
        raise RefusedError(
            f"{domain} is a planned domain of {api.name}.",
            "Move it from planned_domains to domains in api.yaml first, to its place on the site.",
        )
    near = nearest(domain, [*_listed(api), *api.planned_domains])
    if near:
        raise RefusedError(
            f"There is no domain {domain} in {api.name}.",
            f"Did you mean {near}? If not, list {domain} under domains in api.yaml first.",
        )


def _listed(api: Api) -> list[str]:
    """Return the names under ``domains``, also those whose files are not there."""
    return [str(name) for name in _data(api.path)["domains"]]


def _data(path: Path) -> Any:
    root = read_yaml(path, Problems())
    return None if root is None else plain(root)


def _text(path: Path) -> str:
    """Return a file byte for byte as text; that it can be read has been seen."""
    return path.read_bytes().decode("utf-8")


def _appended(path: Path, text: str, key: str, item: Any) -> str:
    added = append_item(text, key, item)
    if added is None:
        raise RefusedError(
            f"Nothing can be added to {key} in {display_path(path)}.",
            "Write it as a list of lines that begin with a dash.",
        )
    return added
