"""The blueprint, and the door to one unfinished registration."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from werkzeug.exceptions import NotFound

from portal.ads.models import PublishedAd
from portal.ads.queries import current_version_of
from portal.db import db
from portal.intake.access import may_register, may_see_begun
from portal.intake.models import Intake
from portal.intake.queries import Begun, begun, finished
from portal.refusal import Refusal
from portal.review.queries.case import Case
from portal.review.routes.blueprint import in_case
from portal.web.filters import sentence_of

intake = Blueprint("intake", __name__)
CASE = "/arbete/rekryteringar/<uuid:ad_id>/registrera"
ONE = f"{CASE}/<uuid:application_id>"
View = Callable[..., Any]


def of_begun(view: View) -> View:
    """Only whoever of the office may see it, for a registration of its own recruitment that is not finished."""

    @wraps(view)
    def entered(case: Case, found: Begun, **places: Any) -> Any:
        if not is_shown(case, found.intake):
            abort(404)
        return view(case, found, **places)

    return of_any_begun(entered)


def is_shown(case: Case, row: Intake) -> bool:
    """Whether the person may see an unfinished one."""
    return may_see_begun(case.standing, own=row.begun_by == g.actor.person_id)


def of_any_begun(view: View) -> View:
    """The office, for one that is not finished, whoever may see what it says."""

    @in_case(may_register)
    @wraps(view)
    def entered(case: Case, application_id: UUID, **places: Any) -> Any:
        ad_id, found = case.ad.id, begun(db.session, case.ad.id, application_id)
        if found is not None:
            try:
                return view(case, found, **places)
            except NotFound:  # another press may have finished it while this one was read
                db.session.rollback()
        if request.method != "POST" or finished(db.session, ad_id, application_id) is None:
            abort(404)
        if request.form.get("do") == "finish":  # a second press, or a colleague's
            flash("Ansökan är redan registrerad.", "good")
        else:
            flash("Ansökan är redan registrerad, så det du gjorde nu är inte sparat.", "stop")
        return redirect(url_for("review.candidates", ad_id=ad_id), 303)

    return entered


def published(case: Case) -> PublishedAd:
    """The ad as it stands: a case has been published."""
    ad = current_version_of(db.session, case.ad.id)
    assert ad is not None
    return ad


def sentence_or_404(refusal: Refusal) -> str:
    """The sentence to show; the page that is not there where what it was about is gone."""
    if refusal.status == 404:
        abort(404)
    return sentence_of(refusal)


__all__ = [
    "CASE",
    "ONE",
    "Begun",
    "intake",
    "is_shown",
    "of_any_begun",
    "of_begun",
    "published",
    "sentence_or_404",
]
