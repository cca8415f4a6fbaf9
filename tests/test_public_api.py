"""``import reasonbook``: all that another program needs."""

from __future__ import annotations

import inspect
import os
import shutil
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import reasonbook


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_load_gives_the_catalogue(shop: Path) -> None:
    catalogue = reasonbook.load(shop)
    assert isinstance(catalogue, reasonbook.Catalogue)
    assert catalogue.apis["shop"].reasons["ORDER_NOT_FOUND"].http == 404


def test_a_path_may_be_text(shop: Path) -> None:
    assert reasonbook.load(str(shop)).apis.keys() == {"shop"}
    assert reasonbook.check(str(shop)) == []


def test_what_cannot_be_read_cannot_be_loaded(shop: Path) -> None:
    edit(shop / "shop/orders.yaml", "title: Orders", "title: 5")
    with pytest.raises(reasonbook.InvalidCatalogueError, match="title must be text") as raised:
        reasonbook.load(shop)
    (problem,) = raised.value.problems
    assert problem.rule.label == "wrong-type"
    assert str(problem.location) == "shop/orders.yaml:2:8"


def test_no_catalogue_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(reasonbook.InvalidCatalogueError, match="empty-catalogue"):
        reasonbook.load(tmp_path / "nowhere")


def test_only_check_looks_at_the_examples(shop: Path) -> None:
    edit(shop / "shop/orders.yaml", '"code": "ORDER_NOT_FOUND"', '"code": "CARD_DECLINED"')
    assert reasonbook.load(shop).apis.keys() == {"shop"}
    assert [problem.rule.label for problem in reasonbook.check(shop)] == ["example-reason"]


def test_check_gives_problems_in_the_order_of_the_files(shop: Path) -> None:
    edit(shop / "shop/orders.yaml", "title: Orders", "title: 5")
    edit(shop / "shop/api.yaml", "title: Shop", "title: 5")
    found = reasonbook.check(shop)
    assert [problem.location.path for problem in found] == ["shop/api.yaml", "shop/orders.yaml"]
    assert all(isinstance(problem, reasonbook.Problem) for problem in found)
    assert {problem.severity for problem in found} == {"error"}


def test_nothing_to_check_is_a_problem(tmp_path: Path) -> None:
    assert [problem.rule.label for problem in reasonbook.check(tmp_path)] == ["empty-catalogue"]


def test_check_compares_with_an_older_state(shop: Path, tmp_path: Path) -> None:
    before = shutil.copytree(shop, tmp_path / "before")
    edit(shop / "shop/payments.yaml", "reason: CARD_DECLINED", "reason: CARD_REFUSED")
    edit(shop / "shop/payments.yaml", '"code": "CARD_DECLINED"', '"code": "CARD_REFUSED"')
    assert reasonbook.check(shop) == []
    (problem,) = reasonbook.check(shop, against=before)
    assert problem.rule.label in ("reason-renamed", "reason-removed")


def test_a_base_that_cannot_be_read_is_an_error(shop: Path) -> None:
    with pytest.raises(reasonbook.BaselineError, match="nowhere is not a git ref"):
        reasonbook.check(shop, against="nowhere")


@pytest.mark.parametrize("name", reasonbook.__all__)
def test_all_of_it_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(reasonbook, name))


def test_what_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'reasonbook' has no attribute 'nothing'"):
        reasonbook.nothing  # noqa: B018


def test_the_import_costs_nothing_and_checking_needs_no_sphinx(shop: Path) -> None:
    code = (
        "import sys, reasonbook\n"
        "print({n for n in sys.modules if n.startswith('reasonbook.')})\n"
        "reasonbook.load('.'); print(reasonbook.check('.'))\n"
        "print({'sphinx', 'docutils', 'click'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(Path(reasonbook.__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n[]\nset()\n"


def test_it_is_typed() -> None:
    assert (Path(reasonbook.__file__).parent / "py.typed").is_file()
    for function in (reasonbook.load, reasonbook.check):
        parameters = inspect.signature(function).parameters.values()
        assert all(parameter.annotation is not parameter.empty for parameter in parameters)
    assert (
        typing.get_type_hints(
            reasonbook.load, vars(reasonbook) | {"Catalogue": reasonbook.Catalogue}
        )["return"]
        is reasonbook.Catalogue
    )
