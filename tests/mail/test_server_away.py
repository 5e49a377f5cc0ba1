"""What a mail server does to everybody at its door is no fault of any mail: none is given up for it."""

import asyncio
import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from portal import clock, scope
from portal.db import db
from portal.jobs.tasks import run_rounds
from portal.mail import engines
from portal.mail.engines import SmtpSender, may_come_through, says_the_server_is_away
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.mail.test_engines import Server, a_mail, serving
from tests.world import World

Clock = Callable[[str], datetime]
GREETING, HELLO = b"220 hi\r\n", b"250 hi\r\n"


@contextmanager
def server(*lines: bytes, without_end: bytes = b"") -> Iterator[str]:
    """A server's address that says these, one for each thing it is told, and then a line each moment, or nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()

        def answer() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    with line, suppress(OSError), line.makefile("rb") as told:
                        line.sendall(lines[0])
                        for one in lines[1:]:
                            told.readline()
                            line.sendall(one)
                        while without_end and not ended.wait(0.1):
                            line.sendall(without_end)
                        told.readline()

        threading.Thread(target=answer, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"
        ended.set()


@pytest.mark.parametrize(
    "said",
    [
        (b"554 5.7.1 no service for you today\r\n",),
        (b"421 4.3.2 too many connections\r\n",),
        (b"hello there\r\n",),
        (GREETING, HELLO, b"530 5.7.0 Must authenticate first\r\n"),
        (GREETING, HELLO, b"550 5.7.1 Sender not allowed\r\n"),
    ],
)
def test_a_server_that_sends_everybody_away_is_away(said: tuple[bytes, ...]) -> None:
    with server(*said) as place, pytest.raises(OSError) as met:
        SmtpSender(f"smtp://{place}").send(a_mail())
    assert says_the_server_is_away(met.value) and may_come_through(met.value)


def test_a_password_that_cannot_be_said_is_no_mails_fault() -> None:
    with server(GREETING, b"250-hi\r\n250 AUTH PLAIN\r\n") as place, pytest.raises(OSError) as met:
        SmtpSender(f"smtp://portal:l%C3%B6sen@{place}").send(a_mail())
    assert says_the_server_is_away(met.value) and may_come_through(met.value)


def test_a_mail_that_is_too_large_is_refused_for_itself() -> None:
    with server(GREETING, b"250-hi\r\n250 SIZE 10\r\n", b"552 too large\r\n") as place, pytest.raises(OSError) as met:
        SmtpSender(f"smtp://{place}").send(a_mail())
    assert not says_the_server_is_away(met.value) and not may_come_through(met.value)


def test_a_server_that_never_ends_its_answer_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_LONGEST_SECONDS", 0.5)
    with server(GREETING, without_end=b"250-more\r\n") as place, pytest.raises(OSError) as met:
        SmtpSender(f"smtp://{place}").send(a_mail())
    assert says_the_server_is_away(met.value)


def test_a_server_that_is_shut_for_a_night_costs_no_mail(world: World, set_clock: Clock) -> None:
    for number in range(4):
        with world.writing(scope.PLATFORM) as session:
            letter = Letter("alma@example.se", "Din ansökan är mottagen", "Hej.\n")
            post(session, letter, once=f"receipt:{number}", at=clock.now(), controller_id=world.party)
    with server(b"554 no service\r\n") as place:
        world.app.extensions["mail_sender"] = SmtpSender(f"smtp://{place}")
        for minutes in range(0, 12 * 60, 10):
            set_clock((datetime(2026, 11, 23, 18, 0, tzinfo=clock.STOCKHOLM) + timedelta(minutes=minutes)).isoformat())
            run_rounds(world.app)
    with world.app.app_context():
        rows = db.session.scalars(select(OutgoingMail)).all()
        assert len(rows) == 4 and max(row.tries for row in rows) > 12
        assert [row.once for row in rows if row.given_up_at is not None] == []


def test_what_is_tried_without_a_mail_meets_the_same() -> None:
    with server(GREETING, HELLO, b"221 bye\r\n") as place:
        SmtpSender(f"smtp://{place}").try_it()
    with server(b"554 no service\r\n") as place, pytest.raises(smtplib.SMTPException):
        SmtpSender(f"smtp://{place}").try_it()


class Thorough(Server):
    """Looks through a mail for longer than it takes for any other answer, and has it by then."""

    async def handle_DATA(self, _server: SMTP, session: Session, _envelope: Envelope) -> str:
        self.mails.append(session.ssl is not None)
        await asyncio.sleep(1.0)
        return "250 kept"


def test_a_server_that_looks_through_a_mail_before_it_takes_it_gets_it_once(
    world: World, monkeypatch: pytest.MonkeyPatch, set_clock: Clock
) -> None:
    """Who hung up meanwhile would send the same mail each hour for five days: the server has had it each time."""
    monkeypatch.setattr(engines, "_TIMEOUT_SECONDS", 0.3)
    with serving(handler=Thorough) as taking:
        world.app.extensions["mail_sender"] = SmtpSender(f"smtp://127.0.0.1:{taking.port}")
        with world.writing(scope.PLATFORM) as session:
            post(session, Letter("anna@example.se", "Kvitto", "Hej.\n"), once="receipt:thorough", at=clock.now())
        for hour in (9, 11, 13):
            set_clock(f"2026-11-23T{hour:02}:00")
            run_rounds(world.app)
    assert taking.mails == [False]
    with world.app.app_context():
        assert db.session.scalars(select(OutgoingMail)).one().sent_at is not None


class Refusing(Server):
    """Has looked through the mail, and will not have it."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return "554 not this one"


@pytest.mark.parametrize("handler", [Server, Refusing])
def test_the_long_wait_is_for_the_answer_to_a_whole_mail_alone(
    monkeypatch: pytest.MonkeyPatch, handler: type[Server]
) -> None:
    """Whoever went on waiting as long for every answer would keep all other mails waiting behind a server that is silent."""
    asked: list[float | None] = []
    hand_over = smtplib.SMTP.data

    def noting(self: smtplib.SMTP, msg: bytes) -> tuple[int, bytes]:
        assert self.sock is not None
        asked.append(self.sock.gettimeout())
        return hand_over(self, msg)

    monkeypatch.setattr(smtplib.SMTP, "data", noting)
    with serving(handler=handler) as taking, SmtpSender(f"smtp://127.0.0.1:{taking.port}")._entered() as line:
        assert line.sock is not None
        former = line.sock.gettimeout()
        with suppress(smtplib.SMTPDataError):
            line.send_message(a_mail())
        after = line.sock.gettimeout()
    assert (former, asked, after) == (engines._TIMEOUT_SECONDS, [engines._LONGEST_SECONDS], engines._TIMEOUT_SECONDS)
