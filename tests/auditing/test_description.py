"""An API's own description compared with its catalogue: each kind of drift, with its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from reasonbook.auditing.audit import Audited, audit_description
from reasonbook.catalogue.loader import load_catalogue
from reasonbook.diagnostics.formats import print_problems
from reasonbook.diagnostics.rules import Rule
from reasonbook.format.model import Api
from reasonbook.render.data.openapi import openapi_json
from reasonbook.render.page_kinds import Addresses
from reasonbook.render.urls import SiteUrls

from ..test_corpus import edit, rules_in, sections

ROOT = Path(__file__).parents[2]
DESCRIPTIONS = ROOT / "tests/corpus/descriptions"
CASES = sorted(DESCRIPTIONS.glob("*.txt"))
SHIPPED = sorted(folder for folder in (ROOT / "catalogue").iterdir() if folder.is_dir())
OTHERS = sorted(ROOT.glob("tests/roots/*/catalogue/*"))

Audit = Callable[..., Audited]
Change = Callable[[Any], None]


@pytest.fixture
def audit(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Audit:
    """Audit the description beside the small catalogue, after a change of it."""
    monkeypatch.chdir(shop.parent)
    shutil.copy(DESCRIPTIONS / "openapi.yaml", "openapi.yaml")

    def audited(change: Change | None = None) -> Audited:
        if change is not None:
            data = yaml.safe_load(Path("openapi.yaml").read_text())
            change(data)
            Path("openapi.yaml").write_text(yaml.safe_dump(data, sort_keys=False))
        loaded = load_catalogue(shop)
        assert [*loaded.problems] == []
        return audit_description(Path("openapi.yaml"), loaded.catalogue.apis["shop"])

    return audited


def said(audited: Audited) -> list[str]:
    return [problem.message for problem in audited.problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_case(case: Path, shop: Path, audit: Audit, capsys: pytest.CaptureFixture[str]) -> None:
    *steps, (_, expected) = sections(case)
    edit(shop.parent, steps)
    print_problems(audit().problems, "text")
    assert capsys.readouterr().out == expected
    assert case.stem.startswith(tuple(f"{rule}-" for rule in rules_in(expected)))


def test_every_kind_of_drift_has_a_case() -> None:
    shown = {rule for case in CASES for rule in rules_in(sections(case)[-1][1])}
    kinds = {rule.label for rule in Rule if rule.label.startswith("description-")}
    assert kinds == shown


def test_what_agrees_has_no_finding(audit: Audit) -> None:
    assert said(audit()) == []


def test_a_response_for_all_statuses_lacks_none(shop: Path, audit: Audit) -> None:
    (shop / "shop/operations.json").write_text(
        '{"operations": {"GET /orders/{id}": [404, 500], "POST /payments": [402, 500]}}'
    )
    assert said(audit()) == [
        "GET /orders/{order} is described without HTTP 500 (operations.json).",
        "POST /payments is described without HTTP 500 (operations.json).",
    ]

    def cover(data: Any) -> None:
        data["paths"]["/payments"]["post"]["responses"]["default"] = {"description": "Any"}
        data["paths"]["/orders/{order}"]["get"]["responses"]["5XX"] = {"description": "Ours"}

    assert said(audit(cover)) == []


def test_paths_below_another_base_address_are_the_same(shop: Path, audit: Audit) -> None:
    api = shop / "shop/api.yaml"
    api.write_text(f"{api.read_text()}base_url: https://api.shop.example/v1\n")
    (shop / "shop/operations.json").write_text(
        '{"operations": {"GET /orders/{id}": [404], "POST /payments": [402]}}'
    )

    def move(data: Any) -> None:
        data["servers"] = [{"url": "https://api.shop.example"}]
        data["paths"] = {f"/v1{path}": item for path, item in data["paths"].items()}

    assert said(audit(move)) == []


def set_http(shop: Path, http: str) -> None:
    """Give the declined card other HTTP statuses, and operations that it comes from."""
    path = shop / "shop/payments.yaml"
    raised_by = 'raised_by: [POST /payments, "GET /orders/{id}"]'
    path.write_text(path.read_text().replace("    http: 402", f"    http: {http}\n    {raised_by}"))


def test_of_several_statuses_of_a_reason_an_operation_may_have_any(
    shop: Path, audit: Audit
) -> None:
    set_http(shop, "[402, 404]")
    assert said(audit()) == []
    path = shop / "shop/payments.yaml"
    path.write_text(path.read_text().replace("[402, 404]", "[402, 409]"))
    assert said(audit()) == [
        "GET /orders/{order} is described without HTTP 402 or 409 (CARD_DECLINED)."
    ]


def test_where_a_status_is_not_known_it_may_be_any(shop: Path, audit: Audit) -> None:
    def grow(data: Any) -> None:
        data["paths"]["/payments"]["post"]["responses"]["418"] = {"description": "Other"}

    assert said(audit(grow)) == ["The catalogue has no error with HTTP 418 for POST /payments."]
    set_http(shop, "unknown")
    assert said(audit()) == []


def test_answers_outside_the_envelope_are_known(shop: Path, audit: Audit) -> None:
    def grow(data: Any) -> None:
        data["paths"]["/payments"]["post"]["responses"]["502"] = {"description": "Gateway"}

    assert said(audit(grow)) == ["The catalogue has no error with HTTP 502 for POST /payments."]
    api = shop / "shop/api.yaml"
    outside = "outside: [{name: gateway-page, http: [502], media_type: text/html}]\n"
    text = api.read_text().replace("api: shop", "format: 2\napi: shop", 1)
    api.write_text(text + outside)
    for name in ("orders", "payments"):
        path = shop / f"shop/{name}.yaml"
        path.write_text(path.read_text().replace("actor: caller", "actor: client"))
    assert said(audit()) == []


def test_without_a_list_of_codes_none_is_missed(audit: Audit) -> None:
    def open_list(data: Any) -> None:
        del data["components"]["schemas"]["Error"]["properties"]["code"]["enum"]
        del data["components"]["responses"]["NotFound"]["content"]["application/json"]["example"]

    assert said(audit(open_list)) == []


def test_a_description_without_codes_says_so(audit: Audit) -> None:
    def forget(data: Any) -> None:
        data["components"] = {"responses": {"NotFound": {"description": "Not found"}}}
        data["paths"]["/payments"]["post"]["responses"]["402"] = {"description": "Refused"}

    audited = audit(forget)
    assert said(audited) == []
    assert "The description names no codes where the envelope has them." in [
        note.message for note in audited.notes
    ]


def test_codes_of_x_keys_are_compared(audit: Audit) -> None:
    def extend(data: Any) -> None:
        data["x-error-codes"] = [{"code": "CARD_DECLINED", "http": 409}, {"code": "TOO_LATE"}]

    assert said(audit(extend)) == [
        "CARD_DECLINED is described with HTTP 409, and documented with 402.",
        "TOO_LATE is not documented.",
    ]


def test_codes_of_an_operation_have_each_their_own_status(audit: Audit) -> None:
    def extend(data: Any) -> None:
        payment = data["paths"]["/payments"]["post"]
        payment["x-error-codes"] = ["CARD_DECLINED", "ORDER_NOT_FOUND"]
        payment["responses"]["404"] = {"description": "Gone"}

    assert said(audit(extend)) == []


GET, POST = "GET /orders/{id}", "POST /payments"


@pytest.fixture
def raised(shop: Path) -> Callable[[str, str], None]:
    """Says which operations send the two reasons; each may have either HTTP status."""
    both = {"operations": {GET: [402, 404], POST: [402, 404]}}

    def write(not_found: str, declined: str) -> None:
        (shop / "shop/operations.json").write_text(json.dumps(both))
        for name, said in (("orders", not_found), ("payments", declined)):
            path = shop / f"shop/{name}.yaml"
            text = path.read_text()
            path.write_text(text.replace("    cause:", f"    raised_by: {said}\n    cause:", 1))

    return write


Raised = Callable[[str, str], None]


def add_responses(data: Any, get: Any, post: Any) -> None:
    """Add the response that each operation lacks."""
    data["paths"]["/orders/{order}"]["get"]["responses"]["402"] = get
    data["paths"]["/payments"]["post"]["responses"]["404"] = post


def of_body(**content: Any) -> Any:
    return {"description": "Refused", "content": {"application/json": content}}


ERROR_SCHEMA = {"$ref": "#/components/schemas/Error"}
SHOWS = of_body(schema=ERROR_SCHEMA, example={"code": "CARD_DECLINED"})
SHOWS_NOT_FOUND = of_body(schema=ERROR_SCHEMA, example={"code": "ORDER_NOT_FOUND"})
OF_GET = f'["{GET}"]'
OF_POST = f"[{POST}]"


@pytest.mark.parametrize(
    ("response", "is_found"),
    [
        (SHOWS, True),
        (of_body(schema=ERROR_SCHEMA, examples={"a": {"value": {"code": "CARD_DECLINED"}}}), True),
        (of_body(examples={"a": {"$ref": "#/components/examples/Declined"}}), True),
        (of_body(schema={"properties": {"code": {"const": "CARD_DECLINED"}}}), True),
        (of_body(schema={"allOf": [{"properties": {"code": {"enum": ["CARD_DECLINED"]}}}]}), True),
        ({"description": "x", "x-error-codes": ["CARD_DECLINED"]}, True),
        # What several may refer to is said of none.
        ({"$ref": "#/components/responses/Declined"}, False),
        (of_body(schema=ERROR_SCHEMA), False),
        (of_body(schema={"$ref": "#/components/schemas/Shown"}), False),
        ({"description": "Refused"}, False),
    ],
)
def test_a_code_that_is_said_of_one_operation(
    response: Any, is_found: bool, raised: Raised, audit: Audit
) -> None:
    raised(OF_GET, OF_POST)

    def change(data: Any) -> None:
        add_responses(data, response, {"description": "Gone"})
        data["components"]["responses"]["Declined"] = SHOWS
        data["components"]["examples"] = {"Declined": {"value": {"code": "CARD_DECLINED"}}}
        data["components"]["schemas"]["Shown"] = {**ERROR_SCHEMA, "example": SHOWS}

    found = ["CARD_DECLINED is described for GET /orders/{order}, which is not known to send it."]
    assert said(audit(change)) == (found if is_found else [])


@pytest.mark.parametrize("by", ["unknown", "any", f'["{GET}", {POST}]', "{class: paid}"])
def test_where_the_catalogue_leaves_the_operation_open_a_code_may_be_of_it(
    by: str, shop: Path, raised: Raised, audit: Audit
) -> None:
    raised("unknown", by)
    api = shop / "shop/api.yaml"
    api.write_text(
        f"format: 2\noperation_classes: {{paid: {{methods: [GET, POST]}}}}\n{api.read_text()}"
    )
    for path in (shop / "shop").glob("*s.yaml"):
        path.write_text(path.read_text().replace("actor: caller", "actor: client"))
    assert said(audit(lambda data: add_responses(data, SHOWS, SHOWS_NOT_FOUND))) == []


def test_an_operation_that_the_catalogue_does_not_know_is_not_compared(
    shop: Path, raised: Raised, audit: Audit
) -> None:
    raised("unknown", OF_POST)
    (shop / "shop/operations.json").unlink()
    responses = {"responses": {"402": SHOWS}}

    def change(data: Any) -> None:
        data["paths"]["/other"] = {"get": responses}

    assert [each for each in said(audit(change)) if "CARD_DECLINED" in each] == []


CODE = {"properties": {"code": {"enum": ["CARD_DECLINED"]}}}
CONST = {"properties": {"code": {"const": "CARD_DECLINED"}}}
OPEN = {"properties": {"code": {"type": "string"}}}
NOT_LISTED = (
    "ORDER_NOT_FOUND is documented for POST /payments with HTTP 404, and is not in the list"
)


@pytest.mark.parametrize(
    ("content", "is_found"),
    [
        ({"application/json": {"schema": CODE}}, True),
        ({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Declined"}}}, True),
        ({"application/json": {"schema": {"allOf": [ERROR_SCHEMA, CODE]}}}, True),
        ({"application/json": {"schema": {"oneOf": [CODE, CONST]}}, "text/html": {}}, True),
        ({"application/json": {"schema": {"oneOf": [CODE, OPEN]}}}, False),
        ({"application/json": {"schema": {"anyOf": [CODE, {"type": "object"}]}}}, False),
        ({"application/json": {"schema": CODE}, "application/a+json": {}}, False),
        ({"application/json": {"schema": OPEN}}, False),
        ({"application/json": {"schema": {"$ref": "#/components/schemas/Loop"}}}, False),
        ({"text/html": {}}, False),
        ({}, False),
    ],
)
def test_a_list_that_allows_no_other_code_lacks_what_is_documented(
    content: Any, is_found: bool, raised: Raised, audit: Audit
) -> None:
    raised(f'["{GET}", {POST}]', f'["{GET}", {POST}]')

    def change(data: Any) -> None:
        post = data["paths"]["/payments"]["post"]["responses"]
        post["4XX"] = {"description": "Gone", "content": content}
        del data["components"]["schemas"]["Error"]["properties"]["code"]["enum"]
        data["components"]["schemas"] |= {
            "Declined": CODE,
            "Loop": {"anyOf": [{"$ref": f"#/components/schemas/{n}"} for n in ("Loop", "Other")]},
            "Other": {"anyOf": [{"$ref": f"#/components/schemas/{n}"} for n in ("Loop", "Other")]},
        }

    found = [each for each in said(audit(change)) if "list of codes" in each]
    assert [each.startswith(NOT_LISTED) for each in found] == [True] * is_found


def test_a_list_says_nothing_of_a_reason_that_may_come_from_anywhere(
    raised: Raised, audit: Audit
) -> None:
    raised("any", "unknown")
    response = of_body(schema=CODE)
    found = said(audit(lambda data: add_responses(data, SHOWS, response)))
    assert [each for each in found if "list of codes" in each] == []


def test_a_list_of_codes_that_one_status_has_tells_it(audit: Audit) -> None:
    def narrow(data: Any) -> None:
        content = data["paths"]["/payments"]["post"]["responses"]["402"]["content"]
        codes = {"properties": {"code": {"const": "ORDER_NOT_FOUND"}}}
        schema = content["application/json"]["schema"]
        content["application/json"]["schema"] = {"allOf": [schema, codes]}

    assert said(audit(narrow)) == [
        "ORDER_NOT_FOUND is described with HTTP 402, and documented with 404."
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("swagger: '2.0'\npaths: {}\n", "The file is in Swagger 2.0, which is not read."),
        ("openapi: 2.9.0\npaths: {}\n", "The file is in 2.9.0, which is not read."),
        ("a: 1\n", "The file is not an OpenAPI document."),
    ],
)
def test_what_cannot_be_compared_is_no_pass(text: str, message: str, audit: Audit) -> None:
    Path("openapi.yaml").write_text(text)
    audited = audit()
    assert [(p.rule.label, p.message) for p in audited.problems] == [("unreadable-file", message)]


def exported(folder: Path, to: Path) -> tuple[Api, Path]:
    api = load_catalogue(folder.parent).catalogue.apis[folder.name]
    path = to / "openapi.json"
    urls = SiteUrls.of("https://errors.example.com", Addresses(""))
    path.write_text(json.dumps(openapi_json(api, urls)))
    return api, path


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_what_is_exported_agrees_with_its_catalogue(folder: Path, tmp_path: Path) -> None:
    api, path = exported(folder, tmp_path)
    assert [*map(str, audit_description(path, api).problems)] == []


@pytest.mark.parametrize("folder", OTHERS, ids=lambda folder: folder.name)
def test_envelopes_of_all_kinds_agree_but_for_operations_that_have_no_error(
    folder: Path, tmp_path: Path
) -> None:
    """An export has the operations that send a reason, and not those that a remedy leads to."""
    api, path = exported(folder, tmp_path)
    audited = audit_description(path, api)
    rules = {problem.rule.label for problem in audited.problems}
    assert rules <= {"description-operation-missing"}
    gone = {message.partition(" is not in ")[0] for message in said(audited)}
    assert gone.isdisjoint(api.operations)


@pytest.mark.parametrize("folder", [*SHIPPED, *OTHERS], ids=lambda folder: folder.name)
def test_a_code_that_is_taken_from_a_catalogue_is_found(folder: Path, tmp_path: Path) -> None:
    """In every kind of envelope: the description still has it."""
    api, path = exported(folder, tmp_path)
    gone = next(
        reason
        for reason in api.reasons.values()
        if reason.lifecycle == "active" and not reason.sub_reason
    )
    left = {name: reason for name, reason in api.reasons.items() if reason.code != gone.code}
    api.__dict__["reasons"] = left
    found = [p.message for p in audit_description(path, api).problems]
    assert f"{gone.code} is not documented." in found
