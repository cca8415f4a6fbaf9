"""What a status in source code means, as different libraries write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reasonbook.auditing.source.statuses import read_status
from reasonbook.catalogue.loader import load_catalogue


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("404", "HTTP 404"),
        ("NOT_FOUND", "NOT_FOUND"),  # a canonical status of the API
        ("codes.NotFound", "NOT_FOUND"),
        ("cerrors.StatusNotFound", "NOT_FOUND"),
        ("errors.NotFoundException", "NOT_FOUND"),
        ("NotFoundError", "NOT_FOUND"),
        ("http.StatusGone", "HTTP 410"),
        ("http.StatusInternalServerError", "HTTP 500"),
        ("HttpStatus.CONFLICT", "HTTP 409"),
        ("HttpStatusCode.BadGateway", "HTTP 502"),
        ("HttpServletResponse.SC_BAD_REQUEST", "HTTP 400"),
        ("status.HTTP_402_PAYMENT_REQUIRED", "HTTP 402"),
        ("HTTPStatus.TOO_MANY_REQUESTS", "HTTP 429"),
        ("StatusCode::UNPROCESSABLE_ENTITY", "HTTP 422"),
        ("Response::HTTP_FORBIDDEN", "HTTP 403"),
        ("codes.InvalidArgument", "None"),  # the API has no such status
        ("apierror.New", "None"),
        ("status", "None"),
        ("", "None"),
        ("12404", "None"),
    ],
)
def test_what_is_written_is_understood(written: str, meant: str, shop: Path) -> None:
    api = load_catalogue(shop).catalogue.apis["shop"]
    assert str(read_status(written, api)) == meant


@pytest.mark.parametrize(
    ("written", "is_documented"),
    [("NOT_FOUND", True), ("404", True), ("GONE", False), ("MISSING", False), ("410", False)],
)
def test_of_two_canonical_statuses_with_one_http_status_one_is_documented(
    written: str, is_documented: bool, shop: Path
) -> None:
    file = shop / "shop/api.yaml"
    statuses = "statuses:\n  MISSING:\n    http: 404\n"
    file.write_text(file.read_text().replace("statuses:\n", statuses))
    api = load_catalogue(shop).catalogue.apis["shop"]
    status = read_status(written, api)
    assert status is not None
    assert status.is_documented(api.reasons["ORDER_NOT_FOUND"]) is is_documented
