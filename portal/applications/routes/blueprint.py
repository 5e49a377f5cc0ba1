"""The blueprint, and the pages for what stops a sending before any view sees it."""

from flask import Blueprint, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from portal.web.parked import Sender, form_of_request, page_for_sending_again, sender

applications = Blueprint("applications", __name__)


@applications.errorhandler(RequestEntityTooLarge)
def too_much(_fault: RequestEntityTooLarge) -> tuple[str, int]:
    """Over 40 MB: back to the draft, where everything that was saved still is."""
    return render_template("applications/stopped.html", too_much=True, back=_back()), 413


@applications.errorhandler(CSRFError)
def gone_stale(_fault: BadRequest) -> tuple[str, int]:
    """The browser lost its session in the middle: what was typed comes back to be sent again, and the draft is found by a
    cookie of its own. Where nothing was typed there is only the way back."""
    form = form_of_request()
    if sender() is Sender.HERE and (form.fields or form.had_files):
        return page_for_sending_again(form, heading="out_of_date"), 400
    return render_template("applications/stopped.html", too_much=False, back=_back()), 400


def _back() -> str:
    """The page the form stands on."""
    return url_for(request.endpoint or "", **(request.view_args or {}))
