"""The one mail of the letterbox: that there is something to read. Neutral, and with nothing of what it says."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.letterbox.models import Message
from portal.letterbox.queries import mail_name
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.mail.services import post, write_letter
from portal.vault.services import ApplicationKey
from portal.web.addresses import absolute


def post_you_have_a_message(
    session: Session, application: Application, message: Message, *, key: ApplicationKey, at: datetime
) -> None:
    """Once for each message. Nothing where the candidate has left no address: they look by themselves."""
    if application.email_sealed is None:
        return
    token = token_of(session, purpose=Purpose.APPLICATION, subject_id=application.id)
    link = absolute("letterbox.own", language=application.language, token=token) if token else ""
    to = key.open_text("application.email", application.email_sealed)
    letter = write_letter("message", to=to, language=application.language, link=link)
    once = mail_name(message.id, application.id)
    post(session, letter, once=once, at=at, controller_id=application.controller_id)
