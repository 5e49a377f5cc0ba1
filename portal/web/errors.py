"""Pages for what goes wrong. The 404 is one fixed text: a foreign id and an unused id cannot be told apart."""

from collections.abc import Callable
from typing import Any, cast

import structlog
from flask import Flask, Response, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from portal.refusal import Refusal
from portal.web.fault_words import OTHER_HOST, TOO_LONG, fault_page, way_on
from portal.web.filters import sentence_of
from portal.web.outages import outage_answer, what_is_away
from portal.web.problems import asked_by_machine, problem, problem_of

_log = structlog.get_logger("web")


def init_errors(app: Flask) -> None:
    """Register a page for every fault; none of them needs a session, a person or the database."""

    @app.errorhandler(404)
    @app.errorhandler(405)
    def not_found(_error: Exception) -> Response:
        if asked_by_machine():
            return problem_of(404)
        return Response(not_found_page(app), 404, mimetype="text/html")

    @app.errorhandler(Refusal)
    def refused(refusal: Refusal) -> tuple[str, int] | Response:
        if asked_by_machine():
            return problem(refusal.status, gettext("Det går inte"), sentence_of(refusal))
        return render_template("errors/refusal.html", sentence=sentence_of(refusal), way_on=way_on()), refusal.status

    @app.errorhandler(HTTPException)
    def http_fault(fault: HTTPException) -> Response:
        answer = cast(Response, fault.get_response())
        if isinstance(fault, SecurityError):
            _tell_of_other_host(app)
        if asked_by_machine() and answer.status_code >= 400:
            return problem_of(answer.status_code, OTHER_HOST if isinstance(fault, SecurityError) else None)
        if fault.response is None and answer.status_code >= 400:
            answer.set_data(fault_page(_which(fault, answer.status_code)))
        return answer

    @app.errorhandler(Exception)
    def unforeseen(fault: Exception) -> tuple[str, int] | Response:
        if reason := what_is_away(fault):
            return outage_answer(reason)
        _log.error("unforeseen", endpoint=request.endpoint, reason=type(fault).__name__, exc_info=True)
        if app.testing:
            raise fault
        return problem_of(500) if asked_by_machine() else (fault_page(500), 500)

    @app.errorhandler(InternalServerError)
    def within(fault: InternalServerError) -> Any:
        met = fault.original_exception
        return _met_within(app, met, unforeseen) if isinstance(met, Exception) else http_fault(fault)


def _met_within(app: Flask, met: Exception, unforeseen: Callable[[Exception], Any]) -> Any:
    """What went wrong while something that went wrong was answered (a form with an old token is shown anew by its own view)
    is met as it would have been in the view: it is no fault of ours by being late."""
    try:
        return app.handle_user_exception(met)
    except Exception as again:
        return unforeseen(again)


def _tell_of_other_host(app: Flask) -> None:
    """Once: a probe or a proxy that asks by another name gets nothing else for as long as it lives. The name is whatever
    was sent, and is not kept."""
    if "host_told" not in app.extensions:
        app.extensions["host_told"] = True
        _log.warning("host_not_known", reason="PORTAL_TRUSTED_HOSTS")


def _which(fault: HTTPException, status: int) -> int | str:
    """The words of a status; too large a body without any file is too long a text."""
    if isinstance(fault, SecurityError):
        return OTHER_HOST
    return TOO_LONG if status == 413 and request.mimetype != "multipart/form-data" else status


def not_found_page(app: Flask) -> bytes:
    """The bytes of the 404 page, made once per process and language-free: Swedish with an English line."""
    page = app.extensions.get("not_found_page")
    if page is None:
        with app.test_request_context("/"):
            page = app.extensions["not_found_page"] = render_template("errors/404.html").encode()
    return bytes(page)
