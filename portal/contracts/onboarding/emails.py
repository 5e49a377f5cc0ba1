"""The mail to the office about somebody's first days: how many steps, how many late, and one link. No name, no step."""

from datetime import date, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.mail.services import post, write_letter
from portal.swedish_dates import in_words, swedish_weekday_day


def post_reminder(
    session: Session, *, to: str, employment_id: UUID, left: int, late: int, last_day: date, once: str, at: datetime
) -> None:
    """Put it in the outbox, once for each person and morning."""
    path = current_app.url_map.bind("").build("contracts.onboarding", {"employment_id": employment_id})
    letter = write_letter(
        "onboarding",
        to=to,
        language="sv",
        left="ett steg" if left == 1 else f"{in_words(left)} steg",
        late=late,
        late_words="Ett" if late == 1 else in_words(late).capitalize(),
        last_day=swedish_weekday_day(last_day),
        link=f"{current_app.config['SETTINGS'].base_url}{path}",
    )
    post(session, letter, once=once, at=at)
