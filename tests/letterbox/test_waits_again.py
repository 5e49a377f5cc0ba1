"""An application that waits for its address again, or counts again, loses nothing by the news that it counted no more."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.queries import current_version_of
from portal.applications.models import Application
from portal.applications.services.addressing import prepare_address
from portal.applications.services.mending import mend_address
from portal.applications.services.sending import look_for_first
from portal.db import db, unit_of_work
from portal.intake.models import Intake
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from portal.letterbox.models import Message
from portal.letterbox.services import write_to_office
from tests.applicants import Sent, send_applications
from tests.interviews.meetings import Meetings
from tests.world import Published, World, publish_ad


def mend(world: World, ad: Published, sent: Sent, email: str) -> str:
    """The candidate mends the address; the state that the application comes into."""
    with world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(sent.id))
        version = current_version_of(db.session, ad.id)
        assert version is not None
        prepared = prepare_address(db.session, db.session.get_one(Application, sent.id), email)
        db.session.rollback()
        prepared = look_for_first(prepared)
        with unit_of_work() as session:
            mend_address(session, prepared=prepared, email=email, ad=version, at=clock.now())
            return session.get_one(Application, sent.id).state


@pytest.mark.parametrize("counts_again", [False, True])
def test_letters_and_the_signed_form_stay(world: World, counts_again: bool) -> None:
    """A party's: they would go with an application that is taken back."""
    ad = publish_ad(world, employer="party")
    first, second = send_applications(world, ad, 2)
    with world.writing(scope.candidate(second.id)) as session:
        write_to_office(session, application_id=second.id, text="Jag kan börja i mars.", at=clock.now())
    with world.writing(scope.party(ad.party_id)) as session:
        row = session.get_one(Application, second.id)
        walls = {"party_id": row.party_id, "authority_id": row.authority_id, "controller_id": row.controller_id}
        session.add(
            Intake(
                id=uuid4(), **walls, ad_id=ad.id, application_id=second.id, way="post", arrived_on=date(2026, 11, 22),
                begun_by=world.kansli, begun_at=clock.now(), consent="form", consented_on=date(2026, 11, 20),
                form_sealed=b"signed", finished_by=world.kansli, finished_at=clock.now(),
            )
        )  # fmt: skip
    assert mend(world, ad, second, first.email) == "proposal"
    if counts_again:
        assert mend(world, ad, second, "elin.hemma@example.com") == "sent"
    for _ in range(2):
        run_rounds(world.app)
    with world.acting(scope.party(ad.party_id)) as session:
        for kind in (Message, Intake):
            assert session.scalars(select(kind).where(kind.application_id == second.id)).all(), kind.__tablename__


def test_the_booked_time_of_one_that_counts_again_stays(meetings: Meetings) -> None:
    first, world = meetings.panel.sent[0], meetings.world
    (slot,) = meetings.make(count=1)
    meetings.book(first, slot)
    with world.writing(scope.party(meetings.panel.ad.party_id)) as session:
        announce(session, "application.withdrawn", subject_id=first.id, at=clock.now())
    meetings.work()
    booking = meetings.booking(first)
    assert booking is not None and booking.slot_id == slot
