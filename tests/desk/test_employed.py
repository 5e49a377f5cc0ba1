"""What contracts and first days put on the office's to-do list: the ad and the day, never a name or the words of a step."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal import clock, scope
from portal.contracts.onboarding.queries import waiting as steps_waiting
from portal.contracts.written.awaited import Lacking, offer_by
from portal.contracts.written.queries import awaited
from portal.contracts.written.services import take_back_contract
from tests.contracts.acts.changing import END, change, employ
from tests.contracts.onboarding_lists import add, begin, posted, steps
from tests.contracts.written.contracting import Recorded, accept, offer, recorded, save, sign
from tests.counting import statements
from tests.desk.test_start import page
from tests.pages import parse
from tests.world import World

Clock = Callable[[str], datetime]
OFFER, SIGN = "Erbjud anställningsavtalet", "Samla in underskrifterna på anställningsavtalet"


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment decided 14 December 2026 from 1 February 2027."""
    return recorded(world, set_clock)


def asked(world: World) -> list[tuple[Lacking, date]]:
    with world.acting(scope.party(world.party)) as session:
        return [(found.lacking, found.day) for found in awaited(session, on=clock.today())]


def days(world: World) -> dict[str, list[str]]:
    """The texts of the list by the heading of their day."""
    found: dict[str, list[str]] = {}
    for section in parse(page(world, world.kansli)).iter("{http://www.w3.org/1999/xhtml}section"):
        words = " ".join(" ".join(section.itertext()).split())
        found[words.split(" ")[0]] = [text for text in (OFFER, SIGN, "i introduktionen") if text in words]
    return found


def test_a_contract_is_asked_for_until_all_have_signed_and_again_when_it_is_taken_back(
    world: World, one: Recorded
) -> None:
    assert asked(world) == [(Lacking.OFFER, date(2027, 1, 18))]
    save(one)
    assert asked(world) == [(Lacking.OFFER, date(2027, 1, 18))]
    offer(one)
    assert asked(world) == [(Lacking.SIGNATURES, date(2027, 2, 1))]
    accept(one)
    sign(one, 1, "Disa Sjölund")
    assert asked(world) == [(Lacking.SIGNATURES, date(2027, 2, 1))]
    sign(one, 2, one.employee)
    assert asked(world) == []


def test_a_contract_that_is_taken_back_is_offered_anew(world: World, one: Recorded) -> None:
    save(one)
    offer(one)
    with world.writing(scope.party(world.party)) as session:
        assert take_back_contract(
            session, employment_id=one.employment, actor=one.actor, at=clock.now(), on=clock.today()
        )
    assert asked(world) == [(Lacking.OFFER, date(2027, 1, 18))]


def test_who_is_decided_in_the_last_minute_is_offered_a_contract_that_day() -> None:
    assert offer_by(date(2027, 1, 25), date(2027, 2, 1)) == date(2027, 1, 25)
    assert offer_by(date(2027, 2, 3), date(2027, 2, 1)) == date(2027, 2, 3)


def test_what_is_not_signed_when_the_work_begins_is_late_and_of_what_has_ended_nothing_is_asked(
    world: World, one: Recorded, set_clock: Clock
) -> None:
    save(one)
    offer(one)
    set_clock("2027-02-02T09:00")
    assert SIGN in days(world)["Försenat"]
    set_clock("2031-01-01T09:00")
    assert asked(world) == []


def test_steps_stand_on_their_day_two_weeks_before_and_are_late_after_it(
    world: World, one: Recorded, set_clock: Clock
) -> None:
    begin(world, one.employment)
    add(world, one.employment, "Ge Elin Forsvik nycklar")
    add(world, one.employment, "Boka rundtur")
    set_clock("2027-01-17T09:00")
    assert "introduktionen" not in page(world, world.kansli)
    set_clock("2027-01-18T09:00")
    shown = page(world, world.kansli)
    assert "Gör två steg i introduktionen" in shown
    assert "nycklar" not in shown
    assert one.employee not in shown
    set_clock("2027-02-02T09:00")
    assert "i introduktionen" in days(world)["Försenat"]
    for step in steps(world, one.employment):
        assert posted(world, one.employment, f"/{step.row.id}/klart", done_on="2027-02-01").status_code == 303
    assert "introduktionen" not in page(world, world.kansli)


def test_steps_of_one_employment_on_several_days_are_one_line_with_their_number(
    world: World, one: Recorded, set_clock: Clock
) -> None:
    begin(world, one.employment)
    for due in (date(2027, 1, 25), date(2027, 1, 25), date(2027, 2, 1)):
        add(world, one.employment, due=due)
    for at, stands, late in (
        ("2027-01-20T09:00", "alla senast 1 februari 2027", False),
        ("2027-01-26T09:00", "två är försenade", True),
        ("2027-02-02T09:00", "", True),
    ):
        set_clock(at)
        shown = page(world, world.kansli)
        assert (shown.count("i introduktionen"), shown.count("Gör tre steg i introduktionen")) == (1, 1)
        assert stands in shown.replace("\xa0", " ")
        assert ("i introduktionen" in days(world).get("Försenat", [])) is late


def test_a_rival_and_an_assessor_are_asked_for_nothing_of_it(world: World, one: Recorded, set_clock: Clock) -> None:
    begin(world, one.employment)
    add(world, one.employment)
    set_clock("2027-02-02T09:00")
    assert {OFFER, "i introduktionen"} <= set(days(world)["Försenat"])
    for person in (world.rival_kansli, world.gunnel, world.region):
        shown = page(world, person)
        assert OFFER not in shown
        assert "introduktionen" not in shown


@pytest.mark.counts
def test_the_start_page_asks_as_much_for_many_employments_as_for_one(
    world: World, one: Recorded, set_clock: Clock
) -> None:
    counts = []
    for more in (0, 3):
        for _ in range(more):
            another = recorded(world, set_clock)
            begin(world, another.employment)
            for number in range(4):
                add(world, another.employment, f"Steg {number}")
        set_clock("2027-02-02T09:00")
        browser = world.browser(world.kansli)
        browser.get("/arbete")
        with statements(world.app) as seen:
            browser.get("/arbete")
        counts.append(seen.count)
    assert counts == [18, 18]  # three of them whom the person stands aside from


def test_of_whoever_has_turned_permanent_the_paper_and_the_steps_are_asked_for_after_its_end(
    world: World, set_clock: Clock
) -> None:
    """LAS 5 a §: from 1 September 2025, so permanent a year later, with 31 December 2026 on paper."""
    set_clock("2026-11-23T10:00")
    lasting = employ(world, employer="party", decided=date(2025, 8, 20), starts=date(2025, 9, 1))
    employ(world, "Åsa Nyman", employer="party", decided=date(2026, 8, 20), starts=date(2026, 9, 1))
    with world.acting(scope.party(world.party)) as session:
        assert len(awaited(session, on=date(2026, 12, 31))) == 2
        assert [one.employment_id for one in awaited(session, on=date(2027, 1, 1))] == [lasting]
    set_clock("2027-01-05T10:00")
    change(world, lasting, END, decided="2027-01-05", ends="2027-01-31")
    with world.acting(scope.party(world.party)) as session:
        assert [len(awaited(session, on=date(2027, month, 1))) for month in (1, 2)] == [1, 0]


def test_steps_of_whoever_has_turned_permanent_wait_after_the_papers_end(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    lasting = employ(world, employer="party", decided=date(2025, 8, 20), starts=date(2025, 9, 1))
    begin(world, lasting)
    add(world, lasting, due=date(2026, 8, 31))
    with world.acting(scope.party(world.party)) as session:
        for day in (date(2026, 12, 31), date(2027, 1, 1)):
            assert [one.employment_id for one in steps_waiting(session, on=day)] == [lasting]
