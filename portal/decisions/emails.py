"""The mail that tells a candidate that there is word, and the one that reminds the office of a promised day. Neutral: they
say neither which word nor whose recruitment."""

from datetime import date, datetime
from uuid import UUID

from flask import current_app, url_for
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.decisions.promises import Reminder
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.mail.services import post, write_letter
from portal.swedish_dates import in_words, swedish_weekday_day
from portal.vault.services import open_application_key
from portal.web.addresses import absolute


def word_mail(application_id: UUID) -> str:
    """The name in the outbox of the mail to this candidate."""
    return f"outcome:{application_id}"


def post_word(session: Session, application: Application, *, at: datetime) -> None:
    """Put the letter in the outbox, once for good, in the candidate's language and with their private link. Nothing where
    the candidate has left no address."""
    if application.email_sealed is None:
        return
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    letter = write_letter(
        "outcome",
        to=key.open_text("application.email", application.email_sealed),
        language=application.language,
        link=_private_link(session, application),
    )
    post(session, letter, once=word_mail(application.id), at=at, controller_id=application.controller_id)


def _private_link(session: Session, application: Application) -> str:
    token = token_of(session, purpose=Purpose.APPLICATION, subject_id=application.id)
    if token is None:
        return ""
    path = url_for("applications.private", token=token, lang="en" if application.language == "en" else None)
    return f"{current_app.config['SETTINGS'].base_url}{path}"


def post_promise(
    session: Session, *, to: str, ad_id: UUID, day: date, reminder: Reminder, waiting: int, once: str, at: datetime
) -> None:
    """To one of the office: the day, how many wait, and one link. No party, no ad, no name."""
    letter = write_letter(
        "promise",
        to=to,
        language="sv",
        passed=reminder is Reminder.PASSED,
        day=swedish_weekday_day(day),
        waiting=in_words(waiting).capitalize(),
        link=absolute("decisions.checklist", language="sv", ad_id=ad_id),
    )
    post(session, letter, once=once, at=at)
