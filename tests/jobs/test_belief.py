"""A clock that is months ahead for a round: nothing is erased by it, and when it is right everything goes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.db import db
from portal.jobs.belief import last_round
from portal.jobs.tasks import make_round
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from portal.operations.waiting import what_waits
from portal.privacy.commands import sweep
from portal.vault.services import the_vault
from tests.applications.paper import page_one
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
Measure = Callable[[float], None]


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> Measure:
    """Set the clock that only measures, in minutes."""
    passed = [0.0]
    monkeypatch.setattr(clock, "monotonic", lambda: passed[0] * 60)
    return lambda minutes: passed.__setitem__(0, minutes)


@pytest.fixture
def portal(world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch) -> World:
    """No demo, with a draft, and a worker that made its round a minute ago."""
    set_clock("2026-11-23T10:20")
    page_one(world.browser(), publish_ad(world))
    monkeypatch.setitem(world.app.config, "SETTINGS", replace(world.app.config["SETTINGS"], demo=False))
    make_round(world.app)
    assert drafts(world) == 1
    return world


def drafts(world: World) -> int:
    """How many there are: each has its key."""
    with world.app.app_context():
        return the_vault().key_store.count()


def told(world: World) -> list[str]:
    """What check says of the worker's last round."""
    with world.app.app_context():
        return [line for line in what_waits(clock.now(), demo=False) if "senaste runda" in line]


def test_a_round_by_a_clock_that_is_months_ahead_sweeps_no_draft_and_sends_mails(
    portal: World, set_clock: Clock
) -> None:
    with portal.writing(scope.PLATFORM) as session:
        letter = Letter("alma@example.se", "Din ansökan är mottagen", "Hej.\n")
        post(session, letter, once="receipt:1", at=clock.now(), controller_id=portal.party)
    set_clock("2027-04-23T10:21")
    make_round(portal.app)
    assert drafts(portal) == 1
    with portal.app.app_context():
        assert (
            db.session.scalars(select(OutgoingMail).where(OutgoingMail.once == "receipt:1")).one().sent_at is not None
        )
    (line,) = told(portal)
    assert "23 november 2026" in line.replace("\xa0", " ")
    set_clock("2026-11-23T10:22")
    make_round(portal.app)
    assert drafts(portal) == 1 and told(portal) == []


def test_after_half_an_hour_in_step_the_clock_is_believed(portal: World, set_clock: Clock, measure: Measure) -> None:
    """A worker that has rested."""
    for minutes, clock_says, left in ((0, "10:20", 1), (29, "10:49", 1), (31, "10:51", 0)):
        measure(minutes)
        set_clock(f"2027-01-07T{clock_says}")
        make_round(portal.app)
        assert drafts(portal) == left, clock_says
    assert told(portal) == []


def test_a_clock_that_is_set_meanwhile_is_watched_anew(portal: World, set_clock: Clock, measure: Measure) -> None:
    for minutes, instant in ((0, "2027-01-07T10:20"), (31, "2028-01-07T10:51"), (50, "2028-01-07T11:20")):
        measure(minutes)
        set_clock(instant)
        make_round(portal.app)
        assert drafts(portal) == 1, instant


def at_another_machine(world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, instant: str) -> None:
    """The round of a second worker: what this one has watched, it has not."""
    with monkeypatch.context() as there:
        there.setattr(world.app, "extensions", {**world.app.extensions})
        world.app.extensions.pop("doubted_clock", None)
        set_clock(instant)
        make_round(world.app)


def test_a_wrong_clock_is_never_believed_while_a_worker_makes_its_rounds_by_the_right_one(
    portal: World, set_clock: Clock, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in (0, 10, 20, 29, 31, 45, 62):
        measure(minutes)
        at = f"{10 + (20 + minutes) // 60}:{(20 + minutes) % 60:02d}"
        set_clock(f"2027-01-22T{at}")
        make_round(portal.app)
        assert drafts(portal) == 1, minutes
        at_another_machine(portal, set_clock, monkeypatch, f"2026-11-23T{at}")
        assert told(portal) == [], minutes


def test_when_the_right_one_makes_no_more_rounds_the_other_is_believed_after_half_an_hour(
    portal: World, set_clock: Clock, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which of two is wrong nothing tells but that one goes on alone."""
    at_another_machine(portal, set_clock, monkeypatch, "2026-11-23T10:20")
    for minutes, clock_says, left in ((0, "10:20", 1), (29, "10:49", 1), (31, "10:51", 0)):
        measure(minutes)
        set_clock(f"2027-01-07T{clock_says}")
        make_round(portal.app)
        assert drafts(portal) == left, clock_says


def test_a_clock_that_is_behind_puts_none_in_doubt_that_is_right(
    portal: World, set_clock: Clock, measure: Measure, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minutes in (0, 10, 20, 29, 31, 45):
        measure(minutes)
        at = f"{10 + (20 + minutes) // 60}:{(20 + minutes) % 60:02d}"
        set_clock(f"2026-09-23T{at}")
        make_round(portal.app)
        at_another_machine(portal, set_clock, monkeypatch, f"2026-11-23T{at}")
        with portal.app.app_context():
            last = last_round()
        assert last is not None and last.month == 11, minutes


def test_a_clock_that_is_behind_destroys_nothing_and_is_told_of(portal: World, set_clock: Clock) -> None:
    """Ads that have closed are open by it."""
    set_clock("2020-01-01T00:20")
    make_round(portal.app)
    assert drafts(portal) == 1
    (line,) = told(portal)
    assert "23 november 2026" in line.replace("\xa0", " ") and "går efter" in line
    with portal.app.app_context():
        last = last_round()
    assert last is not None and last.year == 2026, "when it is right again it is believed at once"


def test_whoever_sweeps_by_hand_has_looked_at_the_clock(portal: World, set_clock: Clock) -> None:
    set_clock("2027-01-07T10:20")
    with portal.app.app_context():
        assert sweep.callback is not None
        sweep.callback.__wrapped__(True, False)  # type: ignore[attr-defined]
        assert len(told(portal)) == 1, "a dry run says nothing of it"
        sweep.callback.__wrapped__(False, False)  # type: ignore[attr-defined]
    assert drafts(portal) == 0 and told(portal) == []
