"""What stands inside the lines of hand-written pages: what authors write, and what agents get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CASES = {
    "a footnote": (
        "HTTP 429[^a] comes.\n\n[^a]: Too *many* requests.",
        "HTTP 429[^1] comes.\n\n---\n\n[^1]: Too *many* requests.",
    ),
    "a footnote before a bracket": (
        "HTTP 429[^a]\\(later).\n\n[^a]: Too many requests.",
        "HTTP 429[^1]\\(later).\n\n---\n\n[^1]: Too many requests.",
    ),
    "a footnote that could be read as an address": (
        "HTTP 429[^a] and 503[^b].\n\n[^a]: Later.\n\n[^b]: Later (soon)",
        "HTTP 429[^1] and 503[^2].\n\n---\n\n[^1]\\: Later.\n\n[^2]\\: Later (soon)",
    ),
    "a footnote of several blocks": (
        "HTTP 429[^a].\n\n[^a]: Wait a bit.\n\n    ```sh\n    sleep 1\n    ```",
        "HTTP 429[^1].\n\n---\n\n[^1]: Wait a bit.\n\n  ```sh\n  sleep 1\n  ```",
    ),
    "a footnote of reStructuredText in Markdown": (
        "```{eval-rst}\nHTTP 429 [#f]_ comes.\n\n.. [#f] Too many requests.\n```",
        "HTTP 429 [^f] comes.\n\n[^f]: Too many requests.",
    ),
    "a citation": (
        "```{eval-rst}\nAs in [Fielding]_ it says.\n\n.. [Fielding] The *thesis*.\n```",
        "As in [\\[Fielding\\]](https://errors.example.com/docs/case5.md) it says.\n\n"
        "\\[Fielding\\]: The *thesis*.",
    ),
    "powers and indices": (
        "2{sup}`10` H{sub}`2`O 10{sup}`-3` x{sup}`n + 1` ({sub}`2`)",
        "2^10 H_2O 10^-3 x^(n + 1) (\\_2)",
    ),
    "powers and indices in HTML": ("2<sup>10</sup> H<sub>2</sub>O", "2^10 H\\_2O"),
    "hard breaks": (
        "one\\\n*two*  \nthree<br>- four <br/> <br /> 5. five",
        "one\\\n*two*\\\nthree\\\n\\- four\\\n5\\. five",
    ),
    "hard breaks at the ends": ("<br>one<br>", "one"),
    "a hard break in a heading": ("## one<br>two\n\ntext", "## one two\n\ntext"),
    "an abbreviation": (
        "An {abbr}`API (Application Interface)`, and an {abbr}`API (Application Interface)`.",
        "An API (Application Interface), and an API.",
    ),
    "tasks": (
        "- [x] done *well*\n- [ ] open",
        "- [x] done *well*\n- [ ] open",
    ),
    "an image in a line": (
        "A ![dog [1]](dog.png) barks.",
        "A ![dog \\[1\\]](https://errors.example.com/docs/_images/dog.png) barks.",
    ),
    "an image of another site": (
        "![A cat](https://example.com/cat.png)",
        "![A cat](https://example.com/cat.png)",
    ),
    "a linked image": (
        "[![A dog](dog.png)](https://example.com/)",
        "[![A dog](https://errors.example.com/docs/_images/dog.png)](https://example.com/)",
    ),
    "code over two lines": ("```{eval-rst}\nA ``b\nc`` d\n```", "A `b c` d"),
}


@pytest.fixture(scope="module")
def built(twins_of: Callable[..., dict[str, str]]) -> dict[str, str]:
    return twins_of({name: text for name, (text, _) in CASES.items()}, {"dog.png": ""})


@pytest.mark.parametrize("name", CASES)
def test_case(built: dict[str, str], name: str) -> None:
    assert built[name] == CASES[name][1]


def test_footnotes_of_restructuredtext(new_project: Callable[..., Any]) -> None:
    text = "HTTP 429 [#f]_ and 503 [*]_ come.\n\n.. [#f] Too many requests.\n.. [*] Too busy.\n"
    project = new_project(
        "extensions.append('reasonbook.site')", page__rst=f":orphan:\n\nTitle\n=====\n\n{text}"
    )
    _, text = project.build_strictly().page("page.md").split("# Title\n\n")
    assert text == (
        "HTTP 429 [^1] and 503 [^\\*] come.\n\n[^1]: Too many requests.\n\n[^\\*]: Too busy.\n"
    )
