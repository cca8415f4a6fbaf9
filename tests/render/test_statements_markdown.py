"""Statements in brief, for agents."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reasonbook.format.model import Api
from reasonbook.format.prose import Badge, Code, Emphasis, Inline, Link, Reference, Shortened, Text
from reasonbook.render.facts.references import mention
from reasonbook.render.facts.statements import Block, Steps, Table, paragraph, row
from reasonbook.render.markdown.statements import BriefMarkdown
from reasonbook.render.urls import SiteUrls

BASE = "https://errors.example.com"


@pytest.fixture
def brief(api_with: Callable[..., Api], urls: SiteUrls) -> BriefMarkdown:
    return BriefMarkdown(api_with(), urls)


@pytest.mark.parametrize(
    ("part", "written"),
    [
        (Text("a*b"), "a\\*b"),
        (Code("a"), "`a`"),
        (Emphasis((Text("a"),)), "*a*"),
        (Link("https://a.example", (Text("a"),)), "[a](https://a.example)"),
        (Link("https://a.example", (Text("a"),), bare=True), "<https://a.example>"),
        (Badge("planned", (Text("planned"),)), "planned"),
        (Shortened((Text("at length"),), (Text("briefly"),)), "briefly"),
        (mention("shop", "ORDER_STUCK"), "`ORDER_STUCK`"),
        (
            Reference("accordion", "shop/ORDER_STUCK", (Code("ORDER_STUCK"),)),
            f"[ORDER_STUCK]({BASE}/shop/reasons/ORDER_STUCK.md)",
        ),
        (
            Reference("domain", "shop/orders", (Emphasis((Text("Orders"),), strong=True),)),
            f"[Orders]({BASE}/shop/orders.md)",
        ),
        (Reference("status", "shop/ABORTED", (Code("ABORTED"),)), "`ABORTED`"),
    ],
)
def test_inline(brief: BriefMarkdown, part: Inline, written: str) -> None:
    assert brief.line(part) == written


def test_a_reason_whose_name_does_not_tell_its_address_has_a_link(
    api_with: Callable[..., Api], urls: SiteUrls
) -> None:
    api = api_with(slug="stuck")
    link = f"[ORDER\\_STUCK]({BASE}/shop/reasons/stuck.md)".replace("\\", "")
    assert BriefMarkdown(api, urls).line(mention("shop", "ORDER_STUCK")) == link


def test_emphasis_stays_beside_what_is_no_prose(brief: BriefMarkdown) -> None:
    parts = (Badge("x", (Text("a "),)), Text("b "), Emphasis((Text("c"),)))
    assert brief.line(*parts) == "a b *c*"


ONE, TWO = [paragraph("Wait.")], [paragraph("Ask.")]


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ([paragraph("Gone."), Steps([ONE])], "Gone. → Wait."),
        ([paragraph("Gone."), Steps([ONE, TWO])], "Gone. → (1) Wait. (2) Ask."),
        ([paragraph("Gone."), paragraph("Long.")], "Gone. Long."),
        ([], " "),
    ],
)
def test_cells_are_one_line(brief: BriefMarkdown, cell: list[Block], written: str) -> None:
    table = Table("reasons", "Reasons", ["Cause"], [row(cell)])
    assert brief.block(table).split("\n")[-1] == f"| {written} |"


def test_steps_are_a_list(brief: BriefMarkdown) -> None:
    assert brief.block(Steps([ONE, TWO])) == "* Wait.\n* Ask."
