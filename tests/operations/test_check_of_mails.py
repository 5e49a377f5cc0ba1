"""`portal check` about mails: those that wait for a server, and those that nobody will get, each counted once."""

import re
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from portal.mail.engines import MailboxSender, SmtpSender
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from portal.operations.services import findings
from portal.operations.waiting import what_waits
from tests.world import World

FAULT, LET_GO = {"last_fault": "TimeoutError"}, {"sealed": None}


def told_of_mails(world: World) -> list[str]:
    with world.app.app_context():
        return re.findall(r"\d+ mejl [a-zåäö]+", " ".join(findings(world.app)))


def mails(world: World, *became: dict[str, object]) -> None:
    """One mail in the outbox for each, and what became of it."""
    for number, values in enumerate(became):
        with world.writing(scope.PLATFORM) as session:
            once = f"receipt:{number}"
            post(session, Letter("alma@example.se", "Hej", "Hej.\n"), once=once, at=clock.now())
            row = session.scalars(select(OutgoingMail).where(OutgoingMail.once == once)).one()
            for name, value in values.items():
                setattr(row, name, value)


def test_a_withdrawn_applications_mail_hides_no_mail_that_waits(world: World) -> None:
    mails(world, FAULT, {"given_up_at": clock.now(), **LET_GO})
    assert told_of_mails(world) == ["1 mejl väntar"]


def test_a_mail_that_was_given_up_is_told_of_until_it_is_let_go_and_does_not_wait(world: World) -> None:
    given_up = {"given_up_at": clock.now(), **FAULT}
    mails(world, given_up, given_up, {**given_up, **LET_GO}, FAULT)
    assert told_of_mails(world) == ["2 mejl kom", "1 mejl väntar"]


@pytest.mark.parametrize("became", [{}, {"sent_at": clock.now()}, {"sent_at": clock.now() - timedelta(9), **LET_GO}])
def test_a_mail_that_was_sent_or_not_tried_yet_is_no_fault(world: World, became: dict[str, object]) -> None:
    mails(world, became)
    assert told_of_mails(world) == []


def waited(world: World) -> list[str]:
    """What check says of a worker, where this is no demo."""
    with world.app.app_context():
        return [line for line in what_waits(clock.now(), demo=False) if "portal worker" in line]


def test_what_nobody_has_tried_for_an_hour_is_told_of(world: World, set_clock: Callable[[str], datetime]) -> None:
    mails(world, {}, {"tries": 1, **FAULT})
    with world.writing(scope.PLATFORM) as session:
        announce(session, "ad.closed", subject_id=None, at=clock.now(), due_at=clock.now() + timedelta(days=90))
    set_clock("2026-11-23T10:59")
    assert waited(world) == []
    set_clock("2026-11-23T11:01")
    (line,) = waited(world)
    assert "23 november 2026" in line.replace("\xa0", " ")
    run_rounds(world.app)
    assert waited(world) == [], "a worker has worked"


def test_a_mail_server_that_is_away_is_told_of(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world.app.extensions["mail_sender"] = SmtpSender(f"smtp://127.0.0.1:{port}")
    with world.app.app_context():
        assert any("E-postservern tar inte emot" in line for line in findings(world.app))
    world.app.extensions["mail_sender"] = MailboxSender()
    with world.app.app_context():
        assert not any("E-postservern" in line for line in findings(world.app))
