"""The mails to the office: two weeks before applications go, and while no time is counted for them. A day and one link; no
party, no ad, no name."""

from datetime import date, datetime
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session

from portal.mail.services import post, write_letter
from portal.privacy.clocks import Kept, Wait
from portal.privacy.wording import verb_of
from portal.swedish_dates import swedish_weekday_day
from portal.web.addresses import absolute


def post_notice(session: Session, *, to: str, kept: Kept, day: date, once: str, at: datetime) -> None:
    """Put it in the outbox, once for each person and day."""
    path = current_app.url_map.bind("").build("privacy.case", {"ad_id": kept.ad_id})
    letter = write_letter(
        "retention",
        to=to,
        language="sv",
        verb=verb_of(kept.by_authority),
        later=kept.only_later,
        day=swedish_weekday_day(day),
        link=f"{current_app.config['SETTINGS'].base_url}{path}",
    )
    post(session, letter, once=once, at=at)


def post_standing(session: Session, *, to: str, ad_id: UUID, waits: Wait, since: date, once: str, at: datetime) -> None:
    """Put it in the outbox, once for each person and day. ``since``: when the ad closed, or the recruitment ended."""
    place = "decisions.checklist" if waits is Wait.OPEN else "privacy.case"
    letter = write_letter(
        "standing",
        to=to,
        language="sv",
        waits=waits.value,
        since=swedish_weekday_day(since),
        link=absolute(place, ad_id=ad_id),
    )
    post(session, letter, once=once, at=at)
