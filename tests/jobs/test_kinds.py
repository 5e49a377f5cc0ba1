"""News of a kind that nobody knows is not passed over: a newer version has written it, or an older one."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from portal import clock, scope
from portal.jobs import services
from portal.jobs.models import Event
from portal.jobs.services import announce, nobody_acts_on
from portal.jobs.tasks import run_rounds
from tests.world import World

PORTAL = Path(services.__file__).parents[1]


def announced() -> Iterator[str]:
    """Each kind that the portal announces."""
    for file in PORTAL.rglob("*.py"):
        text = file.read_text()
        if "announce(" not in text:
            continue
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "announce":
                kind = call.args[1]
                if isinstance(kind, ast.Constant):
                    yield str(kind.value)
                else:
                    assert isinstance(kind, ast.Name), file
                    module = ".".join(("portal", *file.relative_to(PORTAL).with_suffix("").parts))
                    yield getattr(import_module(module), kind.id)


def the_event(world: World, kind: str) -> Event:
    with world.acting(scope.PLATFORM) as session:
        return session.scalars(select(Event).where(Event.kind == kind)).one()


def announce_one(world: World, kind: str) -> None:
    with world.writing(scope.PLATFORM) as session:
        announce(session, kind, subject_id=None, at=clock.now())


def test_each_kind_is_acted_on_or_said_to_be_of_nobody(world: World) -> None:
    kinds = set(announced())
    assert len(kinds) > 25
    assert kinds - services._handlers.keys() == services._of_nobody


def test_what_a_worker_does_not_know_is_told_of_and_waits_for_one_that_does(world: World) -> None:
    announce_one(world, "of.a.newer.version")
    with capture_logs() as lines:
        run_rounds(world.app)
    (told,) = [line for line in lines if line["event"] == "event_failed"]
    assert told["kind"] == "of.a.newer.version"
    waiting = the_event(world, "of.a.newer.version")
    assert waiting.handled_at is None and waiting.claimed_until is None and waiting.due_at > clock.now()


def test_what_nobody_acts_on_is_over_at_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_of_nobody", set())
    nobody_acts_on("of.nobody")
    announce_one(world, "of.nobody")
    run_rounds(world.app)
    assert the_event(world, "of.nobody").handled_at is not None
