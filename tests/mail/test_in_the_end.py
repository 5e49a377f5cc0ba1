"""What a reader gets last is what holds: a server that was away for a while turns no two letters around."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from smtplib import SMTPServerDisconnected

from sqlalchemy import select

from portal import clock, scope
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.world import World

READER = "alma@example.se"


class AwayServer:
    """One that answers nobody until it is back."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.away = True

    def send(self, message: EmailMessage) -> None:
        if self.away:
            raise SMTPServerDisconnected("gone")
        self.taken.append(message["Subject"])


def put(world: World, subject: str, to: str = READER) -> None:
    with world.writing(scope.PLATFORM) as session:
        post(session, Letter(to, subject, "Hej.\n"), once=subject, at=clock.now())


def rounds(world: World, set_clock: Callable[[str], datetime], minutes: int) -> None:
    """One round each minute."""
    at = clock.now()
    for minute in range(1, minutes + 1):
        set_clock((at + timedelta(minutes=minute)).isoformat())
        run_rounds(world.app)


def test_a_booked_time_is_not_told_after_it_was_called_off(world: World, set_clock: Callable[[str], datetime]) -> None:
    server = world.app.extensions["mail_sender"] = AwayServer()
    put(world, "Din tid är bokad")
    run_rounds(world.app)
    rounds(world, set_clock, 40)
    server.away = False
    put(world, "Din tid är inställd")
    rounds(world, set_clock, 60)
    assert server.taken == ["Din tid är bokad", "Din tid är inställd"]


def test_what_was_tried_before_its_time_is_no_nearer_to_being_given_up(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    world.app.extensions["mail_sender"] = AwayServer()
    put(world, "first")
    run_rounds(world.app)
    rounds(world, set_clock, 40)

    def row() -> tuple[int, datetime]:
        with world.acting(scope.PLATFORM) as session:
            first = session.scalars(select(OutgoingMail).where(OutgoingMail.once == "first")).one()
            return first.tries, first.due_at

    before = row()
    put(world, "second")
    run_rounds(world.app)
    assert row() == before and before[0] >= 3 and before[1] > clock.now()


def test_letters_that_the_server_hangs_up_on_hold_no_later_one_back(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    """However many they are: what was tried before its time says nothing of the next letter."""
    server = AwayServer()

    class HangsUp:
        def send(self, message: EmailMessage) -> None:
            server.away = "Odd" in message["Subject"]
            server.send(message)

    world.app.extensions["mail_sender"] = HangsUp()
    for number in range(5):
        put(world, f"Odd {number}")
    run_rounds(world.app)
    rounds(world, set_clock, 90)
    put(world, "Din kod")
    put(world, "another reader's", to="bo@example.se")
    run_rounds(world.app)
    assert server.taken == ["Din kod", "another reader's"]
