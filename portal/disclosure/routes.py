"""The authority's register of arrived applications, and the papers of one. Every opening leaves a line in the audit."""

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from portal import clock
from portal.ads.queries import criteria_of
from portal.applications.services.former import former_of
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.disclosure.queries import ON_A_PAGE, arrived, record_of
from portal.organisations.access import may_read_register
from portal.review.queries.papers import key_of, page_picture, papers_of, salary_of
from portal.web.guards import staff
from portal.web.headers import picture_of_page

disclosure = Blueprint("disclosure", __name__)


@disclosure.get("/arbete/inkomna")
@staff(may_read_register)
def register() -> ResponseReturnValue:
    """The applications in the order of their arrival numbers, the newest first."""
    entries = arrived(db.session, before=request.args.get("fore", type=int))
    older = entries[-1].number if len(entries) == ON_A_PAGE else None
    page = render_template("disclosure/register.html", entries=entries, older=older, current="arrivals")
    _log("register.read", None)
    return page


@disclosure.get("/arbete/inkomna/<uuid:application_id>")
@staff(may_read_register)
def record(application_id: UUID) -> ResponseReturnValue:
    """All that one candidate has sent: a public record from the moment it arrived (TF 2:9)."""
    found = record_of(db.session, application_id)
    if found is None:
        abort(404)
    application, ad, party = found
    papers = papers_of(db.session, application)
    key = key_of(db.session, application)
    page = {
        "application": application,
        "ad": ad,
        "of_party": party,
        "papers": papers,
        "salary": salary_of(db.session, application) if papers else "",
        "former": former_of(db.session, application, key) if key else [],
        "criteria": criteria_of(db.session, ad.id),
        "current": "arrivals",
    }
    shown = render_template("disclosure/record.html", **page)
    _log("record.read", application_id)
    return shown


@disclosure.get("/arbete/inkomna/<uuid:application_id>/<uuid:document_id>/<int:number>.png")
@staff(may_read_register)
def record_page(application_id: UUID, document_id: UUID, number: int) -> ResponseReturnValue:
    """The picture of one page."""
    found = record_of(db.session, application_id)
    picture = page_picture(db.session, found[0], document_id, number) if found else None
    if picture is None:
        abort(404)
    return picture_of_page(picture)


def _log(verb: str, object_id: UUID | None) -> None:
    actor = g.actor
    record_reading(
        chain=actor.authority_id, at=clock.now(), actor=person_actor(actor.person_id), verb=verb, object_id=object_id
    )
