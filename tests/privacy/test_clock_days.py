"""Whose day it is: several decisions, a day that a page has promised, a consent, and a worker that has rested."""

from dataclasses import replace
from datetime import date, timedelta

from portal.privacy.clocks import Employed, Recruited, Wait, start_of
from tests.privacy.test_clocks import ALONE, CLOSED, DECIDED, DUE, FINAL, KEPT, ONE, OTHER, WORKED

DAY = timedelta(days=1)


def test_dl_6_4_of_several_decisions_the_last_to_be_final_is_counted_from() -> None:
    later = FINAL + 30 * DAY
    for days in ((FINAL, later), (later, FINAL)):
        both = [Employed(DECIDED, day) for day in days]
        assert start_of(Recruited(by_authority=True, posts=2, employed=both, closed_on=CLOSED)) == later


def test_nobodys_application_goes_before_the_day_that_their_own_page_has_told() -> None:
    promised = replace(KEPT, left=[ONE], promised={ONE: DUE + 9 * DAY})
    assert promised.day(date(2027, 1, 1)) == DUE + 10 * DAY
    assert replace(promised, promised={ONE: DUE - 9 * DAY}).day(date(2027, 1, 1)) == DUE
    assert replace(promised, start=Wait.OPEN).day(date(2027, 1, 1)) is None


def test_when_the_time_was_out_is_told_where_the_offices_two_weeks_come_after_it() -> None:
    assert KEPT.out_on(DUE + 10 * DAY) == DUE
    assert KEPT.out_on(DUE - 20 * DAY) is None
    assert KEPT.out_on(DUE - 14 * DAY) is None  # told just in time
    assert replace(KEPT, all_held=True).out_on(DUE + 10 * DAY) is None


def test_only_a_day_that_is_nobodys_but_the_consents_cannot_be_moved() -> None:
    assert ALONE.only_later
    beside = replace(ALONE, left=[ONE, OTHER], later={ONE: DUE - DAY})
    assert set(beside.next) == {ONE, OTHER} and not beside.only_later


def test_what_outlives_the_recruitment_does_so_by_a_consent_or_an_employment() -> None:
    assert ALONE.is_apart(ONE) and not ALONE.is_apart(OTHER)
    assert replace(KEPT, worked={OTHER: DECIDED}).is_apart(OTHER)
    covers = replace(KEPT, later={ONE: DUE})
    assert covers.stays(ONE, DUE) and not covers.stays(ONE, DUE + DAY) and not covers.stays(OTHER, DUE)
    assert not replace(covers, alone=[ONE]).stays(ONE, DUE)  # nothing more of it stays: it is all there is


def test_the_office_is_told_of_those_whose_day_is_known_while_the_others_clock_stands() -> None:
    kept = replace(ALONE, left=[ONE, OTHER], start=Wait.OPEN)
    assert replace(kept, told_of=date(2027, 9, 2)).told == (ONE,)


def test_dl_2_4_the_papers_of_whoever_worked_have_no_day_while_one_of_the_passed_over_is_kept_past_theirs() -> None:
    worked = replace(WORKED, worked={ONE: DECIDED})
    assert worked.last_of_worked(ONE) is not None
    for waits in ({"held": [OTHER]}, {"asked_for": [OTHER]}, {"sealed_waits": True}):
        kept = replace(worked, **waits)  # type: ignore[arg-type]
        assert kept.last_of_worked(ONE) is None and ONE not in kept.next
    assert (
        replace(worked, left=[ONE, OTHER], alone=[OTHER], later={OTHER: DUE}, held=[OTHER]).last_of_worked(ONE) is None
    )
    assert replace(worked, asked_for=[ONE]).last_of_worked(ONE) is not None, "one's own question moves no day"


def test_a_consent_that_has_run_out_under_a_hold_is_one_of_whose_papers_nobody_reads_more() -> None:
    held = replace(ALONE, held=[ONE])
    assert held.lapsed(date(2027, 9, 2)) == (ONE,) == replace(ALONE, all_held=True).lapsed(date(2027, 9, 2))
    assert held.lapsed(date(2027, 9, 1)) == () == ALONE.lapsed(date(2027, 9, 2))
