"""The worker's part of a new password: look the address up, and mail a link where it has an account."""

from datetime import datetime, timedelta

from flask import Flask

from portal import clock
from portal.accounts.emails import post_password_letter
from portal.accounts.models import PasswordRequest, Person
from portal.accounts.queries import has_account, person_at
from portal.accounts.services import ASKED, PASSWORD_LINK
from portal.accounts.session import forget_log_ins
from portal.db import unit_of_work
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.jobs.tasks import each_minute
from portal.links.models import Purpose
from portal.links.services import keep_link, make_link, was_made_just_now
from portal.locking import HELD
from portal.scope import PLATFORM
from portal.vault.services import open_for_installation

LOG_INS_KEPT = timedelta(days=90)  # after their last use: for whoever looks into what somebody else did with them


@each_minute
def forget_old_log_ins(app: Flask) -> None:
    """Each hour."""
    at = clock.now()
    if claim_hour(app.extensions["queue"], "log_ins", at):
        with app.app_context(), unit_of_work() as session:
            forget_log_ins(session, before=at - LOG_INS_KEPT)


@handles(ASKED)
def mail_password_link(event: Event, at: datetime) -> None:
    """Answer a request by mail, and let the request go. The link runs from now, not from when it was asked for. Asked for by
    a double click it is the same in both letters: whichever is opened leads on."""
    with unit_of_work() as session:
        asked = session.get(PasswordRequest, event.subject_id)
        if asked is None:
            return
        address = open_for_installation(asked.address_sealed, place=f"password_request|{asked.id}")
        person = person_at(session, address)
        if person is not None:  # held first: of a double click the second sees the link that the first has made
            session.get_one(Person, person.id, with_for_update=HELD)
        if person is not None and has_account(person):
            again = was_made_just_now(session, purpose=Purpose.PASSWORD, subject_id=person.id, at=at)
            token = (keep_link if again else make_link)(
                session,
                purpose=Purpose.PASSWORD,
                subject_id=person.id,
                scope=PLATFORM,
                at=at,
                expires_at=at + PASSWORD_LINK,
            )
            post_password_letter(session, person, token=token, request_id=asked.id, language=asked.language, at=at)
        session.delete(asked)
