"""Faults as a machine reads them: problem+json (RFC 9457), under the addresses that machines ask."""

import json

from flask import Response, request

from portal.web.fault_words import words_of

PLACE = "/api/"


def asked_by_machine() -> bool:
    """Whether the present request was for an address of the open interface, or for one that would be."""
    return request.path.startswith(PLACE)


def problem(status: int, title: str, detail: str) -> Response:
    """One fault, in words that are already in the reader's language."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(body, ensure_ascii=False) + "\n", status, mimetype="application/problem+json")


def problem_of(status: int, fault: int | str | None = None) -> Response:
    """The fault of this status (or ``fault``, where the status has several) in the page's own words."""
    return problem(status, *words_of(fault or status))
