"""The blueprint, and the pages for what stops a sending before any view sees it."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint, current_app, g, make_response, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from portal.web.parked import Sender, form_of_request, page_for_sending_again, sender

applications = Blueprint("applications", __name__)


@applications.errorhandler(RequestEntityTooLarge)
def too_much(_fault: RequestEntityTooLarge) -> tuple[str, int]:
    """Over 40 MB: back to the draft, where everything that was saved still is."""
    return render_template("applications/stopped.html", too_much=True, back=_back()), 413


SHOWN_AGAIN = frozenset(
    {
        "applications.apply",
        "applications.apply_check",
        "applications.apply_documents",
        "applications.change_details",
        "applications.change_documents",
    }
)


def is_stale() -> bool:
    """Whether what was sent came from a page whose session is gone: it is shown again as it was typed, and not saved."""
    stale: bool = g.get("stale_page", False)
    return stale


@applications.errorhandler(CSRFError)
def gone_stale(_fault: BadRequest) -> Any:
    """The browser lost its session in the middle (a long letter, a day later): the form comes back with all that was
    typed, to be sent once more; the draft is found by a cookie of its own, which no other site's form brings along.
    Where nothing was typed there is only the way back."""
    if request.endpoint in SHOWN_AGAIN and not is_stale() and sender() is not Sender.ELSEWHERE:
        g.stale_page = True
        shown = make_response(current_app.view_functions[request.endpoint](**(request.view_args or {})))
        if shown.status_code == HTTPStatus.BAD_REQUEST:  # else there is no form of this browser's to show
            return shown
    form = form_of_request()
    if sender() is Sender.HERE and (form.fields or form.had_files):
        return page_for_sending_again(form, heading="out_of_date"), 400
    return render_template("applications/stopped.html", too_much=False, back=_back()), 400


def _back() -> str:
    """The page the form stands on."""
    return url_for(request.endpoint or "", **(request.view_args or {}))
