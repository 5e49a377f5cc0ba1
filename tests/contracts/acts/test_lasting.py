"""LAS 5 a §: a party's employment that has turned permanent does not end with its last day. A notice or an early end ends it,
before that day and after it, on the day that is written."""

from datetime import date
from uuid import UUID

import pytest

from portal import scope
from portal.contracts.renewal.queries import last_days_of
from portal.contracts.written.refusals import PaperPastItsDecision
from tests.contracts.acts.changing import (
    BACK,
    END,
    EXTEND,
    NOTICE,
    acts,
    change,
    employ,
    post,
    shown,
    stored,
)
from tests.contracts.test_renewal import BUTTON, renew_them
from tests.contracts.written.contracting import EMPLOYER_SIGNS, Recorded, accept, offer, save, sign
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock
from tests.world import World

SINCE = "tillsvidareanställning sedan 1 september 2026"


@pytest.fixture
def lasting(world: World, set_clock: Clock) -> UUID:
    """From 1 September 2025, so permanent from 1 September 2026, with 31 December 2026 as its last day on paper."""
    set_clock("2026-11-23T10:00")
    return employ(world, employer="party", decided=date(2025, 8, 20), starts=date(2025, 9, 1))


def page(world: World, address: str) -> str:
    answer = world.browser(world.kansli).get(address)
    return " ".join(answer.get_data(as_text=True).replace("\xa0", " ").split())


def test_the_last_day_of_a_notice_holds_though_the_paper_ends_before(
    world: World, lasting: UUID, set_clock: Clock
) -> None:
    set_clock("2026-12-01T10:00")
    given = {"by": "employer", "given": "2026-12-01", "last_day": "2027-03-01"}
    assert change(world, lasting, NOTICE, **given).status_code == 303
    assert stored(world, lasting).ends_on == date(2027, 3, 1)
    set_clock("2027-01-05T10:00")
    assert change(world, lasting, BACK).status_code == 303, "it goes on, as it did before the notice"
    row = stored(world, lasting)
    assert (row.ends_on, row.policy_lifted_reason) == (date(2026, 12, 31), "")


@pytest.mark.parametrize(
    ("button", "fields"),
    [
        (NOTICE, {"by": "employer", "given": "2027-01-05", "last_day": "2027-03-05"}),
        (NOTICE, {"by": "employee", "given": "2026-12-20", "last_day": "2027-03-05"}),
        (END, {"decided": "2027-01-05", "ends": "2027-03-05"}),
    ],
)
def test_what_ends_it_can_be_written_after_the_last_day_on_paper(
    world: World, lasting: UUID, set_clock: Clock, button: str, fields: dict[str, str]
) -> None:
    set_clock("2027-01-05T10:00")
    told = shown(world, lasting)
    assert NOTICE in told and END in told and EXTEND not in told
    assert SINCE in " ".join(told.split()) and f"/arbete/anstallningar/{lasting}/fornya" in told
    assert change(world, lasting, button, **fields).status_code == 303
    assert stored(world, lasting).ends_on == date(2027, 3, 5)
    with world.acting(scope.party(world.party)) as session:
        days = last_days_of(session, [stored(world, lasting)])
    assert days == {lasting: date(2027, 3, 5)}, "what is kept is kept from the real last day"
    set_clock("2027-03-06T10:00")
    assert "Anställningen slutade 5 mars 2027" in shown(world, lasting)
    late = post(world, lasting, "/avsluta", {"avsluta-seen": "1", "avsluta-decided": "2027-03-06"})
    assert late.status_code == 422
    late = {"avsluta-seen": "1", "avsluta-decided": "2027-03-06", "avsluta-ends": "2027-03-07"}
    told = post(world, lasting, "/avsluta", late)
    assert (told.status_code, stored(world, lasting).ends_on) == (422, date(2027, 3, 5)), "now it has ended"


def test_that_it_ended_with_its_last_day_on_paper_can_be_written_too(
    world: World, lasting: UUID, set_clock: Clock
) -> None:
    set_clock("2027-01-05T10:00")
    assert change(world, lasting, END, decided="2026-12-15", ends="2026-12-31").status_code == 303
    assert [act.kind for act in acts(world, lasting)] == ["recorded", "early_end"]
    assert "Anställningen slutade 31 december 2026" in shown(world, lasting)


def test_an_earlier_end_after_a_notice_is_taken_back_to_the_notice(
    world: World, lasting: UUID, set_clock: Clock
) -> None:
    set_clock("2027-01-05T10:00")
    change(world, lasting, NOTICE, by="employer", given="2027-01-05", last_day="2027-04-05")
    assert change(world, lasting, END, decided="2027-01-05", ends="2027-02-28").status_code == 303
    assert change(world, lasting, BACK).status_code == 303
    assert stored(world, lasting).ends_on == date(2027, 4, 5)


def test_it_is_renewed_and_not_extended_after_the_last_day_on_paper(
    world: World, lasting: UUID, set_clock: Clock
) -> None:
    set_clock("2027-01-05T10:00")
    fields = {"forlang-seen": "0", "forlang-decided": "2026-12-30", "forlang-ends": "2027-06-30"}
    told = post(world, lasting, "/forlang", fields)
    assert told.status_code == 409 and "Anställ på nytt" not in told.get_data(as_text=True)
    assert "Förnya" in told.get_data(as_text=True) and acts(world, lasting) == []
    fields = {"starts": "2027-01-01", "begun_before": True}
    browser, form = world.browser(world.kansli), f"/arbete/anstallningar/{lasting}/fornya"
    asked = submit(browser, form, {"starts": "2027-01-01"}, BUTTON)
    assert submit_page(browser, asked, form, fields, BUTTON).status_code == 303
    assert NOTICE not in shown(world, lasting), "what ends it is written on the renewal now"


def test_what_a_renewal_goes_on_from_has_ended_with_its_last_day(world: World, lasting: UUID, set_clock: Clock) -> None:
    assert renew_them(world, [lasting]) == 1
    set_clock("2027-01-05T10:00")
    assert NOTICE not in shown(world, lasting)
    assert "Slutdatumet var" not in page(world, f"/arbete/anstallningar/{lasting}/andra")


def test_the_register_counts_it_among_those_that_run(world: World, lasting: UUID, set_clock: Clock) -> None:
    set_clock("2027-01-05T10:00")
    ended, running = (page(world, f"/arbete/anstallningar?visa={which}") for which in ("avslutade", "lopande"))
    assert "Per Vikman" not in ended and "Per Vikman" in running
    assert "slutade 31 december" not in running
    assert "tillsvidareanställning från 1 september 2026" in running
    own = page(world, f"/arbete/anstallningar/{lasting}")
    assert "Sedan 1 september 2026 är det en tillsvidareanställning" in own and "hade det blivit" not in own


def test_kl_4_33_the_last_day_of_an_authoritys_employment_ends_it_as_before(world: World, set_clock: Clock) -> None:
    set_clock("2026-12-01T10:00")
    id = employ(world, decided=date(2025, 8, 20), starts=date(2025, 9, 1))
    given = {"by": "employer", "given": "2026-12-01", "last_day": "2027-03-01"}
    assert change(world, id, NOTICE, **given).status_code == 303
    assert stored(world, id).ends_on == date(2026, 12, 31)


def test_a_notice_that_was_taken_back_hinders_no_paper_that_was_offered_before_it(
    world: World, lasting: UUID, set_clock: Clock
) -> None:
    one = Recorded(world, world.party, lasting, "Per Vikman")
    save(one)
    offer(one)
    accept(one)
    set_clock("2026-12-01T10:00")
    given = {"by": "employer", "given": "2026-12-01", "last_day": "2027-03-01"}
    assert change(world, lasting, NOTICE, **given).status_code == 303
    with pytest.raises(PaperPastItsDecision, match="till och med 31 december 2026, men"):
        sign(one, 1, EMPLOYER_SIGNS.name, on=date(2026, 12, 1))
    assert change(world, lasting, BACK).status_code == 303
    assert sign(one, 1, EMPLOYER_SIGNS.name, on=date(2026, 12, 1)) is not None
