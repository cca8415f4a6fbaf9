"""The same content for each tool, and an edit that is seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from project.bench.measuring import FailedError
from project.bench.sites import Project, hugo, must_have_pages, zensical


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What matters of a built site."""
    for name in ("index.md", "calls.md", "reasons/A_B.md", "reasons/A_B.json", "calls.html"):
        path = tmp_path / "site/borealis" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"text of {name}")
    (tmp_path / "site/llms-full.txt").touch()
    (tmp_path / "site/reasons.md").touch()
    return tmp_path / "site"


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_hugo_gets_the_pages_of_the_apis_and_their_json(tmp_path: Path, site: Path) -> None:
    program = tmp_path / "env/lib/python3/site-packages/hugo/binaries/hugo-1"
    program.parent.mkdir(parents=True)
    program.touch()
    task = hugo(tmp_path / "hugo", site, tmp_path / "env/bin")
    assert files(task.folder / "content/borealis") == ["_index.md", "calls.md", "reasons/A_B.md"]
    assert files(task.folder / "static") == ["borealis/reasons/A_B.json"]
    assert task.command[0] == program


def test_zensical_gets_the_same(tmp_path: Path, site: Path) -> None:
    task = zensical(tmp_path / "zensical", site, Path("bin"))
    content = ["calls.md", "index.md", "reasons/A_B.json", "reasons/A_B.md"]
    assert files(task.folder / "docs/borealis") == content


def test_a_build_that_leaves_pages_out_is_no_measure(tmp_path: Path, site: Path) -> None:
    built = tmp_path / "built"
    built.mkdir()
    for name in ("index.html", "calls.html"):
        (built / name).touch()
    with pytest.raises(FailedError, match="has only 2 pages for 3 files of Markdown"):
        must_have_pages(built, site)
    (built / "A_B.html").touch()
    must_have_pages(built, site)


def test_an_edit_is_valid_and_must_be_seen(tmp_path: Path) -> None:
    project = Project(tmp_path, 8)
    project.edit("Look twice.")
    project.check.run()
    pages = tmp_path / "live/html/acme-billing"
    (pages / "reasons").mkdir(parents=True)
    (domain,) = (tmp_path / "catalogue/acme-billing").glob("*-manager.yaml")
    reason = domain.read_text().partition("- reason: ")[2].split()[0]
    (pages / f"{domain.stem}.html").write_text("<li>Look twice.</li>")
    (pages / f"reasons/{reason}.html").write_text("<li>As before.</li>")
    with pytest.raises(FailedError, match=f"{reason}.html does not show what was edited"):
        project.must_show("Look twice.")
    (pages / f"reasons/{reason}.html").write_text("<li>Look twice.</li>")
    project.must_show("Look twice.")
