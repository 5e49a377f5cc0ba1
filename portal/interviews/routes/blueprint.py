"""The blueprint of interviews, and the doors to its pages: a called candidate of a case, and the candidate's own link."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, redirect, url_for

from portal import clock
from portal.applications.models import Application
from portal.applications.routes.guards import of_link
from portal.applications.states import COUNTS
from portal.interviews.access import may_see_meeting
from portal.links.models import Purpose
from portal.refusal import Refusal
from portal.review.access import may_take_part
from portal.review.queries.case import Case, Listed
from portal.review.routes.blueprint import in_case
from portal.web.filters import sentence_of

interviews = Blueprint("interviews", __name__)
CASE = "/arbete/rekryteringar/<uuid:ad_id>/intervjuer"
ONE = f"{CASE}/<uuid:application_id>"
OWN = "/ansokan/<token>/intervju"
View = Callable[..., Any]


def of_called(view: View) -> View:
    """Only who may read the papers of a candidate who is called; the view is given the case and the application."""

    @in_case(may_take_part)
    @wraps(view)
    def entered(case: Case, application_id: UUID, **places: Any) -> Any:
        return view(case, called(case, application_id), **places)

    return entered


def called(case: Case, application_id: UUID) -> Listed:
    """The called candidate, if this person may see them; else the page that is not there. An assessor sees nothing
    while the ad is open."""
    application = case.application(application_id)
    too_early = case.standing.named and not case.may_be_assessed(clock.now())
    if application is None or application.called_at is None or too_early:
        abort(404)
    if not may_see_meeting(case.standing, application_id):
        abort(404)
    return application


def of_own_link(view: View) -> View:
    """Only whoever holds the private link of an application that has been called. One that counts no more leads to the
    private page, which says so."""

    @of_link(Purpose.APPLICATION)
    @wraps(view)
    def entered(application: Application, token: str, **places: Any) -> Any:
        if application.called_at is None:
            abort(404)
        if application.state not in COUNTS:
            return redirect(url_for("applications.private", token=token), 303)
        return view(application, token, **places)

    return entered


def sentence_or_404(refusal: Refusal) -> str:
    """The sentence to show; the page that is not there where the person may not know that anything is."""
    if refusal.status == 404:
        abort(404)
    return sentence_of(refusal)
