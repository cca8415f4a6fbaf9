"""deploy/nginx.conf, held to its word by the real nginx."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import NamedTuple

import pytest

from .nginx import serving

ROOT = Path(__file__).parents[2]


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """Follow nothing: a test looks at the redirect itself."""


OPENER = urllib.request.build_opener(NoRedirect)


@pytest.fixture(scope="module")
def address_of_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site by the dirhtml builder, where each page has a folder of its own."""
    folder = tmp_path_factory.mktemp("dirhtml")
    command = [sys.executable, "-m", "sphinx", "-b", "dirhtml", "-n", "-W", "-q", "-c", "."]
    command += ["-d", str(folder / "doctrees"), "source", str(folder / "html")]
    subprocess.run(command, cwd=ROOT, check=True)
    with serving(folder / "html", folder) as base:
        yield base


def ask(method: str, url: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=named, method=method)
    try:
        response = OPENER.open(request, timeout=10)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return Answer(response.status, response.headers, response.read().decode())


def get(url: str, **headers: str) -> Answer:
    return ask("GET", url, **headers)


REASON = "voipbin/reasons/CALL_NOT_FOUND"


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("", "index.md"),
        ("index.html", "index.md"),
        ("voipbin/", "voipbin/index.md"),
        ("voipbin/call-manager.html", "voipbin/call-manager.md"),
        ("voipbin/call-manager", "voipbin/call-manager.md"),
        (f"{REASON}.html", f"{REASON}.md"),
        (REASON, f"{REASON}.md"),
    ],
)
def test_who_asks_for_markdown_gets_it(address: str, site: Path, path: str, twin: str) -> None:
    markdown = get(address + path, Accept="text/markdown, text/html;q=0.9, */*;q=0.1")
    assert markdown.status == 200
    assert markdown.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Accept" in ", ".join(markdown.headers.get_all("Vary"))
    assert markdown.text == (site / twin).read_text()
    page = get(address + path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in ", ".join(page.headers.get_all("Vary"))
    assert page.text.lstrip().lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "html"),
        ("text/markdown", "markdown"),
        ("text/markdown;q=0", "html"),
        ("text/html, text/markdown;q=0.5", "html"),
        ("text/html;q=0.5, text/markdown", "markdown"),
        ("text/plain, Text/Markdown", "markdown"),
        ("text/markdown, text/html, */*", "markdown"),
        ("text/html, text/markdown;q=1.0", "markdown"),
        ("text/markdown;q=0.5", "markdown"),
        ("text/markdown;q=0.5, text/html;q=0.9", "html"),
        ("text/html;q=0.9, text/markdown;q=0.5", "html"),
        ("text/html;q=0.8, text/markdown;q=0.9", "markdown"),
        ("text/html;q=0.8, text/markdown;q=0.8", "markdown"),
        ("text/markdown;variant=GFM;q=0.5, text/html", "html"),
        ("text/markdown;q=0.3, */*;q=0.9", "html"),
        ("text/markdown;q=0.3, text/*", "html"),
        ("text/html;q=0.1, text/markdown;q=0.3, */*;q=0.9", "markdown"),
        ("text/markdown;q=0.0, */*;q=0", "html"),
        ("text/markdown ; q=0.5", "markdown"),
        ("text/markdownx", "html"),
        ("text/markdown+xml", "html"),
        ("application/x-text/markdown", "html"),
        ("text/htmlx, text/markdown;q=0.5", "markdown"),
    ],
)
def test_how_much_it_is_wanted_counts(address: str, accept: str, kind: str) -> None:
    answer = get(f"{address}{REASON}.html", Accept=accept)
    assert answer.headers["Content-Type"].startswith(f"text/{kind}")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("llms.txt", "text/plain; charset=utf-8"),
        ("voipbin/llms.txt", "text/plain; charset=utf-8"),
        (f"{REASON}.md", "text/markdown; charset=utf-8"),
        (f"{REASON}.json", "application/json"),
        ("reasons.json", "application/json"),
        ("reasons.schema.json", "application/json"),
        ("voipbin/envelope.schema.json", "application/json"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("_static/reasonbook.js", "text/javascript; charset=utf-8"),
        ("_static/reasonbook.css", "text/css; charset=utf-8"),
    ],
)
def test_content_types(address: str, path: str, kind: str) -> None:
    answer = get(address + path)
    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    ("path", "index", "twin"),
    [
        ("", "/llms.txt", "/index.md"),
        ("agents", "/llms.txt", "/agents.md"),
        ("voipbin/", "/voipbin/llms.txt", "/voipbin/index.md"),
        (f"{REASON}.html", "/voipbin/llms.txt", f"/{REASON}.md"),
        (REASON, "/voipbin/llms.txt", f"/{REASON}.md"),
        (f"{REASON}.md", "/voipbin/llms.txt", ""),
        ("reasons.json", "/llms.txt", ""),
        ("no-such-page", "/llms.txt", ""),
    ],
)
def test_every_answer_names_the_index_and_the_markdown_of_a_page(
    address: str, path: str, index: str, twin: str
) -> None:
    """As the head of the page does."""
    answer = get(address + path)
    other = f', <{twin}>; rel="alternate"; type="text/markdown"' if twin else ""
    assert answer.headers["Link"] == f'<{index}>; rel="describedby"{other}'


@pytest.mark.parametrize(
    ("path", "twin"),
    [
        ("index.html.md", "index.md"),
        ("voipbin/index.html.md", "voipbin/index.md"),
        (f"{REASON}.html.md", f"{REASON}.md"),
    ],
)
def test_the_form_of_llmstxt_org_is_the_markdown(
    address: str, site: Path, path: str, twin: str
) -> None:
    answer = get(address + path)
    assert (answer.status, answer.text) == (200, (site / twin).read_text())
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"


def test_data_is_open_to_other_sites_and_pages_are_not(address: str) -> None:
    for path in ("reasons.json", f"{REASON}.json", f"{REASON}.md", "llms.txt"):
        assert get(address + path).headers["Access-Control-Allow-Origin"] == "*"
    assert get(f"{address}{REASON}.html").headers["Access-Control-Allow-Origin"] is None


def test_a_browser_that_asks_beforehand_may_read_data(address: str) -> None:
    asked = {"Origin": "https://other.example", "Access_Control_Request_Method": "GET"}
    for path in ("reasons.json", f"{REASON}.md", REASON):
        answer = ask("OPTIONS", address + path, Access_Control_Request_Headers="x-a", **asked)
        assert (answer.status, answer.text) == (204, "")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD"
        assert answer.headers["Access-Control-Allow-Headers"] == "*"
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_who_tries_to_write_hears_what_is_allowed(address: str, method: str) -> None:
    answer = ask(method, f"{address}reasons.json")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert get(f"{address}reasons.json").headers["Allow"] is None


def test_caching(address: str) -> None:
    page = get(f"{address}{REASON}.html").headers
    assert page["Cache-Control"] == "public, max-age=300"
    assert page["ETag"]
    static = re.search(r"_static/[^\"]+\?v=[^\"]+", get(address).text)
    assert static
    assert get(address + static[0]).headers["Cache-Control"].endswith("immutable")
    assert get(f"{address}no-such-page").headers["Cache-Control"] is None


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("voipbin/reasons/call_not_found", f"/{REASON}.html"),
        ("voipbin/reasons/call_not_found.html", f"/{REASON}.html"),
        ("voipbin/reasons/Call_Not_Found.md", f"/{REASON}.md"),
        ("VOIPBIN/reasons/call_not_found.json", f"/{REASON}.json"),
        (f"{REASON}/", f"/{REASON}.html"),
        ("voipbin/reasons/call_not_found/", f"/{REASON}.html"),
        ("voipbin/reasons/CALL-NOT-FOUND.md", f"/{REASON}.md"),
        ("voipbin/reasons/call-not-found", f"/{REASON}.html"),
        ("reasons/call-not-found.json", "/reasons/CALL_NOT_FOUND.json"),
        ("voipbin/CALL_NOT_FOUND", f"/{REASON}.html"),
        ("voipbin/call-not-found.html", f"/{REASON}.html"),
        ("VoIPbin/Call_Not_Found.md", f"/{REASON}.md"),
        ("voipbin/http/402", "/voipbin/http.html#http-402"),
        ("voipbin/http/402.html", "/voipbin/http.html#http-402"),
        ("voipbin/402", "/voipbin/http.html#http-402"),
        ("voipbin", "/voipbin/"),
        ("VoIPbin", "/voipbin/"),
        ("VoIPbin/", "/voipbin/"),
        ("VoIPbin/index.html", "/voipbin/"),
        ("VOIPBIN/index.md", "/voipbin/index.md"),
        ("VOIPBIN/llms.txt", "/voipbin/llms.txt"),
        ("voipbin/CALL-MANAGER.html", "/voipbin/call-manager.html"),
        ("Voipbin/Call-Manager", "/voipbin/call-manager.html"),
        ("voipbin/Envelope.md", "/voipbin/envelope.md"),
        ("llms-contents.md", "/llms-contents.txt"),  # its former address
        ("agents/", "/agents.html"),
        ("agents/?from=here", "/agents.html?from=here"),
    ],
)
def test_other_spellings_lead_to_the_right_address(address: str, path: str, target: str) -> None:
    answer = get(address + path)
    assert (answer.status, answer.headers["Location"]) == (301, target)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("agents", "/agents/"),
        ("agents.html", "/agents/"),
        (f"{REASON}.html", f"/{REASON}/"),
        ("voipbin/reasons/call_not_found/", f"/{REASON}/"),
        ("VOIPBIN/CALL-MANAGER/", "/voipbin/call-manager/"),
    ],
)
def test_other_spellings_lead_to_the_folder_of_a_page(
    address_of_folders: str, path: str, target: str
) -> None:
    answer = get(address_of_folders + path)
    assert (answer.status, answer.headers["Location"]) == (301, target)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("agents/", "# For agents"),
        ("agents/index.html", "# For agents"),
        ("agents", "# For agents"),
        ("voipbin/", "# VoIPbin"),
        (f"{REASON}/", "# CALL_NOT_FOUND"),
    ],
)
def test_the_markdown_of_a_folder_stands_in_it_or_beside_it(
    address_of_folders: str, path: str, title: str
) -> None:
    answer = get(address_of_folders + path, Accept="text/markdown")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert title in answer.text.split("\n")


@pytest.mark.parametrize(
    "path", ["voipbin/reasons", "voipbin/reasons/", "VOIPBIN/reasons/", "_static", "_static/"]
)
def test_a_folder_without_a_page_is_a_wrong_address(address: str, path: str) -> None:
    assert get(address + path).status == 404


def test_a_wrong_address_gets_the_404_page(address: str, site: Path) -> None:
    wrong = ("no-such-page", "voipbin/reasons/NO_SUCH_REASON.html", "voipbin/x/y")
    for path in (*wrong, "404", "404/", "404.html", "404/index.html"):
        answer = get(address + path)
        assert answer.status == 404
        assert answer.text == (site / "404.html").read_text()
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("reasons/NO_SUCH_REASON.md", "*/*"),
        ("voipbin/reasons/NO_SUCH_REASON.json", "*/*"),
        ("no-such-api/llms.txt", "*/*"),
        ("no-such-api/reasons/NO_SUCH_REASON.md", "*/*"),
        ("voipbin/no-such-page.html", "text/markdown, */*;q=0.1"),
        ("voipbin/reasons/", "text/markdown"),
        ("404.md", "*/*"),
        ("404", "text/markdown"),
        ("404/", "text/markdown"),
    ],
)
def test_an_agent_at_a_wrong_address_gets_a_short_markdown(
    address: str, site: Path, path: str, accept: str
) -> None:
    answer = get(address + path, Accept=accept)
    assert answer.status == 404
    assert answer.text == (site / "404.md").read_text()
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in ", ".join(answer.headers.get_all("Vary"))


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("voipbin/reasons/NO_SUCH_REASON.md", "*/*"),
        ("voipbin/reasons/NO_SUCH_REASON/NO_SUCH_CODE.md", "*/*"),
        ("voipbin/reasons/NO_SUCH_REASON.html", "text/markdown, */*;q=0.1"),
        ("voipbin/reasons/NO_SUCH_REASON", "text/markdown"),
    ],
)
def test_a_reason_that_an_api_does_not_have_gets_what_to_do_without(
    address: str, site: Path, path: str, accept: str
) -> None:
    """So that an agent needs no further fetch."""
    answer = get(address + path, Accept=accept)
    assert answer.status == 404
    assert answer.text == (site / "voipbin/unknown.md").read_text()
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"


def test_a_second_level_code_that_is_not_known_gets_the_page_of_the_first(
    address: str, site: Path
) -> None:
    answer = get(f"{address}{REASON}/NO_SUCH_CODE.md")
    assert answer.status == 404
    assert answer.text == (site / f"{REASON}.md").read_text()
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"


def test_the_policy_allows_the_inline_code_that_the_theme_has_and_no_other(
    address: str, site: Path
) -> None:
    policy = get(address).headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert not re.search(r"https?:", policy)
    inline = re.compile(r"<(script(?![^>]*\bsrc=)|style)[^>]*>(.*?)</(?:script|style)>", re.DOTALL)
    found = set()
    for page in site.rglob("*.html"):
        text = page.read_text()
        assert not re.search(r"<[^>]+\s(on\w+|style)\s*=", text), page
        found |= {code for _, code in inline.findall(text)}
    hashes = {
        f"sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}"
        for code in found
    }
    assert hashes == set(re.findall(r"'(sha256-[^']+)'", policy))


def test_data_is_what_was_built(address: str, site: Path) -> None:
    assert json.loads(get(f"{address}reasons.json").text) == json.loads(
        (site / "reasons.json").read_text()
    )
