"""The settings of ``conf.py``: one record, from which Sphinx knows them and which checks them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config as SphinxConfig
from sphinx.errors import ConfigError

PREFIX = "reasonbook_"
_FOLDER = re.compile(r"([A-Za-z0-9][\w.-]*(/[A-Za-z0-9][\w.-]*)*)?", re.ASCII)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_folder(value: str) -> bool:
    return _FOLDER.fullmatch(value.strip("/")) is not None


def _setting(default: str, checks: Mapping[str, Callable[[Any], bool]]) -> Any:
    """Return a field with what it must be, said as a phrase, and the test of it."""
    return field(default=default, metadata=checks)


@dataclass(frozen=True)
class Config:
    """Every setting by its name without ``reasonbook_``; the first check that fails is reported."""

    #: The folder of the catalogue, from that of conf.py.
    catalogue: str = _setting("catalogue", {"text": _is_text})
    #: The folder of the site in which the generated pages are.
    prefix: str = _setting(
        "",
        {
            "text": _is_text,
            "a folder of the site, such as 'errors'": _is_folder,
        },
    )
    #: Whether pages are generated, or only what directives show.
    pages: str = _setting("all", {"'all' or 'none'": lambda value: value in ("all", "none")})

    @classmethod
    def of(cls, config: SphinxConfig) -> Config:
        """Return the settings; raise where one is wrong."""
        values = {}
        for setting in fields(cls):
            value = config[PREFIX + setting.name]
            for expected, is_valid in setting.metadata.items():
                if not is_valid(value):
                    message = f"{PREFIX}{setting.name} is {value!r}; it must be {expected}."
                    raise ConfigError(message)
            values[setting.name] = value
        return cls(**values)


def setup_config(app: Sphinx) -> None:
    """Register every setting; a change of one has all documents read again."""
    for setting in fields(Config):
        app.add_config_value(PREFIX + setting.name, setting.default, "env", types=frozenset({str}))
    app.connect("config-inited", lambda _, config: Config.of(config))
