"""From which day it is counted, and what is done on which day: diskrimineringslagen 6:4, as in DOMAIN 4.2."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from portal.desk.kept import kept_items
from portal.privacy.clocks import Employed, Kept, Recruited, Step, Wait, start_of
from portal.privacy.wording import LATER, SOON, STOPPED, WAITING, grouped, line_of

DECIDED, LATER_DECIDED, FINAL, CLOSED = date(2026, 12, 14), date(2027, 1, 20), date(2027, 2, 5), date(2026, 12, 20)
HIRED = Employed(DECIDED, None)
CALLED_OFF = Employed(DECIDED, None, never_began=True)
PARTY = Recruited(by_authority=False, posts=1, employed=(), closed_on=None)
REGION = replace(PARTY, by_authority=True)


@pytest.mark.parametrize(
    ("told", "start"),
    [
        (PARTY, Wait.OPEN),
        (replace(PARTY, closed_on=CLOSED), CLOSED),
        (replace(PARTY, employed=[HIRED]), DECIDED),
        (replace(PARTY, employed=[HIRED], closed_on=CLOSED), DECIDED),
        (replace(PARTY, employed=[HIRED], waiting=True), Wait.OPEN),  # filled, and somebody has had no word
        (replace(PARTY, employed=[HIRED], closed_on=CLOSED, waiting=True), DECIDED),
        (replace(PARTY, employed=[HIRED], posts=2), Wait.OPEN),
        (replace(PARTY, employed=[HIRED], posts=2, closed_on=CLOSED), CLOSED),
        (replace(PARTY, employed=[HIRED, Employed(LATER_DECIDED, None)], posts=2), LATER_DECIDED),
        (replace(REGION, employed=[Employed(DECIDED, FINAL)]), Wait.OPEN),
        (replace(REGION, employed=[Employed(DECIDED, FINAL)], closed_on=CLOSED), FINAL),
        (replace(REGION, employed=[HIRED], closed_on=CLOSED), Wait.NOT_FINAL),
        (replace(REGION, employed=[Employed(DECIDED, FINAL), HIRED], posts=2, closed_on=CLOSED), Wait.NOT_FINAL),
        (replace(PARTY, employed=[CALLED_OFF]), Wait.OPEN),
        (replace(PARTY, employed=[CALLED_OFF, Employed(LATER_DECIDED, None)]), LATER_DECIDED),
        (replace(REGION, employed=[CALLED_OFF], closed_on=CLOSED), Wait.UNSAID),
        (replace(REGION, employed=[replace(CALLED_OFF, final_on=FINAL)], closed_on=CLOSED), FINAL),
        (replace(REGION, employed=[CALLED_OFF, Employed(LATER_DECIDED, FINAL)], closed_on=CLOSED), FINAL),
        (replace(REGION, closed_on=CLOSED), Wait.UNSAID),
        (replace(REGION, closed_on=CLOSED, said=FINAL), FINAL),
        (replace(REGION, closed_on=CLOSED, said=date(2026, 12, 1)), CLOSED),  # breaking off never shortens
    ],
)
def test_dl_6_4_the_day_it_is_counted_from(told: Recruited, start: date | Wait) -> None:
    assert start_of(told) == start


ONE, OTHER = uuid4(), uuid4()
KEPT = Kept(uuid4(), "Politisk sekreterare", False, 24, "Egen regel", date(2025, 5, 14), [ONE, OTHER])
DUE = date(2027, 5, 15)  # the 14th is the last day of the months, and a whole one
WORKED = replace(KEPT, worked={ONE: date(2026, 12, 28)})  # as long after it: to 28 December 2028
ALONE = replace(KEPT, left=[ONE], later={ONE: date(2027, 9, 1)}, alone=[ONE])


@pytest.mark.parametrize(
    ("kept", "on", "step", "day"),
    [
        (KEPT, date(2027, 4, 30), Step.NOTHING, DUE),
        (KEPT, date(2027, 5, 1), Step.TELL, DUE),
        (WORKED, date(2027, 4, 30), Step.NOTHING, DUE),
        (replace(WORKED, told_of=DUE), DUE, Step.CARRY_OUT, DUE),
        (replace(WORKED, left=[ONE]), date(2028, 12, 14), Step.NOTHING, date(2028, 12, 29)),
        (replace(WORKED, left=[ONE]), date(2028, 12, 15), Step.TELL, date(2028, 12, 29)),
        (replace(WORKED, left=[ONE], postponed_to=date(2029, 3, 1)), date(2029, 1, 1), Step.NOTHING, date(2029, 3, 1)),
        (replace(WORKED, left=[ONE], start=Wait.OPEN), date(2028, 1, 1), Step.NOTHING, date(2028, 12, 29)),
        (replace(WORKED, promised={OTHER: date(2029, 6, 1)}), date(2029, 5, 18), Step.NOTHING, date(2029, 6, 2)),
        (replace(WORKED, left=[ONE], sealed_until=date(2029, 6, 1)), date(2029, 5, 19), Step.TELL, date(2029, 6, 2)),
        (replace(WORKED, start=Wait.OPEN), date(2029, 1, 1), Step.NOTHING, None),
        (
            replace(KEPT, later={ONE: date(2027, 9, 1)}, told_of=DUE),
            DUE,
            Step.CARRY_OUT,
            DUE,
        ),  # what is written of them goes
        (ALONE, date(2027, 8, 18), Step.NOTHING, date(2027, 9, 2)),
        (ALONE, date(2027, 8, 19), Step.TELL, date(2027, 9, 2)),
        (ALONE, date(2027, 9, 1), Step.TELL, date(2027, 9, 2)),
        (replace(ALONE, told_of=date(2027, 9, 2)), date(2027, 9, 1), Step.NOTHING, date(2027, 9, 2)),
        (ALONE, date(2027, 9, 2), Step.CARRY_OUT, date(2027, 9, 2)),  # no notice makes a consent longer
        (replace(ALONE, held=[ONE]), date(2027, 9, 2), Step.NOTHING, None),
        (replace(ALONE, postponed_to=date(2028, 1, 1)), date(2027, 9, 2), Step.CARRY_OUT, date(2027, 9, 2)),
        (KEPT, date(2027, 6, 1), Step.TELL, date(2027, 6, 15)),  # the worker has rested: fourteen days all the same
        (replace(KEPT, told_of=DUE), date(2027, 5, 14), Step.NOTHING, DUE),
        (replace(KEPT, told_of=DUE), DUE, Step.CARRY_OUT, DUE),
        (replace(KEPT, told_of=date(2027, 6, 15)), date(2027, 6, 14), Step.NOTHING, date(2027, 6, 15)),
        (replace(KEPT, told_of=DUE, postponed_to=date(2027, 9, 1)), DUE, Step.NOTHING, date(2027, 9, 1)),
        (replace(KEPT, postponed_to=date(2027, 9, 1)), date(2027, 8, 18), Step.TELL, date(2027, 9, 1)),
        (replace(KEPT, told_of=DUE, all_held=True), DUE, Step.NOTHING, None),
        (replace(KEPT, told_of=DUE, held=[ONE]), DUE, Step.CARRY_OUT, DUE),
        (replace(KEPT, told_of=DUE, held=[ONE, OTHER]), DUE, Step.NOTHING, None),
        (replace(KEPT, start=Wait.NOT_FINAL), date(2099, 1, 1), Step.NOTHING, None),
        (replace(KEPT, left=[]), date(2099, 1, 1), Step.NOTHING, None),
    ],
)
def test_nothing_goes_that_the_office_was_not_told_of_two_weeks_before(
    kept: Kept, on: date, step: Step, day: date | None
) -> None:
    assert (kept.step(on), kept.day(on)) == (step, day)


def test_lag_1930_173_whoever_sues_on_the_last_day_of_the_months_finds_the_documents() -> None:
    kept = replace(KEPT, told_of=date(2027, 5, 14))  # as the office was told before the last day was counted as one
    assert not kept.going(date(2027, 5, 14))
    assert (kept.step(date(2027, 5, 14)), kept.day(date(2027, 5, 1))) == (Step.TELL, DUE)


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2025, 5, 15), 24, date(2027, 5, 18)),  # ends on a Saturday
        (date(2025, 5, 16), 24, date(2027, 5, 18)),  # on a Sunday
        (date(2025, 5, 17), 24, date(2027, 5, 18)),
        (date(2025, 6, 25), 24, date(2027, 6, 29)),  # on midsommarafton
        (date(2026, 12, 31), 24, date(2029, 1, 3)),  # a Sunday, and nyårsdagen after it
    ],
)
def test_lag_1930_173_2_a_last_day_on_which_nobody_can_sue_is_moved_to_the_next_weekday(
    start: date, months: int, due: date
) -> None:
    kept = replace(KEPT, start=start, months=months)
    assert kept.due == due
    of_whoever_worked = replace(kept, start=Wait.OPEN, left=[ONE], worked={ONE: start})
    assert of_whoever_worked.day(date(2026, 12, 1)) == due


def test_whom_a_hold_keeps_does_not_go() -> None:
    assert replace(KEPT, held=[ONE]).to_go == (OTHER,)
    assert replace(KEPT, all_held=True).to_go == ()


def test_the_months_are_the_rules_own() -> None:
    assert replace(KEPT, months=36).due == date(2028, 5, 16)
    assert replace(KEPT, start=date(2026, 8, 31), months=6).due == date(2027, 3, 2)


def test_an_authority_disposes_and_a_party_erases() -> None:
    on = date(2027, 4, 29)
    assert line_of(KEPT, on).text == "Två ansökningar raderas 15 maj 2027."
    assert line_of(replace(KEPT, by_authority=True, left=[ONE]), on).text == "En ansökan gallras 15 maj 2027."


def test_dl_2_4_whoever_worked_is_kept_for_the_others_whose_time_has_not_begun() -> None:
    opened, not_ended = replace(WORKED, start=Wait.OPEN), "Tiden har inte börjat: rekryteringen är inte avslutad."
    assert line_of(opened, date(2027, 4, 29)).text == not_ended
    apart = replace(opened, worked={}, later={ONE: date(2027, 9, 1)}, alone=[ONE])
    said = line_of(apart, date(2027, 4, 29)).text
    assert said == f"En ansökan som har sparats för senare raderas 2 september 2027. {not_ended}"
    assert "Tiden har inte" not in line_of(replace(WORKED, start=Wait.OPEN, left=[ONE]), date(2027, 4, 29)).text


@pytest.mark.parametrize(
    "kept",
    [
        replace(WORKED, held=[OTHER]),
        replace(WORKED, asked_for=[OTHER]),
        replace(WORKED, left=[ONE], sealed_waits=True),
    ],
)
def test_dl_2_4_whoever_worked_is_kept_as_long_as_another_is_and_the_page_says_so(kept: Kept) -> None:
    line = line_of(kept, date(2028, 12, 20))
    assert (line.group, line.day) == (STOPPED, None)
    assert line.text.startswith(
        "Den som har varit anställd sparas så länge ett stopp eller en begäran gäller någon annan"
    )


def test_the_page_has_soon_first_and_what_waits_and_is_stopped_apart() -> None:
    later = replace(KEPT, start=date(2026, 1, 1))
    waits, held = replace(KEPT, start=Wait.UNSAID), replace(KEPT, all_held=True)
    groups = grouped([waits, later, held, KEPT, replace(KEPT, left=[])], date(2027, 5, 1))
    assert {name: [line.kept for line in lines] for name, lines in groups.items()} == {
        SOON: [KEPT], LATER: [later], WAITING: [waits], STOPPED: [held]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "text"),
    [
        (replace(KEPT, start=date(2026, 1, 1)), None),  # a year away
        (KEPT, "Ansökningar raderas: ångra om de ska sparas längre"),
        (replace(KEPT, by_authority=True), "Ansökningar gallras: ångra om de ska sparas längre"),
        (replace(KEPT, start=Wait.NOT_FINAL), "Skriv in när anställningsbeslutet fick laga kraft"),
        (replace(KEPT, start=Wait.UNSAID), "Skriv från vilken dag ansökningarnas tid räknas"),
        (replace(KEPT, start=Wait.OPEN), None),
        (replace(KEPT, all_held=True), None),
        (replace(KEPT, start=Wait.UNSAID, left=[]), None),
    ],
)
def test_the_desk_says_what_goes_and_which_clock_has_not_started(kept: Kept, text: str | None) -> None:
    assert [item.text for item in kept_items([kept], date(2027, 5, 1))] == ([text] if text else [])


def test_a_decision_that_has_a_line_of_its_own_on_the_desk_is_not_asked_for_twice() -> None:
    waits = replace(KEPT, start=Wait.NOT_FINAL, not_final={ONE: OTHER, OTHER: None})
    assert list(kept_items([waits], date(2027, 5, 1), {ONE, OTHER})) == []
    (item,) = kept_items([waits], date(2027, 5, 1), {ONE})
    assert item.text == "Skriv in när anställningsbeslutet fick laga kraft"


@pytest.mark.parametrize(
    ("later", "going", "staying"),
    [
        ({}, {ONE, OTHER}, set()),
        ({ONE: date(2027, 5, 14)}, {ONE, OTHER}, set()),  # the consent ended the day before
        ({ONE: DUE}, {ONE, OTHER}, {ONE}),
        ({ONE: DUE, OTHER: DUE}, {ONE, OTHER}, {ONE, OTHER}),
    ],
)
def test_who_has_agreed_to_the_day_or_longer_stays(
    later: dict[UUID, date], going: set[UUID], staying: set[UUID]
) -> None:
    kept = replace(KEPT, later=later, told_of=DUE)
    assert set(kept.going(DUE)) == going
    assert {id for id in going if kept.stays(id, DUE)} == staying


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (replace(KEPT, later={ONE: DUE}), "En ansökan raderas 15 maj 2027. En ansökan sparas för senare."),
        (replace(KEPT, left=[ONE], later={ONE: DUE}), "Bedömningen raderas 15 maj 2027. En ansökan sparas för senare."),
        (ALONE, "En ansökan som har sparats för senare raderas 2 september 2027."),
    ],
)
def test_the_office_reads_what_goes_and_what_stays(kept: Kept, said: str) -> None:
    assert line_of(kept, date(2027, 4, 1)).text == said


def test_the_desk_offers_no_undoing_of_a_day_that_is_the_candidates() -> None:
    (item,) = kept_items([ALONE], date(2027, 8, 20))
    assert "ångra" not in item.text and item.day == date(2027, 9, 2)
