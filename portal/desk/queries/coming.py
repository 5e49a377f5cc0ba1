"""What comes and what ends, in counts: employments by their last day, and what has come to an authority."""

from collections import Counter
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.applications.states import COUNTS
from portal.contracts.acts.kinds import was_ended
from portal.contracts.acts.queries.rows import acts_of_many
from portal.contracts.models import Employment
from portal.contracts.pictures import turned_on
from portal.decisions.models import Outcome
from portal.decisions.queries.recorded import TAKES_A_POST
from portal.desk.facts import SOON, Ending, day_before
from portal.review.queries.person import with_conflict


def endings(session: Session, *, on: date, also: date | None = None) -> list[Ending]:
    """The days within two months, and ``also`` one further day, on which employments of the scope end."""
    after = aliased(Employment)
    days = and_(Employment.ends_on >= on, Employment.ends_on <= on + SOON)
    renews = and_(after.party_id == Employment.party_id, after.renews_id == Employment.id, after.never_began.is_(False))
    wanted = Employment.never_began.is_(False), days if also is None else or_(days, Employment.ends_on == also)
    may_have = or_(Employment.permanent_on <= Employment.ends_on, Employment.stands_in)  # see `pictures.turned_on`
    turned = case((and_(may_have, after.id.is_(None)), 1))
    rows = (
        select(Employment.ends_on, func.count(), func.count(after.id), func.count(turned))
        .outerjoin(after, renews)
        .where(*wanted)
        .group_by(Employment.ends_on)
        .order_by(Employment.ends_on)
    )
    found = session.execute(rows).all()
    kept = select(Employment).outerjoin(after, renews).where(*wanted, turned == 1)
    lasting = _lasting(session, kept) if any(row[3] for row in found) else Counter()
    return [Ending(day, count, renewed, lasting[day]) for day, count, renewed, _ in found if day is not None]


def _lasting(session: Session, rows: Select[Employment]) -> Counter[date | None]:
    """By last day, how many of these go on whatever it says: a notice or an earlier last day ends one that has turned
    permanent, and nothing else."""
    those = [row for row in session.scalars(rows) if turned_on(row) is not None]
    acts = acts_of_many(session, [row.id for row in those])
    return Counter(row.ends_on for row in those if not was_ended(acts.get(row.id, ())))


def to_record(session: Session, person_id: UUID) -> list[tuple[UUID, str, int]]:
    """The recruitments that are over and of which somebody is to be employed and has no employment recorded: the ad, its
    title and how many, the first to have ended first. Whom the person has jäv for a colleague records."""
    rows = (
        select(Ad.id, Ad.title, func.count())
        .join(Application, Application.ad_id == Ad.id)
        .join(Outcome, Outcome.application_id == Application.id)
        .where(or_(Ad.state == AdState.ENDED, _withdrawn_and_told()))
        .where(Application.state.in_(COUNTS), TAKES_A_POST, Outcome.settled_at.is_(None))
        .where(~with_conflict(person_id))
        .group_by(Ad.id, Ad.title, Ad.ended_at)
        .order_by(Ad.ended_at, Ad.id)
    )
    return [(id, title, left) for id, title, left in session.execute(rows)]


def _withdrawn_and_told() -> ColumnElement[bool]:
    """Whether an ad was taken back, which nobody ends, and everybody has their word: see `facts.Recruitment.over`."""
    untold = aliased(Application)
    told = select(Outcome.id).where(Outcome.application_id == untold.id, Outcome.released_at.is_not(None)).exists()
    waits = select(untold.id).where(untold.ad_id == Ad.id, untold.state.in_(COUNTS), ~told)
    return and_(Ad.state == AdState.WITHDRAWN, ~waits.correlate(Ad).exists())


def fresh_arrivals(session: Session, *, at: datetime) -> int:
    """How many numbered applications have come to the authority since the day before."""
    lately = Application.submitted_at >= day_before(at)
    rows = select(func.count()).where(Application.arrival_number.is_not(None), lately)
    return session.scalar(rows.select_from(Application)) or 0
