"""Events are acted on at least once, each handler once, in the event's own scope."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.db import db
from portal.jobs import services
from portal.jobs.models import Event
from portal.jobs.services import announce, handles, work_off
from portal.jobs.tasks import run_rounds
from tests.world import World


@pytest.fixture(autouse=True)
def only_these_handlers() -> Iterator[None]:
    kept = dict(services._handlers)
    services._handlers.clear()
    yield
    services._handlers.clear()
    services._handlers.update(kept)


def test_every_handler_acts_once_in_the_events_own_scope(world: World) -> None:
    seen: list[scope.Scope] = []

    @handles("test.happened")
    def note(event: Event, at: datetime) -> None:
        seen.append(scope.scope_of(db.session))

    with world.writing(scope.party(world.party)) as session:
        announce(session, "test.happened", subject_id=None, at=clock.now())
    for _ in range(3):
        run_rounds(world.app)
    assert seen == [scope.party(world.party)]


def test_a_handler_that_fails_is_tried_again_and_the_others_are_not_repeated(world: World) -> None:
    done: list[str] = []

    @handles("test.happened")
    def first(event: Event, at: datetime) -> None:
        done.append("first")

    @handles("test.happened")
    def second(event: Event, at: datetime) -> None:
        if "failed" not in done:
            done.append("failed")
            raise OSError("not today")
        done.append("second")

    with world.writing(scope.PLATFORM) as session:
        announce(session, "test.happened", subject_id=None, at=clock.now())
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        waiting = session.scalars(select(Event)).one()
        assert waiting.handled_at is None and waiting.due_at > clock.now()
        event_id = waiting.id
    work_off(world.app, event_id)
    assert done == ["first", "failed", "second"]


def test_an_event_of_a_rolled_back_unit_of_work_never_happened(world: World) -> None:
    with pytest.raises(ZeroDivisionError), world.writing(scope.PLATFORM) as session:
        announce(session, "test.happened", subject_id=None, at=clock.now())
        _ = 1 // 0
    with world.acting(scope.PLATFORM) as session:
        assert session.scalars(select(Event)).all() == []


def test_a_worker_that_is_told_to_stop_leaves_what_it_has_not_begun(world: World) -> None:
    done: list[object] = []

    @handles("test.happened")
    def stops_the_worker(event: Event, at: datetime) -> None:
        done.append(event.id)
        world.app.extensions["worker_is_ending"].set()

    with world.writing(scope.PLATFORM) as session:
        for _ in range(3):
            announce(session, "test.happened", subject_id=None, at=clock.now())
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        left = session.scalars(select(Event).where(Event.handled_at.is_(None))).all()
    assert (len(done), [(event.claimed_until, event.tries) for event in left]) == (1, [(None, 0)] * 2)


def first_try_raises(
    world: World, fault: type[Exception], *, meanwhile: Callable[[], object] = lambda: None
) -> list[str]:
    """An event whose handler raises this at its first try, announced and met by one round; the tries so far and to come."""
    done: list[str] = []

    @handles("test.happened")
    def not_at_first(event: Event, at: datetime) -> None:
        done.append("tried")
        if len(done) == 1:
            raise fault

    with world.writing(scope.PLATFORM) as session:
        announce(session, "test.happened", subject_id=None, at=clock.now())
    meanwhile()
    run_rounds(world.app)
    return done


def test_a_handler_that_finds_everything_taken_is_asked_again_in_seconds(world: World) -> None:
    asked: list[tuple[object, float]] = []

    class Queue:
        def schedule(self, args: object, delay: float) -> None:
            asked.append((args, delay))

        def __call__(self, *_: object) -> None: ...

    world.app.extensions["wake"] = Queue()

    done = first_try_raises(world, services.Busy)
    with world.acting(scope.PLATFORM) as session:
        waiting = session.scalars(select(Event)).one()
        assert asked == [(("event", str(waiting.id)), 5.0)]
        assert waiting.claimed_until is not None and waiting.claimed_until < clock.now(), "nobody holds it"
        assert waiting.tries == 0
        assert timedelta(seconds=3) < waiting.due_at - clock.now() <= services.BUSY
    work_off(world.app, waiting.id)
    assert done == ["tried", "tried"]


def test_what_a_handler_leaves_to_the_next_worker_is_due_at_once_and_counts_as_no_try(world: World) -> None:
    done = first_try_raises(world, services.LeftForNext)
    with world.acting(scope.PLATFORM) as session:
        waiting = session.scalars(select(Event)).one()
        assert (waiting.tries, waiting.handled_at) == (0, None)
    run_rounds(world.app)
    assert done == ["tried", "tried"]


@pytest.mark.parametrize("fault", [services.LeftForNext, services.Busy])
def test_what_a_worker_puts_back_by_a_clock_that_is_wrong_is_due_by_the_right_one(
    world: World, set_clock: Callable[[str], datetime], fault: type[Exception]
) -> None:
    done = first_try_raises(world, fault, meanwhile=lambda: set_clock("2027-01-22T10:00"))
    set_clock("2026-11-23T10:01")
    run_rounds(world.app)
    assert done == ["tried", "tried"]


def test_what_nobody_has_tried_waits_for_its_own_day(world: World, set_clock: Callable[[str], datetime]) -> None:
    done: list[datetime] = []

    @handles("test.reminder")
    def remind(event: Event, at: datetime) -> None:
        done.append(at)

    day = set_clock("2027-01-20T10:00")
    set_clock("2026-11-23T10:00")
    with world.writing(scope.PLATFORM) as session:
        announce(session, "test.reminder", subject_id=None, at=clock.now(), due_at=day)
    run_rounds(world.app)
    assert done == []


def test_an_event_whose_handlers_have_all_acted_is_handled_by_the_next_try(world: World) -> None:
    @handles("test.happened")
    def only(event: Event, at: datetime) -> None:
        raise AssertionError("it has acted")

    with world.writing(scope.PLATFORM) as session:  # as one left by a worker that died at its end
        announce(session, "test.happened", subject_id=None, at=clock.now())
        session.flush()
        event = session.scalars(select(Event).where(Event.kind == "test.happened")).one()
        event.handlers_done = [services._name(only)]
        event_id = event.id
    work_off(world.app, event_id)
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(Event, event_id).handled_at is not None


def test_a_feature_that_fails_keeps_no_other_one_waiting_and_its_own_next_ones_back(world: World) -> None:
    done: list[str] = []

    def first(event: Event, at: datetime) -> None:
        raise OSError("lost")

    def counts_on_it(event: Event, at: datetime) -> None:
        done.append("counts on it")

    def of_another(event: Event, at: datetime) -> None:
        done.append("of another")

    for handler, room in ((first, "one.tasks"), (counts_on_it, "one.tasks"), (of_another, "other.tasks")):
        handler.__module__ = room
        handles("test.happened")(handler)
    with world.writing(scope.PLATFORM) as session:
        announce(session, "test.happened", subject_id=None, at=clock.now())
    world.app.testing = False
    run_rounds(world.app)
    assert done == ["of another"]
    with world.acting(scope.PLATFORM) as session:
        waiting = session.scalars(select(Event)).one()
        assert waiting.handled_at is None and waiting.claimed_until is None and waiting.due_at > clock.now()
        assert waiting.handlers_done == ["other.tasks.of_another"]
