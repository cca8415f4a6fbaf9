"""What an agent is told so that it looks errors up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from reasonbook import limits
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.format.model import Catalogue
from reasonbook.render.markdown.instructions import INSTRUCTIONS, SKILL
from reasonbook.render.urls import SiteUrls


@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_each_says_where_to_look(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls, name: str
) -> None:
    text = INSTRUCTIONS[name](catalogue_of(2, 1, 1), urls)
    assert "account-0 (reason in `reason`; unofficial)" in text
    assert "billing-1 (" in text
    assert urls.reason_pattern() in text
    assert "https://errors.example.com/API/unknown.md" in text
    assert "ask a person first" in text


@pytest.mark.parametrize("name", INSTRUCTIONS)
def test_two_levels_and_several_errors_are_told_where_there_are_such(
    project: Path, catalogue_of: Callable[..., Catalogue], urls: SiteUrls, name: str
) -> None:
    found = load_catalogue(project / "tests/roots/test-payment/catalogue").catalogue
    text = INSTRUCTIONS[name](found, urls)
    assert "where that has no page, REASON.md counts. Of several errors in one body, look" in text
    plain = INSTRUCTIONS[name](catalogue_of(1, 1, 1), urls)
    assert "SUB" not in plain
    assert "several errors" not in plain


def test_a_prompt_is_one_line(catalogue_of: Callable[..., Catalogue], urls: SiteUrls) -> None:
    assert INSTRUCTIONS["prompt"](catalogue_of(1, 1, 1), urls).count("\n") == 1


def test_of_very_many_apis_some_are_named(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    text = INSTRUCTIONS["paragraph"](catalogue_of(limits.LISTED_CHOICES + 1, 1, 1), urls)
    assert text.count("(reason in") == limits.LISTED_CHOICES
    assert "- and those in https://errors.example.com/llms.txt\n" in text


def test_a_skill_begins_with_its_name_and_use(
    catalogue_of: Callable[..., Catalogue], urls: SiteUrls
) -> None:
    _, head, _ = INSTRUCTIONS["skill"](catalogue_of(1, 1, 1), urls).split("---\n", 2)
    said = yaml.safe_load(head)
    assert said["name"] == SKILL
    assert said["description"].endswith("For The account-0 API.")
