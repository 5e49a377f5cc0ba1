"""A letter that is put off holds the next one back for a while, and not for days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from smtplib import SMTPDataError

from portal import scope
from portal.jobs.tasks import run_rounds
from portal.mail.services import Letter, post
from tests.world import World


class ChoosyServer:
    """One that puts off a letter for what it says, and takes the others."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    def send(self, message: EmailMessage) -> None:
        if "Odd" in message["Subject"]:
            raise SMTPDataError(451, b"later")
        self.taken.append(message["Subject"])


def test_a_letter_that_is_put_off_time_and_again_holds_no_code_back_for_longer_than_the_code_is_good(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    server = ChoosyServer()
    world.app.extensions["mail_sender"] = server
    at = set_clock("2026-11-23T10:00")
    for number, subject in enumerate(("Odd", "Din kod")):
        with world.writing(scope.PLATFORM) as session:
            post(
                session,
                Letter("alma@example.se", subject, "Hej.\n"),
                once=f"test:{number}",
                at=at + timedelta(seconds=number),
            )
    run_rounds(world.app)
    assert server.taken == [], "letters to one reader come in their order"
    for minute in range(1, 8):
        set_clock((at + timedelta(minutes=minute)).isoformat())
        run_rounds(world.app)
    assert server.taken == ["Din kod"]
