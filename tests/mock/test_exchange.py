"""Every documented error goes through a real client as the catalogue has it."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from reasonbook.format.model import Api, Reason
from reasonbook.render.facts.exchange import Answer, answers
from reasonbook.render.facts.operations import reasons_by_operation

from .conftest import APIS, Client

#: Of the operations of a class, so many are asked.
OF_A_CLASS = 4


def documented(api: Api) -> list[Answer]:
    found = [a for reason in api.reasons.values() for a in answers(api, reason) if a.http]
    assert found
    return found


def compare(answer: Answer, response: httpx.Response) -> None:
    """Compare the whole exchange: the status, every header, every byte."""
    assert response.status_code == answer.http, response.text
    media_type = answer.api.envelope_of(answer.reason).media_type
    shown = {"content-type": media_type, "content-length": str(len(response.content))}
    shown |= {name.lower(): value for name, value in answer.example.headers.items()}
    assert dict(response.headers) == shown
    assert response.content == answer.example.body.encode()


def asked_for(answer: Answer) -> dict[str, str]:
    title = answer.example.title.replace("\\", "\\\\").replace('"', '\\"')
    said = f'reason={answer.reason.name}; example="{title}", http={answer.http}'
    return {"Prefer": said.encode().decode("latin-1")}


def operations_of(api: Api, reason: Reason) -> list[str]:
    """Return operations that send a reason; all that it names, and of many some."""
    sending = [name for name, sent in reasons_by_operation(api).items() if reason in sent]
    own = [*map(api.listed_name, reason.operations)]
    return [*dict.fromkeys([*own, *sending[:: max(len(sending) // OF_A_CLASS, 1)]])]


def test_at_its_own_address(api: Api, client_of: Client) -> None:
    client = client_of(api)
    for answer in documented(api):
        address = f"/{api.name}/reasons/{quote(answer.reason.name)}"
        compare(answer, client.get(address, headers=asked_for(answer)))


@pytest.mark.slow
def test_on_the_operations_that_send_it(api: Api, client_of: Client) -> None:
    client = client_of(api)
    for answer in documented(api):
        for operation in operations_of(api, answer.reason) or ["GET /anything"]:
            if operation == "GET /anything" and api.listed_operations:
                continue  # then only its own address has it
            method, path = operation.split(" ")
            plain = path.replace("{", "").replace("}", "")
            response = client.request(method, f"/{api.name}{plain}", headers=asked_for(answer))
            compare(answer, response)


def test_every_reason_of_the_index_is_there(api: Api, client_of: Client) -> None:
    client = client_of(api)
    index = client.get("/").json()
    assert api.name in [each["api"] for each in index["apis"]]
    shown = client.get(f"/{api.name}").json()
    assert [each["reason"] for each in shown["reasons"]] == [*api.reasons]
    for each in shown["reasons"]:
        status = client.get(each["url"]).status_code
        assert status == (each["examples"][0]["http"] if each["examples"] else 404)


def test_a_test_root_has_two_levels() -> None:
    assert any(reason.sub_reason for api in APIS for reason in api.reasons.values())


def test_a_head_has_no_body(voipbin: httpx.Client) -> None:
    response = voipbin.head("/voipbin/reasons/CALL_NOT_FOUND")
    assert (response.status_code, response.content) == (404, b"")
    assert int(response.headers["content-length"]) > 0
