"""Raw HTML on hand-written pages: what authors write, and what agents get."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = {
    "a block": (
        "<div><p>One <b>*two*</b>\nthree</p><p>four</p><ul><li>- five</li></ul></div>",
        "One \\*two\\* three\n\nfour\n\n\\- five",
    ),
    "a directive": ("```{raw} html\n<p>Seen</p>\n```", "Seen"),
    "another format": ("```{raw} latex\nNot seen\n```\n\nSeen", "Seen"),
    "what is not seen": (
        "<div>Seen<!-- no --><script>no()</script><style>no {}</style><p hidden>no <p>no</p></p>"
        "<svg><title>no</title></svg></div>",
        "Seen",
    ),
    "what is not seen, in a line": (
        "See <script>no()</script>this <!-- no -->here.",
        "See this here.",
    ),
    "what one operates": (
        "<form><label>Search</label> <input> <button>Go</button></form>\n\nText.",
        "Text.",
    ),
    "details around Markdown": (
        "<details><summary>More</summary>\n\nSome *text*.\n\n</details>",
        "More\n\nSome *text*.",
    ),
    "cells": ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n\n3"),
    "characters by name": ("<p>a &lt;b&gt; &amp; c</p>", "a \\<b\\> & c"),
    "the text of an image": ('<p>A <img src="dog.png" alt="dog"> barks.</p>', "A dog barks."),
    "a break in a block": ("<p>one<br>two</p>", "one\\\ntwo"),
    "in a line": ("Some <b>*bold*</b> <span>text</span>.", "Some *bold* text."),
}


@pytest.fixture(scope="module")
def built(twins_of: Callable[..., dict[str, str]]) -> dict[str, str]:
    return twins_of({name: text for name, (text, _) in CASES.items()}, {})


@pytest.mark.parametrize("name", CASES)
def test_case(built: dict[str, str], name: str) -> None:
    assert built[name] == CASES[name][1]
