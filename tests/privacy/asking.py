"""A request made as a candidate makes it, for the stage."""

from uuid import UUID

from portal import clock, scope
from portal.db import db, unit_of_work
from portal.organisations.access import Actor, Role
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.answering import extend
from portal.privacy.rights.services.asking import ask
from tests.applicants import Sent
from tests.world import Published, World


def ask_and_extend(world: World, ad: Published, one: Sent, kind: Kind = Kind.COPY) -> UUID:
    """The candidate asks, and the office says that it takes longer. The request's id."""
    with world.writing(scope.candidate(one.id)) as session:
        asked = ask(session, application_id=one.id, kind=kind, text="Vad har ni om mig?", at=clock.now()).id
    office = Actor(world.kansli, "Samira Hedvall", None, Role.KANSLI, ad.party_id, None)
    with world.app.test_request_context():
        scope.act_for(db.session, scope.party(ad.party_id))
        with unit_of_work() as session:
            assert extend(
                session, request_id=asked, reason="Det är många.", actor=office, at=clock.now(), on=clock.today()
            )
    return asked
