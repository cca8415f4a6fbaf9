"""Hand-written pages as Markdown: what authors write, and what agents get."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

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
    "quote of someone": (
        "```{epigraph}\nTo be.\n\n-- *Hamlet*\n```",
        "> To be.\n>\n> — *Hamlet*",
    ),
    "code": ("```{code-block} json5\n:caption: Data\n{a: 1}\n```", "Data\n\n```json5\n{a: 1}\n```"),
    "fence in code": (
        "`````text\n```json\n{}\n```\n`````",
        "````text\n```json\n{}\n```\n````",
    ),
    "comment": ("% not seen\n\nSeen.", "Seen."),
    "image": (
        "![A dog](dog.png)",
        "![A dog](https://errors.example.com/docs/_images/dog.png)",
    ),
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
    "an admonition that begins with code": (
        ":::{warning}\n```sh\nrm x\n```\nafter\n:::",
        "**Warning.**\n\n```sh\nrm x\n```\n\nafter",
    ),
    "an admonition that begins with a list": (
        ":::{note}\n- a\n- b\n:::",
        "**Note.**\n\n- a\n- b",
    ),
    "an admonition that begins with a table": (
        ":::{tip}\n| a |\n|---|\n| 1 |\n:::",
        "**Tip.**\n\n| a |\n| --- |\n| 1 |",
    ),
    "an admonition without anything to see": (
        ":::{note}\n% nothing\n:::\n\n:::{tip}\n```{raw} latex\nx\n```\n:::\n\nText.",
        "Text.",
    ),
    "an admonition with an image alone": (
        ":::{note}\n![](dog.png)\n:::",
        "**Note.** ![](https://errors.example.com/docs/_images/dog.png)",
    ),
    "see also": (":::{seealso}\nThe *rest*.\n:::", "**See also.** The *rest*."),
    "versions": (
        ":::{versionadded} 1.2\nThe field.\n:::\n\n:::{deprecated} 1.3\n- a\n:::\n\n"
        ":::{versionchanged} 1.4\n:::",
        "Added in version 1.2: The field.\n\nDeprecated since version 1.3:\n\n- a\n\n"
        "Changed in version 1.4.",
    ),
    "a definition that begins with code": (
        "term\n: ```sh\n  ls\n\n  ls -l\n  ```\n\n  after",
        "- **term**:\n\n  ```sh\n  ls\n\n  ls -l\n  ```\n\n  after",
    ),
    "a definition that begins with a list": (
        "term\n: - a\n  - b",
        "- **term**:\n\n  - a\n  - b",
    ),
    "a definition with a kind": (
        "```{eval-rst}\nlimit : int\n   How many.\n```",
        "- **limit** (int): How many.",
    ),
    "fields": (
        ":limit: How many.\n:page:\n  - the first\n  - the last\n:empty:",
        "- **limit**: How many.\n- **page**:\n\n  - the first\n  - the last\n- **empty**",
    ),
    "options": (
        "```{eval-rst}\n-o FILE, --output=FILE  Where to *write*.\n```",
        "- `-o FILE`, `--output=FILE`: Where to *write*.",
    ),
    "described objects": (
        "```{eval-rst}\n.. py:class:: Client\n   :no-index:\n\n   Calls.\n\n"
        "   .. py:method:: retry(n: int, *, key=None) -> bool\n      :no-index:\n\n"
        "      Once more.\n```",
        "- `class Client`: Calls.\n\n  - `retry(n: int, *, key=None) -> bool`: Once more.",
    ),
    "a described object without a text": (
        "```{eval-rst}\n.. py:function:: ping()\n   :no-index:\n```",
        "- `ping()`",
    ),
    "a grammar": (
        '```{eval-rst}\n.. productionlist::\n   path: "/" `name`\n   name: "a"\n```',
        '```\npath ::= "/" name\nname ::= "a"\n```',
    ),
    "math in a block": (
        "$$\na_1 * b < c\n$$",
        "```math\na_1 * b < c\n```",
    ),
    "math with a number": (
        "```{math}\n:label: energy\nE = mc^2\n```",
        "**(1)**\n\n```math\nE = mc^2\n```",
    ),
    "lines": (
        "```{eval-rst}\n| One *street*\n| - Town\n```",
        "One *street*\\\n\\- Town",
    ),
    "a visible toctree": (
        "```{toctree}\n:caption: More\nlisted\nAnother <https://example.com/>\n```",
        "**More**\n\n- [Listed *page*](https://errors.example.com/docs/listed.md)\n\n"
        "  - [Below](https://errors.example.com/docs/below.md)\n"
        "- [Another](https://example.com/)",
    ),
    "a hidden toctree": ("```{toctree}\n:hidden:\nhidden\n```\n\nText.", "Text."),
    "the contents of the page": (
        "```{contents}\n```\n\n## Part\n\nText.",
        "## Part\n\nText.",
    ),
    "a topic": (
        "```{eval-rst}\n.. topic:: Aside\n\n   Words.\n```",
        "**Aside**\n\nWords.",
    ),
    "headings below the sixth": (
        "## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6\n\n"
        "```{eval-rst}\nSeven\n-----\n\nText.\n```",
        "## 2\n\n### 3\n\n#### 4\n\n##### 5\n\n###### 6\n\n**Seven**\n\nText.",
    ),
    "a figure": (
        ":::{figure} dog.png\n:alt: A dog\n\nHow it *barks*.\n:::",
        "![A dog](https://errors.example.com/docs/_images/dog.png)\n\nHow it *barks*.",
    ),
    "address": ("`{site-url}/x` and {site-url}.", "`https://errors.example.com/docs/x` and "),
    "address in code": (
        "```console\n$ curl {site-url}/x\n```",
        "```console\n$ curl https://errors.example.com/docs/x\n```",
    ),
}


FILES = {
    "other.md": "---\norphan: true\n---\n\n# Other\n\n## Part\n\nText.\n",
    "part.txt": "Included *text*.\n",
    "dog.png": "",
    "listed.md": "# Listed *page*\n\n## Part\n\nText.\n\n```{toctree}\nbelow\n```\n",
    "below.md": "# Below\n\n```{toctree}\n:hidden:\nfar-below\n```\n",
    "far-below.md": "# Far below\n\nText.\n",
    "hidden.md": "# Hidden\n\nText.\n",
}


@pytest.fixture(scope="module")
def built(twins_of: Callable[..., dict[str, str]]) -> dict[str, str]:
    return twins_of({name: text for name, (text, _) in CASES.items()}, FILES)


@pytest.mark.parametrize("name", CASES)
def test_case(built: dict[str, str], name: str) -> None:
    expected = CASES[name][1]
    if name == "to a file":
        assert re.fullmatch(expected, built[name])
    elif name == "address":
        assert built[name].startswith(expected)
    else:
        assert built[name] == expected


@pytest.mark.parametrize("shown", [True, False])
def test_what_is_to_do_is_shown_as_on_the_page(
    new_project: Callable[..., Any], shown: bool
) -> None:
    conf = f'extensions = ["reasonbook.site", "sphinx.ext.todo"]\ntodo_include_todos = {shown}\n'
    page = ":orphan:\n\nTitle\n=====\n\nText.\n\n.. todo:: Mend it.\n"
    twin = new_project(conf, page__rst=page).build_strictly().page("page.md")
    assert twin.endswith("Text.\n\n**Todo**\n\nMend it.\n" if shown else "Text.\n")
