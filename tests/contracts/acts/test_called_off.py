"""An employment that is called off before its first day: an act of that name, a post that is free again, no day counted."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.withdrawing import withdraw_application
from portal.contracts.acts import rules
from portal.contracts.acts.kinds import Standing
from portal.contracts.acts.services import call_off, end_early
from portal.contracts.decision.queries import waiting
from portal.contracts.mandate.change import change_at
from portal.contracts.mandate.queries import people_of
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import ending_before
from portal.contracts.renewal.term import term_to_renew_for
from portal.contracts.written.queries import awaited
from portal.decisions.models import Outcome
from portal.decisions.outcomes import OfferAnswered, Status
from portal.decisions.services.answering import answer_own_offer
from portal.desk.queries.coming import endings
from portal.operations.schema import downgrade, upgrade
from portal.posts.queries import own_claims
from tests.contracts.acts.changing import (
    BACK,
    END,
    OFF,
    acts,
    an_ad,
    change,
    employ,
    post,
    pressed,
    shown,
    stored,
    verbs,
)
from tests.contracts.hiring import fill, hired
from tests.contracts.test_decision_races import Press, at_once
from tests.decisions.recruiting import address, proofread, release
from tests.decisions.test_outcome import save
from tests.posts.ledgers import claimed, give
from tests.privacy.candidates import Clock
from tests.world import World

TODAY, DAY = "2026-11-23", date(2026, 11, 23)
STARTS, ENDS = date(2027, 2, 1), date(2030, 12, 31)


def coming(world: World, starts: date = STARTS, ends: date = ENDS, **of: UUID | None) -> UUID:
    """An employment that has not begun."""
    return employ(world, decided=date(2026, 11, 20), starts=starts, ends=ends, **of)


def in_the_ledger(world: World) -> set[tuple[UUID, UUID | None]]:
    """The marks of the party's claims: each one's own, and that of whom it stands in for."""
    with world.acting(scope.party(world.party)) as session:
        return {(one.row.post, one.row.in_place_of) for one in own_claims(session)}


def test_it_is_an_act_of_that_name_and_everybody_is_told_that_it_never_begins(world: World) -> None:
    id = coming(world)
    assert change(world, id, OFF, decided=TODAY, note="Fick ett annat arbete.").status_code == 303
    act, row = acts(world, id)[-1], stored(world, id)
    assert (act.kind, act.decided_on, act.previous_ends_on, act.starts_on) == ("never_began", DAY, ENDS, STARTS)
    assert (row.never_began, row.ends_on) == (True, DAY)
    assert verbs(world) == [("never_began", "2030-12-31 → 2026-11-23")]
    page = shown(world, id)
    assert "Anställningen blir inte av: så beslutades 23 november 2026." in page
    assert ("31 december 2030 → börjar aldrig" in page, "Fick ett annat arbete." in page) == (True, True)
    browser = world.browser(world.kansli)
    for place in ("", "/avtal", "/beslut", "/introduktion"):
        assert browser.get(f"/arbete/anstallningar/{id}{place}").status_code == 200, place
    assert "börjar aldrig" in browser.get("/arbete/anstallningar").get_data(as_text=True)
    assert "blir inte av" in browser.get("/arbete/anstallningar?visa=avslutade").get_data(as_text=True)
    assert "Per Vikman" not in browser.get("/arbete/anstallningar?visa=lopande").get_data(as_text=True)
    assert "blir inte av" in browser.get("/arbete/anstallningar/anstallningar.csv").get_data(as_text=True)


def test_the_post_is_free_again_and_taken_back_it_is_taken_unless_another_has_it(world: World) -> None:
    give(world, (world.party, "1"), starts=date(2027, 1, 1), ends=ENDS)
    ad = an_ad(world)
    id = coming(world, ad_id=ad)
    change(world, id, OFF, decided=TODAY)
    assert claimed(world) == [("advertised", 100)], "its ad counts it again"
    assert change(world, id, BACK).status_code == 303
    assert (claimed(world), stored(world, id).never_began, stored(world, id).ends_on) == (
        [("filled", 100)],
        False,
        ENDS,
    )
    change(world, id, OFF, decided=TODAY)
    coming(world, ad_id=ad)
    assert change(world, id, BACK).status_code == 422
    assert stored(world, id).never_began


def test_a_stand_in_whose_calling_off_is_taken_back_stands_in_again_and_takes_no_post_of_its_own(world: World) -> None:
    give(world, (world.party, "1"), starts=date(2027, 1, 1), ends=ENDS)
    theirs = coming(world)
    instead = coming(world, in_place_of=theirs)
    before = in_the_ledger(world)
    change(world, instead, OFF, decided=TODAY)
    assert in_the_ledger(world) == {one for one in before if one[1] is None}, (
        "its claim is gone, and with it the mark of whom it stood in for"
    )
    assert change(world, instead, BACK).status_code == 303
    assert in_the_ledger(world) == before
    change(world, theirs, OFF, decided=TODAY)
    assert change(world, theirs, BACK).status_code == 303, "and whom it stands in for is known by the former mark"
    assert in_the_ledger(world) == before


def test_what_was_filled_from_an_ad_is_of_that_ad_again(world: World) -> None:
    ad = an_ad(world)
    id = coming(world, ad_id=ad)
    for button, fields in ((OFF, {"decided": TODAY}), (BACK, {})):
        change(world, id, button, **fields)
    with world.acting(scope.party(world.party)) as session:
        assert [one.source.ad_id for one in own_claims(session)] == [ad]


def test_nothing_more_is_done_to_it_and_nothing_awaits_it_from_that_very_day(world: World) -> None:
    id = coming(world)
    with world.acting(scope.party(world.party)) as session:
        assert (len(awaited(session, on=DAY)), len(waiting(session, on=DAY))) == (1, 1)
    change(world, id, OFF, decided=TODAY)
    fields = {"avsluta-seen": "1", "avsluta-decided": TODAY, "avsluta-ends": "2029-01-31"}
    answer = post(world, id, "/avsluta", fields)
    assert (answer.status_code, "så beslutades" in answer.get_data(as_text=True)) == (409, True)
    assert END not in shown(world, id)
    with world.acting(scope.party(world.party)) as session:
        assert (awaited(session, on=DAY), endings(session, on=DAY)) == ([], [])
        assert [one.act for one in waiting(session, on=DAY)] == [1], "the decision that it is not to be, and no other"
    page = world.browser(world.kansli).get(f"/arbete/anstallningar/{id}/avtal")
    assert "ställdes in 23 november 2026" in page.get_data(as_text=True).replace("\xa0", " ")


def test_it_is_neither_renewed_nor_counted_at_a_change_of_mandate(world: World) -> None:
    id = coming(world, starts=date(2026, 12, 1), ends=date(2026, 12, 31))
    change_now, term = change_at(DAY), term_to_renew_for(DAY)
    assert change_now and term
    with world.acting(scope.party(world.party)) as session:
        assert (len(people_of(session, change_now, on=DAY)), len(ending_before(session, term))) == (1, 1)
    change(world, id, OFF, decided=TODAY)
    with world.acting(scope.party(world.party)) as session:
        assert (people_of(session, change_now, on=DAY), ending_before(session, term)) == ([], [])


def test_what_has_begun_is_ended_early_instead(world: World) -> None:
    id = employ(world)
    assert OFF not in shown(world, id)
    answer = post(world, id, "/stall-in", {"installd-seen": "0", "installd-decided": TODAY})
    assert (answer.status_code, "Avsluta den i förtid i stället" in answer.get_data(as_text=True)) == (422, True)
    assert acts(world, id) == []


@pytest.mark.parametrize(
    ("decided", "sentence"),
    [("2026-11-24", "har inte varit än"), ("2026-11-19", "20 november 2026. Skriv den dagen eller en senare")],
)
def test_the_day_of_the_decision_has_been_and_comes_after_the_last_one(
    world: World, decided: str, sentence: str
) -> None:
    id = coming(world)
    answer = change(world, id, OFF, decided=decided)
    assert (answer.status_code, sentence in answer.get_data(as_text=True).replace("\xa0", " ")) == (422, True)


def test_the_day_before_the_first_is_the_last_on_which_it_can_be() -> None:
    standing = Standing("authority", date(2026, 11, 20), STARTS, ENDS, first_days=(STARTS,))
    late, in_time = (rules.CallOff(day) for day in (STARTS, date(2027, 1, 31)))
    assert rules.called_off(in_time, standing, on=STARTS).objections == ()
    assert rules.called_off(late, standing, on=STARTS).objections[0].field == "decided"


@pytest.mark.parametrize(
    ("change_to", "constraint"),
    [
        ("employment SET never_began = false", "ends_after_start_or_never_began"),
        ("employment SET ends_on = '2027-02-01'", "ends_after_start_or_never_began"),
        ("employment_act SET ends_on = '2026-11-24' WHERE number = 1", "called_off_before_it_began"),
        ("employment_act SET decided_on = '2027-02-01' WHERE number = 1", "called_off_before_it_began"),
    ],
)
def test_the_database_itself_refuses_an_end_before_the_start_that_nobody_decided(
    world: World, change_to: str, constraint: str
) -> None:
    id = coming(world)
    change(world, id, OFF, decided=TODAY)
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        session.connection().execute(text(f"UPDATE {change_to}"))


def test_called_off_and_ended_early_at_the_same_instant_never_both_stand(world: World) -> None:
    id = coming(world)

    def off() -> None:
        with world.writing(scope.party(world.party)) as session:
            call_off(session, pressed(world, id), rules.CallOff(clock.today()))

    def early() -> None:
        with world.writing(scope.party(world.party)) as session:
            end_early(session, pressed(world, id), rules.EarlyEnd(clock.today(), date(2028, 1, 31)))

    presses: list[Press] = [off, early]
    assert len(at_once(presses)) == 1
    assert len(acts(world, id)) == 2


def test_a_program_from_before_reads_it_as_one_days_work(world: World) -> None:
    long, short = coming(world), coming(world, ends=STARTS)
    for id in (long, short):
        change(world, id, OFF, decided=TODAY)
    with world.app.app_context():
        downgrade("0019")
        try:
            with world.acting(scope.party(world.party)) as session:
                found = session.execute(
                    text("SELECT kind, count(*) FROM employment_act WHERE number = 1 GROUP BY kind")
                )
                assert {tuple(row) for row in found} == {("early_end", 1), ("notice", 1)}
                assert set(session.scalars(select(Employment.ends_on))) == {STARTS}
        finally:
            upgrade()
    assert not stored(world, long).never_began


def test_the_recruitment_of_what_is_called_off_can_hire_another_and_nobody_is_told_that_they_are_hired(
    world: World, set_clock: Clock
) -> None:
    published, sent = hired(world, set_clock, 2)
    office = world.browser(world.kansli)
    id = UUID(fill(office, published, sent[0]).headers["Location"].rsplit("/", 1)[1])
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    page = office.get(address(published)).get_data(as_text=True)
    assert "saknar utfall" in page, "nobody is told before something else is written of the first"
    assert save(office, published, sent[1].id, result="anstalls").status_code == 303
    told = change(world, id, BACK)
    assert told.status_code == 422 and "Ändra först ett annat utfall" in told.get_data(as_text=True)
    assert save(office, published, sent[0].id).status_code == 303
    told = change(world, id, BACK)
    assert told.status_code == 409 and "inte utfallet anställs längre" in told.get_data(as_text=True)
    proofread(world, published)
    assert release(world, published) == 2
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Application, sent[0].id).decided_as == "gar_inte_vidare"
        assert session.get_one(Application, sent[1].id).decided_as == "anstalls"


def test_an_employment_that_is_to_be_after_all_rests_on_its_outcome_again(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2)
    office = world.browser(world.kansli)
    id = UUID(fill(office, published, sent[0]).headers["Location"].rsplit("/", 1)[1])
    change(world, id, OFF, decided="2026-12-14")
    assert save(office, published, sent[0].id, result="anstalls").status_code == 303
    assert change(world, id, BACK).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(Outcome.settled_at)).one() is not None


def test_whoever_was_told_reads_that_it_is_not_to_be_and_says_yes_to_nothing(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, 2)
    office = world.browser(world.kansli)
    id = UUID(fill(office, published, sent[0]).headers["Location"].rsplit("/", 1)[1])
    proofread(world, published)
    assert release(world, published, offer=True) == 1
    assert change(world, id, OFF, decided="2026-12-14").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Application, sent[0].id).decided_as == "blir_inte_av"
    with world.writing(scope.candidate(sent[0].id)) as session, pytest.raises(OfferAnswered):
        answer_own_offer(session, application_id=sent[0].id, answer=Status.ACCEPTED, at=clock.now())
    page = office.get(address(published)).get_data(as_text=True)
    assert "Anställningen blev inte av." in page and "Erbjuden" not in page
    assert save(office, published, sent[1].id, result="anstalls").status_code == 303
    proofread(world, published)
    assert release(world, published) == 1
    with world.acting(scope.party(world.party)) as session:
        told = [session.get_one(Application, one.id).decided_as for one in sent]
    assert told == ["blir_inte_av", "anstalls"]


def test_whoever_took_back_their_application_is_not_employed_after_all_over_another(
    world: World, set_clock: Clock
) -> None:
    published, sent = hired(world, set_clock, 2)
    office = world.browser(world.kansli)
    id = UUID(fill(office, published, sent[0]).headers["Location"].rsplit("/", 1)[1])
    change(world, id, OFF, decided="2026-12-14")
    with world.writing(scope.party(world.party)) as session:
        withdraw_application(session, application_id=sent[0].id, at=clock.now())
    assert save(office, published, sent[1].id, result="anstalls").status_code == 303
    assert change(world, id, BACK).status_code == 409
    assert stored(world, id).never_began
