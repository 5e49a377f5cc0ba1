"""Each reading leaves a line in the authority's log; nobody reads of whom they compete with."""

from uuid import UUID

from flask import abort, g

from portal import clock
from portal.applications.models import Application
from portal.audit.services import person_actor, record_reading
from portal.db import db
from portal.review.queries.person import applied_to


def log_reading(verb: str, object_id: UUID | None) -> None:
    """Who read what, and when."""
    actor = g.actor
    record_reading(
        chain=actor.authority_id, at=clock.now(), actor=person_actor(actor.person_id), verb=verb, object_id=object_id
    )


def competes(ad_id: UUID, controller_id: UUID) -> bool:
    """Whether the person has applied to this recruitment: its papers are a colleague's to open and to weigh."""
    return bool(applied_to(db.session, g.actor.person_id, {ad_id: controller_id}))


def leave_to_a_colleague(application_id: UUID) -> None:
    """The same of one application's. Aborts with 404."""
    application = db.session.get(Application, application_id)
    if application is not None and competes(application.ad_id, application.controller_id):
        abort(404)
