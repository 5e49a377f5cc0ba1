"""Whom a request that came to the staff can concern: recruitments with candidates, and the candidates of one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.applications.models import Application
from portal.applications.queries import came_on_a_day
from portal.applications.states import ARRIVED, State
from portal.organisations.models import Party
from portal.privacy.access import may_answer_as_authority, may_answer_for
from portal.review.access import may_see_name, those
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import names_of
from portal.review.queries.person import address_print

KNOWN = ARRIVED - {State.PROPOSAL, State.DISPOSED}  # whoever reads a proposal's name would learn that it waits


class Asked(NamedTuple):
    """A recruitment that somebody has applied to."""

    ad_id: UUID
    title: str
    party_name: str


def recruitments_with_candidates(session: Session, without: set[UUID]) -> list[Asked]:
    """Those of the scope, the last published first, but for those that the person has applied to."""
    applied = select(Application.ad_id).where(Application.state.in_(KNOWN))
    rows = (
        select(Ad.id, Ad.title, Party.name)
        .join(Party, Party.id == Ad.party_id)
        .where(Ad.id.in_(applied), Ad.id.not_in(without))
        .order_by(Ad.published_at.desc(), Ad.id)
    )
    return [Asked(*row) for row in session.execute(rows)]


class Asker(NamedTuple):
    """A candidate whom a request can concern. Two may have one name: then only when the application came tells them apart."""

    name: str
    came_at: datetime
    state: State
    by_day: bool = False  # of when it came the day alone is known


def askers(session: Session, case: Case) -> dict[UUID, Asker]:
    """For the office: who counts and is known to the person by name, in alphabetical order. None by code name: whoever asks
    has said who they are."""
    allowed = [row for row in case.applications if may_answer_for(case.standing, row.id)]
    return _named(session, those(may_see_name, case.standing, allowed))


def asker_at(session: Session, case: Case, address: str) -> UUID | None:
    """The application that came from an address, of those whom the person answers, also whose name is shut to them."""
    allowed = {row.id for row in case.applications if may_answer_for(case.standing, row.id)}
    own = address_print(session, case.ad.controller_id, address)
    rows = select(Application.id).where(Application.ad_id == case.ad.id, Application.address_print == own)
    return next((id for id in session.scalars(rows) if id in allowed), None)


def askers_of_authority(session: Session, case: Case) -> dict[UUID, Asker]:
    """For the authority's people: everybody whose application is a record of theirs, taken back or not."""
    rows = session.scalars(select(Application).where(Application.ad_id == case.ad.id, Application.state.in_(KNOWN)))
    return _named(session, [row for row in rows if may_answer_as_authority(case.standing, row.id)])


def _named(session: Session, rows: Sequence[Application | Listed]) -> dict[UUID, Asker]:
    come = {row.id: (row.submitted_at, State(row.state)) for row in rows if row.submitted_at is not None}
    by_day = came_on_a_day(session, rows[0].party_id, list(come)) if rows else set()
    return {id: Asker(name, *come[id], id in by_day) for id, name in names_of(session, rows).items()}
