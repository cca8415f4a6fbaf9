"""The settings of ``conf.py``: one record, from which Sphinx knows them and which checks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig

from reasonbook.sphinx.report import fail

PREFIX = "reasonbook_"
_NAME = r"[A-Za-z0-9][\w.-]*"
_FOLDER = f"{_NAME}(/{_NAME})*"


def _setting(default: str, expected: str, pattern: str) -> Any:
    """Return a text with its default, what it must be in words, and the pattern that says so."""
    return field(default=default, metadata={"expected": expected, "pattern": pattern})


@dataclass(frozen=True)
class Config:
    """Every setting by its name without ``reasonbook_``."""

    #: The folder of the catalogue, from that of conf.py; see :func:`catalogue_folder`.
    catalogue: str = _setting("", "text", ".*")
    #: The folder of the site in which the generated pages are.
    prefix: str = _setting("", "a folder of the site, such as 'errors'", rf"/*({_FOLDER})?/*")
    #: Whether pages are generated, or only what directives show.
    pages: str = _setting("all", "'all' or 'none'", "all|none")
    #: Which JSON blocks of pages are tested: of pages that name their API, or each.
    json: str = _setting("named", "'named' or 'all'", "named|all")

    @classmethod
    def of(cls, config: SphinxConfig) -> Config:
        """Return the settings; raise where one is wrong."""
        values = {setting.name: config[PREFIX + setting.name] for setting in fields(cls)}
        for setting in fields(cls):
            value, expected = values[setting.name], setting.metadata["expected"]
            pattern = re.compile(setting.metadata["pattern"], re.ASCII)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                fail(f"{PREFIX}{setting.name} is {value!r}; it must be {expected}.")
        return cls(**values)


def catalogue_folder(app: Sphinx) -> Path | None:
    """Return the folder of the catalogue; None in a project that only links to those of others.

    Where no folder is named, it is ``catalogue``, if there is one with folders of YAML in it.
    """
    named = app.config.reasonbook_catalogue
    folder = Path(app.confdir, named or "catalogue")
    return folder if named or any(folder.glob("*/*.y*ml")) else None


def setup_config(app: Sphinx) -> None:
    """Register every setting; a change of one has all documents read again."""
    for setting in fields(Config):
        app.add_config_value(PREFIX + setting.name, setting.default, "env", frozenset({str}))
    app.connect("config-inited", lambda _, config: Config.of(config))
