"""Reminding the office by mail of a promised day while somebody still waits for their word."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.applications.services.sweeping import each_party
from portal.applications.states import COUNTS
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.decisions.emails import post_promise
from portal.decisions.promises import BEFORE, reminder_on
from portal.organisations.queries import office_addresses
from portal.review.queries.person import applied_themselves

_log = structlog.get_logger("decisions")


class Promised(NamedTuple):
    """A recruitment with its promised day, and how many wait for their word."""

    ad: Ad
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
    """The recruitments of the scope that have promised a day which is near or over, and have somebody who waits."""
    waiting = func.count(Application.id)
    rows = (
        select(Ad, waiting)
        .join(Application, Application.ad_id == Ad.id)
        .where(
            Ad.published_at.is_not(None),
            Ad.state != AdState.ENDED,
            Ad.expected_decision <= at.astimezone(STOCKHOLM).date() + BEFORE,
            Application.state.in_(COUNTS),
            Application.decided_at.is_(None),
        )
        .group_by(Ad.id)
        .order_by(Ad.id)
    )
    if ad_id is not None:
        rows = rows.where(Ad.id == ad_id)
    return [Promised(*row) for row in session.execute(rows)]


def _remind(own: Session, ad_id: UUID, at: datetime) -> bool:
    with unit_of_work(own) as session:
        found = next(iter(promised(session, at, ad_id)), None)
        if found is None or found.ad.expected_decision is None:
            return False
        day = found.ad.expected_decision
        reminder = reminder_on(day, at.astimezone(STOCKHOLM).date())
        if reminder is None:
            return False
        has_applied = applied_themselves(session, ad_id, found.ad.controller_id)
        for membership_id, email in office_addresses(session, found.ad.party_id):
            if not has_applied(email):
                once = f"promise:{reminder}:{ad_id}:{membership_id}:{day:%Y%m%d}"
                post_promise(
                    session, to=email, ad_id=ad_id, day=day, reminder=reminder, waiting=found.waiting, once=once, at=at
                )
    return True
