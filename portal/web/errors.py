"""Pages for what goes wrong. The 404 is one fixed text: a foreign id and an unused id cannot be told apart."""

import structlog
from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from portal.refusal import Refusal
from portal.web.filters import sentence_of

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
    def http_fault(fault: HTTPException) -> tuple[str, int] | Response:
        if fault.response is not None or (fault.code or 500) < 400:
            return fault.get_response()  # type: ignore[return-value]
        code = fault.code if fault.code in (400, 408, 413, 429, 503) else 500
        return render_template("errors/fault.html", code=code), fault.code or 500

    @app.errorhandler(Exception)
    def unforeseen(fault: Exception) -> tuple[str, int]:
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
