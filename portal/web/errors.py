"""Pages for what goes wrong. The 404 is one fixed text: a foreign id and an unused id cannot be told apart."""

from typing import cast

import structlog
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.outages import outage_page, what_is_away

_log = structlog.get_logger("web")


def init_errors(app: Flask) -> None:
    """Register a page for every fault; none of them needs a session, a person or the database."""

    @app.errorhandler(404)
    @app.errorhandler(405)
    def not_found(_error: Exception) -> Response:
        return Response(not_found_page(app), 404, mimetype="text/html")

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[str, int]:
        return render_template("errors/refusal.html", sentence=sentence_of(refusal)), refusal.status

    @app.errorhandler(HTTPException)
    def http_fault(fault: HTTPException) -> Response:
        answer = cast(Response, fault.get_response())
        if fault.response is None and answer.status_code >= 400:
            known = answer.status_code if answer.status_code in (400, 408, 413, 429, 503) else 500
            answer.set_data(render_template("errors/fault.html", code=known))
        return answer

    @app.errorhandler(Exception)
    def unforeseen(fault: Exception) -> Response | tuple[str, int]:
        if reason := what_is_away(fault):
            return outage_page(reason)
        _log.error("unforeseen", endpoint=request.endpoint, reason=type(fault).__name__, exc_info=app.testing)
        if app.testing:
            raise fault
        return render_template("errors/fault.html", code=500), 500


def not_found_page(app: Flask) -> bytes:
    """The bytes of the 404 page, made once per process and language-free: Swedish with an English line."""
    page = app.extensions.get("not_found_page")
    if page is None:
        with app.test_request_context("/"):
            page = app.extensions["not_found_page"] = render_template("errors/404.html").encode()
    return bytes(page)
