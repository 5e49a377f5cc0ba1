"""What a mail costs, however many wait beside it."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.mail import services
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter, post, send_mail
from tests.world import World


def test_a_mail_is_opened_twice_however_many_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, sent = list[str](), list[str]()

    class Taking:
        def send(self, message: EmailMessage) -> None:
            sent.append(message["Subject"])

    def counting(session: Session, row: OutgoingMail) -> Letter:
        opened.append(row.once)
        return open_letter(session, row)

    world.app.extensions["mail_sender"] = Taking()
    monkeypatch.setattr(services, "open_letter", counting)
    with world.writing(scope.PLATFORM) as session:
        for number in range(30):
            letter = Letter(f"reader{number}@example.se", str(number), "Hej.\n")
            post(session, letter, once=str(number), at=clock.now(), controller_id=world.party)
    with world.acting(scope.PLATFORM) as session:
        ids = list(session.scalars(select(OutgoingMail.id).order_by(OutgoingMail.created_at)))
    for mail_id in ids:
        send_mail(world.app, mail_id)
    assert sorted(sent, key=int) == [str(number) for number in range(30)]
    assert len(opened) == 60  # once to see whom it goes to, once to send it
