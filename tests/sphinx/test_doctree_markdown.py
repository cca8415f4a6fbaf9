"""Hand-written pages as Markdown: what authors write, and what agents get."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

CONF = """
extensions = ["reasonbook", "myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 2
html_baseurl = "https://errors.example.com/docs/"
"""
CASES = {
    "text": (
        "Some *stress*, **more**, `code|x` and [a link](https://example.com/?a=1&b=2).\n\\# 1 \\*",
        "Some *stress*, **more**, `code|x` and [a link](https://example.com/?a=1&b=2). # 1 \\*",
    ),
    "tabs": (
        "::::{tab-set}\n:::{tab-item} curl\nUse curl.\n:::\n:::{tab-item} Python\n"
        "```python\nimport x\n```\n:::\n::::",
        "**curl**\n\nUse curl.\n\n**Python**\n\n```python\nimport x\n```",
    ),
    "admonitions": (
        ":::{warning}\nTake *care*.\n:::\n\n:::{admonition} Mind\nThe gap.\n\n- and this\n:::",
        "**Warning.** Take *care*.\n\n**Mind**\n\nThe gap.\n\n- and this",
    ),
    "dropdown": (
        ":::{dropdown} More\nHidden text.\n:::",
        "**More**\n\nHidden text.",
    ),
    "lists": (
        "- a\n\n  more of a\n- b\n  1. one\n  2. two\n\n7. seven\n8. eight",
        "- a\n\n  more of a\n- b\n\n  1. one\n  2. two\n\n7. seven\n8. eight",
    ),
    "definitions": (
        "`term`\n: What it is.\n\n  More.\n",
        "- **`term`**: What it is.\n\n  More.",
    ),
    "table": (
        "| a | b |\n|---|---|\n| `x\\|y` | <b>raw</b> 1 |",
        "| a | b |\n| --- | --- |\n| `x\\|y` | raw 1 |",
    ),
    "quote": ("> Said\n>\n> twice", "> Said\n>\n> twice"),
    "code": ("```{code-block} json5\n:caption: Data\n{a: 1}\n```", "Data\n\n```json5\n{a: 1}\n```"),
    "fence in code": (
        "`````text\n```json\n{}\n```\n`````",
        "````text\n```json\n{}\n```\n````",
    ),
    "raw": ("```{raw} html\n<b>x</b>\n```\n\nSeen.", "Seen."),
    "comment": ("% not seen\n\nSeen.", "Seen."),
    "image": ("![A dog](dog.png)", "A dog"),
    "rule": ("a\n\n---\n\nb", "a\n\n---\n\nb"),
    "include": ("```{include} part.txt\n```", "Included *text*."),
    "headings": ("## Second\n\n### Third\n\ntext", "## Second\n\n### Third\n\ntext"),
    "to a page": ("[Other](other.md)", "[Other](https://errors.example.com/docs/other.md)"),
    "to a part": ("[Part](other.md#part)", "[Part](https://errors.example.com/docs/other.md)"),
    "to a file": (
        "{download}`part.txt`",
        r"\[`part\.txt`\]\(https://errors\.example\.com/docs/_downloads/[0-9a-f]+/part\.txt\)",
    ),
    "reason": (
        "{err:reason}`alpha/FIRST_FAULT`",
        "[`FIRST_FAULT`](https://errors.example.com/docs/alpha/reasons/FIRST_FAULT.md)",
    ),
    "status": (
        "{err:status}`alpha/NOT_FOUND`",
        "[`NOT_FOUND`](https://errors.example.com/docs/alpha/envelope.md)",
    ),
    "reason table": (
        "```{reason-table} alpha/two\n```",
        "| Reason | HTTP | Cause → Fix |\n| --- | --- | --- |\n| [`LAST_FAULT`]"
        "(https://errors.example.com/docs/alpha/reasons/LAST_FAULT.md) | 404 | The cause of"
        " last_fault. **Fix:** The fix of last_fault. |",
    ),
    "address": ("`{site-url}/x` and {site-url}.", "`https://errors.example.com/docs/x` and "),
    "address in code": (
        "```console\n$ curl {site-url}/x\n```",
        "```console\n$ curl https://errors.example.com/docs/x\n```",
    ),
}


@pytest.fixture(scope="module")
def built(new_project: Callable[..., Any]) -> dict[str, str]:
    """The Markdown below the title, by the name of the case."""
    project = new_project(CONF)
    for number, (text, _) in enumerate(CASES.values()):
        project.write(f"case{number}.md", f"---\norphan: true\n---\n\n# Title\n\n{text}\n")
    project.write("other.md", "---\norphan: true\n---\n\n# Other\n\n## Part\n\nText.\n")
    project.write("part.txt", "Included *text*.\n")
    project.write("dog.png", "")
    result = project.build_strictly()
    found = {}
    for number, name in enumerate(CASES):
        page = result.page(f"case{number}.md")
        head, title, text = page.split("\n\n", 2)
        assert (head, title) == ("> Index: https://errors.example.com/docs/llms.txt", "# Title")
        found[name] = text.removesuffix("\n")
    return found


@pytest.mark.parametrize("name", CASES)
def test_case(built: dict[str, str], name: str) -> None:
    expected = CASES[name][1]
    if name == "to a file":
        assert re.fullmatch(expected, built[name])
    elif name == "address":
        assert built[name].startswith(expected)
    else:
        assert built[name] == expected
