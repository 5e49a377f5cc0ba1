"""The mails about meetings. To a candidate neutral, without party or ad; to the panel without a name."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.interviews.queries.slots import Slot
from portal.interviews.times import may_be_moved, spoken
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.mail.services import post, write_letter
from portal.review.models import PanelMember
from portal.vault.services import open_application_key
from portal.web.addresses import absolute


def post_times(session: Session, application: Application, *, wave: UUID | str, at: datetime) -> None:
    """That there are times to choose from, once for each wave of new ones, or for each time that one became free."""
    _post(session, application, "interview_times", once=f"interview-times:{wave}", at=at)


def post_booked(session: Session, application: Application, slot: Slot, *, sequence: int, at: datetime) -> None:
    """When and where, once for each change; and that it can be changed, while it can."""
    once, may_move = f"interview-booked:{sequence}", may_be_moved(slot.starts_at, at)
    _post(session, application, "interview_booked", once=once, at=at, slot=slot, may_move=may_move)


def post_called_off(
    session: Session, application: Application, slot: Slot, *, sequence: int, asked: bool, others: bool, at: datetime
) -> None:
    """That the time was taken away by those who gave it; ``asked``: another may be chosen, ``others``: there is one."""
    once = f"interview-off:{sequence}"
    _post(session, application, "interview_off", once=once, at=at, slot=slot, asked=asked, others=others)


def post_reminder(session: Session, application: Application, slot: Slot, *, at: datetime) -> None:
    """The day before; once for each time."""
    _post(session, application, "interview_reminder", once=f"interview-reminder:{slot.id}", at=at, slot=slot)


def _post(
    session: Session,
    application: Application,
    template: str,
    *,
    once: str,
    at: datetime,
    slot: Slot | None = None,
    **told: bool,
) -> None:
    """The mail's name ends with the application, by which its erasure finds it (`applications` lets go of such mails).
    None goes to who has left no address: it stands on their own page."""
    if application.email_sealed is None:
        return
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    token = token_of(session, purpose=Purpose.APPLICATION, subject_id=application.id)
    language = application.language
    link = absolute("interviews.meeting", language=language, token=token) if token else ""
    to = key.open_text("application.email", application.email_sealed)
    letter = write_letter(template, to=to, language=language, slot=slot, link=link, **told)
    post(session, letter, once=f"{once}:{application.id}", at=at, controller_id=application.controller_id)


def post_to_member(session: Session, member: PanelMember, slot: Slot, *, off: bool, once: str, at: datetime) -> None:
    """To one of the panel: a time of theirs was booked, or is free again."""
    letter = write_letter(
        "interview_panel",
        to=member.person.email,
        language="sv",
        when=spoken(slot.starts_at, slot.minutes),
        place=slot.place,
        off=off,
        link=absolute("interviews.slots", ad_id=member.ad_id),
    )
    post(session, letter, once=once, at=at)
