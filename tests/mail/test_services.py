"""The outbox: written once, sealed, sent at least once with the same Message-ID, and let go after a week."""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import partial
from threading import Event, Thread
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from portal import clock, scope
from portal.jobs.tasks import run_rounds
from portal.mail.engines import SmtpSender
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter, post, send_mail
from tests.world import World

LETTER = Letter("alma@example.se", "Din ansökan är mottagen", "Hej Åsa.\n\nKontrollsumma: 3f2a\n")


class Catcher:
    """An SMTP server that keeps what it gets, or answers with a fault while told to."""

    def __init__(self) -> None:
        self.caught: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        if self.answer.startswith("250"):
            self.caught.append(envelope.content)  # type: ignore[attr-defined]
        return self.answer


@pytest.fixture
def catcher(world: World) -> Iterator[Catcher]:
    handler = Catcher()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    world.app.extensions["mail_sender"] = SmtpSender(f"smtp://127.0.0.1:{port}")
    yield handler
    controller.stop()


def _post(world: World, once: str = "receipt:1") -> None:
    with world.writing(scope.PLATFORM) as session:
        post(session, LETTER, once=once, at=clock.now(), controller_id=world.party)


def test_a_mail_reaches_the_server_whole_with_swedish_letters(world: World, catcher: Catcher) -> None:
    _post(world)
    run_rounds(world.app)
    (raw,) = catcher.caught
    message = message_from_bytes(raw, policy=default)
    assert message["To"] == "alma@example.se" and message["Subject"] == LETTER.subject
    assert message.get_body(("plain",)).get_content().replace("\r\n", "\n") == LETTER.body


def test_posting_the_same_letter_twice_sends_one(world: World, catcher: Catcher) -> None:
    _post(world)
    _post(world)
    run_rounds(world.app)
    run_rounds(world.app)
    assert len(catcher.caught) == 1


def test_a_worker_that_is_told_to_stop_sends_the_mail_it_is_at_and_no_more(world: World, catcher: Catcher) -> None:
    for number in range(3):
        with world.writing(scope.PLATFORM) as session:
            post(session, replace(LETTER, to=f"alma{number}@example.se"), once=f"receipt:{number}", at=clock.now())
    sender = world.app.extensions["mail_sender"]

    class TellsToStop:
        def send(self, message: EmailMessage) -> None:
            world.app.extensions["worker_is_ending"].set()
            sender.send(message)

    world.app.extensions["mail_sender"] = TellsToStop()
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        assert [(row.sent_at is not None, row.tries) for row in rows] == [(True, 1), (False, 0), (False, 0)]
    assert len(catcher.caught) == 1


@pytest.mark.parametrize("fault", ["451 later", "550 never"])
def test_a_server_that_refuses_gets_the_same_message_id_again_later(
    world: World, catcher: Catcher, fault: str, set_clock: Callable[[str], datetime]
) -> None:
    catcher.answer = fault
    _post(world)
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        row = session.scalars(select(OutgoingMail)).one()
        first, tried = row.message_id, row.tries
    assert tried == 1 and row.sent_at is None
    catcher.answer = "250 OK"
    set_clock("2026-11-23T11:00")
    run_rounds(world.app)
    (raw,) = catcher.caught
    assert message_from_bytes(raw, policy=default)["Message-ID"] == first


def test_what_a_mail_says_is_not_readable_in_the_outbox(world: World) -> None:
    _post(world)
    with world.acting(scope.PLATFORM) as session:
        row = session.scalars(select(OutgoingMail)).one()
        assert row.sealed is not None and b"alma" not in row.sealed
        assert open_letter(session, row) == LETTER


def _letter(world: World, to: str, once: str) -> None:
    with world.writing(scope.PLATFORM) as session:
        post(session, Letter(to, once, "Hej.\n"), once=once, at=clock.now(), controller_id=world.party)


def _subjects(catcher: Catcher) -> list[str]:
    return [str(message_from_bytes(raw, policy=default)["Subject"]) for raw in catcher.caught]


def _row(world: World, once: str) -> OutgoingMail:
    with world.acting(scope.PLATFORM) as session:
        return session.scalars(select(OutgoingMail).where(OutgoingMail.once == once)).one()


def test_each_reader_gets_their_letters_in_order_and_nobody_waits_for_anothers(
    world: World, catcher: Catcher, set_clock: Callable[[str], datetime]
) -> None:
    catcher.answer = "451 later"
    _letter(world, "alma@example.se", "first")
    run_rounds(world.app)
    catcher.answer = "250 OK"
    _letter(world, "Alma@example.se", "second")
    _letter(world, "bo@example.se", "other")
    with world.app.app_context():
        second = _row(world, "second").id
    send_mail(world.app, second)  # woken, before its turn
    run_rounds(world.app)
    assert _subjects(catcher) == ["other"]
    set_clock("2026-11-23T11:00")
    run_rounds(world.app)
    assert _subjects(catcher) == ["other", "first", "second"]


def test_a_letter_that_cannot_be_opened_stops_no_other_and_is_tried_more_and_more_seldom(
    world: World, catcher: Catcher
) -> None:
    _letter(world, "alma@example.se", "unreadable")
    with world.writing(scope.PLATFORM) as session:
        session.scalars(select(OutgoingMail)).one().sealed = b"\0\1"
    _letter(world, "alma@example.se", "after")
    _letter(world, "bo@example.se", "last")
    run_rounds(world.app)
    assert _subjects(catcher) == ["after", "last"]
    row = _row(world, "unreadable")
    assert (row.tries, bool(row.last_fault), row.given_up_at) == (1, True, None)


def test_a_server_that_is_away_costs_a_round_three_tries_and_the_others_none(world: World) -> None:
    world.app.extensions["mail_sender"] = SmtpSender("smtp://127.0.0.1:9")
    for number in range(5):
        _letter(world, f"reader{number}@example.se", str(number))
    run_rounds(world.app)
    with world.acting(scope.PLATFORM) as session:
        tries = session.scalars(select(OutgoingMail.tries).order_by(OutgoingMail.created_at)).all()
    assert tries == [1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("answer", "day", "given_up"),
    [("451 later", 27, False), ("451 later", 29, True), ("550 never", 23, True)],
)
def test_a_no_is_believed_after_hours_and_a_later_after_five_days(
    world: World, catcher: Catcher, set_clock: Callable[[str], datetime], answer: str, day: int, given_up: bool
) -> None:
    catcher.answer = answer
    _post(world)
    with world.writing(scope.PLATFORM) as session:
        session.scalars(select(OutgoingMail)).one().tries = 11
    set_clock(f"2026-11-{day}T11:00")
    run_rounds(world.app)
    assert (_row(world, "receipt:1").given_up_at is not None) is given_up


class Hanging:
    """A server that answers nobody until it is let go, and is away then."""

    def __init__(self) -> None:
        self.called, self.let_go = Event(), Event()
        self.calls = 0

    def send(self, _message: object) -> None:
        self.calls += 1
        self.called.set()
        self.let_go.wait(20)
        raise TimeoutError


def _ids(world: World) -> list[UUID]:
    with world.acting(scope.PLATFORM) as session:
        return list(session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.created_at)))


def test_while_a_mail_hangs_nobody_waits_and_for_a_minute_after_it_only_the_round_tries(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = world.app.extensions["mail_sender"] = Hanging()
    for number in range(3):
        _letter(world, f"reader{number}@example.se", str(number))
    first, second, third = _ids(world)
    with ThreadPoolExecutor(2) as workers:
        hung = workers.submit(send_mail, world.app, first)
        assert server.called.wait(20)
        workers.submit(send_mail, world.app, second).result(timeout=10)
        assert (hung.done(), server.calls) == (False, 1)
        server.let_go.set()
        hung.result(timeout=20)
    send_mail(world.app, third)
    assert server.calls == 1
    run_rounds(world.app)
    assert server.calls == 3  # the first is due again only later
    later = clock.monotonic() + 61
    monkeypatch.setattr(clock, "monotonic", lambda: later)
    _letter(world, "other@example.se", "other")
    send_mail(world.app, _ids(world)[-1])
    assert server.calls == 4


def test_a_mail_posted_while_another_is_on_its_way_is_sent_right_after_it(world: World, catcher: Catcher) -> None:
    _letter(world, "alma@example.se", "first")
    _letter(world, "bo@example.se", "second")
    first, second = _ids(world)
    sender, waited = world.app.extensions["mail_sender"], []

    class Meanwhile:
        def send(self, message: EmailMessage) -> None:
            if message["Subject"] == "first":
                for others in (partial(send_mail, world.app, second), partial(run_rounds, world.app)):
                    other = Thread(target=others, daemon=True)
                    other.start()
                    other.join(10)
                    waited.append(other.is_alive())
            sender.send(message)

    world.app.extensions["mail_sender"] = Meanwhile()
    send_mail(world.app, first)
    assert waited == [False, False]
    assert _subjects(catcher) == ["first", "second"]


def test_a_server_that_is_back_is_used_at_once(world: World, catcher: Catcher) -> None:
    well = world.app.extensions["mail_sender"]
    world.app.extensions["mail_sender"] = SmtpSender("smtp://127.0.0.1:9")
    _letter(world, "alma@example.se", "first")
    send_mail(world.app, _ids(world)[0])
    world.app.extensions["mail_sender"] = well
    _letter(world, "bo@example.se", "second")
    run_rounds(world.app)
    _letter(world, "cai@example.se", "third")
    send_mail(world.app, _ids(world)[-1])
    assert _subjects(catcher) == ["second", "third"]


@pytest.mark.parametrize("answer", ["250 OK", "550 never"])
def test_what_a_mail_says_goes_a_week_after_it_was_sent_or_given_up(
    world: World, catcher: Catcher, set_clock: Callable[[str], datetime], answer: str
) -> None:
    settings = world.app.config["SETTINGS"]
    world.app.config["SETTINGS"] = replace(settings, demo=False)
    catcher.answer = answer
    _post(world)
    with world.writing(scope.PLATFORM) as session:
        session.scalars(select(OutgoingMail)).one().tries = 11
    run_rounds(world.app)
    catcher.answer = "451 later"
    _letter(world, "bo@example.se", "waiting")
    run_rounds(world.app)
    kept = []
    for instant in ("2026-11-30T09:00", "2026-11-30T11:00"):
        set_clock(instant)
        run_rounds(world.app)
        kept.append([_row(world, once).sealed is not None for once in ("receipt:1", "waiting")])
    assert kept == [[True, True], [False, True]]
