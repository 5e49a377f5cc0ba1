"""The SMTP sender before servers of every kind: what is encrypted, who is believed, and when a mail counts as sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.mail.engines import SmtpSender, compose
from tests.proofs.living import free_port


@dataclass
class Server:
    """A mail server that notes what came: each mail with whether it came encrypted."""

    port: int
    mails: list[bool] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, session: Session, _envelope: Envelope) -> str:
        self.mails.append(session.ssl is not None)
        return "250 kept"


@contextmanager
def serving(**how: Any) -> Iterator[Server]:
    handler = how.pop("handler", Server)(free_port())
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port, **how)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def a_mail() -> EmailMessage:
    return compose(
        sender="a@example.se", to="b@example.se", subject="Hej", body="Hej.\n", message_id="<1@x>", written=""
    )


class BadGoodbyes(Server):
    """Takes the mail, and is cross when one leaves."""

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return "421 too busy to say goodbye"


def test_a_mail_that_was_taken_is_sent_however_the_server_answers_the_goodbye() -> None:
    with serving(handler=BadGoodbyes) as server:
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(a_mail())
    assert server.mails == [False]


class Refuses(BadGoodbyes):
    """Takes no mail, and is cross when one leaves."""

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        return "554 not this one"


def test_a_refusal_is_told_as_it_was_and_not_as_the_goodbye_after_it() -> None:
    with serving(handler=Refuses) as server, pytest.raises(OSError, match="not this one"):
        SmtpSender(f"smtp://127.0.0.1:{server.port}").send(a_mail())
