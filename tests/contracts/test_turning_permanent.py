"""A party's employment says on its page when its last day is none (LAS 5 a §)."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from portal import scope
from portal.contracts.models import Employment
from portal.contracts.pictures import permanent_words
from portal.contracts.renewal.term import days_with_party
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, change, employ
from tests.contracts.hiring import hired, place
from tests.privacy.candidates import Clock
from tests.world import World

DAY = date(2027, 10, 1)  # a year after the first day


def employed(ends: date | None, **other: Any) -> SimpleNamespace:
    """A party's employment, as it is stored."""
    stored = {
        "starts_on": date(2026, 10, 1),
        "permanent_on": DAY,
        "never_began": False,
        "stands_in": False,
        "renews_id": None,
        "earlier_days": 0,
    }
    return SimpleNamespace(**{**stored, "ends_on": ends, **other})


@pytest.mark.parametrize(
    ("ends", "on", "said"),
    [
        (date(2027, 9, 30), date(2026, 11, 23), ""),
        (None, date(2026, 11, 23), ""),
        (DAY, date(2026, 11, 23), "1 oktober 2027 blir det en tillsvidareanställning"),
        (date(2030, 12, 31), date(2027, 9, 30), "1 oktober 2027 blir det"),
        (date(2030, 12, 31), DAY, "Sedan 1 oktober 2027 är det en tillsvidareanställning"),
        (date(2030, 12, 31), date(2031, 1, 1), "Sedan 1 oktober 2027 är det en tillsvidareanställning"),
    ],
)
def test_the_last_day_is_said_to_be_none_from_the_day_it_turns_permanent(
    ends: date | None, on: date, said: str
) -> None:
    words = permanent_words(employed(ends), on=on).replace("\xa0", " ")
    assert words.startswith(said)
    assert bool(words) is bool(said)


def test_before_that_day_it_is_told_that_months_of_thirty_days_give_a_day_sooner() -> None:
    on, before = date(2026, 11, 23), "Slutar den före den dagen blir den inte det"
    told, at_once, since = (
        permanent_words(row, on=on, since=day).replace("\xa0", " ")
        for row, day in (
            (employed(date(2030, 12, 31)), None),
            (employed(date(2030, 12, 31), permanent_on=date(2026, 12, 1), earlier_days=305), None),
            (employed(date(2030, 12, 31)), date(2027, 3, 1)),
        )
    )
    assert told.endswith(f"{before}; räknas en månad som 30 dagar är den dagen 26 september 2027.")
    assert at_once.endswith(f"{before}; räknas en månad som 30 dagar är den dagen 25 november 2026.")
    assert since.endswith(f"{before}.")


@pytest.mark.parametrize("gone", ["ended", "renewed"])
def test_what_is_over_would_have_turned_permanent(gone: str) -> None:
    words = permanent_words(employed(date(2030, 12, 31)), on=date(2031, 1, 1), **{gone: True})
    assert words.replace("\xa0", " ") == "1 oktober 2027 hade det blivit en tillsvidareanställning."


def test_an_employment_that_the_rule_does_not_reach_says_nothing() -> None:
    assert permanent_words(employed(date(2030, 12, 31), permanent_on=None), on=DAY) == ""
    assert permanent_words(employed(date(2030, 12, 31), never_began=True), on=DAY) == ""


def test_a_stand_in_has_two_years_whatever_was_stored_before() -> None:
    """A stand-in's time was counted as särskild visstid until then."""
    assert permanent_words(employed(date(2028, 9, 29), stands_in=True), on=DAY) == ""
    words = permanent_words(employed(date(2028, 9, 30), stands_in=True), on=DAY).replace("\xa0", " ")
    assert words.startswith("30 september 2028 blir det en tillsvidareanställning, för då har tiden som vikarie")


def test_an_extension_brings_the_warning_to_the_employments_page(world: World, set_clock: Clock) -> None:
    id = employ(world, employer="party")

    def page() -> str:
        answer = world.browser(world.kansli).get(f"/arbete/anstallningar/{id}")
        return " ".join(answer.get_data(as_text=True).split())

    assert "tillsvidareanställning" not in page()
    change(world, id, EXTEND, decided="2026-11-23", ends="2028-06-30")
    assert "1 oktober 2027 blir det en tillsvidareanställning" in page()
    set_clock("2027-10-01T09:00")
    assert "Den tar inte slut av sig själv på slutdatumet" in page()


def test_the_page_that_extends_warns_before_it_is_pressed_beside_a_refusal_and_after(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-11-23T10:00")
    id = employ(world, employer="party", decided=date(2026, 9, 14), ends=date(2027, 6, 30))
    address = f"/arbete/anstallningar/{id}/andra"
    turns = "1 oktober 2027 blir det en tillsvidareanställning"
    assert f"Förlängd till och med 31 december 2030: {turns}" in text_of(world, address)
    refused = change(world, id, EXTEND, decided="2026-11-24", ends="2028-12-31")
    page = " ".join(refused.get_data(as_text=True).replace("\xa0", " ").split())
    assert refused.status_code == 422 and f"Förlängd till och med 31 december 2028: {turns}" in page
    short = change(world, id, EXTEND, decided="2026-11-24", ends="2027-09-25").get_data(as_text=True)
    assert "tillsvidareanställning" not in short
    almost = change(world, id, EXTEND, decided="2026-11-24", ends="2027-09-30").get_data(as_text=True)
    assert "mer än tolv månader redan 26 september 2027" in almost.replace("\xa0", " "), "with months of 30 days"
    assert change(world, id, EXTEND, decided="2026-11-23", ends="2028-12-31").status_code == 303
    page = text_of(world, address)
    assert turns in page and "Förlängd till och med" not in page, "once is enough"


def test_an_authoritys_employment_never_says_it(world: World) -> None:
    id = employ(world, starts=date(2025, 1, 1))
    for tail in ("", "/andra"):
        page = world.browser(world.kansli).get(f"/arbete/anstallningar/{id}{tail}").get_data(as_text=True)
        assert "tillsvidareanställning" not in page


def test_a_last_day_that_a_notice_gives_is_one(world: World, set_clock: Clock) -> None:
    id = employ(world, employer="party", decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    set_clock("2027-11-01T09:00")
    given = {"by": "employer", "given": "2027-11-01", "last_day": "2028-02-01"}
    assert change(world, id, NOTICE, **given).status_code == 303
    page = " ".join(world.browser(world.kansli).get(f"/arbete/anstallningar/{id}").get_data(as_text=True).split())
    assert "Sedan 1 oktober 2027 är det en tillsvidareanställning" in page
    assert "tar inte slut av sig själv" not in page


def test_whoever_lists_last_days_says_that_one_that_has_turned_permanent_does_not_end(
    world: World, set_clock: Clock
) -> None:
    employ(world, "Per Vikman", employer="party", decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    employ(world, "Åsa Nyman", decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    set_clock("2030-11-20T09:00")

    def page(address: str) -> str:
        return " ".join(world.browser(world.kansli).get(address).get_data(as_text=True).split())

    lasts = "tillsvidareanställning från 1 oktober 2027"
    change_of_mandate = page("/arbete/mandatskifte")
    assert f"Slutar inte av sig själv 31 december 2030: {lasts}" in change_of_mandate
    assert "31 december 2030, slutar en anställning." in change_of_mandate
    assert "om en anställning förnyas" in change_of_mandate and "två anställningar" not in change_of_mandate
    assert change_of_mandate.count('name="chosen"') == 1
    assert "En anställning, 1,00 heltider, går över i tillsvidare om ingen avslutar den." in change_of_mandate
    register = page("/arbete/anstallningar")
    assert f"tar inte slut av sig själv: {lasts}" in register
    soon = register.partition("inom två månader.")[2].partition("</p>")[0]
    assert "Åsa Nyman" in soon and "Per Vikman" not in soon
    start = page("/arbete")
    assert "Mandatskiftet: en anställning slutar" in start and "En anställning blir tills vidare" in start


def test_whose_notice_has_been_given_is_listed_as_one_who_leaves(world: World, set_clock: Clock) -> None:
    id = employ(world, employer="party", decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    set_clock("2030-09-20T09:00")
    given = {"by": "employer", "given": "2030-09-20", "last_day": "2030-12-31"}
    assert change(world, id, NOTICE, **given).status_code == 303
    set_clock("2030-11-20T09:00")
    assert "blir tills vidare" not in world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert "En anställning slutar" in world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)


@pytest.mark.parametrize("button", [NOTICE, END])
def test_one_that_passed_the_policy_of_its_day_can_be_ended_later(world: World, set_clock: Clock, button: str) -> None:
    """Decided before an election, to end past its year, with a reason; what ends it is decided after the election."""
    id = employ(world, employer="party")
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Employment, id)
        row.ends_on, row.policy_lifted_reason = date(2030, 12, 31), "Projektet pågår."
    set_clock("2027-11-01T09:00")
    given = {"by": "employer", "given": "2027-11-01", "last_day": "2028-02-01"}
    early = {"decided": "2027-11-01", "ends": "2028-02-01"}
    assert change(world, id, button, **(given if button == NOTICE else early)).status_code == 303
    assert change(world, id, BACK).status_code == 303


def test_a_stand_ins_days_are_none_in_sarskild_visstid() -> None:
    days = {"starts_on": date(2029, 1, 1), "ends_on": date(2030, 12, 31), "extent_percent": 100, "earlier_days": 30}
    former = SimpleNamespace(employer="party", **days, stands_in=True)
    assert days_with_party(former, date(2031, 1, 1)) == 30
    former.stands_in = False
    assert days_with_party(former, date(2031, 1, 1)) == 730 + 30


def text_of(world: World, address: str) -> str:
    return " ".join(world.browser(world.kansli).get(address).get_data(as_text=True).split())


def test_las_3_what_counts_among_the_earlier_days_is_said_where_they_are_asked_for(
    world: World, set_clock: Clock
) -> None:
    """LAS 3 §: the days between three or more agreements of one calendar month count. SFS 2022:835, övergångsbestämmelserna:
    so does allmän visstid from 1 March 2022. Without them the day that is reckoned comes too late."""
    set_clock("2026-11-23T10:00")
    for address in ("ny/parti", f"{employ(world, employer='party')}/fornya"):
        page = text_of(world, f"/arbete/anstallningar/{address}")
        assert "allmän visstid från 1 mars 2022" in page, address
        assert "tre eller fler anställningar i samma kalendermånad" in page, address


def test_las_5_a_a_stand_in_at_a_party_is_asked_for_no_days_that_are_not_counted(
    world: World, set_clock: Clock
) -> None:
    published, sent = hired(world, set_clock, employer="party", employment_form="vikariat")
    page = text_of(world, place(published, sent[0]))
    assert "om vikariatet förnyas som något annat, men inte i de två åren som vikarie" in page
    assert "varit vikarie hos partiet tidigare" in page, "the day that the page gives may come too late"


def test_a_stand_ins_renewal_does_not_say_that_its_days_are_counted(world: World) -> None:
    """Time as a stand-in is none in särskild visstid (LAS 5 a §); it counts in the two years of a renewal as a stand-in."""
    id = employ(world, employer="party")
    address = f"/arbete/anstallningar/{id}/fornya"
    assert "Den förra anställningens dagar är inräknade." in text_of(world, address)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, id).stands_in = True
    page = text_of(world, address)
    assert "Den förra anställningens dagar är inräknade" not in page
    assert "Den förra var ett vikariat: dess dagar räknas inte bland dem" in page


def test_a_stand_ins_page_promises_nothing_of_earlier_time_that_nobody_has_told(world: World) -> None:
    """Earlier time as a stand-in is asked for nowhere, so to end before the day may be too late."""
    words = permanent_words(employed(date(2028, 9, 30), stands_in=True), on=DAY)
    assert "blir den inte det" not in words
    assert "Tidigare dagar som vikarie hos partiet är inte inräknade" in words
