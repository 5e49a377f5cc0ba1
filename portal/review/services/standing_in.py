"""Calling in the deputies: the first without jäv, for the application that an assessor has jäv for and no other."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.audit.services import SYSTEM, record
from portal.jobs.services import announce
from portal.review.deputies import to_call
from portal.review.emails import post_deputy_call
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember, ReviewCase
from portal.review.queries.case import Case
from portal.review.queries.panel import calls_in, everyone_of
from portal.review.queries.person import address_print
from portal.scope import walls_of


def call_deputies(session: Session, *, case: Case, hand_in_by: datetime | None, at: datetime) -> int:
    """Fill every place that jäv has left empty, as far as there are deputies; each gets one mail about what is new.

    Doing it again calls nobody. Returns how many calls there were.
    """
    if case.over or not case.may_be_assessed(at):
        return 0
    # Two who declare jäv at the same instant wait for each other, and the second finds the first one's deputy called.
    session.scalars(select(ReviewCase).where(ReviewCase.ad_id == case.ad.id).with_for_update()).all()
    everyone = everyone_of(session, case.ad.id)
    deputies = [row for row in everyone if row.deputy and not _has_applied(session, case, row)]
    new = _calls(session, case, [row for row in everyone if not row.deputy], deputies, at)
    criteria = select(func.count()).select_from(AdCriterion).where(AdCriterion.ad_id == case.ad.id)
    count = session.scalar(criteria) if new else 0
    for deputy in deputies:
        mine = [call for call in new if call.panel_member_id == deputy.id]
        if mine:
            post_deputy_call(
                session, deputy, call_id=mine[0].id, applications=len(mine), criteria=count or 0, hand_in_by=hand_in_by,
                at=at, blind=case.blind,
            )  # fmt: skip
    return len(new)


def _has_applied(session: Session, case: Case, row: PanelMember) -> bool:
    own = address_print(session, row.controller_id, row.person.email)
    return any(application.address_print == own for application in case.applications)


def _calls(
    session: Session, case: Case, assessors: Sequence[PanelMember], deputies: Sequence[PanelMember], at: datetime
) -> list[DeputyCall]:
    jav: dict[UUID, set[UUID]] = {}
    rows = select(ConflictAnswer.application_id, ConflictAnswer.panel_member_id).where(ConflictAnswer.has_conflict)
    ids = [row.id for row in (*assessors, *deputies)]
    for application_id, member_id in session.execute(rows.where(ConflictAnswer.panel_member_id.in_(ids))):
        jav.setdefault(application_id, set()).add(member_id)
    called, by_id = calls_in(session, deputies), {row.id: row for row in deputies}
    made = []
    for application in case.applications:
        conflicts = jav.get(application.id, set())
        already = {one for one in by_id if application.id in called[one]}
        seats = [row.id for row in assessors]
        for deputy in to_call(seats, list(by_id), called=already, conflicts=conflicts):
            made.append(_call(session, by_id[deputy], application.id, at))
    return made


def _call(session: Session, deputy: PanelMember, application_id: UUID, at: datetime) -> DeputyCall:
    walls = walls_of(deputy, with_authority=False)
    call = DeputyCall(id=uuid4(), **walls, panel_member_id=deputy.id, application_id=application_id, called_at=at)
    session.add(call)
    session.flush()
    announce(session, "deputy.called", subject_id=call.id, at=at)
    record(session, chain=deputy.party_id, at=at, actor=SYSTEM, verb="deputy.called", object_id=call.id)
    return call


def note_opened(session: Session, *, panel_member_id: UUID, at: datetime) -> None:
    """The deputy has opened the case that they were called to: once for each call."""
    rows = select(DeputyCall).where(DeputyCall.panel_member_id == panel_member_id, DeputyCall.opened_at.is_(None))
    for call in session.scalars(rows):
        call.opened_at = at
    session.flush()
