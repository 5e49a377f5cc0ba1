"""An earlier last day that was decided while the employment ran, and written down first when it was over."""

from datetime import date

import pytest

from portal.contracts.acts.kinds import Kind
from portal.contracts.decision.stages import Stage
from tests.contracts.acts.changing import BACK, END, EXTEND, NOTICE, OFF, change, employ, post, shown, stored
from tests.contracts.acts.test_act_decisions import asked
from tests.contracts.test_renewal import renew_them
from tests.privacy.candidates import Clock
from tests.world import World

ENDED = date(2026, 12, 31)


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_it_can_still_be_written_and_taken_back(world: World, set_clock: Clock, employer: str) -> None:
    id = employ(world, employer=employer)
    set_clock("2027-02-10T09:00")
    page = shown(world, id)
    assert "Slutade den tidigare?" in page and not any(f">{button}<" in page for button in (EXTEND, OFF))
    assert change(world, id, END, decided="2026-12-01", ends="2026-12-15").status_code == 303
    assert stored(world, id).ends_on == date(2026, 12, 15)
    assert change(world, id, BACK).status_code == 303
    assert stored(world, id).ends_on == ENDED


@pytest.mark.parametrize(
    ("decided", "ends"),
    [("2027-01-01", "2026-12-15"), ("2026-12-31", "2026-12-31"), ("2026-12-01", "2027-01-15")],
)
def test_what_was_decided_when_it_was_over_or_makes_it_no_shorter_is_none(
    world: World, set_clock: Clock, decided: str, ends: str
) -> None:
    id = employ(world)
    set_clock("2027-02-10T09:00")
    answer = change(world, id, END, decided=decided, ends=ends)
    assert answer.status_code == 422
    told = "Skriv den dag då det beslutades, senast den dagen." in answer.get_data(as_text=True)
    assert told is (date.fromisoformat(decided) > ENDED), "what the page offers is not denied, and its day is asked for"
    assert stored(world, id).ends_on == ENDED


@pytest.mark.parametrize("decided", ["2026-10-05", "2026-12-20"])
def test_an_authoritys_decision_that_is_written_late_is_asked_for_from_the_day_it_was_written(
    world: World, set_clock: Clock, decided: str
) -> None:
    """KL 6:40 and 13 kap.: until it is reported and announced no time of appeal begins."""
    id = employ(world)
    set_clock("2027-02-10T09:00")
    assert change(world, id, END, decided=decided, ends="2026-12-25").status_code == 303
    assert asked(world) == [(1, Kind.EARLY_END, Stage.UNWRITTEN)]
    set_clock("2027-05-11T23:00")
    assert asked(world) == [(1, Kind.EARLY_END, Stage.UNWRITTEN)]
    set_clock("2027-05-12T09:00")
    assert asked(world) == []


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_notice_that_was_given_before_it_was_over_is_written_as_one(
    world: World, set_clock: Clock, employer: str
) -> None:
    """Whoever resigned decided of themselves: as an early end it would ask for an employer's decision that nobody took."""
    id = employ(world, employer=employer)
    set_clock("2027-02-10T09:00")
    assert "Sades den upp innan dess?" in shown(world, id)
    given = {"by": "employee", "given": "2026-11-20", "last_day": "2026-12-20"}
    late = change(world, id, NOTICE, **{**given, "given": "2027-01-02", "last_day": "2027-01-20"})
    assert late.status_code == 422 and "Skriv den dag då uppsägningen lämnades" in late.get_data(as_text=True)
    assert change(world, id, NOTICE, **given).status_code == 303
    assert stored(world, id).ends_on == date(2026, 12, 20)
    assert asked(world) == []
    page = shown(world, id)
    assert "Slutade den tidigare?" in page and NOTICE not in page, "there is one notice"


def test_a_notice_on_what_was_renewed_is_none_of_it_however_late(world: World, set_clock: Clock) -> None:
    id = employ(world)
    assert renew_them(world, [id]) == 1
    set_clock("2027-02-10T09:00")
    assert NOTICE not in shown(world, id)
    fields = {"uppsagning-seen": "0", "uppsagning-by": "employee", "uppsagning-given": "2026-11-24"}
    assert post(world, id, "/uppsagning", {**fields, "uppsagning-last_day": "2026-12-24"}).status_code == 409
    assert stored(world, id).ends_on == ENDED
