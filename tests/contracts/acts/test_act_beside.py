"""What stands beside an employment's acts: its contract, which stays, and its decision, which can still be corrected."""

from datetime import date

import pytest

from portal import scope
from portal.contracts.decision.services.writing import write_decision
from portal.contracts.written.queries import contract_of
from portal.contracts.written.refusals import NotToBe, PaperPastItsDecision
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, OFF, Clock, change, employ, stored
from tests.contracts.deciding import about, decision
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accept,
    named,
    offer,
    recorded,
    save,
    sign,
    signed,
    take_back,
)
from tests.forms import submit
from tests.world import World

TODAY = "2026-11-23"


def test_a_signed_contract_stays_and_its_page_says_what_changed_the_end(world: World, set_clock: Clock) -> None:
    one = signed(recorded(world, set_clock, ends=date(2027, 12, 31)))
    paper = named(one)
    change(world, one.employment, EXTEND, decided="2026-12-14", ends="2028-06-30")
    page = world.browser(world.kansli).get(one.page).get_data(as_text=True)
    assert "Slutdatumet har ändrats sedan avtalet erbjöds." in page
    assert "31 december 2027 → 30 juni 2028" in page.replace("\xa0", " ")
    assert named(one) == paper
    own = world.browser(world.kansli).get(f"/arbete/anstallningar/{one.employment}").get_data(as_text=True)
    assert "Gränsen räknades ut när förlängningen skrevs in" in own


def test_a_decision_is_corrected_as_before_though_the_employment_has_been_extended_since(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T09:00")
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    with world.writing(scope.party(world.party)) as session:
        said = decision(decided=date(2026, 8, 31))
        assert write_decision(session, decision=said, **about(world, id)) is not None
    row = stored(world, id)
    assert (row.decided_on, row.limit_latest_end, row.ends_on) == (
        date(2026, 8, 31), date(2026, 12, 31), date(2028, 6, 30),
    )  # fmt: skip


def test_a_draft_written_after_an_extension_rests_on_the_limit_in_force(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T09:00")
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    with world.acting(scope.party(world.party)) as session:
        held = contract_of(session, id, on=date(2026, 11, 23))
        assert held is not None
        assert (held.facts.limit_reference, held.facts.limit_latest_end) == (date(2026, 11, 23), date(2030, 12, 31))


@pytest.mark.parametrize("accepted_before", [False, True])
def test_kl_4_33_a_paper_whose_end_is_not_decided_any_more_is_neither_accepted_nor_signed(
    world: World, set_clock: Clock, accepted_before: bool
) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T09:00")
    change(world, id, EXTEND, decided=TODAY)
    one = Recorded(world, world.party, id, "Per Vikman")
    save(one)
    offer(one)  # the paper says 31 December 2030
    if accepted_before:
        accept(one)
    assert change(world, id, BACK).status_code == 303
    assert stored(world, id).ends_on == date(2026, 12, 31), "the decision that is left reaches no longer"
    with pytest.raises(PaperPastItsDecision):
        sign(one, 1, EMPLOYER_SIGNS.name) if accepted_before else accept(one)
    take_back(one)
    save(one)
    offer(one)
    accept(one)
    assert sign(one, 1, EMPLOYER_SIGNS.name) is not None, "the new paper says what is decided"


@pytest.mark.parametrize("accepted_before", [False, True])
@pytest.mark.parametrize(
    ("button", "fields", "ends"),
    [
        (END, {"decided": "2026-12-15", "ends": "2027-06-30"}, date(2027, 6, 30)),
        (NOTICE, {"by": "employer", "given": "2026-12-15"}, date(2027, 3, 15)),
    ],
    ids=["earlier", "notice"],
)
def test_a_paper_for_longer_than_is_decided_by_now_is_neither_accepted_nor_signed(
    world: World, set_clock: Clock, accepted_before: bool, button: str, fields: dict[str, str], ends: date
) -> None:
    one = recorded(world, set_clock)  # 1 February 2027 to 31 December 2030
    save(one)
    offer(one)
    if accepted_before:
        accept(one)
    set_clock("2026-12-15T09:00")
    assert change(world, one.employment, button, **fields).status_code == 303
    assert stored(world, one.employment).ends_on == ends
    with pytest.raises(PaperPastItsDecision):
        sign(one, 1, EMPLOYER_SIGNS.name) if accepted_before else accept(one)
    assert change(world, one.employment, BACK).status_code == 303
    sign(one, 1, EMPLOYER_SIGNS.name) if accepted_before else accept(one)  # the days of the paper hold again


def test_a_copy_dated_before_the_earlier_end_was_decided_is_filed_after_it(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock)
    save(one)
    offer(one)
    accept(one)
    set_clock("2027-03-01T09:00")
    assert change(world, one.employment, END, decided="2027-03-01", ends="2027-06-30").status_code == 303
    with pytest.raises(PaperPastItsDecision):
        sign(one, 1, EMPLOYER_SIGNS.name, on=date(2027, 3, 1))
    assert sign(one, 1, EMPLOYER_SIGNS.name, on=date(2027, 1, 10)) is not None


def test_a_paper_for_a_shorter_time_than_is_decided_by_now_is_not_accepted(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)  # to 31 December 2026
    one = Recorded(world, world.party, id, "Per Vikman")
    save(one)
    offer(one)
    set_clock("2026-11-23T09:00")
    assert change(world, id, EXTEND, decided=TODAY, ends="2028-06-30").status_code == 303
    told = submit(world.browser(world.kansli), one.page, {}, "Anteckna att det är antaget")
    assert told.status_code == 409
    text = told.get_data(as_text=True).replace("\xa0", " ")
    assert "anställning till och med 31 december 2026, men den som är beslutad gäller till och med 30 juni 2028" in text


def test_of_what_was_called_off_it_is_said_that_it_is_not_to_be_and_not_that_it_ended(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock)
    save(one)
    assert change(world, one.employment, OFF, decided="2026-12-14").status_code == 303
    with pytest.raises(NotToBe):
        offer(one)


def test_an_earlier_end_by_mistake_that_was_taken_back_hinders_no_copy_dated_before_it(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock)  # 1 February 2027 to 31 December 2030
    save(one)
    offer(one)
    accept(one)
    set_clock("2026-12-20T09:00")
    assert change(world, one.employment, END, decided="2026-12-20", ends="2030-06-30").status_code == 303
    set_clock("2026-12-21T09:00")
    assert change(world, one.employment, BACK).status_code == 303
    assert stored(world, one.employment).ends_on == date(2030, 12, 31)
    made = sign(one, 1, EMPLOYER_SIGNS.name, on=date(2026, 12, 15))
    assert made is not None


def test_the_heading_gives_no_reason_for_a_last_day_that_it_has_not(world: World, set_clock: Clock) -> None:
    id = employ(world)
    set_clock("2026-12-14T09:00")
    browser, place = world.browser(world.kansli), f"/arbete/anstallningar/{id}"

    def page() -> str:
        return str(browser.get(place).get_data(as_text=True)).replace("\xa0", " ")

    assert "Därför 31 december 2026" in page()
    change(world, id, EXTEND, decided="2026-12-14", ends="2030-12-31")
    assert "Därför 31 december 2030" in page()
    change(world, id, END, decided="2026-12-14", ends="2028-06-30")
    assert "Därför" not in page() and "Gränsen är 31 december 2030" in page()
