"""What comes and what ends, in counts: employments by their last day, and what has come to an authority."""

from datetime import date, datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.applications.models import Application
from portal.contracts.models import Employment
from portal.desk.facts import SOON, Ending, day_before


def endings(session: Session, *, on: date, also: date | None = None) -> list[Ending]:
    """The days within two months, and ``also`` one further day, on which employments of the scope end."""
    after = aliased(Employment)
    days = and_(Employment.ends_on >= on, Employment.ends_on <= on + SOON)
    renews = and_(after.party_id == Employment.party_id, after.renews_id == Employment.id, after.never_began.is_(False))
    rows = (
        select(Employment.ends_on, func.count(), func.count(after.id))
        .outerjoin(after, renews)
        .where(Employment.never_began.is_(False), days if also is None else or_(days, Employment.ends_on == also))
        .group_by(Employment.ends_on)
        .order_by(Employment.ends_on)
    )
    return [Ending(day, count, renewed) for day, count, renewed in session.execute(rows) if day is not None]


def fresh_arrivals(session: Session, *, at: datetime) -> int:
    """How many numbered applications have come to the authority since the day before."""
    lately = Application.submitted_at >= day_before(at)
    rows = select(func.count()).where(Application.arrival_number.is_not(None), lately)
    return session.scalar(rows.select_from(Application)) or 0
