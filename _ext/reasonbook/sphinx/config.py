"""The settings of ``conf.py``: one record, from which Sphinx knows them and which checks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.errors import ConfigError

PREFIX = "reasonbook_"
_NAME = r"[A-Za-z0-9][\w.-]*"
_FOLDER = f"{_NAME}(/{_NAME})*"


def _setting(default: str, expected: str, pattern: str) -> Any:
    """Return a text with its default, what it must be in words, and the pattern that says so."""
    return field(default=default, metadata={"expected": expected, "pattern": pattern})


@dataclass(frozen=True)
class Config:
    """Every setting by its name without ``reasonbook_``."""

    #: The folder of the catalogue, from that of conf.py.
    catalogue: str = _setting("catalogue", "text", ".*")
    #: The folder of the site in which the generated pages are.
    prefix: str = _setting("", "a folder of the site, such as 'errors'", rf"/*({_FOLDER})?/*")
    #: Whether pages are generated, or only what directives show.
    pages: str = _setting("all", "'all' or 'none'", "all|none")

    @classmethod
    def of(cls, config: SphinxConfig) -> Config:
        """Return the settings; raise where one is wrong."""
        values = {setting.name: config[PREFIX + setting.name] for setting in fields(cls)}
        for setting in fields(cls):
            value, expected = values[setting.name], setting.metadata["expected"]
            pattern = re.compile(setting.metadata["pattern"], re.ASCII)
            if not isinstance(value, str) or not pattern.fullmatch(value):
                message = f"{PREFIX}{setting.name} is {value!r}; it must be {expected}."
                raise ConfigError(message)
        return cls(**values)


def setup_config(app: Sphinx) -> None:
    """Register every setting; a change of one has all documents read again."""
    for setting in fields(Config):
        app.add_config_value(PREFIX + setting.name, setting.default, "env", frozenset({str}))
    app.connect("config-inited", lambda _, config: Config.of(config))
