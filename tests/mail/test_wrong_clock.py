"""A clock that was months wrong for one round: no mail and no event lies still or is lost by it once it is right."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.db import db
from portal.jobs import services as jobs
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.mail.engines import MailboxSender
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.world import World

Clock = Callable[[str], datetime]
WRONG, RIGHT = "2027-04-23T10:05", "2026-11-24T10:10"
LATER = "2027-04-23T10:06"  # by the wrong clock: what was written by it has come


class Away(MailboxSender):
    """No network yet."""

    def send(self, message: EmailMessage) -> None:
        """Never."""
        raise ConnectionRefusedError


class Killed(MailboxSender):
    """The worker is killed while it sends."""

    def send(self, message: EmailMessage) -> None:
        """Never."""
        raise KeyboardInterrupt


def write(world: World) -> None:
    """A mail that waits."""
    with world.writing(scope.PLATFORM) as session:
        letter = Letter("alma@example.se", "Din ansökan är mottagen", "Hej.\n")
        post(session, letter, once="receipt:1", at=clock.now(), controller_id=world.party)


def the_mail(world: World) -> OutgoingMail:
    """As it lies there."""
    with world.app.app_context():
        return db.session.scalars(select(OutgoingMail)).one()


def test_it_gives_no_mail_up_that_was_tried_once(world: World, set_clock: Clock) -> None:
    write(world)
    world.app.extensions["mail_sender"] = Away()
    set_clock(WRONG)
    run_rounds(world.app)
    assert the_mail(world).tries == 1 and the_mail(world).given_up_at is None


@pytest.mark.parametrize("written_at", [WRONG, RIGHT])
def test_a_mail_that_was_put_off_then_is_sent_at_once_when_it_is_right(
    world: World, set_clock: Clock, written_at: str
) -> None:
    set_clock(written_at)
    write(world)
    world.app.extensions["mail_sender"] = Away()
    set_clock(LATER)
    run_rounds(world.app)
    assert the_mail(world).tries == 1
    set_clock(RIGHT)
    world.app.extensions["mail_sender"] = MailboxSender()
    run_rounds(world.app)
    assert the_mail(world).sent_at is not None


def test_a_mail_whose_worker_was_killed_then_is_sent_when_it_is_right(world: World, set_clock: Clock) -> None:
    write(world)
    world.app.extensions["mail_sender"] = Killed()
    set_clock(WRONG)
    with pytest.raises(KeyboardInterrupt):
        run_rounds(world.app)
    set_clock(RIGHT)
    world.app.extensions["mail_sender"] = MailboxSender()
    run_rounds(world.app)
    assert the_mail(world).sent_at is not None


def test_what_a_mail_said_that_was_sent_then_goes_a_week_after_it_is_right(world: World, set_clock: Clock) -> None:
    world.app.config["SETTINGS"] = replace(world.app.config["SETTINGS"], demo=False)
    write(world)
    set_clock(WRONG)
    run_rounds(world.app)
    set_clock(RIGHT)
    run_rounds(world.app)
    assert the_mail(world).sealed is not None
    set_clock("2026-12-02T10:10")
    run_rounds(world.app)
    assert the_mail(world).sent_at is not None and the_mail(world).sealed is None


def test_an_event_that_failed_then_is_tried_again_when_it_is_right(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    acted: list[str] = []

    def handler(_event: Event, at: datetime) -> None:
        if at.year == 2027:
            raise OSError("no network yet")
        acted.append(at.isoformat())

    monkeypatch.setitem(jobs._handlers, "of.a.test", [handler])
    with world.writing(scope.PLATFORM) as session:
        jobs.announce(session, "of.a.test", subject_id=None, at=clock.now())
        jobs.announce(
            session,
            "of.a.test",
            subject_id=None,
            at=clock.now(),
            due_at=datetime.fromisoformat("2026-12-24T10:00+01:00"),
        )
    world.app.testing = False
    set_clock(WRONG)
    run_rounds(world.app)
    set_clock(RIGHT)
    run_rounds(world.app)
    assert len(acted) == 2, "both had failed: each is tried again at once"
