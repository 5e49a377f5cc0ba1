"""What candidates do at the moment at which the office decides about them, or ends the recruitment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.queries import current_version
from portal.applications.models import Application
from portal.applications.services.sending import prepare_sending, submit_application
from portal.applications.states import State
from portal.applications.window import RecruitmentEnded
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result, Status
from portal.decisions.services import record_outcome, releasing
from portal.decisions.services.answering import ANSWERED, accept_offer, answer_own_offer, take_back_answer
from portal.decisions.services.promising import remind_of_promises
from portal.decisions.tasks import note_answer
from portal.links.models import Link, Purpose
from portal.locking import HELD
from tests.applicants import Sent, send_applications
from tests.applications.paper import page_one, page_two
from tests.at_once import second, taking_back
from tests.decisions.offering import statuses
from tests.decisions.recruiting import CLOSED, DEADLINE, closed_recruitment, decide, office, proofread, release
from tests.events import as_the_worker
from tests.proofs.mails import all_letters
from tests.world import Published, World, publish_ad


def test_nothing_is_decided_about_whoever_has_just_taken_their_application_back(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, (one, _other) = closed_recruitment(world, set_clock, 2)

    def decide_about() -> Outcome | None:
        with world.writing(scope.party(ad.party_id)) as session:
            return record_outcome(
                session, ad_id=ad.id, application_id=one.id, result=Result.NOT_FURTHER, criterion_id=ad.criteria[0],
                reason="Skriver klart och snabbt.", actor=office(world), at=clock.now(),
            )  # fmt: skip

    with second() as the_office:
        with taking_back(world, one.id):
            the_office.begins(decide_about)
        assert the_office.ends() is None
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.scalars(select(Outcome)).all() == []


def test_nothing_arrives_while_a_recruitment_is_ended_and_everybody_in_it_told(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, client = publish_ad(world, deadline=DEADLINE), world.browser()
    sent = send_applications(world, ad, 1)
    page_one(client, ad)
    page_two(client, ad)
    with world.acting(scope.PLATFORM) as session:
        late = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    set_clock(CLOSED)
    decide(world, ad, sent)
    proofread(world, ad)

    def send() -> None:
        with world.acting(scope.candidate(late)) as session:
            prepared = prepare_sending(session, session.get_one(Application, late))
        with world.writing(scope.candidate(late)) as session:
            version = current_version(session, ad.reference)  # on PostgreSQL the one that is about to be over
            assert version is not None
            submit_application(session, ad=version, prepared=prepared, at=clock.now())

    tell = releasing._tell
    with second() as the_late_one:

        def tell_first(*about: Any) -> None:
            the_late_one.begins(send)  # before the ad is marked as ended
            tell(*about)

        monkeypatch.setattr(releasing, "_tell", tell_first)
        release(world, ad)
        with pytest.raises(RecruitmentEnded):
            the_late_one.ends()
    with world.acting(scope.candidate(late)) as session:
        assert session.get_one(Application, late).state == State.DRAFT


def test_a_yes_that_the_office_takes_back_as_the_worker_writes_it_down_is_none(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    ad, (one, *_) = offered
    about: dict[str, Any] = {"ad_id": ad.id, "application_id": one.id, "actor": office(world), "at": clock.now()}
    with world.writing(scope.party(ad.party_id)) as session:
        assert accept_offer(session, **about)
    with world.writing(scope.candidate(one.id)) as session:
        answer_own_offer(session, application_id=one.id, answer=Status.ACCEPTED, at=clock.now())
    with second() as the_worker:
        with world.writing(scope.party(ad.party_id)) as session:
            assert take_back_answer(session, stood=Status.ACCEPTED, **about)
            session.flush()
            the_worker.begins(as_the_worker, world, note_answer, kind=ANSWERED, subject_id=one.id)
        the_worker.ends()
    assert statuses(world, ad)[one.id] is Status.OFFERED, "as their own page says"


def test_nobody_is_reminded_of_a_promise_that_is_kept_meanwhile(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    at = set_clock("2027-01-08T09:00")

    def remind() -> int:
        with world.app.app_context():
            return remind_of_promises(at)

    with second() as the_worker:
        with world.writing(scope.party(ad.party_id)) as session:
            session.get_one(Ad, ad.id, with_for_update=HELD)
            session.get_one(Application, one.id, with_for_update=True).decided_at = at
            session.flush()
            the_worker.begins(remind)
        assert the_worker.ends() == 0
    assert all_letters(world) == []
