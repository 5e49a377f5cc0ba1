"""Each of the four words is told by one mail, neutral outside, and nothing is told twice."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications import tasks
from portal.applications.models import Application
from portal.applications.services.telling import assessed_from_now, tell_assessed
from portal.interviews.services import Times, make_times
from portal.jobs.tasks import run_rounds
from portal.review.queries.panel import members_of
from portal.review.services import call_to_interview
from tests.applicants import Sent, send_applications
from tests.applications.paper import apply, letters, private_link
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.privacy.candidates import Clock, link_of
from tests.review.panel import Panel, panel_of
from tests.world import Published, World, publish_ad


def tell(world: World, ad: Published) -> int:
    with world.writing(scope.party(ad.party_id)) as session, world.app.test_request_context():
        return tell_assessed(session, assessed_from_now(session, ad_id=ad.id, at=clock.now()), at=clock.now())


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_when_the_ad_closes_everybody_in_time_is_told_once_and_neither_party_nor_ad_is_named(
    world: World, set_clock: Clock, employer: str
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer=employer)
    send_applications(world, ad, 1, start=7, late=True)  # whose receipt says it
    for _ in range(3):
        run_rounds(world.app)
    mails = letters(world, "step:")
    assert sorted(mail.to for mail in mails) == sorted(one.email for one in sent)
    for mail in mails:
        assert mail.subject == "Läget är ett annat"
        assert not any(
            word in mail.subject + mail.body for word in ("Bedöms", "parti", "sekreterare", *(one.name for one in sent))
        )
    assert link_of(world, sent[0]) in next(mail.body for mail in mails if mail.to == sent[0].email)


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_ad_that_is_taken_back_is_told_to_those_who_applied_and_promises_nothing_more(
    world: World, client: FlaskClient, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    link = private_link(apply(client, ad))
    (told,) = send_applications(world, ad, 1)
    assert "Sista ansökningsdag" in own_browser(world).get(link).get_data(as_text=True)
    with world.writing(scope.party(ad.party_id)) as session:
        session.get_one(Application, told.id).decided_at = clock.now()
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    for _ in range(3):
        run_rounds(world.app)
    (mail,) = letters(world, "step:")
    assert (mail.to, mail.subject) == ("alma@example.se", "Läget är ett annat")
    for instant in ("2026-11-24T10:00", "2026-12-28T10:00"):
        set_clock(instant)
        page = own_browser(world).get(link).get_data(as_text=True)
        assert "<h1>Annonsen är tillbakadragen</h1>" in page and "Annonsen drogs tillbaka" in page
        for promise in ("Mottagen", "Bedöms", "Sista ansökningsdag", "Beslut väntas", "Ansökningstiden har gått ut"):
            assert promise not in page, promise
        shut = own_browser(world).get(f"{link}/andra/uppgifter").get_data(as_text=True)
        assert "Annonsen är tillbakadragen, så ansökan går inte att ändra." in shut
    run_rounds(world.app)
    assert len(letters(world, "step:")) == 1
    data = world.browser().get(f"/annonser/{ad.reference}/personuppgifter")
    assert data.status_code == 200


def test_a_few_are_told_in_each_transaction_so_that_others_may_write_between(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def noting(session: Session, ids: Sequence[UUID], **when: datetime) -> int:
        told.append(len(letters(world, "step:")))  # seen from outside: what is committed
        return tell_assessed(session, ids, **when)

    monkeypatch.setattr(tasks, "tell_assessed", noting)
    monkeypatch.setattr(tasks, "TOLD_AT_ONCE", 2)
    _ad, sent = closed_recruitment(world, set_clock, 5)
    for _ in range(2):
        run_rounds(world.app)
    assert told == [0, 2, 4]
    assert len(letters(world, "step:")) == len(sent)


def test_a_worker_that_is_told_to_stop_leaves_the_rest_to_the_next(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ending = world.app.extensions["worker_is_ending"]

    def told_to_stop(session: Session, ids: Sequence[UUID], **when: datetime) -> int:
        ending.set()
        return tell_assessed(session, ids, **when)

    _ad, sent = closed_recruitment(world, set_clock, 5)
    monkeypatch.setattr(tasks, "TOLD_AT_ONCE", 2)
    monkeypatch.setattr(tasks, "tell_assessed", told_to_stop)
    for _ in range(2):
        run_rounds(world.app)
    assert len(letters(world, "step:")) == 2
    ending.clear()
    monkeypatch.setattr(tasks, "tell_assessed", tell_assessed)
    run_rounds(world.app)
    assert len(letters(world, "step:")) == len(sent)


def test_an_ad_that_is_open_still_tells_nothing(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world)
    send_applications(world, ad, 1)
    set_clock("2026-12-11T23:59:59")
    assert tell(world, ad) == 0
    set_clock("2026-12-12T00:00:01")
    assert tell(world, ad) == 1


def test_a_call_is_told_once_by_its_own_mail_or_by_the_one_with_the_times(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.elof, world.gunnel)
    first, second, *_ = panel.sent
    call(panel, first)
    for _ in range(2):
        run_rounds(world.app)
    assert [mail.to for mail in letters(world, "step:interview")] == [first.email]
    with panel.as_person(world.kansli) as (session, case):
        members = [row.id for row in members_of(session, panel.ad.id)]
        times = Times(date(2026, 12, 17), time(10), 45, 3, 15, "Partikansliet", frozenset(members))
        make_times(session, case=case, actor=panel.actor(world.kansli), times=times, at=clock.now())
    call(panel, second)
    for _ in range(2):
        run_rounds(world.app)
    assert [mail.to for mail in letters(world, "step:interview")] == [first.email], (
        "the times are told by their own mail"
    )
    assert second.email in [mail.to for mail in letters(world, "interview-times")]


def call(panel: Panel, one: Sent) -> None:
    with panel.as_person(panel.world.kansli) as (session, case):
        actor = panel.actor(panel.world.kansli)
        assert call_to_interview(session, case=case, actor=actor, application_id=one.id, at=clock.now())


def test_the_word_itself_goes_without_another_mail_about_the_step(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party")
    decide(world, ad, sent)
    proofread(world, ad)
    assert release(world, ad) == 2
    run_rounds(world.app)
    assert tell(world, ad) == 0
    assert letters(world, "step:") == []
    assert sorted(mail.to for mail in letters(world, "outcome:")) == sorted(one.email for one in sent)


def test_whoever_is_erased_or_left_no_address_is_told_nothing(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2)
    with world.writing(scope.party(ad.party_id)) as session:
        session.scalars(select(Application).where(Application.id == one.id)).one().email_sealed = None
    assert tell(world, ad) == 1
    assert [mail.to for mail in letters(world, "step:")] == [two.email]
