"""Each reading leaves a line in the authority's log; nobody reads of whom they compete with."""

from uuid import UUID

from flask import abort, g

from portal import clock
from portal.applications.models import Application
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.disclosure.queries.requests import competed_for
from portal.review.queries.person import applied_under


def log_reading(verb: str, object_id: UUID | None) -> None:
    """Who read what, and when."""
    actor = g.actor
    record_reading(
        chain=actor.authority_id, at=clock.now(), actor=person_actor(actor.person_id), verb=verb, object_id=object_id
    )


def competes_for() -> set[UUID]:
    """The authority's recruitments that the person has applied to: their papers, and the requests for them, are a
    colleague's to open and to weigh. Asked for once, by whoever has something to show."""
    if "competes_for" not in g:
        assert g.actor.authority_id is not None
        g.competes_for = applied_under(db.session, g.actor.person_id, {g.actor.authority_id})
    found: set[UUID] = g.competes_for
    return found


def requests_competed_for() -> set[UUID]:
    """The requests for anything of those."""
    assert g.actor.authority_id is not None
    return competed_for(db.session, g.actor.authority_id, g.actor.person_id)


def leave_to_a_colleague(ad_id: UUID | None) -> None:
    """Nobody opens what is of a recruitment that they compete in. Aborts with 404."""
    if ad_id is not None and ad_id in competes_for():
        abort(404)


def leave_application_to_a_colleague(application_id: UUID) -> None:
    """The same of one application's."""
    application = db.session.get(Application, application_id)
    leave_to_a_colleague(application.ad_id if application is not None else None)
