"""Extensions that hook into pages see every page of a reason, and their changes are on it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import furo
import pytest
from sphinx.builders.html import StandaloneHTMLBuilder

if TYPE_CHECKING:
    from conftest import Project, Result

HOOK = """
html_theme = "{theme}"
html_theme_options = {{}}
templates_path = ["templates"]
def hook(app, pagename, templatename, context, doctree):
{body}
def setup(app):
    app.connect("html-page-context", hook)
"""
TEMPLATE = """
{% extends "!page.html" %}
{% block body %}
<p class="host">{% if host %}{{ host|e }} of {{ host|length }}{% endif %}</p>
{{ super() }}
{% endblock %}
"""
REASONS = {
    "alpha/reasons/FIRST_FAULT": "FIRST_FAULT – Alpha API",
    "alpha/reasons/SHARED_FAULT": "SHARED_FAULT – Alpha API",
    "alpha/reasons/LAST_FAULT": "LAST_FAULT – Alpha API",
    "beta/reasons/OTHER_FAULT": "OTHER_FAULT – Beta API",
    "beta/reasons/SHARED_FAULT": "SHARED_FAULT – Beta API",
}


@pytest.fixture
def hooked(new_project: Callable[..., Project]) -> Callable[..., Project]:
    """Make a project in whose conf.py a handler has this *body*."""

    def make(body: str, theme: str = "alabaster", conf: str = "") -> Project:
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        project = new_project(HOOK.format(theme=theme, body=lines) + conf)
        project.write("templates/page.html", TEMPLATE)
        return project

    return make


def pages(result: Result) -> dict[str, str]:
    return {name: result.page(f"{name}.html") for name in REASONS}


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
@pytest.mark.parametrize("site", [True, False])
def test_every_page_is_seen_once_under_its_own_name(
    hooked: Callable[..., Project], theme: str, *, site: bool
) -> None:
    conf = "extensions = ['reasonbook.site']" if site else ""
    body = "print('SEEN', pagename, '|', context.get('title'), '|', doctree and doctree.astext())"
    status = hooked(body, theme, conf).build_strictly().status
    seen = re.findall("SEEN (.*?) [|] (.*?) [|] ", status)
    assert {name: title for name, title in seen if "/reasons/" in name} == REASONS
    assert len(seen) == len(set(seen))
    assert "mark" not in "".join(name for name, _ in seen)
    assert "The cause of last_fault." in status.partition("SEEN alpha/reasons/LAST_FAULT")[2]


@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_what_is_added_to_the_head_is_that_of_the_page(
    hooked: Callable[..., Project], theme: str
) -> None:
    body = """\
tag = '<meta property="og:url" content="https://e.example/{}?a=1&amp;b" />'
if doctree:
    context["metatags"] += tag.format(pagename)"""
    for name, page in pages(hooked(body, theme).build_strictly()).items():
        found = re.findall('content="https://e.example/(.*?)[?]a=1&amp;b"', page)
        assert found == [name]
        assert page.count('name="description"') == 1


def test_a_text_of_the_template_is_escaped_and_counted_as_ever(
    hooked: Callable[..., Project],
) -> None:
    body = "context['host'] = pagename if 'FIRST' in pagename else pagename + '?a&b'"
    for name, page in pages(hooked(body).build_strictly()).items():
        text = name if "FIRST" in name else f"{name}?a&amp;b"
        length = len(text.replace("&amp;", "&"))
        assert f'<p class="host">{text} of {length}</p>' in page


def test_what_one_page_has_another_has_not(hooked: Callable[..., Project]) -> None:
    body = """\
if "FIRST" in pagename:
    app.add_js_file("first.js")
    context["body"] += "<p>After</p>"
    del context["toc"]
elif "OTHER" in pagename:
    context["rellinks"].append(("index", "Home", "H", "Homeward"))
    return 'other.html'"""
    project = hooked(body, "classic")
    other = "{% extends 'page.html' %}{% block footer %}Foot{% endblock %}"
    project.write("templates/other.html", other)
    for name, page in pages(project.build_strictly()).items():
        assert ("first.js" in page) is ("FIRST" in name)
        assert ("<p>After</p>" in page) is ("FIRST" in name)
        assert ("Foot" in page) is ("OTHER" in name)
        assert ("Homeward" in page) is ("OTHER" in name)
        assert f"The cause of {name.rpartition('/')[2].lower()}." in page


def test_a_fault_in_an_extension_is_told_as_such(hooked: Callable[..., Project]) -> None:
    result = hooked("if 'LAST_FAULT' in pagename: raise ValueError('mine')").build()
    assert result.code == 2
    assert "for event 'html-page-context' threw an exception (exception: mine)" in result.warnings


def test_pages_are_not_documents_to_who_asks_for_a_source(
    hooked: Callable[..., Project],
) -> None:
    """Extensions look up by the name of the page what they noted of its source."""
    body = "if 'sourcename' in context: app.env.found_docs and app.env.doc2path(pagename).stat()"
    assert hooked(body).build_strictly().code == 0


@pytest.mark.parametrize(
    ("body", "renderings"),
    [
        ("pass", 1),
        ("context['metatags'] = pagename", 3),
        ("context['host_unused'] = [pagename[0]]", 5),  # a list of each of two APIs
    ],
)
def test_the_theme_renders_few_pages(
    hooked: Callable[..., Project],
    monkeypatch: pytest.MonkeyPatch,
    body: str,
    renderings: int,
) -> None:
    usual, rendered = StandaloneHTMLBuilder.handle_page, []

    def handle_page(self: StandaloneHTMLBuilder, pagename: str, *args: Any, **more: Any) -> None:
        rendered.append(pagename)
        usual(self, pagename, *args, **more)

    monkeypatch.setattr(StandaloneHTMLBuilder, "handle_page", handle_page)
    project = hooked(body)
    project.add_domain("alpha", "two", [f"FAULT_{number}" for number in range(30)])
    project.edit("alpha/api.yaml", lambda api: api)
    assert project.build().code == 0
    assert len([name for name in rendered if "/reasons/" in name]) == renderings


def test_a_theme_that_is_reached_by_a_link_is_the_same(
    hooked: Callable[..., Project], tmp_path: Path
) -> None:
    """As where the environment is linked to: Sphinx resolves the address of a theme."""
    link = tmp_path / "link"
    link.symlink_to(Path(furo.__file__).parents[1])
    project = hooked("pass", "furo", conf=f"import sys\nsys.path.insert(0, {str(link)!r})")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(project.source), "html"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
