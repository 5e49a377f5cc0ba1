"""The decision's day is the employment's own. Another day never works the stored limit out again (D1), and the database
itself refuses what the law does."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.decision.announcing import Announcement
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.rules import LimitWouldNotHold
from portal.contracts.decision.services.appealing import confirm_no_appeal
from portal.contracts.decision.services.writing import write_announcement, write_decision
from portal.contracts.models import Employment
from tests.contracts.deciding import (
    BY_GROUP_LEADER,
    WRITE,
    Clock,
    about,
    decide_and_announce,
    decision,
    employed,
    party_decision,
    place,
    stored,
    write,
    written,
)
from tests.forms import submit_page
from tests.world import World

STARTED = "Ja, arbetet började innan beslutet fattades"
LIMIT = ("limit_election", "limit_latest_end", "limit_rule", "limit_article", "ends_on", "starts_on")


def limit_of(row: Employment) -> list[Any]:
    return [getattr(row, name) for name in LIMIT]


def decide_on(
    world: World, id: UUID, day: date, begun_before: bool = False, **changes: Any
) -> EmploymentDecision | None:
    said = decision(decided=day, **changes)
    with world.writing(scope.party(world.party)) as session:
        return write_decision(session, decision=said, begun_before=begun_before, **about(world, id))


@pytest.mark.parametrize("earlier", [1, 30, 91])
def test_kl_4_33_an_earlier_day_of_the_same_term_is_taken_and_the_limit_stays_as_it_was(
    world: World, set_clock: Clock, earlier: int
) -> None:
    """91 days before 14 December is 14 September, the day after the election."""
    id = employed(world, set_clock)
    before, day = limit_of(stored(world, id)), date(2026, 12, 14) - timedelta(days=earlier)
    decide_on(world, id, day)
    row = stored(world, id)
    assert limit_of(row) == before
    assert (row.decided_on, row.limit_reference, written(world, id).decided_on) == (day, day, day)
    with world.acting(scope.party(world.party)) as session:
        line = session.scalars(select(AuditLine.reason).where(AuditLine.verb == "employment_decision.recorded")).one()
    assert line == f"2026-12-14 → {day}"


def test_a_day_that_was_mistyped_leaves_no_trace_in_what_the_limit_is_counted_from(
    world: World, set_clock: Clock
) -> None:
    id = employed(world, set_clock)
    before = limit_of(stored(world, id))
    for day in (date(2026, 10, 14), date(2026, 12, 14)):
        decide_on(world, id, day)
        row = stored(world, id)
        assert (row.decided_on, row.limit_reference, limit_of(row)) == (day, day, before)


def test_kl_4_33_a_day_before_the_election_is_refused_and_nothing_changes(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    before = limit_of(stored(world, id))
    with pytest.raises(LimitWouldNotHold, match="räcker anställningen längst till 31 december 2026"):
        decide_on(world, id, date(2026, 9, 13))
    row = stored(world, id)
    assert (limit_of(row), row.decided_on) == (before, date(2026, 12, 14))


def test_a_later_day_leaves_the_shorter_limit_that_was_stored(world: World, set_clock: Clock) -> None:
    """Also past the next election: four years more would be lawful, and nobody has decided them."""
    id = employed(world, set_clock)
    before = limit_of(stored(world, id))
    set_clock("2030-09-20T09:00")
    decide_on(world, id, date(2030, 9, 16), begun_before=True)
    row = stored(world, id)
    assert limit_of(row) == before
    assert (row.decided_on, row.limit_reference) == (date(2030, 9, 16), date(2027, 2, 1)), "counted from the first day"


def test_a_day_that_comes_to_lie_after_the_first_day_is_asked_about_as_when_it_is_recorded(
    world: World, set_clock: Clock
) -> None:
    id = employed(world, set_clock)
    set_clock("2027-02-10T09:00")
    browser = world.browser(world.kansli)
    page = browser.get(place(id))
    assert STARTED not in page.get_data(as_text=True)
    asked = submit_page(browser, page, place(id), {**BY_GROUP_LEADER, "decided": "2027-02-02"}, WRITE)
    text = asked.get_data(as_text=True).replace("\xa0", " ")
    assert asked.status_code == 422 and "1 februari 2027, ligger före beslutet 2 februari 2027" in text
    assert STARTED in text and 'value="2027-02-02"' in text and "Gunnel Sundvall" in text
    assert stored(world, id).decided_on == date(2026, 12, 14)
    assert submit_page(browser, asked, place(id), {"begun_before": True}, WRITE).status_code == 303
    assert stored(world, id).decided_on == date(2027, 2, 2)
    assert write(world, id, decided="2027-02-03").status_code == 303, "it is said already that the work came first"
    assert write(world, id, decided="2027-02-01").status_code == 303
    assert write(world, id, decided="2027-02-02").status_code == 422


def test_a_correction_takes_the_days_that_hang_on_it_along(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    decide_on(world, id, date(2026, 12, 10), report_by=date(2026, 12, 12))
    decide_on(world, id, date(2026, 12, 14), report_by=date(2027, 1, 12))
    row = written(world, id)
    assert (row.decided_on, row.report_by) == (date(2026, 12, 14), date(2027, 1, 12))
    assert stored(world, id).decided_on == date(2026, 12, 14)


def test_a_decision_is_not_moved_past_its_own_report(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    decide_on(world, id, date(2026, 12, 10))
    with world.writing(scope.party(world.party)) as session:
        write_announcement(session, said=Announcement(reported=date(2026, 12, 12)), **about(world, id))
    with pytest.raises(Exception, match="kan inte ha anmälts 12 december 2026"):
        decide_on(world, id, date(2026, 12, 14))
    assert stored(world, id).decided_on == date(2026, 12, 10)


def test_a_partys_decision_has_its_day_too_and_its_policy_stays(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock, employer="party")
    before = limit_of(stored(world, id))
    with world.writing(scope.party(world.party)) as session:
        write_decision(session, decision=party_decision(decided=date(2026, 12, 1)), **about(world, id))
    assert (limit_of(stored(world, id)), stored(world, id).decided_on) == (before, date(2026, 12, 1))
    with pytest.raises(LimitWouldNotHold), world.writing(scope.party(world.party)) as session:
        write_decision(session, decision=party_decision(decided=date(2026, 8, 1)), **about(world, id))


def test_a_service_called_for_another_party_finds_nothing(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    decide_and_announce(world, id, by_authority=True)
    set_clock("2027-02-05T09:00")
    with world.writing(scope.party(world.rival)) as session:
        assert write_decision(session, decision=decision(who="Ture Lindroth"), **about(world, id)) is None
        assert confirm_no_appeal(session, **about(world, id)) is None
    assert (written(world, id).who, written(world, id).final_on) == ("Gunnel Sundvall", None)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"seat": None}, "kl_6_37_group_leader_sits_on_the_board"),
        ({"seat": "none"}, "kl_6_37_group_leader_sits_on_the_board"),
        ({"decider": "member"}, "seat_of_a_group_leader"),
        ({"decider": "party_board", "seat": None}, "decided_by_whom_the_employer_lets"),
        ({"who": ""}, "decided_by_somebody"),
        ({"delegation": ""}, "delegated_by_a_point"),
        ({"report_by": date(2026, 12, 13)}, "to_be_reported_after_the_decision"),
        ({"reported_on": date(2026, 12, 13)}, "reported_after_the_decision"),
        ({"minuted_apart": True}, "reported_after_the_decision"),
        ({"reported_on": date(2026, 12, 15)}, "announced_after_the_report"),
        ({"reported_on": None}, "announced_after_the_report"),
        ({"announced_on": None}, "kl_13_5_appeal_runs_from_announcement"),
        ({"last_appeal_on": date(2026, 12, 14)}, "kl_13_5_appeal_runs_from_announcement"),
        ({"appealed_on": date(2026, 12, 13)}, "appealed_after_the_decision"),
        ({"case_number": "1234-27"}, "case_of_an_appeal"),
        ({"final_on": date(2027, 1, 5)}, "kl_13_5_final_after_the_last_day|confirmed_by_somebody"),
        ({"final_on": date(2027, 1, 4), "confirmed_on": date(2027, 1, 9)}, "kl_13_5_final_after_the_last_day"),
        ({"final_on": date(2027, 1, 5), "confirmed_on": date(2027, 1, 4)}, "kl_13_5_final_after_the_last_day"),
        ({"final_on": date(2027, 1, 5), "confirmed_on": date(2027, 1, 5)}, "confirmed_by_somebody"),
        ({"decided_on": date(2026, 12, 13)}, "(?i)foreign.key"),
    ],
)
def test_the_database_itself_refuses_what_the_law_does(
    world: World, set_clock: Clock, changes: dict[str, Any], constraint: str
) -> None:
    """Announced on 14 December 2026, so that 4 January is the last day of appeal."""
    id = employed(world, set_clock)
    decide_and_announce(world, id, by_authority=True)
    with pytest.raises(IntegrityError, match=constraint), world.writing(scope.party(world.party)) as session:
        row = session.scalars(select(EmploymentDecision)).one()
        for name, value in changes.items():
            setattr(row, name, value)
        if constraint == "kl_13_5_final_after_the_last_day":
            row.confirmed_by = world.kansli


@pytest.mark.parametrize("name", ["report_by", "reported_on", "appealed_on"])
def test_the_database_lets_a_party_announce_nothing(world: World, set_clock: Clock, name: str) -> None:
    id = employed(world, set_clock, employer="party")
    decide_and_announce(world, id, by_authority=False)
    with pytest.raises(IntegrityError, match="a_party_announces_nothing"):
        with world.writing(scope.party(world.party)) as session:
            setattr(session.scalars(select(EmploymentDecision)).one(), name, date(2026, 12, 20))
