"""What the model holds; what is refused stands in the corpus."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reasonbook.catalogue.loader import api_folders, load_api, load_catalogue
from reasonbook.diagnostics.problems import Problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api


def load(folder: Path) -> Api:
    problems = Problems()
    api = load_api(folder, problems)
    assert list(map(str, problems)) == []
    assert api is not None
    return api


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def test_what_is_left_out_has_the_documented_defaults(shop: Path) -> None:
    api = load(shop / "shop")
    reason = api.reasons["ORDER_NOT_FOUND"]
    assert (api.source.as_of, api.source.official, api.stability) == (None, False, "unstated")
    assert (api.base_url, api.ai_context, api.deprecation_window_days) == (None, None, None)
    assert api.reason_pattern == "[A-Z][A-Z0-9_]{0,63}"
    assert (api.notes, api.troubleshooting, api.links, api.terms) == ((), (), (), ())
    assert (api.response_headers, api.planned_domains, dict(api.http)) == ((), (), {})
    envelope = api.envelope
    assert (envelope.media_type, envelope.reason_prefix) == ("application/json", ())
    assert (envelope.message, envelope.status, envelope.http) == (None, None, None)
    assert (envelope.request_id, envelope.details) == (None, None)
    assert (api.domains[0].coverage, api.domains[0].notes) == ("complete", ())
    assert (reason.raised_by, reason.lifecycle, reason.since) == ("unknown", "active", None)
    assert (reason.falls_back_to, reason.see_also, reason.field_codes) == ((), (), ())
    assert (reason.deprecated, reason.details, reason.ai_context) == (None, None, None)
    assert (reason.remedy.wait, reason.remedy.next) == ((), ())
    assert (reason.remedy.idempotency_key, reason.remedy.basis) == (None, None)
    assert (reason.examples[0].request, dict(reason.examples[0].headers)) == (None, {})


def test_an_explicit_null_is_the_same_as_leaving_out(shop: Path) -> None:
    before = load(shop / "shop")
    replace(
        shop / "shop/api.yaml",
        "schema_version: 1\n",
        "schema_version: 1\nbase_url: null\nreason_pattern: ~\nai_context:\n",
    )
    replace(shop / "shop/orders.yaml", "    cause:", "    since: null\n    details: ~\n    cause:")
    assert load(shop / "shop") == before


def test_a_reason_has_the_http_status_of_its_canonical_one_or_its_own(shop: Path) -> None:
    reasons = load(shop / "shop").reasons
    found, declined = reasons["ORDER_NOT_FOUND"], reasons["CARD_DECLINED"]
    assert (found.status, found.http) == ("NOT_FOUND", 404)
    assert (declined.status, declined.http) == (None, 402)


def test_a_fix_is_one_text_or_a_list_of_steps(shop: Path) -> None:
    reasons = load(shop / "shop").reasons
    assert reasons["ORDER_NOT_FOUND"].fix == ("List the orders and take the id from there.",)
    assert reasons["CARD_DECLINED"].fix == ("Ask for another card.", "Send the payment again.")


def test_a_body_is_the_text_of_the_file(shop: Path) -> None:
    reasons = load(shop / "shop").reasons
    (example,) = reasons["ORDER_NOT_FOUND"].examples
    assert example.body == '{\n  "code": "ORDER_NOT_FOUND"\n}\n'
    assert str(example.body_at(2, 3)) == "shop/orders.yaml:17:13"
    (example,) = reasons["CARD_DECLINED"].examples
    assert example.body == '{"code": "CARD_DECLINED"}'
    assert str(example.body_at(1, 2)) == "shop/payments.yaml:17:17"


def test_a_slug_stands_in_for_a_reason_that_is_no_file_name(shop: Path) -> None:
    replace(shop / "shop/api.yaml", "title: Shop\n", "title: Shop\nreason_pattern: .+\n")
    path = shop / "shop/payments.yaml"
    path.write_text(path.read_text().replace("CARD_DECLINED", "card/declined"))
    replace(path, "    http: 402\n", "    http: 402\n    slug: card-declined\n")
    assert load(shop / "shop").reasons["card/declined"].slug == "card-declined"


def test_domains_and_reasons_are_in_the_order_of_api_yaml(shop: Path) -> None:
    replace(shop / "shop/api.yaml", "  - orders\n  - payments\n", "  - payments\n  - orders\n")
    api = load(shop / "shop")
    assert [domain.name for domain in api.domains] == ["payments", "orders"]
    assert list(api.reasons) == ["CARD_DECLINED", "ORDER_NOT_FOUND"]
    assert api.domain("orders") == api.domains[1]
    assert api.domain("refunds") is None


def test_operations_are_in_the_order_of_paths_with_the_reasons_that_each_sends(shop: Path) -> None:
    orders, payments = shop / "shop/orders.yaml", shop / "shop/payments.yaml"
    both = "      - POST /orders\n"
    replace(orders, "    cause:", f"    raised_by:\n      - GET /orders/{{id}}\n{both}    cause:")
    replace(payments, "    cause:", f"    raised_by:\n{both}      - GET /cards\n    cause:")
    operations = load(shop / "shop").operations
    assert {
        operation: [reason.name for reason in reasons] for operation, reasons in operations.items()
    } == {
        "GET /cards": ["CARD_DECLINED"],
        "POST /orders": ["ORDER_NOT_FOUND", "CARD_DECLINED"],
        "GET /orders/{id}": ["ORDER_NOT_FOUND"],
    }
    assert list(operations) == ["GET /cards", "POST /orders", "GET /orders/{id}"]


def test_an_api_names_every_file_that_it_was_read_from(shop: Path) -> None:
    files = load(shop / "shop").files
    assert sorted(path.name for path in files) == [
        "api.yaml",
        "envelope.schema.json",
        "orders.yaml",
        "payments.yaml",
    ]


def test_apis_are_folders_in_the_order_of_their_names(shop: Path) -> None:
    for name in ("b", "a", ".hidden", "_private"):
        (shop / name).mkdir()
    (shop / "README.md").touch()
    assert [folder.name for folder in api_folders(shop)] == ["a", "b", "shop"]


def test_files_that_editors_hide_are_left_alone(shop: Path) -> None:
    (shop / "shop/.#orders.yaml").symlink_to("nowhere")
    (shop / "shop/.orders.yaml").write_text("a: [")
    (shop / "shop/orders.yaml~").write_text("a: [")
    load(shop / "shop")


def test_one_broken_api_leaves_the_others(shop: Path) -> None:
    (shop / "bank").mkdir()
    (shop / "bank/api.yaml").write_text("api: [")
    loaded = load_catalogue(shop)
    assert list(loaded.catalogue.apis) == ["shop"]
    assert [problem.rule for problem in loaded.problems] == [Rule.YAML_SYNTAX]
    assert [reason.name for reason in loaded.catalogue.reasons()] == [
        "ORDER_NOT_FOUND",
        "CARD_DECLINED",
    ]


def test_a_faulty_reason_is_still_known_by_name(shop: Path) -> None:
    replace(shop / "shop/payments.yaml", "    http: 402\n", "")
    (api,) = load_catalogue(shop).catalogue.apis.values()
    assert api.may_have("CARD_DECLINED")
    assert not api.may_have("CARD_STOLEN")


@pytest.mark.parametrize(
    "text", [None, "a: [", "domain: payments\n", "reasons: [{http: 402}]\n"], ids=str
)
def test_a_file_that_cannot_be_read_may_have_anything(shop: Path, text: str | None) -> None:
    path = shop / "shop/payments.yaml"
    path.unlink()
    if text is not None:
        path.write_text(text)
    (api,) = load_catalogue(shop).catalogue.apis.values()
    assert api.may_have("CARD_STOLEN")


def test_nothing_of_the_model_can_be_changed(shop: Path) -> None:
    api = load(shop / "shop")
    with pytest.raises(ValueError, match="frozen"):
        api.title = "Other"  # type: ignore[misc]


def test_a_folder_without_a_schema_gives_an_api_all_the_same(shop: Path) -> None:
    """So that everything else in it is checked in the same run."""
    (shop / "shop/envelope.schema.json").unlink()
    loaded = load_catalogue(shop)
    assert [problem.rule for problem in loaded.problems] == [Rule.ENVELOPE_SCHEMA]
    assert list(loaded.catalogue.apis) == ["shop"]


def test_a_link_to_a_domain_is_no_second_one(shop: Path) -> None:
    (shop / "shop/copy.yaml").symlink_to("orders.yaml")
    assert [*map(str, load_catalogue(shop).problems)] == [
        "shop/copy.yaml:1:1: error[unlisted-domain-file]: copy.yaml is a link to orders.yaml.\n"
        "  hint: Remove it; a domain has one file."
    ]


def test_a_pipe_is_no_schema(shop: Path) -> None:
    (shop / "shop/envelope.schema.json").unlink()
    os.mkfifo(shop / "shop/envelope.schema.json")
    assert [problem.message for problem in load_catalogue(shop).problems] == [
        "envelope.schema.json is not a regular file."
    ]
