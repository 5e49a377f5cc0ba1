"""A candidate who takes everything back at the moment at which the office answers them: neither stops the other."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application, CandidateRequest
from portal.applications.services.withdrawing import empty_application
from portal.decisions.models import Outcome
from portal.privacy.later.services import agree
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.queries.listed import asked
from portal.privacy.rights.services.asking import ask
from portal.privacy.rights.services.leaving import end_restrictions, take_back, take_back_and_keep
from portal.privacy.services import disposing
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import say_start, set_hold
from tests.at_once import second
from tests.decisions.recruiting import closed_recruitment, decide, office, proofread, release
from tests.disclosure.asking import note
from tests.privacy.candidates import agreed, link_of, row_of
from tests.privacy.later import say_yes
from tests.privacy.test_disposing import DAY, TOLD, carried_out, ended, keyed
from tests.world import World

Clock = Callable[[str], datetime]


def test_who_is_erased_while_the_office_answers_is_waited_for_and_not_the_other_way_round(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    with world.writing(scope.candidate(one.id)) as session:
        id = ask(session, application_id=one.id, kind=Kind.CORRECTION, text="Året är fel.", at=clock.now()).id

    def answer() -> None:
        with world.writing(scope.party(ad.party_id)) as session:
            found = asked(session, id, lock=True)
            assert found is not None and found.row.text_sealed is None, "read after it was waited for"
            session.get_one(Application, one.id, with_for_update=True)

    with second() as the_office:
        with world.writing(scope.candidate(one.id)) as session:
            application = session.get_one(Application, one.id, with_for_update=True)
            the_office.begins(answer)
            empty_application(session, application)
        the_office.ends()
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.get_one(CandidateRequest, id).text_sealed is None


def test_who_agrees_to_be_kept_at_the_moment_the_clock_works_is_kept(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    set_clock(DAY)
    with second() as the_clock:
        with world.writing(scope.candidate(sent[1].id)) as session:
            agree(session, application_id=sent[1].id, months=12, at=clock.now())
            the_clock.begins(carried_out, world, set_clock, DAY)
        assert the_clock.ends() == Gone(erased=1, left=1)
    assert keyed(world, sent) == [True, True, False]


def test_a_hold_that_is_set_while_the_clock_works_keeps_what_was_written(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    set_clock("2028-12-01T09:00")
    say_yes(world, link_of(world, sent[1]))
    mark = disposing._mark

    def meanwhile(*about: object, **named: object) -> object:
        going_and_staying = mark(*about, **named)  # type: ignore[arg-type]
        with world.writing(scope.party(world.party)) as session:
            about_it = {"ad_id": ad.id, "actor": office(world), "at": clock.now()}
            set_hold(session, application_id=sent[1].id, reason="DO har hört av sig.", **about_it)
        return going_and_staying

    monkeypatch.setattr(disposing, "_mark", meanwhile)
    carried_out(world, set_clock, DAY)
    with world.acting(scope.party(world.party)) as session:
        assert sent[1].id in set(session.scalars(select(Outcome.application_id)))


def test_a_hold_on_all_that_is_set_while_what_was_kept_sealed_is_erased_keeps_it(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    with world.writing(scope.candidate(one.id)) as session:
        take_back_and_keep(session, application_id=one.id, at=clock.now())
    at = set_clock("2029-01-02T10:00")

    def erase() -> int:
        with world.app.app_context():
            return end_restrictions(at)

    with second() as the_round:
        with world.writing(scope.party(ad.party_id)) as session:
            assert set_hold(session, ad_id=ad.id, application_id=None, reason="DO.", actor=office(world), at=at)
            the_round.begins(erase)
        assert the_round.ends() == 0
    assert row_of(world, ad, one.id).name_sealed is not None


def test_a_hold_on_all_that_is_set_while_a_candidate_takes_theirs_back_keeps_it(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)

    def leave() -> None:
        with world.writing(scope.candidate(one.id)) as session:
            take_back(session, application_id=one.id, at=clock.now())

    with second() as the_candidate:
        with world.writing(scope.party(ad.party_id)) as session:
            assert set_hold(
                session, ad_id=ad.id, application_id=None, reason="DO.", actor=office(world), at=clock.now()
            )
            the_candidate.begins(leave)
        the_candidate.ends()
    row = row_of(world, ad, one.id)
    assert (row.state, row.restricted_at is not None) == ("withdrawn", True)


def test_records_that_somebody_asks_for_while_the_clock_works_are_not_destroyed(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2)
    decide(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        day = clock.today()
        assert say_start(session, ad_id=ad.id, day=day, basis="§ 12", actor=office(world), at=clock.now())
    carried_out(world, set_clock, TOLD)
    set_clock(DAY)
    with second() as the_clock:
        with world.writing(scope.authority(world.authority)) as session:
            note(session, world)
            the_clock.begins(carried_out, world, set_clock, DAY)
        assert the_clock.ends() == Gone()
    assert keyed(world, sent) == [True, True]
