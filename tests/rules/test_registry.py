"""Every check of the room is in its list."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from reasonbook import rules

PARAMETERS = (["Api", "Problems"], ["Api", "Reason", "Problems"])


def test_every_check_of_an_api_or_a_reason_is_listed() -> None:
    found = set()
    for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        for name, function in inspect.getmembers(importlib.import_module(module.name)):
            if name.startswith("check_") and inspect.isfunction(function):
                parameters = inspect.signature(function).parameters.values()
                if [parameter.annotation for parameter in parameters] in PARAMETERS:
                    found.add(function)
    assert found == {*rules.API_CHECKS, *rules.REASON_CHECKS}
