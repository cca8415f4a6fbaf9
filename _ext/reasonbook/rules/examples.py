"""Rules for the examples of a reason as a list, and for headers; bodies are checked later."""

from __future__ import annotations

from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api, HeaderPromise, Reason
from reasonbook.text.patterns import Pattern, compile_pattern
from reasonbook.text.yaml_nodes import MappingNode, descend


def header_pattern(promise: HeaderPromise, problems: Problems) -> Pattern:
    """Return the expression that the values of a promised header match."""
    name, at = f"The pattern of {promise.name}", promise.at("pattern")
    return compile_pattern(promise.pattern or ".*", name, Rule.WRONG_VALUE, at, problems)


def check_header_patterns(api: Api, problems: Problems) -> None:
    """Report patterns of promised headers that cannot be compiled."""
    for promise in api.response_headers:
        if promise.pattern is not None:
            header_pattern(promise, problems)


def check_examples(_: Api, reason: Reason, problems: Problems) -> None:
    """Report examples of one reason with the same title."""
    titles: set[str] = set()
    for example in reason.examples:
        if example.title in titles and example.is_sound("title"):
            message = f"{reason.name} has another example called {example.title}."
            problems.add(Rule.DUPLICATE_TITLE, example.at("title"), message)
        titles.add(example.title)


def check_header_names(_: Api, reason: Reason, problems: Problems) -> None:
    """Report headers that an example has twice: capitals make no difference in their names."""
    for example in reason.examples:
        first: dict[str, str] = {}
        for name in example.headers:
            if name.lower() in first:
                headers = descend(example.node, ("headers",))
                assert isinstance(headers, MappingNode)
                problems.add(
                    Rule.DUPLICATE_KEY,
                    headers.key_location(name),
                    f"The header {name} is given above as {first[name.lower()]}: "
                    "capitals make no difference.",
                )
            first.setdefault(name.lower(), name)
