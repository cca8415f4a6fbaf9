"""``reasonbook new``: a reason skeleton at the end of its domain."""

from __future__ import annotations

import argparse
from pathlib import Path

from reasonbook.catalogue.layout import API_FILE
from reasonbook.catalogue.loader import api_folders, load_api
from reasonbook.cli import skeleton_files
from reasonbook.cli.skeleton import (
    RefusedError,
    add_catalogue_option,
    check_command,
    require_name,
    say_refused,
    shown,
    write_files,
)
from reasonbook.cli.skeleton_edit import Tree, append_item
from reasonbook.cli.skeleton_reason import reason_tree
from reasonbook.diagnostics.location import Location, display_path
from reasonbook.diagnostics.problems import Problems, printable
from reasonbook.diagnostics.rules import Rule
from reasonbook.diagnostics.suggestions import did_you_mean, nearest
from reasonbook.format.model import Api
from reasonbook.text.patterns import compile_pattern
from reasonbook.text.yaml_nodes import MappingNode, ScalarNode, SequenceNode
from reasonbook.text.yaml_reader import read_yaml

WRITE_BY_HAND = "Write it as a list of lines that begin with a dash."


def register_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    new = commands.add_parser(
        "new",
        help="add a reason skeleton to a domain",
        description="Add a reason skeleton at the end of a domain, and the domain where there is "
        "none. What only you can know stands in it as <FILL IN ...>, and `reasonbook check` names "
        "it.",
    )
    new.add_argument("place", metavar="API/DOMAIN", help="such as my-shop/orders")
    new.add_argument("reason", metavar="REASON", help="as the API sends it")
    known = new.add_mutually_exclusive_group()
    known.add_argument("--http", type=int, metavar="N", help="its HTTP status")
    known.add_argument("--status", metavar="S", help="its canonical status, where the API has them")
    add_catalogue_option(new)
    new.set_defaults(
        run=lambda given: run_new(
            given.catalogue, given.place, given.reason, given.status, given.http
        )
    )


def run_new(root: Path, place: str, reason: str, status: str | None, http: int | None) -> int:
    """Add a skeleton of *reason* at *place* (API/DOMAIN); return the exit code."""
    try:
        done = add_reason(root, place, reason, status, http)
    except RefusedError as refused:
        return say_refused(refused)
    print("\n".join(printable(line) for line in done))
    print(f"Next: write your own in place of <FILL IN ...>; `{check_command(root)}` says where.")
    return 0


def add_reason(
    root: Path, place: str, reason: str, status: str | None, http: int | None
) -> list[str]:
    """Add the skeleton, and its domain where that has no file yet; say what was done."""
    api_name, slash, domain = place.partition("/")
    if not slash or not api_name or not domain or "/" in domain:
        raise RefusedError(f"{shown(place)} is no API and domain.", "Write it as API/DOMAIN.")
    api = _load(root, api_name)
    require_name(domain, "a domain")
    _check_status(api, status, http)
    _check_reason(api, reason)
    done, files = [], []
    path = api.path.with_name(f"{domain}.yaml")
    is_listed = domain in _listed(api)
    if path.exists():
        is_readable = read_yaml(path, Problems()) is not None
        if not is_readable or (is_listed and api.domain(domain) is None):
            raise RefusedError(
                f"{display_path(path)} cannot be read as a domain.",
                f"Correct it first; `{check_command(root)}` says what is wrong.",
            )
        text = _text(path)
    else:
        if not is_listed:
            _check_new_domain(api, domain)
        text = skeleton_files.DOMAIN.format(domain=domain)
        done.append(f"{display_path(path)}: the new domain {domain}")
    files.append((path, _appended(path, text, "reasons", reason_tree(api, reason, status, http))))
    done.append(f"{display_path(path)}: {reason} added as the last reason")
    if not is_listed:
        files.append((api.path, _appended(api.path, _text(api.path), "domains", domain)))
        done.append(f"{display_path(api.path)}: {domain} added as the last domain")
    write_files(files)
    return done


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
    if api is None:
        for problem in problems:
            print(problem)
        raise RefusedError(
            f"{display_path(root / name / API_FILE)} cannot be read as an API.",
            "Correct what is wrong in it first.",
        )
    return api


def _check_status(api: Api, status: str | None, http: int | None) -> None:
    if http is not None and not 100 <= http <= 599:
        raise RefusedError(f"{http} is no HTTP status.", "It is a number from 100 to 599.")
    if status is not None and status not in api.statuses:
        near = nearest(status, list(api.statuses))
        raise RefusedError(
            f"{shown(status)} is no canonical status of {api.name}.",
            f"Did you mean {near}?"
            if near
            else f"Its canonical statuses are {', '.join(api.statuses)}."
            if api.statuses
            else "It has none; give --http instead.",
        )


def _check_reason(api: Api, reason: str) -> None:
    """Refuse a reason that stands already, or that the API would not write so."""
    for path in sorted(api.path.parent.glob("[!.]*.yaml")):
        root = read_yaml(path, Problems()) if path.name != API_FILE else None
        reasons = root.entries.get("reasons") if root else None
        for item in reasons.items if isinstance(reasons, SequenceNode) else ():
            node = item.entries.get("reason") if isinstance(item, MappingNode) else None
            if isinstance(node, ScalarNode) and str(node.value) == reason:
                raise RefusedError(
                    f"{shown(reason)} stands already at {node.location}.",
                    Rule.DUPLICATE_REASON.hint,
                )
    problems = Problems()
    pattern = compile_pattern(
        api.reason_pattern, "reason_pattern", Rule.REASON_FORMAT, Location(""), problems
    )
    for problem in problems:
        raise RefusedError(
            f"{problem.message} It stands at {api.at('reason_pattern')}.", problem.hint
        )
    if not pattern.fullmatch(reason):
        raise RefusedError(
            f"{shown(reason)} does not fit the form {api.reason_pattern}.",
            Rule.REASON_FORMAT.hint,
        )
    if not reason.strip() or printable(reason) != reason:
        raise RefusedError(
            f"{shown(reason)} is blank or holds characters that nobody sees.",
            Rule.REASON_FORMAT.hint,
        )


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
    node = api.source.entries["domains"]
    items = node.items if isinstance(node, SequenceNode) else ()
    return [str(item.value) for item in items if isinstance(item, ScalarNode)]


def _text(path: Path) -> str:
    """Return a file byte for byte as text; that it can be read has been seen."""
    return path.read_bytes().decode("utf-8")


def _appended(path: Path, text: str, key: str, item: Tree) -> str:
    added = append_item(text, key, item)
    if added is None:
        raise RefusedError(f"Nothing can be added to {key} in {display_path(path)}.", WRITE_BY_HAND)
    return added
