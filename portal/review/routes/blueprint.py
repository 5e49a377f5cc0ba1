"""The blueprint of review, and the door to each of its pages: the case is found, the person's standing asked."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g
from sqlalchemy.orm import Session

from portal.ads.queries import criteria_of
from portal.db import db
from portal.organisations.access import may_work_in_party
from portal.review.access import Standing, may_score
from portal.review.queries.case import Case, load_case
from portal.review.refusals import NotOpenToYou
from portal.web.guards import staff

review = Blueprint("review", __name__, url_prefix="/arbete/rekryteringar/<uuid:ad_id>")
View = Callable[..., Any]


def in_case(predicate: Callable[[Standing], bool]) -> Callable[[View], View]:
    """Only the party's people, and of them only whom ``predicate`` lets into this case. The view is given the case."""

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(ad_id: UUID, **places: Any) -> Any:
            case = load_case(db.session, ad_id, g.actor)
            if case is None or not predicate(case.standing):
                abort(404)
            return view(case, **places)

        guarded = staff(may_work_in_party)(entered)
        guarded.__standing__ = predicate  # type: ignore[attr-defined]
        return guarded

    return decorate


def fresh(session: Session, ad_id: UUID, *, lock: bool = True) -> Case:
    """The case read again inside a unit of work. Raises NotOpenToYou where it is gone since the page was asked for."""
    case = load_case(session, ad_id, g.actor, lock=lock)
    if case is None:
        raise NotOpenToYou
    return case


def require_place(case: Case, application_id: UUID, criterion_id: UUID) -> None:
    """Before anything is said of what was sent: what is not there has no faults to tell of. Aborts with 404."""
    known = case.application(application_id) is not None and may_score(case.standing, application_id)
    if not known or all(row.id != criterion_id for row in criteria_of(db.session, case.ad.id)):
        abort(404)
