"""How a message shows what a body or a header holds."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs

from reasonbook.diagnostics.problems import shorten

# The validator says of all three that there is no such item.
_HOW_MANY = {"minContains": "too few items are", "maxContains": "too many items are"}


class Display:
    """Shows everything as it is: an example is there to be seen."""

    def value(self, value: Any) -> str:
        """Return a value of the body, or of a header."""
        return show_json(value)

    def code(self, text: str) -> str:
        """Return a code that is known by its text."""
        return text

    def pointer(self, where: str) -> str:
        """Return a place in the body."""
        return where

    def error(self, error: jsonschema_rs.ValidationError) -> str:
        """Return what a schema did not find."""
        return describe(error)


SHOW_ALL = Display()


def describe(error: jsonschema_rs.ValidationError) -> str:
    """Return what a schema did not find, with a long value cut short."""
    if error.kind.name == "required":
        return f"the member {show_json(error.kind.as_dict()['property'])} is missing"
    if error.kind.name == "contains":
        how = _HOW_MANY.get(str(error.schema_path[-1]), "no item is")
        return f"{how} as contains in the schema asks"
    written = json.dumps(error.instance, ensure_ascii=False, separators=(",", ":"))
    return error.message.replace(written, show_json(error.instance), 1)


def show_json(value: Any) -> str:
    """Return a value as JSON, cut short where it is long."""
    return shorten(json.dumps(value, ensure_ascii=False))
