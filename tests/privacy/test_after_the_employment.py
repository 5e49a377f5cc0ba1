"""The papers of whoever a party has employed go when the employment has been over for as long as its rule says."""

from datetime import date
from uuid import UUID

import pytest
from flask import url_for
from sqlalchemy import select

from portal import clock, scope
from portal.applications.states import State
from portal.contracts.models import Employment
from portal.contracts.renewal.services import renew
from portal.contracts.renewal.term import renewal_of, term_to_renew_for
from portal.privacy.services import disposing
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import lift_hold, postpone, set_hold
from tests.applicants import Sent
from tests.contracts.acts.changing import BACK, END, OFF, change
from tests.crawl import crawl
from tests.decisions.recruiting import office
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of
from tests.privacy.passing_over import employment_in, passed_over
from tests.privacy.test_disposing import DAY, TOLD, about, carried_out, ended, keyed, states
from tests.world import Published, World

LAST = "Den sparas till och med den 3 januari 2033 och raderas sedan."
TOLD_OF_IT, GOES = "2032-12-21T09:00", "2033-01-04T09:00"  # the last day of work is 31 December 2030


def the_others_gone(world: World, set_clock: Clock) -> tuple[Published, list[Sent]]:
    """One employed until 31 December 2030; two who were not, and whose time is over."""
    ad, sent = ended(world, set_clock)
    carried_out(world, set_clock, TOLD)
    assert carried_out(world, set_clock, DAY) == Gone(erased=2)
    return ad, sent


def left(world: World, set_clock: Clock, instant: str = "2030-12-31T09:00", id: UUID | None = None) -> None:
    """It had turned permanent (LAS 5 a §), so its last day is one because somebody writes that on the day."""
    day = set_clock(instant).date().isoformat()
    assert change(world, id or employment_in(world), END, decided=day, ends=day).status_code == 303


def said_to(world: World, one: Sent) -> str:
    """The page on which the candidate would erase the application."""
    return own_browser(world).get(f"{link_of(world, one)}/radera").get_data(as_text=True).replace("\xa0", " ")


def kept_page(world: World, ad: Published) -> str:
    return world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)


def test_they_are_told_of_and_go_two_years_after_its_last_day(world: World, set_clock: Clock) -> None:
    ad, sent = the_others_gone(world, set_clock)
    assert carried_out(world, set_clock, "2030-12-31T09:00") == Gone()
    left(world, set_clock)
    assert "raderas 24 månader efter anställningens sista dag" in said_to(world, sent[0])
    assert "Den anställdas handlingar sparas med anställningen" in kept_page(world, ad)
    assert carried_out(world, set_clock, "2032-12-17T09:00") == Gone()
    assert LAST in said_to(world, sent[0])
    page = kept_page(world, ad)
    assert "En ansökan raderas 4 januari 2033." in page and "Den anställdas handlingar" not in page
    assert carried_out(world, set_clock, TOLD_OF_IT) == Gone(told=1)
    assert carried_out(world, set_clock, "2032-12-31T09:00") == Gone()
    assert keyed(world, sent) == [True, False, False]
    assert carried_out(world, set_clock, GOES) == Gone(erased=1)
    assert keyed(world, sent) == [False, False, False]
    assert states(world)[sent[0].id] == State.DISPOSED
    assert carried_out(world, set_clock, GOES) == Gone()


def test_las_5_a_those_of_whoever_nobody_has_ended_are_kept_until_somebody_does(world: World, set_clock: Clock) -> None:
    """Permanent from 1 February 2028: its last day on paper ended nothing, and the portal cannot know who has left."""
    ad, sent = the_others_gone(world, set_clock)
    for instant in (TOLD_OF_IT, GOES, "2040-01-01T09:00"):
        assert carried_out(world, set_clock, instant) == Gone(), instant
    assert keyed(world, sent)[0] and "Den anställdas handlingar sparas med anställningen" in kept_page(world, ad)
    assert "raderas sedan" not in said_to(world, sent[0])
    with_it = {"decided": "2030-12-01", "ends": "2030-12-31"}
    assert change(world, employment_in(world), END, **with_it).status_code == 303
    assert carried_out(world, set_clock, "2040-01-02T09:00") == Gone(told=1), "two weeks before, as ever"
    assert carried_out(world, set_clock, "2040-01-15T09:00") == Gone()
    assert carried_out(world, set_clock, "2040-01-16T09:00") == Gone(erased=1)


def renewed(world: World) -> UUID:
    """The employment renewed to 31 December 2034, as of to-day."""
    with world.writing(scope.party(world.party)) as session:
        on, term = clock.today(), term_to_renew_for(clock.today())
        assert term is not None and term.last == date(2034, 12, 31)
        asked = {"terms_of": lambda row: renewal_of(row, term, decided=on), "on": on, "actor": office(world)}
        made = renew(session, ids=[employment_in(world)], at=clock.now(), **asked)
        assert made is not None and len(made) == 1
        return made[0].id


def test_a_renewal_that_was_called_off_keeps_nothing(world: World, set_clock: Clock) -> None:
    the_others_gone(world, set_clock)
    set_clock("2030-11-25T09:00")
    assert change(world, renewed(world), OFF, decided="2030-11-25").status_code == 303
    left(world, set_clock)
    assert carried_out(world, set_clock, "2032-12-17T09:00") == Gone(), (
        "counted from the last day, not from the calling off"
    )
    assert carried_out(world, set_clock, TOLD_OF_IT) == Gone(told=1)
    assert carried_out(world, set_clock, GOES) == Gone(erased=1)


def test_a_run_that_was_cut_short_is_ended_while_one_who_has_worked_is_left(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad, sent = ended(world, set_clock)
    set_clock("2027-03-01T09:00")
    assert change(world, employment_in(world), END, decided="2027-03-01", ends="2027-06-30").status_code == 303
    carried_out(world, set_clock, TOLD)
    with monkeypatch.context() as cut:
        cut.setattr(disposing, "finish_erasure", lambda *_: 1 / 0)
        assert carried_out(world, set_clock, DAY) == Gone(failed=1)
    assert keyed(world, sent) == [True, True, True] and "Raderat 15 december" not in kept_page(world, ad)
    carried_out(world, set_clock, DAY)
    assert "Raderat 15 december" in kept_page(world, ad).replace("\xa0", " ")


def test_a_renewal_keeps_them_as_long_as_it_lasts(world: World, set_clock: Clock) -> None:
    _ad, sent = the_others_gone(world, set_clock)
    set_clock("2030-11-25T09:00")
    renewal = renewed(world)
    assert carried_out(world, set_clock, TOLD_OF_IT) == Gone() == carried_out(world, set_clock, GOES)
    left(world, set_clock, "2034-12-31T09:00", renewal)
    assert carried_out(world, set_clock, "2036-12-20T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2037-01-02T09:00") == Gone()
    assert keyed(world, sent)[0]
    assert carried_out(world, set_clock, "2037-01-03T09:00") == Gone(erased=1)


def test_one_that_ends_early_lets_them_go_early_and_not_before_the_others(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    set_clock("2027-03-01T09:00")
    assert change(world, employment_in(world), END, decided="2027-03-01", ends="2027-06-30").status_code == 303
    carried_out(world, set_clock, TOLD)
    assert carried_out(world, set_clock, DAY) == Gone(erased=2)
    assert keyed(world, sent) == [True, False, False]
    assert carried_out(world, set_clock, "2029-06-19T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2029-07-02T09:00") == Gone()
    assert carried_out(world, set_clock, "2029-07-03T09:00") == Gone(erased=1)


def test_dl_2_4_they_stay_as_long_as_somebody_can_claim_to_have_been_passed_over(
    world: World, set_clock: Clock
) -> None:
    _ad, sent = passed_over(world, set_clock, 4)
    sealed = own_browser(world), f"{link_of(world, sent[3])}/ta-tillbaka"
    assert submit(*sealed, {}, "Ta tillbaka ansökan").status_code == 303
    assert carried_out(world, set_clock, "2029-03-01T09:00") == Gone()
    assert all("till och med den 1 juni 2029" in said_to(world, one) for one in sent[:3])
    assert carried_out(world, set_clock, "2029-05-19T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2029-06-01T09:00") == Gone() and keyed(world, sent[:3]) == [True] * 3
    assert carried_out(world, set_clock, "2029-06-02T09:00") == Gone(erased=3)


def test_why_the_others_were_kept_longer_goes_with_them(world: World, set_clock: Clock) -> None:
    ad, _sent = ended(world, set_clock)
    set_clock("2027-03-01T09:00")
    assert change(world, employment_in(world), END, decided="2027-03-01", ends="2027-06-30").status_code == 303
    with world.writing(scope.party(world.party)) as session:
        assert postpone(session, until=date(2029, 2, 1), reason="En tvist om lönen pågår.", **about(world, ad))
    assert "En tvist om lönen" in kept_page(world, ad)
    carried_out(world, set_clock, "2029-01-18T09:00")
    assert carried_out(world, set_clock, "2029-02-01T09:00") == Gone(erased=2)
    page = kept_page(world, ad)
    assert "En tvist om lönen" not in page and "En ansökan raderas 3 juli 2029." in page.replace("\xa0", " ")


def test_an_end_that_is_taken_back_keeps_them_again(world: World, set_clock: Clock) -> None:
    _ad, sent = ended(world, set_clock)
    employment = employment_in(world)
    set_clock("2027-03-01T09:00")
    assert change(world, employment, END, decided="2027-03-01", ends="2027-06-30").status_code == 303
    carried_out(world, set_clock, TOLD)
    carried_out(world, set_clock, DAY)
    carried_out(world, set_clock, "2029-06-19T09:00")
    assert change(world, employment, BACK).status_code == 303
    assert carried_out(world, set_clock, "2029-07-03T09:00") == Gone()
    assert keyed(world, sent)[0]


def test_a_hold_keeps_them_and_lifted_it_gives_two_new_weeks(world: World, set_clock: Clock) -> None:
    ad, sent = the_others_gone(world, set_clock)
    left(world, set_clock)
    carried_out(world, set_clock, TOLD_OF_IT)
    with world.writing(scope.party(world.party)) as session:
        hold = set_hold(session, application_id=sent[0].id, reason="Ett lönekrav prövas.", **about(world, ad))
        assert hold is not None
        of_it = hold.id
    assert carried_out(world, set_clock, GOES) == Gone()
    set_clock("2033-05-02T09:00")
    with world.writing(scope.party(world.party)) as session:
        lift_hold(session, hold_id=of_it, **about(world, ad))
    assert carried_out(world, set_clock, "2033-05-02T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2033-05-15T09:00") == Gone()
    assert carried_out(world, set_clock, "2033-05-16T09:00") == Gone(erased=1)


@pytest.mark.parametrize(("employer", "ends"), [("authority", date(2030, 12, 31)), ("party", None)])
def test_an_authoritys_and_those_of_whoever_works_on_have_no_day(
    world: World, set_clock: Clock, employer: str, ends: date | None
) -> None:
    _ad, sent = ended(world, set_clock, employer)
    with world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(Employment)).one()
        row.ends_on, row.policy_lifted_reason = ends, "" if ends else "Arbetar tills vidare."
    for instant in (TOLD_OF_IT, GOES, "2040-01-01T09:00", "2040-01-15T09:00"):
        carried_out(world, set_clock, instant)
    assert keyed(world, sent)[0]
    assert "raderas sedan" not in said_to(world, sent[0])


def test_all_pages_of_the_employment_stand_when_its_papers_are_gone(world: World, set_clock: Clock) -> None:
    ad, sent = the_others_gone(world, set_clock)
    left(world, set_clock)
    carried_out(world, set_clock, TOLD_OF_IT)
    assert carried_out(world, set_clock, GOES) == Gone(erased=1)
    browser = world.browser(world.kansli)
    with world.app.test_request_context():
        own = url_for("contracts.employment", employment_id=employment_in(world))
    found = crawl(browser, [own, "/arbete", f"/arbete/rekryteringar/{ad.id}/utfall", f"/arbete/sparade/{ad.id}"])
    assert [answer.path for answer in found if answer.status >= 400] == []
    assert len(found) > 20 and clock.today() == date(2033, 1, 4)
    assert [answer.path for answer in found if sent[0].email.encode() in answer.everything] == []
