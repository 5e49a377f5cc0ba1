"""Naming the panel and inviting it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.organisations.access import Actor
from portal.review.emails import post_invitation
from portal.review.models import PanelMember, ReviewCase
from portal.review.queries.case import Case
from portal.review.queries.panel import members_of, people_of
from portal.review.refusals import LastMinuteTooEarly, LeaderOutside, PanelSize
from portal.swedish_dates import swedish_weekday_day

FEWEST, MOST = 1, 5


def name_panel(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    people: Sequence[UUID],
    leader: UUID,
    hand_in_by: datetime,
    at: datetime,
) -> None:
    """The panel is these people from now on: new ones come in, those left out go. Scores of who goes do not count.

    Raises PanelSize, LeaderOutside and LastMinuteTooEarly. Whoever is new, or has a new last minute, gets a mail once
    the ad has closed.
    """
    known = {person.id for person in people_of(session, case.ad.party_id)}
    chosen = [person for person in dict.fromkeys(people) if person in known]
    if not FEWEST <= len(chosen) <= MOST or len(chosen) != len(set(people)):
        raise PanelSize
    if leader not in chosen:
        raise LeaderOutside
    _require_later(case, hand_in_by, at)
    _set_last_minute(session, case, hand_in_by, at)
    _set_members(session, case, actor, chosen, leader, at)
    if case.may_be_assessed(at):
        invite_panel(session, ad_id=case.ad.id, applications=len(case.applications), hand_in_by=hand_in_by, at=at)


def _require_later(case: Case, hand_in_by: datetime, at: datetime) -> None:
    earliest = max(at, case.closes_at or at)
    if hand_in_by <= earliest:
        local = earliest.astimezone(STOCKHOLM)
        raise LastMinuteTooEarly(after=f"{swedish_weekday_day(local.date())} kl. {local:%H.%M}")


def _set_last_minute(session: Session, case: Case, hand_in_by: datetime, at: datetime) -> None:
    review = session.scalars(select(ReviewCase).where(ReviewCase.ad_id == case.ad.id)).one_or_none()
    if review is None:
        review = ReviewCase(id=uuid4(), **walls(case), ad_id=case.ad.id, created_at=at)
        session.add(review)
    review.hand_in_by = hand_in_by
    session.flush()


def _set_members(
    session: Session, case: Case, actor: Actor, chosen: Sequence[UUID], leader: UUID, at: datetime
) -> None:
    rows = select(PanelMember).where(PanelMember.ad_id == case.ad.id).with_for_update()
    present = {row.person_id: row for row in session.scalars(rows)}
    for position, person in enumerate(chosen, 1):
        row = present.get(person)
        if row is None or row.removed_at is not None:
            row = _let_in(session, case, row, person, actor, at)
        row.position, row.leads = position, person == leader
    for person, row in present.items():
        if person not in chosen and row.removed_at is None:
            row.removed_at, row.leads = at, False
            _record(session, case, actor, "panel.removed", row, at)
    session.flush()


def _let_in(
    session: Session, case: Case, row: PanelMember | None, person: UUID, actor: Actor, at: datetime
) -> PanelMember:
    if row is None:
        row = PanelMember(id=uuid4(), **walls(case), ad_id=case.ad.id, person_id=person, position=0, added_at=at)
        session.add(row)
    row.removed_at = None
    session.flush()
    _record(session, case, actor, "panel.named", row, at)
    return row


def _record(session: Session, case: Case, actor: Actor, verb: str, row: PanelMember, at: datetime) -> None:
    record(session, chain=case.ad.party_id, at=at, actor=person_actor(actor.person_id), verb=verb, object_id=row.id)


def invite_panel(session: Session, *, ad_id: UUID, applications: int, hand_in_by: datetime, at: datetime) -> None:
    """A mail to each assessor with how many, how long and until when. Posting it again does nothing."""
    criteria = session.scalar(select(func.count()).select_from(AdCriterion).where(AdCriterion.ad_id == ad_id)) or 0
    for member in members_of(session, ad_id):
        post_invitation(session, member, applications=applications, criteria=criteria, hand_in_by=hand_in_by, at=at)


def walls(case: Case) -> dict[str, UUID]:
    """Whose a row of this case is. Never the authority's to see: `with_authority` stays false."""
    ad = case.ad
    return {"party_id": ad.party_id, "authority_id": ad.authority_id, "controller_id": ad.controller_id}
