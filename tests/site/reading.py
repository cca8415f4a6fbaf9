"""Reads a reason back from what is published, with general parsers and nothing of ours.

From each rendering comes the same record: HTTP status, cause, fix and remedy, as visible text with
every run of white space one space.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

Record = dict[str, Any]
GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def squeezed(text: str) -> str:
    return " ".join(text.split())


def prose_text(source: str) -> str:
    """The visible text of a value of the catalogue that is prose."""
    return squeezed(visible(SyntaxTreeNode(GFM.parse(source))))


def visible(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline", "code_block", "fence", "html_inline", "html_block"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    text = "".join(visible(child) for child in node.children)
    return text if node.type in ("em", "strong", "link", "s", "inline") else f"{text}\n"


def from_yaml(reason: Record, http: int) -> Record:
    """What the YAML says, defaults filled in; *http* is that of its canonical status."""
    fix = reason["fix"] if isinstance(reason["fix"], list) else [reason["fix"]]
    remedy = reason["remedy"]
    return {
        "http": http,
        "cause": prose_text(" ".join(_list(reason["cause"]))),
        "fix": [prose_text(step) for step in fix],
        "actor": remedy["actor"].replace("caller", "client"),  # as format 1 has it
        "retry": remedy["retry"],
        "wait": [
            _wait_data({k: v for k, v in w.items() if v and k != "kind"})
            for w in remedy.get("wait") or []
        ],
        "idempotency_key": remedy.get("idempotency_key"),
        "next": [step.get("request") or step["pointer"] for step in remedy.get("next") or []],
        "basis": remedy.get("basis"),
    }


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def from_json(reason: Record) -> Record:
    return from_yaml(reason, reason["http"])


def _wait_data(wait: Record) -> tuple[Any, ...]:
    if "backoff" in wait:
        return ("backoff", float(wait["backoff"]["first"]), float(wait["backoff"]["factor"]))
    if "pointer" in wait:
        return ("pointer", wait["pointer"], wait.get("unit", "s"))
    (key,) = wait
    return (key, float(wait[key]) if key == "seconds" else wait[key])


def from_html(part: Tag) -> Record:
    """Read a page of a reason, or an accordion."""
    cause = _one(part, ".rb-cause")
    remedy = {
        _text(term).removesuffix(":"): term.find_next_sibling("dd")
        for term in part.select("dl.rb-remedy > dt")
    }
    facts = {
        _text(term).removesuffix(":"): term.find_next_sibling("dd")
        for term in _one(part, "dl.rb-facts").find_all("dt")
    }
    wait = remedy.get("Wait")
    following = remedy.get("Next")
    said = dict(fact.split(": ", 1) for fact in _text(_one(part, ".rb-basis")).split("; "))
    decided = {name: value.partition(" – ")[0] for name, value in said.items()}
    return {
        "http": int(_code(facts["HTTP status"])),
        "cause": _text(cause),
        "fix": list(_html_fix(cause)),
        "actor": decided["Who can fix it"],
        "retry": decided["Retry"],
        "wait": [_html_wait(item) for item in _items(wait)] if wait else [],
        "idempotency_key": _optional_code(remedy.get("Idempotency key")),
        "next": [code.get_text() for code in following.find_all("code")] if following else [],
        "basis": decided.get("Basis"),
    }


#: What may follow a fix, by its class.
AFTER_FIX = {"rb-remedy", "rb-ai-context", "rb-example-title", "rb-facts"}


def _html_fix(cause: Tag) -> Iterator[str]:
    loose = []
    for part in cause.find_next_siblings():
        if AFTER_FIX & {*(part.get("class") or [])}:
            break
        if "rb-fix-steps" in (part.get("class") or []):
            yield from (_text(step) for step in part.find_all("li", recursive=False))
            return
        loose.append(_text(part))
    yield squeezed(" ".join(loose)).removeprefix("Fix:").strip()


def _html_wait(item: Tag) -> tuple[Any, ...]:
    text = _text(item).removeprefix("else ")
    if match := re.fullmatch(r"the .* header, in seconds( or as a date)?", text):
        return ("header", _code(item))
    if match := re.fullmatch(r"the value at .* in the body, in (seconds|milliseconds)", text):
        return ("pointer", _code(item), {"seconds": "s", "milliseconds": "ms"}[match[1]])
    if match := re.fullmatch(r"(\S+) s, then (doubled|each time (\S+) × as long)(?:, .*)?", text):
        return ("backoff", float(match[1]), float(match[3] or 2))
    match = re.fullmatch(r"(\S+) s", text)
    assert match, text
    return ("seconds", float(match[1]))


def html_examples(part: Tag) -> list[str]:
    return [_one(body, "pre").get_text().rstrip("\n") for body in part.select(".rb-body")]


def from_markdown(text: str) -> Record:
    """Read the page of a reason for agents, and the body of its first example."""
    blocks = list(SyntaxTreeNode(GFM.parse(text)).children)
    index, title, identity, decision, *rest = blocks
    assert (index.type, title.type) == ("blockquote", "heading")
    head = squeezed(visible(identity))
    match = re.fullmatch(r"HTTP (\d{3})(?: [A-Z_]+)?(?:, [^:]*)?: (.*)", head)
    assert match, head
    record: Record = {"http": int(match[1]), "cause": match[2], "fix": list(_markdown_fix(rest))}
    record |= _markdown_remedy(decision)
    fences = [node.content for node in rest if node.type == "fence" and node.info == "json"]
    record["first example"] = fences[0].rstrip("\n") if fences else None
    return record


def _markdown_fix(blocks: list[SyntaxTreeNode]) -> Iterator[str]:
    # The mark is that of no list in prose, such as a note for agents before it.
    steps = next(node for node in blocks if node.type == "bullet_list" and node.markup == "*")
    for item in steps.children:
        yield squeezed(visible(item))


def _markdown_remedy(node: SyntaxTreeNode) -> Record:
    # What stands in code is taken out first, so that it may hold the marks between the parts.
    codes: list[str] = []
    text = ""
    for child in node.children[0].children:
        if child.type == "code_inline":
            text += f"\0{len(codes)}"
            codes.append(child.content)
        else:
            text += child.content
    record: Record = {"wait": [], "next": [], "idempotency_key": None, "basis": None}

    def code(part: str) -> str:
        match = re.search(r"\0(\d+)", part)
        assert match, part
        return codes[int(match[1])]

    for part in text.split("; "):
        key, _, value = part.partition(": ")
        if key == "Retry":
            record["retry"] = RETRIES[value]
        elif key in ("who", "basis", "idempotency key"):
            record[{"who": "actor"}.get(key, key.replace(" ", "_"))] = value
        elif key == "helps":
            record["next"] = [code(step) for step in value.split(", ")]
        elif key not in ("repeat", "attempts"):
            assert key == "wait", part
            record["wait"] = [_markdown_wait(item, code) for item in value.split(", else ")]
    return record


RETRIES = {
    "never": "never",
    "only after the fix below": "after-fix",
    "after a wait": "after-delay",
    "at once": "at-once",
}


def _markdown_wait(item: str, code: Any) -> tuple[Any, ...]:
    if item.endswith(" header"):
        return ("header", code(item))
    if match := re.fullmatch(r"body \0\d+ in (m?s)", item):
        return ("pointer", code(item), match[1])
    if match := re.fullmatch(r"(\S+) s, then (doubled|each time (\S+) × as long)(?:, .*)?", item):
        return ("backoff", float(match[1]), float(match[3] or 2))
    match = re.fullmatch(r"(\S+) s", item)
    assert match, item
    return ("seconds", float(match[1]))


def read_page(path: Path) -> Tag:
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for hidden in soup.select("script, style, template, [hidden], .headerlink"):
        hidden.decompose()
    article = soup.find("section")
    assert isinstance(article, Tag)
    return article


def read_data(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _text(part: Tag) -> str:
    return squeezed(part.get_text())


def _code(part: Tag) -> str:
    return _one(part, "code").get_text()


def _optional_code(part: Tag | None) -> str | None:
    return _code(part) if part else None


def _items(part: Tag) -> Iterable[Tag]:
    return part.find_all("li") or [part]


def _one(part: Tag, selector: str) -> Tag:
    found = part.select_one(selector)
    assert found is not None, selector
    return found
