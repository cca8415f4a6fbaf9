"""Print the calls of an account, and handle what can go wrong on the way."""

import os
import sys
import time

import httpx

API = os.environ.get("API_URL", "https://api.voipbin.net/v1.0")
ERRORS = os.environ.get("ERRORS_URL", "https://errors.example.com/voipbin/reasons")
ATTEMPTS = 5


class GiveUp(Exception):  # noqa: N818
    """No repeat will help; the message says who can."""


def main() -> None:
    with httpx.Client(base_url=API, timeout=10) as client:
        try:
            print(calls(client))
        except GiveUp as error:
            sys.exit(f"gave up: {error}")


def calls(client: httpx.Client) -> str:
    token, is_new = os.environ["API_TOKEN"], False
    for attempt in range(ATTEMPTS):
        try:
            response = client.get("/calls", headers={"Authorization": f"Bearer {token}"})
        except httpx.TransportError as error:  # a GET does no harm when it is sent twice
            log(f"no answer: {error}")
            time.sleep(2**attempt)
            continue
        if response.is_success:
            return response.text
        reason = reason_of(response)
        request_id = response.headers.get("X-Request-Id", "not given")
        log(f"HTTP {response.status_code}, reason {reason}, request {request_id}")
        match reason:
            case "AUTHENTICATION_REQUIRED" if not is_new:
                token, is_new = login(client), True
            case "RATE_LIMIT_EXCEEDED" | "SERVICE_UNAVAILABLE" | "REQUEST_TIMEOUT":
                time.sleep(wait(response, attempt))
            case "INSUFFICIENT_BALANCE":
                raise GiveUp("the administrator of the account must raise its balance")
            case None if response.status_code in (429, 502, 503, 504):  # not from the API itself
                time.sleep(wait(response, attempt))
            case None:
                raise GiveUp(f"HTTP {response.status_code} without a reason")
            case _:
                raise GiveUp(f"see {ERRORS}/{reason}.html")
    raise GiveUp(f"it still fails after {ATTEMPTS} attempts")


def reason_of(response: httpx.Response) -> str | None:
    """Return the reason; None where the body is empty, a gateway's page, or something else."""
    try:
        return str(response.json()["error"]["reason"])
    except (ValueError, KeyError, TypeError):
        return None


def wait(response: httpx.Response, attempt: int) -> int:
    """Return the seconds that the server asks for, else twice as many as before."""
    asked = response.headers.get("Retry-After", "")
    return int(asked) if asked.isdecimal() else 2**attempt


def login(client: httpx.Client) -> str:
    log("logging in again")
    user = {"username": os.environ["API_USERNAME"], "password": os.environ["API_PASSWORD"]}
    response = client.post("/auth/login", json=user)
    if not response.is_success:
        raise GiveUp(f"no new token: HTTP {response.status_code}, {reason_of(response)}")
    return str(response.json()["token"])


def log(message: str) -> None:
    print(message, file=sys.stderr)


main()
