"""The yes to an offered contract has a day of its own: it can be noted later, and a wrong day be put right."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.contracts.written.models import Contract
from portal.contracts.written.queries import accepted_day
from portal.contracts.written.refusals import AcceptedAlready, NotNow, PaperPastItsDecision, WrongDay, WrongDayOfYes
from portal.contracts.written.services import note_accepted
from portal.contracts.written.states import State
from tests.contracts.acts.changing import NOTICE, OFF, change
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accept,
    offer,
    recorded,
    save,
    sign,
)
from tests.contracts.written.test_contract_pages import text
from tests.forms import submit, submit_page
from tests.world import World

NOTE, MEND = "Anteckna att det är antaget", "Rätta dagen"
OFFERED, NEXT = date(2026, 12, 14), date(2026, 12, 15)


@pytest.fixture
def one(world: World, set_clock: Any) -> Recorded:
    made = recorded(world, set_clock, rules="region-vasternorrland")
    save(made)
    offer(made)
    return made


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def day_of(one: Recorded) -> date | None:
    row = one.held().row
    return accepted_day(row) if row else None


def test_the_page_suggests_today_and_keeps_the_day_that_is_written(one: Recorded, set_clock: Any, world: World) -> None:
    set_clock("2026-12-18T09:00")
    office = world.browser(world.kansli)
    assert 'value="2026-12-18"' in text(office, one.page)
    assert submit(office, one.page, {"accepted_on": "2026-12-15"}, NOTE).status_code == 303
    page = text(office, one.page)
    assert "Antecknat: avtalet antogs 15 december 2026." in page
    assert "</b> 15 december 2026, 0 av 2 har skrivit under" in page
    assert day_of(one) == NEXT


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-12-13", "erbjöds 14 december 2026 och kan inte ha antagits före det"),
        ("2026-12-15", "Dagen har inte varit än"),
        ("", "Ange den dag då svaret kom"),
        ("i går", "är inget datum"),
        ("2026-02-30", "är inget datum"),
    ],
)
def test_a_day_on_which_it_cannot_have_been_accepted_is_refused_beside_its_field(
    one: Recorded, office: FlaskClient, day: str, said: str
) -> None:
    answer = submit(office, one.page, {"accepted_on": day}, NOTE)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, said in page, 'id="accepted_on-error"' in page) == (422, True, True)
    assert one.held().state is State.OFFERED


def test_what_was_accepted_and_signed_before_the_last_day_is_written_down_after_it_and_nothing_later(
    one: Recorded, set_clock: Any
) -> None:
    set_clock("2031-01-02T08:00")
    with pytest.raises(WrongDayOfYes, match="Anställningen slutade 31 december 2030"):
        accept(one, day=date(2031, 1, 1))
    accept(one, day=NEXT)
    sign(one, 1, EMPLOYER_SIGNS.name, on=NEXT)
    sign(one, 2, one.employee, on=NEXT)
    assert one.held().state is State.ENDED


def test_a_yes_of_before_a_notice_is_written_down_after_it_and_one_of_after_it_is_not(
    world: World, one: Recorded, set_clock: Any
) -> None:
    set_clock("2027-03-01T09:00")
    assert change(world, one.employment, NOTICE, by="employee", given="2027-02-15").status_code == 303
    with pytest.raises(PaperPastItsDecision):
        accept(one, day=date(2027, 2, 15))
    accept(one, day=date(2027, 2, 14))
    assert (one.held().state, day_of(one)) == (State.ACCEPTED, date(2027, 2, 14))


def test_a_yes_of_before_it_was_called_off_is_written_down_after_it_and_one_of_after_it_is_not(
    world: World, one: Recorded, set_clock: Any
) -> None:
    set_clock("2026-12-18T09:00")
    assert change(world, one.employment, OFF, decided="2026-12-16", note="Fick ett annat arbete.").status_code == 303
    with pytest.raises(WrongDayOfYes, match="Anställningen ställdes in 16 december 2026"):
        accept(one, day=date(2026, 12, 17))
    assert submit(world.browser(world.kansli), one.page, {"accepted_on": "2026-12-15"}, NOTE).status_code == 303
    assert day_of(one) == NEXT
    with pytest.raises(WrongDay, match="Anställningen ställdes in 16 december 2026"):
        sign(one, 1, EMPLOYER_SIGNS.name, on=date(2026, 12, 17))


def test_a_wrong_day_is_put_right_until_all_have_signed(one: Recorded, set_clock: Any, world: World) -> None:
    set_clock("2026-12-18T09:00")
    office = world.browser(world.kansli)
    accept(one)
    sign(one, 1, EMPLOYER_SIGNS.name)
    assert submit(office, one.page, {"accepted_on": "2026-12-15"}, MEND).status_code == 303
    assert day_of(one) == NEXT
    sign(one, 2, one.employee)
    assert "Rätta dagen" not in text(office, one.page)
    with pytest.raises(NotNow, match="Avtalet är underskrivet"):
        accept(one, day=OFFERED, instead_of=NEXT)


def test_two_who_note_it_with_different_days_are_asked_and_the_same_day_twice_is_once(
    one: Recorded, set_clock: Any
) -> None:
    set_clock("2026-12-16T09:00")
    accept(one, day=NEXT)
    accept(one, day=NEXT)
    with pytest.raises(AcceptedAlready, match="redan antecknat som antaget 15 december 2026"):
        accept(one)
    with pytest.raises(AcceptedAlready):
        accept(one, instead_of=OFFERED)
    assert day_of(one) == NEXT


def test_what_an_earlier_version_noted_has_the_day_it_was_noted_on(one: Recorded, set_clock: Any) -> None:
    set_clock("2026-12-15T23:30+00:00")  # the sixteenth in Sweden
    accept(one, day=NEXT)
    with one.world.writing(scope.party(one.party)) as session:
        session.scalars(select(Contract)).one().accepted_on = None
    assert day_of(one) == date(2026, 12, 16)


def test_without_a_yes_there_is_no_day(one: Recorded) -> None:
    assert day_of(one) is None


def test_nobody_of_another_party_writes_down_a_yes(world: World, one: Recorded) -> None:
    with world.writing(scope.party(world.rival)) as session:
        assert not note_accepted(
            session, employment_id=one.employment, accepted_on=OFFERED, actor=one.actor, at=clock.now(), on=clock.today()
        )  # fmt: skip
    assert one.held().state is State.OFFERED


def test_a_stale_page_does_not_lose_the_day_that_was_typed(world: World, one: Recorded, set_clock: Any) -> None:
    set_clock("2026-12-18T09:00")
    office = world.browser(world.kansli)
    stale = office.get(one.page)
    accept(one, day=NEXT)
    answer = submit_page(office, stale, one.page, {"accepted_on": "2026-12-16"}, NOTE)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "antecknat som antaget 15 december 2026" in page) == (409, True)
    assert 'value="2026-12-16"' in page and "<details" in page and day_of(one) == NEXT
    assert submit_page(office, answer, one.page, {"accepted_on": "2026-12-16"}, MEND).status_code == 303
    assert day_of(one) == date(2026, 12, 16)
