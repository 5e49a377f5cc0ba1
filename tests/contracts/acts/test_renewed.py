"""Acts and renewals know each other: nobody is employed twice at once, and nobody's end is moved into what has been."""

from datetime import date

import pytest

from portal import clock, scope
from portal.contracts.recording.faults import NothingRecorded
from portal.contracts.renewal.services import renew
from portal.contracts.terms import Terms
from portal.posts.employer_model import Employer
from tests.contracts.acts.changing import BACK, END, EXTEND, OFF, change, employ, stored
from tests.contracts.test_renewal import renew_them, renewals
from tests.decisions.recruiting import office
from tests.forms import submit_page
from tests.privacy.candidates import Clock
from tests.world import World


def test_what_is_renewed_is_not_extended_over_its_renewal(world: World, set_clock: Clock) -> None:
    """The page offers it no more; one that was opened before the renewal does."""
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T10:00")
    browser, page = world.browser(world.kansli), f"/arbete/anstallningar/{id}/andra"
    opened = browser.get(page)
    assert renew_them(world, [id]) == 1
    before = stored(world, id).ends_on
    asked = {"forlang-decided": "2026-11-23", "forlang-ends": "2030-12-31"}
    told = submit_page(browser, opened, page, asked, EXTEND)
    assert told.status_code in (409, 422) and "är förnyad från 1 januari 2027" in told.get_data(as_text=True)
    assert stored(world, id).ends_on == before


def test_an_early_end_is_not_taken_back_over_a_renewal(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T10:00")
    change(world, id, END, decided="2026-11-23", ends="2026-11-30")
    terms = Terms(Employer.AUTHORITY, date(2026, 11, 23), date(2026, 12, 1), date(2030, 12, 31), 100)
    with world.writing(scope.party(world.party)) as session:
        renew(session, ids=[id], terms_of=lambda _: terms, actor=office(world), at=clock.now(), on=clock.today())
    assert len(renewals(world)) == 1
    told = change(world, id, BACK)
    assert "är förnyad från 1 december 2026" in told.get_data(as_text=True)
    assert stored(world, id).ends_on == date(2026, 11, 30)


def test_an_extension_is_not_taken_back_once_the_end_before_it_has_been(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T09:00")
    id = employ(world)
    set_clock("2026-11-23T10:00")
    assert change(world, id, EXTEND, decided="2026-11-23", ends="2030-12-31").status_code == 303
    set_clock("2028-03-01T10:00")
    told = change(world, id, BACK)
    assert "har redan varit" in told.get_data(as_text=True)
    assert stored(world, id).ends_on == date(2030, 12, 31)


def test_a_renewal_that_was_called_off_is_not_to_be_over_an_employment_extended_meanwhile(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-09-10T09:00")
    former = employ(world)  # to 31 December 2026
    set_clock("2026-11-23T10:00")
    assert renew_them(world, [former]) == 1  # from 1 January 2027
    (renewal,) = renewals(world)
    assert change(world, renewal.id, OFF, decided="2026-11-23").status_code == 303
    assert change(world, former, EXTEND, decided="2026-11-23", ends="2030-12-31").status_code == 303
    told = change(world, renewal.id, BACK)
    assert told.status_code == 409
    assert "förnyar gäller till och med 31 december 2030" in told.get_data(as_text=True).replace("\xa0", " ")
    assert stored(world, renewal.id).never_began
    assert change(world, former, BACK).status_code == 303
    assert change(world, renewal.id, BACK).status_code == 303, "the day after the former's last it can begin"
    assert not stored(world, renewal.id).never_began


def test_whoever_was_called_off_is_not_renewed(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-20T09:00")
    id = employ(world, decided=date(2026, 9, 20), starts=date(2026, 12, 1), ends=date(2026, 12, 31))
    change(world, id, OFF, decided="2026-09-20")
    set_clock("2026-11-23T10:00")
    terms = Terms(Employer.AUTHORITY, date(2026, 11, 23), date(2027, 1, 1), date(2030, 12, 31), 100)
    assert world.browser(world.kansli).get(f"/arbete/anstallningar/{id}/fornya").status_code == 404
    with world.writing(scope.party(world.party)) as session, pytest.raises(NothingRecorded) as refused:
        renew(session, ids=[id], terms_of=lambda _: terms, actor=office(world), at=clock.now(), on=clock.today())
    assert "blir inte av" in refused.value.faults[id].sentence
    assert renewals(world) == []
