"""The mail to an assessor: how many, how long, until when, and one link. Its subject names nobody."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.mail.services import post, write_letter
from portal.review.models import PanelMember
from portal.review.workload import applications_text, minutes
from portal.swedish_dates import WEEKDAYS, swedish_weekday_day


def post_invitation(
    session: Session, member: PanelMember, *, applications: int, criteria: int, hand_in_by: datetime, at: datetime
) -> None:
    """Put the letter in the outbox, once for each assessor and last minute."""
    local = hand_in_by.astimezone(STOCKHOLM)
    path = current_app.url_map.bind("").build("review.assess", {"ad_id": member.ad_id})
    letter = write_letter(
        "panel",
        to=member.person.email,
        language="sv",
        weekday=WEEKDAYS[local.weekday()],
        hour=f"{local:%H.%M}",
        day=swedish_weekday_day(local.date()),
        count=applications,
        work=applications_text(applications),
        minutes=minutes(applications, criteria),
        leads=member.leads,
        link=f"{current_app.config['SETTINGS'].base_url}{path}",
    )
    post(session, letter, once=f"panel:{member.id}:{local:%Y%m%d%H%M}", at=at)
