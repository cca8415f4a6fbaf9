"""``reasonbook init``: a small valid API folder to start from."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
from pathlib import Path

from reasonbook.catalogue.layout import API_FILE
from reasonbook.cli import skeleton_files
from reasonbook.cli.skeleton import (
    RefusedError,
    add_catalogue_option,
    check_command,
    fresh_name,
    require_name,
    say_refused,
)
from reasonbook.diagnostics.location import display_path
from reasonbook.diagnostics.problems import printable

FIRST_DOMAIN = "general"


def register_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    init = commands.add_parser(
        "init",
        help="write a small API folder to start from",
        description="Write a small API folder to start from. What only you can know stands in it "
        "as <FILL IN ...>, and `reasonbook check` names it.",
    )
    init.add_argument("api", metavar="API", help="its name in addresses, such as my-shop")
    add_catalogue_option(init)
    init.set_defaults(run=lambda given: run_init(given.catalogue, given.api))


def run_init(root: Path, api: str) -> int:
    """Add the API *api* to the catalogue at *root*; return the exit code."""
    try:
        written = init_api(root, api)
    except RefusedError as refused:
        return say_refused(refused)
    for path in written:
        print(printable(display_path(path)))
    print(f"Next: write your own in place of <FILL IN ...>; `{check_command(root)}` says where.")
    return 0


def init_api(root: Path, api: str) -> list[Path]:
    """Write the folder of an API and return its files; the folder appears whole or not at all."""
    require_name(api, "an API")
    folder = root / api
    if os.path.lexists(folder):
        raise RefusedError(
            f"{display_path(folder)} is there already; nothing was changed.",
            f"Choose another name, or add to it with `reasonbook new {api}/DOMAIN REASON`.",
        )
    files = {
        API_FILE: skeleton_files.API.format(api=api, domain=FIRST_DOMAIN),
        "envelope.schema.json": skeleton_files.SCHEMA,
        f"{FIRST_DOMAIN}.yaml": skeleton_files.FIRST_DOMAIN.format(domain=FIRST_DOMAIN),
    }
    missing = [path for path in (root, *root.parents) if not path.exists()]
    draft = fresh_name(folder)
    try:
        root.mkdir(parents=True, exist_ok=True)
        draft.mkdir()
        for name, text in files.items():
            (draft / name).write_bytes(text.encode())
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        with contextlib.suppress(OSError):
            for path in missing:
                path.rmdir()
        raise
    return [folder / name for name in files]
