"""DL 2:4, 6:3: while somebody who was passed over has a claim that waits, the papers of whoever was employed are there."""

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import CandidateRequest
from portal.privacy.queries import holds_of
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import ask, ask_for_merits
from portal.privacy.services.disposing import Gone
from portal.privacy.services.holding import lift_hold, set_hold
from tests.applicants import Sent
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of
from tests.privacy.passing_over import passed_over
from tests.privacy.test_disposing import about, carried_out, keyed
from tests.world import Published, World

BEFORE, LAST, AFTER = "2029-05-19T09:00", "2029-05-30T09:00", "2029-06-02T09:00"


def held(world: World, ad: Published, one: Sent) -> None:
    with world.writing(scope.party(world.party)) as session:
        assert set_hold(session, application_id=one.id, reason="Tvist om diskriminering.", **about(world, ad))  # type: ignore[arg-type]


def seals(world: World, one: Sent) -> None:
    """It is taken back, and lies sealed for as long as the claim can be made."""
    place = f"{link_of(world, one)}/ta-tillbaka"
    assert submit(own_browser(world), place, {}, "Ta tillbaka ansökan").status_code == 303


def answered(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        for row in session.scalars(select(CandidateRequest)):
            row.answered_at, row.result = clock.now(), "done"


def test_while_one_of_the_passed_over_is_held_or_waits_for_merits_those_of_the_employed_stay(
    world: World, set_clock: Clock
) -> None:
    ad, sent = passed_over(world, set_clock)
    held(world, ad, sent[1])
    carried_out(world, set_clock, BEFORE)
    set_clock(LAST)
    with world.writing(scope.candidate(sent[2].id)) as session:
        ask_for_merits(session, application_id=sent[2].id, at=clock.now())
    carried_out(world, set_clock, AFTER)
    assert keyed(world, sent) == [True, True, True]
    answered(world)
    carried_out(world, set_clock, "2029-07-02T09:00")
    carried_out(world, set_clock, "2029-07-16T09:00")
    assert keyed(world, sent) == [True, True, False], "the dispute compares the second with the first"
    set_clock("2030-01-07T09:00")
    with world.writing(scope.party(world.party)) as session:
        for hold in holds_of(session, ad.id):
            lift_hold(session, hold_id=hold.id, **about(world, ad))  # type: ignore[arg-type]
    assert carried_out(world, set_clock, "2030-01-07T09:00") == Gone(told=1)
    assert carried_out(world, set_clock, "2030-01-21T09:00") == Gone(erased=2)


@pytest.mark.parametrize("why", ["held", "asked"])
def test_so_too_where_that_one_lies_sealed_past_its_day(world: World, set_clock: Clock, why: str) -> None:
    ad, sent = passed_over(world, set_clock, 2)
    if why == "held":
        held(world, ad, sent[1])
    seals(world, sent[1])
    if why == "asked":
        with world.writing(scope.candidate(sent[1].id)) as session:
            ask(session, application_id=sent[1].id, kind=Kind.COPY, text="", at=clock.now())
    carried_out(world, set_clock, BEFORE)
    carried_out(world, set_clock, AFTER)
    assert keyed(world, sent) == [True, True]


@pytest.mark.parametrize("sealed", [False, True])
def test_meanwhile_the_pages_say_so_and_the_hold_is_lifted_from_its_own(
    world: World, set_clock: Clock, sealed: bool
) -> None:
    ad, sent = passed_over(world, set_clock, 2)
    held(world, ad, sent[1])
    if sealed:
        seals(world, sent[1])
    office, case = world.browser(world.kansli), f"/arbete/sparade/{ad.id}"
    for place in ("/arbete/sparade", case):
        assert "Den som har varit anställd sparas så länge ett stopp" in office.get(place).get_data(as_text=True)
    assert submit(office, case, {}, "Häv stoppet").status_code == 303
    shown = office.get(case)
    assert shown.status_code == 200 and "sparas så länge ett stopp" not in shown.get_data(as_text=True)
