"""A base in a commit is what was committed, whatever the change under review puts beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reasonbook.cli.main import main

Capture = pytest.CaptureFixture[str]
GONE = "error[reason-removed]: CARD_DECLINED, published on 2026-01-01, is gone."

ATTRIBUTES = [
    "* export-ignore",
    "bank export-ignore",
    "published.json export-ignore",
    "*.yaml export-subst filter=nothing diff=nothing",
    "* text eol=crlf",
    "* working-tree-encoding=UTF-16LE",
    "* binary ident -text",
]


@pytest.mark.parametrize("place", [".gitattributes", "catalogue/.gitattributes"])
@pytest.mark.parametrize("attributes", ATTRIBUTES)
def test_attributes_hide_nothing(place: str, attributes: str, repo: Any, capsys: Capture) -> None:
    repo.write(place, f"{attributes}\n")
    repo.git("update-index", "--add", "--cacheinfo", f"100644,{object_of(repo, place)},{place}")
    repo.git("commit", "-qm", "attributes")
    repo.drop()
    shutil.rmtree(repo.catalogue / "bank")
    assert repo.check("HEAD") == 1
    out = capsys.readouterr().out
    assert "The API bank is gone" in out
    assert GONE in out


def object_of(repo: Any, path: str) -> str:
    return str(repo.git("hash-object", "-w", "--no-filters", path))


def test_attributes_of_the_clone_hide_nothing(repo: Any, capsys: Capture) -> None:
    (repo.root / ".git/info").mkdir(exist_ok=True)
    (repo.root / ".git/info/attributes").write_text("* export-ignore\n")
    repo.git("config", "core.autocrlf", "true")
    repo.git("config", "core.quotePath", "true")
    repo.drop()
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


def a_worktree(repo: Any, tmp_path: Path) -> Path:
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"), "-b", "other")
    return tmp_path / "tree"


def a_shallow_clone(repo: Any, tmp_path: Path) -> Path:
    repo.commit("second")
    repo.git("clone", "-q", "--depth=1", f"file://{repo.root}", str(tmp_path / "tree"))
    return tmp_path / "tree"


def a_clone_without_files(repo: Any, tmp_path: Path) -> Path:
    repo.git("config", "uploadpack.allowFilter", "true")
    source = f"file://{repo.root}"
    repo.git("clone", "-q", "--filter=blob:none", "--sparse", source, str(tmp_path / "tree"))
    tree = type(repo)(tmp_path / "tree")
    tree.git("sparse-checkout", "set", "catalogue")
    return tmp_path / "tree"


def a_submodule(repo: Any, tmp_path: Path) -> Path:
    outer = type(repo)(tmp_path / "outer")
    outer.root.mkdir()
    outer.git("init", "-q", "-b", "main")
    outer.git("submodule", "add", "-q", str(repo.root), "inner")
    outer.commit("with a submodule")
    return outer.root / "inner"


@pytest.mark.parametrize("made", [a_worktree, a_shallow_clone, a_clone_without_files, a_submodule])
@pytest.mark.parametrize("within", [".", "catalogue", "/"])
def test_every_kind_of_checkout(
    made: Callable[[Any, Path], Path],
    within: str,
    repo: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    tree = type(repo)(made(repo, tmp_path))
    tree.drop()
    monkeypatch.chdir(tree.root / within)
    assert tree.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


def test_a_change_cannot_put_another_repository_in_place_of_the_catalogue(
    repo: Any, tmp_path: Path, capsys: Capture
) -> None:
    """Its refs would be those of the change: here HEAD, without the reason."""
    own = type(repo)(tmp_path / "own", ".")
    shutil.copytree(repo.catalogue, own.root)
    own.drop()
    own.git("init", "-q", "-b", "main")
    own.commit("as the change wants it")
    shutil.rmtree(repo.catalogue)
    repo.git("rm", "-rq", "--cached", "catalogue")
    repo.git("submodule", "add", "-q", str(own.root), "catalogue")
    repo.git("branch", "base", "HEAD")
    repo.commit("a submodule")
    assert repo.check("base") == 1
    assert GONE in capsys.readouterr().out
    assert repo.check("main") == 2
    assert (
        "has a submodule in place of catalogue. Check the catalogue in" in capsys.readouterr().err
    )


@pytest.mark.parametrize("config", ["bare = true", "bare = false\n\tworktree = ."])
def test_files_that_look_like_a_repository_are_none(
    config: str, repo: Any, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """In the folder where the check runs, such files are a bare repository to git."""
    repo.git("branch", "base")
    repo.drop()
    repo.commit("dropped")
    for name in ("HEAD", "objects", "refs"):
        place = repo.root / ".git" / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, repo.catalogue / name)
    shutil.copy(repo.catalogue / "refs/heads/main", repo.catalogue / "refs/heads/base")
    (repo.catalogue / "config").write_text(f"[core]\n\trepositoryformatversion = 0\n\t{config}\n")
    monkeypatch.chdir(repo.catalogue)
    assert repo.check("base") == 2
    assert "git says: cannot use bare repository" in capsys.readouterr().err


def test_a_link_in_place_of_the_catalogue_leads_to_no_other_base(
    repo: Any, capsys: Capture
) -> None:
    """An older example that was always in the repository must not become the base."""
    example = type(repo)(repo.root, "examples/small")
    shutil.copytree(repo.catalogue, example.catalogue)
    example.drop()
    repo.commit("with an example")
    shutil.rmtree(repo.catalogue)
    repo.catalogue.symlink_to("examples/small")
    assert main(["check"]) == 0
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


def test_a_catalogue_that_moved(repo: Any, capsys: Capture) -> None:
    first = repo.git("rev-parse", "HEAD")
    (repo.root / "docs").mkdir()
    repo.git("mv", "catalogue", "docs/catalogue")
    repo.commit("moved")
    repo.catalogue = repo.root / "docs/catalogue"
    assert repo.check("HEAD~1") == 2
    assert capsys.readouterr().err == (
        f"reasonbook: The base, commit {first} (HEAD~1), has no folder docs/catalogue. If the "
        "catalogue was moved, compare with HEAD~1:catalogue.\n"
    )
    assert repo.check("HEAD~1:catalogue") == 0
    repo.drop()
    assert repo.check("HEAD~1:catalogue/") == 1
    assert GONE in capsys.readouterr().out


def test_a_base_before_the_first_catalogue(repo: Any, capsys: Capture) -> None:
    repo.git("switch", "-q", "--orphan", "empty")
    first = repo.commit("nothing yet")
    repo.git("checkout", "-q", "main")
    assert repo.check("empty") == 2
    assert capsys.readouterr().err == (
        f"reasonbook: The base, commit {first} (empty), has no folder catalogue. Nothing was "
        "published there.\n"
    )


@pytest.mark.parametrize("linked", ["catalogue", "catalogue/shop", "catalogue/shop/payments.yaml"])
def test_links_within_a_commit_are_followed(linked: str, repo: Any, capsys: Capture) -> None:
    place = repo.root / linked
    target = repo.root / "services/ünï" / place.name
    target.parent.mkdir(parents=True)
    place.rename(target)
    place.symlink_to(os.path.relpath(target, place.parent))
    repo.commit("a link")
    place.unlink()
    target.rename(place)
    repo.drop()
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


@pytest.mark.parametrize("target", ["/etc", "../../../elsewhere", "nowhere", "shop"])
def test_an_api_that_is_not_in_the_commit_was_not_compared(
    target: str, repo: Any, capsys: Capture
) -> None:
    """Nobody can tell what was published there; what can be compared is, all the same."""
    kept = shutil.copytree(repo.catalogue / "shop", repo.root / "kept")
    shutil.rmtree(repo.catalogue / "shop")
    (repo.catalogue / "shop").symlink_to(target)
    repo.commit("a link")
    (repo.catalogue / "shop").unlink()
    kept.rename(repo.catalogue / "shop")
    repo.drop("bank")
    assert repo.check("HEAD") == 2
    out, err = capsys.readouterr()
    assert GONE in out
    assert (
        "reasonbook: Not everything could be compared. HEAD:catalogue/shop is a link that leads "
        "out of the commit.\n" in err
    )


def test_a_schema_elsewhere_is_of_no_matter(repo: Any, tmp_path: Path) -> None:
    schema = repo.catalogue / "shop/envelope.schema.json"
    schema.rename(tmp_path / "schema.json")
    schema.symlink_to(tmp_path / "schema.json")
    repo.commit("a link")
    schema.unlink()
    shutil.copy(tmp_path / "schema.json", schema)
    assert repo.check("HEAD") == 0


def test_an_older_commit_in_place_of_another_is_not_read(repo: Any, capsys: Capture) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.drop()
    second = repo.commit("dropped")
    repo.git("replace", first, second)
    assert repo.check(first) == 1
    assert GONE in capsys.readouterr().out
    repo.git("replace", "-d", first)
    (repo.root / ".git/info").mkdir(exist_ok=True)
    (repo.root / ".git/info/grafts").write_text(f"{second}\n")
    assert repo.check("HEAD~1") == 1


@pytest.mark.parametrize("name", ["GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY"])
def test_the_environment_of_a_hook_does_not_mislead(
    name: str, repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    other = type(repo)(shutil.copytree(repo.root, tmp_path / "other"))
    other.drop()
    other.commit("dropped")
    repo.drop()
    place = {"GIT_DIR": ".git", "GIT_WORK_TREE": ".", "GIT_OBJECT_DIRECTORY": "nowhere"}[name]
    monkeypatch.setenv(name, str(other.root / place))
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere")
    assert repo.check("HEAD") == 1
    assert GONE in capsys.readouterr().out


def test_a_working_tree_elsewhere(
    repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "tree").mkdir()
    repo.git("config", "core.worktree", str(tmp_path / "tree"))
    assert repo.check("HEAD") == 2
    assert capsys.readouterr().err == (
        f"reasonbook: catalogue is not in {tmp_path / 'tree'}, the working tree of the git "
        "repository.\n"
    )
    repo.catalogue.rename(tmp_path / "tree/catalogue")
    repo.catalogue = tmp_path / "tree/catalogue"
    repo.drop()
    assert repo.check("HEAD") == 1


def test_the_owner_of_the_folder_is_another(
    repo: Any, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert repo.check("HEAD") == 2
    assert capsys.readouterr().err == (
        "reasonbook: The git repository cannot be read; git says: detected dubious ownership in "
        f"repository at '{repo.root}' To add an exception for this directory, call: git config "
        f"--global --add safe.directory {repo.root}.\n"
    )


@pytest.mark.parametrize("shallow", [True, False])
def test_what_was_not_fetched_is_told(
    shallow: bool,
    repo: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
) -> None:
    repo.commit("second")
    repo.git("branch", "feature")
    depth = ["--depth=1"] if shallow else ["--single-branch"]
    source = f"file://{repo.root}"
    repo.git("clone", "-q", *depth, "-b", "feature", source, str(tmp_path / "clone"))
    clone = type(repo)(tmp_path / "clone")
    monkeypatch.chdir(clone.root)
    command = f"git fetch{' --depth=1' if shallow else ''} origin main"

    assert clone.check("origin/main") == 2
    assert capsys.readouterr().err == (
        "reasonbook: origin/main is neither a file nor a git ref, in the repository "
        f"{clone.root}. Fetch it: {command}, and compare with FETCH_HEAD.\n"
    )
    assert clone.check("main") == 2
    assert f"Fetch it: {command}, and" in capsys.readouterr().err
    assert clone.check("FETCH_HEAD") == 2
    assert f"with first, such as: {command}\n" in capsys.readouterr().err
    assert clone.check("HEAD~1") == (2 if shallow else 0)
    assert ("The clone is shallow: git fetch --unshallow" in capsys.readouterr().err) is shallow

    clone.git(*command.split()[1:])
    clone.drop()
    assert clone.check("FETCH_HEAD") == 1


def test_names_that_git_would_not_write_lead_nowhere(
    repo: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A crafted tree could name a file outside the copy."""
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(copies))
    blob = repo.git("rev-parse", "HEAD:catalogue/shop/api.yaml")
    git = {"cwd": repo.root, "capture_output": True, "check": True}
    names = (b"../../made.yaml", b"no/made.yaml")
    raw = b"".join(b"100644 " + name + b"\0" + bytes.fromhex(blob) for name in names)
    made = (
        subprocess.run(
            ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"], input=raw, **git
        )
        .stdout.decode()
        .strip()
    )
    top = repo.git("rev-parse", "HEAD:catalogue/shop")
    lines = f"040000 tree {top}\tshop\n040000 tree {made}\tbad\n"
    tree = subprocess.run(["git", "mktree"], input=lines.encode(), **git).stdout.decode().strip()
    commit = repo.git("commit-tree", tree, "-m", "crafted")
    repo.drop()
    assert repo.check(f"{commit}:") == 1
    assert "bad does not count as an API" in capsys.readouterr().err
    assert not (copies / "made.yaml").exists()


def test_git_is_not_there(repo: Any, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setenv("PATH", "")
    assert repo.check("HEAD") == 2
    assert capsys.readouterr().err.startswith("reasonbook: git cannot be run: ")
    assert main(["check", "catalogue", "--against", "./catalogue"]) == 0
