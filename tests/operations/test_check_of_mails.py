"""`portal check` about mails: those that wait for a server, and those that nobody will get, each counted once."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from portal.operations.services import findings
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
