"""What is no website: each builder's files are sound, and hold what the catalogue says."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
import yaml

if TYPE_CHECKING:
    from conftest import Project, Result

# EPUB has a few settings that must not be empty.
OPTIONS = ("-n", "-W", "-D", "version=1", "-D", "epub_copyright=they")
ROOTS = ("envelopes", "numeric", "payment")


@pytest.fixture(params=ROOTS)
def project(request: pytest.FixtureRequest, root_project: Callable[[str], Project]) -> Project:
    return root_project(request.param)


def built(project: Project, builder: str) -> Result:
    result = project.build(*OPTIONS, builder=builder)
    assert (result.warnings, result.code) == ("", 0)
    return result


def causes(project: Project) -> list[str]:
    """The causes of all reasons that are plain prose."""
    found: list[str] = []
    for path in project.catalogue.glob("*/*.yaml"):
        for reason in yaml.safe_load(path.read_text()).get("reasons", []):
            cause = reason["cause"]
            found += cause if isinstance(cause, list) else [cause]
    plain = [cause for cause in found if re.fullmatch(r"[\w ,.]+", cause)]
    assert plain
    return plain


def missing(project: Project, text: str) -> list[str]:
    text = " ".join(text.split())
    return [cause for cause in causes(project) if cause not in text]


def only(folder: Path, suffix: str) -> str:
    (path,) = folder.glob(f"*{suffix}")
    return path.read_text()


def test_epub_is_well_formed_and_whole(project: Project) -> None:
    (path,) = built(project, "epub").output.glob("*.epub")
    with zipfile.ZipFile(path) as book:
        assert book.testzip() is None
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        names = set(book.namelist())
        texts = {}
        for name in names:
            if name.endswith((".xhtml", ".opf", ".ncx", ".xml")):
                texts[name] = ElementTree.fromstring(book.read(name))
        manifest = texts["content.opf"].iterfind("{*}manifest/{*}item")
        assert {item.attrib["href"] for item in manifest} <= names
    pages = [tree for name, tree in texts.items() if name.endswith(".xhtml")]
    assert missing(project, " ".join("".join(page.itertext()) for page in pages)) == []
    for page in pages:
        ids = [part.attrib["id"] for part in page.iter() if "id" in part.attrib]
        assert sorted(ids) == sorted(set(ids))


def test_latex_opens_and_closes_what_it_uses_and_links_to_what_is_there(project: Project) -> None:
    tex = only(built(project, "latex").output, ".tex")
    opened: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{([^}\\]+)\}", tex):
        if kind == "begin":
            opened.append(name)
        else:
            assert opened.pop() == name
    assert opened == []
    labels = set(re.findall(r"\\label\{(.*?)\}", tex))
    targets = set(re.findall(r"\\hyperref\[(.*?)\]", tex))
    assert targets
    assert {target.replace("\\detokenize{", "").rstrip("}") for target in targets} <= {
        label.replace("\\detokenize{", "").rstrip("}") for label in labels
    }
    assert missing(project, tex) == []


@pytest.mark.parametrize(
    ("builder", "suffix"), [("singlehtml", ".html"), ("man", ".1"), ("texinfo", ".texi")]
)
def test_one_file_says_everything(project: Project, builder: str, suffix: str) -> None:
    text = only(built(project, builder).output, suffix)
    assert missing(project, text) == []


def test_gettext_has_the_texts_of_the_projects_own_pages(project: Project) -> None:
    """The catalogue's own are translated where they are written, if at all."""
    texts = (built(project, "gettext").output / "index.pot").read_text()
    (index,) = project.source.glob("index.*")
    title = index.read_text().splitlines()[0].removeprefix("# ")
    assert f'msgid "{title}"' in texts


def test_text_separates_the_statuses_of_a_reason_by_one_space(
    built_once: Callable[..., Result],
) -> None:
    page = built_once(root="numeric", builder="text").page("relay/requests.txt")
    assert "| 400 404   " in page
    assert "destination number 400 404 ]-" in page
