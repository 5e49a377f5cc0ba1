"""Reminding the office by mail of a promised day while somebody still waits for their word."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, PublishedAd
from portal.ads.promised import promised_day
from portal.ads.queries import ad_of
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.applications.services.sweeping import each_party
from portal.applications.states import COUNTS
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.decisions.emails import post_promise
from portal.decisions.promises import BEFORE, Reminder, reminder_on, told_late_from
from portal.organisations.queries import office_addresses
from portal.review.queries.person import applied_themselves

_log = structlog.get_logger("decisions")


class Promised(NamedTuple):
    """A recruitment with its promised day, and how many wait for their word."""

    ad: Ad
    day: date
    waiting: int


def remind_of_promises(at: datetime) -> int:
    """In every party. Each mail is posted once for each person, day and reminder. How many recruitments.

    One that cannot be reminded of now keeps none of the others from it.
    """
    told = 0
    for own in each_party():
        for ad_id in [one.ad.id for one in promised(own, at)]:
            try:
                told += _remind(own, ad_id, at)
            except Exception as fault:
                _log.error("not_reminded", ad_id=str(ad_id), reason=type(fault).__name__)
    return told


def promised(session: Session, at: datetime, ad_id: UUID | None = None) -> Sequence[Promised]:
    """The recruitments of the scope that have promised a day which is near or over, and have somebody who waits. The
    promise is the published ad's: what is saved and not published has been told to nobody, and of one that was taken back
    no page tells it any more."""
    waits = (Application.state.in_(COUNTS), Application.decided_at.is_(None))
    waiting = select(func.count()).where(Application.ad_id == Ad.id, *waits).correlate(Ad).scalar_subquery()
    rows = (
        select(Ad, PublishedAd.content, waiting)
        .join(PublishedAd, and_(PublishedAd.ad_id == Ad.id, PublishedAd.superseded_at.is_(None)))
        .where(Ad.state == AdState.PUBLISHED, waiting > 0)
        .order_by(Ad.id)
    )
    if ad_id is not None:
        rows = rows.where(Ad.id == ad_id)
    near = at.astimezone(STOCKHOLM).date() + BEFORE
    days = ((ad, promised_day(content), count) for ad, content, count in session.execute(rows))
    return [Promised(ad, day, count) for ad, day, count in days if day is not None and day <= near]


def _remind(own: Session, ad_id: UUID, at: datetime) -> bool:
    with unit_of_work(own) as session:
        ad_of(session, ad_id, lock=True)  # whoever gives the word at this moment has given it, or is reminded
        found = next(iter(promised(session, at, ad_id)), None)
        if found is None:
            return False
        day = found.day
        reminder = reminder_on(day, at.astimezone(STOCKHOLM).date())
        if reminder is None:
            return False
        has_applied = applied_themselves(session, ad_id, found.ad.controller_id)
        there_on = told_late_from(day) if reminder is Reminder.PASSED else None
        for membership_id, email in office_addresses(session, found.ad.party_id, there_on=there_on):
            if not has_applied(email):
                once = f"promise:{reminder}:{ad_id}:{membership_id}:{day:%Y%m%d}"
                post_promise(
                    session, to=email, ad_id=ad_id, day=day, reminder=reminder, waiting=found.waiting, once=once, at=at
                )
    return True
