"""What has become of a mail is told by its name in the outbox, with a plain reason for a no."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal import clock, scope
from portal.jobs.tasks import run_rounds
from portal.mail.engines import NotLetIn
from portal.mail.queries import statuses
from portal.mail.services import Letter, post
from portal.mail.states import MailState, MailStatus, reason_of
from tests.world import World

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=3)


@pytest.mark.parametrize(
    ("sent", "given_up", "tries", "fault", "state", "at"),
    [
        (None, None, 0, "", MailState.WRITTEN, AT),
        (None, None, 1, "", MailState.WRITTEN, AT),  # on its way now
        (None, None, 1, "TimeoutError", MailState.TRIED, LATER),
        (LATER, None, 2, "", MailState.HANDED_OVER, LATER),
        (None, LATER, 12, "SMTPRecipientsRefused 550", MailState.GIVEN_UP, LATER),
    ],
)
def test_a_mail_is_in_one_of_four_states(
    sent: datetime | None, given_up: datetime | None, tries: int, fault: str, state: MailState, at: datetime
) -> None:
    status = MailStatus("receipt:1", AT, LATER, sent, given_up, tries, fault)
    assert (status.state, status.at, bool(status.reason)) == (state, at, state in (MailState.TRIED, MailState.GIVEN_UP))


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("SMTPRecipientsRefused 550", "adressen finns inte"),
        ("SMTPRecipientsRefused 450", "inte ta emot just nu"),
        ("SMTPDataError 554", "tar inte emot mejlet"),
        ("NotLetIn 535", "släpper inte in"),
        ("TimeoutError", "svarar inte"),
        ("UnicodeEncodeError", "går inte att skicka till"),
        ("KeyError", "behöver titta"),
    ],
)
def test_a_no_is_told_in_plain_words(fault: str, said: str) -> None:
    assert said in reason_of(fault)


def test_a_mail_that_was_taken_back_before_it_was_sent_is_nobodys_fault() -> None:
    """Its address was mended, or its application taken back: no operator has anything to look at."""
    said = MailStatus("step:1", AT, LATER, None, LATER, 0, "").reason
    assert "blev aldrig skickat" in said and "behöver titta" not in said


class Answers:
    """A sender that hands over, or meets what it is told to."""

    def __init__(self) -> None:
        self.fault: Exception | None = None

    def send(self, _message: object) -> None:
        if self.fault is not None:
            raise self.fault


def test_a_mail_is_followed_by_its_name_from_written_to_handed_over(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    sender = world.app.extensions["mail_sender"] = Answers()
    with world.writing(scope.PLATFORM) as session:
        post(session, Letter("alma@example.se", "Kvitto", "Hej.\n"), once="receipt:1", at=clock.now())

    def state() -> MailState:
        with world.acting(scope.party(world.rival)) as session:  # it names no party, and tells no reader
            found = statuses(session, ["receipt:1", "receipt:2"])
        assert found.keys() == {"receipt:1"}
        return found["receipt:1"].state

    seen = [state()]
    sender.fault = NotLetIn("no", 535)
    run_rounds(world.app)
    seen.append(state())
    sender.fault = None
    set_clock("2026-11-23T11:00")
    run_rounds(world.app)
    assert [*seen, state()] == [MailState.WRITTEN, MailState.TRIED, MailState.HANDED_OVER]
