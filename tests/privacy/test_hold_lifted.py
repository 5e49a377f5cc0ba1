"""A hold that is lifted, by mistake too, gives two weeks in which it can be undone, of what lies sealed as of all else."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from portal import clock, scope
from portal.privacy.rights.services.leaving import end_restrictions, restrictions_to_end
from portal.privacy.services.holding import lift_hold, set_hold
from tests.applicants import Sent
from tests.contracts.hiring import fill
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of, row_of, told
from tests.privacy.test_disposing import DAY, TOLD, about, carried_out, keyed
from tests.world import Published, World

LAST = date(2028, 12, 14)  # of whoever was told no on 14 December 2026


def taken_back(world: World, set_clock: Clock) -> tuple[Published, Sent, Sent]:
    """Two who were told no; the first of them takes theirs back, and a party keeps it sealed."""
    ad, (_hired, one, two) = told(world, set_clock, 3)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert row_of(world, ad, one.id).restricted_until == LAST
    return ad, one, two


def stop(world: World, ad: Published, whom: Sent | None) -> UUID:
    with world.writing(scope.party(world.party)) as session:
        hold = set_hold(
            session, application_id=whom.id if whom else None, reason="DO har hört av sig.", **about(world, ad)
        )
        assert hold is not None
        return hold.id


def lifted(world: World, ad: Published, hold_id: UUID) -> None:
    with world.writing(scope.party(world.party)) as session:
        assert lift_hold(session, hold_id=hold_id, **about(world, ad)) is not None


def gone_at(world: World, set_clock: Clock, day: date) -> int:
    at = set_clock(f"{day}T10:30")
    with world.app.app_context():
        to_go = restrictions_to_end(at)
        assert end_restrictions(at) == to_go
        return to_go


@pytest.mark.parametrize("of_all", [True, False])
def test_what_lies_sealed_past_its_day_stays_for_two_weeks_and_goes_then(
    world: World, set_clock: Clock, of_all: bool
) -> None:
    ad, (_hired, one, _two) = told(world, set_clock, 3)
    hold = stop(world, ad, None if of_all else one)
    submit(own_browser(world), f"{link_of(world, one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    assert gone_at(world, set_clock, day := LAST + timedelta(days=6)) == 0
    lifted(world, ad, hold)
    assert gone_at(world, set_clock, day + timedelta(days=13)) == 0 and keyed(world, [one]) == [True]
    assert gone_at(world, set_clock, day + timedelta(days=14)) == 1 and keyed(world, [one]) == [False]


def test_within_the_two_weeks_it_is_stopped_again(world: World, set_clock: Clock) -> None:
    ad, one, _two = taken_back(world, set_clock)
    hold = stop(world, ad, None)
    assert gone_at(world, set_clock, day := LAST + timedelta(days=6)) == 0
    lifted(world, ad, hold)
    stop(world, ad, None)
    assert gone_at(world, set_clock, day + timedelta(days=40)) == 0 and keyed(world, [one]) == [True]


def test_a_day_that_is_further_off_is_not_moved_nor_is_that_of_somebody_else(world: World, set_clock: Clock) -> None:
    ad, one, two = taken_back(world, set_clock)
    set_clock("2028-06-01T09:00")
    lifted(world, ad, stop(world, ad, None))
    assert row_of(world, ad, one.id).restricted_until == LAST
    set_clock(f"{LAST}T09:00")
    lifted(world, ad, stop(world, ad, two))
    assert row_of(world, ad, one.id).restricted_until == LAST


def test_the_candidate_reads_that_the_claim_keeps_it_and_then_the_new_last_day(world: World, set_clock: Clock) -> None:
    ad, one, _two = taken_back(world, set_clock)
    hold, own, link = stop(world, ad, None), own_browser(world), link_of(world, one)
    read = [own.get(link).get_data(as_text=True).replace("\xa0", " ")]
    set_clock(f"{LAST + timedelta(days=6)}T09:00")
    read.append(own.get(link).get_data(as_text=True))
    lifted(world, ad, hold)
    read.append(own.get(link).get_data(as_text=True).replace("\xa0", " "))
    assert "låst till och med den 14 december 2028" in read[0]
    assert "låst så länge ett rättsligt krav eller din egen begäran inte är avgjord" in read[1]
    assert "låst till och med den 2 januari 2029" in read[2]


@pytest.mark.parametrize(
    ("whom", "said"),
    [("all", "Inga ansökningar tas bort förrän"), ("one", "De andras ansökningar tas bort på sin dag")],
)
def test_the_office_reads_whom_the_hold_is_for_and_what_lifting_it_brings(
    world: World, set_clock: Clock, whom: str, said: str
) -> None:
    ad, _one, two = taken_back(world, set_clock)
    office, place = world.browser(world.kansli), f"/arbete/sparade/{ad.id}"
    form = {"whom": "" if whom == "all" else str(two.id), "why": "DO har begärt yttrande."}
    assert submit(office, place, form, "Stoppa").status_code == 303
    assert said in office.get(place).get_data(as_text=True)
    assert submit(office, place, {}, "Häv stoppet").status_code == 303
    assert "Det som ligger låst finns kvar minst två veckor till." in office.get(place).get_data(as_text=True)
    assert clock.today() == date(2026, 12, 14)


def test_papers_that_only_an_employment_keeps_are_said_to_be_there(world: World, set_clock: Clock) -> None:
    ad, (hired, *others) = told(world, set_clock, 2)
    office = world.browser(world.kansli)
    assert "Med anställningen" not in office.get("/arbete/sparade").get_data(as_text=True)
    employ_and_wait(world, set_clock, ad, hired)
    page = world.browser(world.kansli).get("/arbete/sparade").get_data(as_text=True)
    assert keyed(world, [hired, *others]) == [True, False]
    assert "Med anställningen" in page and "Den anställdas handlingar sparas med anställningen." in page
    assert "inga ansökningar att visa" not in page


def employ_and_wait(world: World, set_clock: Clock, ad: Published, hired: Sent) -> None:
    """Somebody is recorded; two years later the others' papers go."""
    assert fill(world.browser(world.kansli), ad, hired).status_code == 303
    for instant in (TOLD, DAY):
        carried_out(world, set_clock, instant)
