"""A paper that cannot be read: said by an assessor, mended by the office. Nobody learns anything of scores by it."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.organisations.access import Actor
from portal.review.access import may_name_panel, may_see_listed
from portal.review.emails import post_readable_now
from portal.review.models import UnreadablePaper
from portal.review.queries.case import Case
from portal.review.queries.unreadable import is_paper_of, reports_of
from portal.review.refusals import NotOpenToYou
from portal.review.services.scoring import scorable
from portal.scope import walls_of


def report_unreadable(
    session: Session, *, case: Case, application_id: UUID, paper_id: UUID, at: datetime
) -> UnreadablePaper:
    """An assessor cannot read this paper of a candidate (``paper_id`` is the application's own for all of it).

    While it waits, the same again changes nothing; once answered it waits anew. Raises NotOpenToYou, or a Refusal as
    `scorable`.
    """
    member, application = scorable(case, application_id, at)
    if not is_paper_of(session, application_id, paper_id):
        raise NotOpenToYou
    own = select(UnreadablePaper).where(
        UnreadablePaper.panel_member_id == member.id, UnreadablePaper.paper_id == paper_id
    )
    row = session.scalars(own.with_for_update()).one_or_none()
    if row is not None and row.answered_at is None:
        return row
    if row is None:
        row = UnreadablePaper(
            id=uuid4(), **walls_of(application, with_authority=False), panel_member_id=member.id,
            application_id=application_id, paper_id=paper_id,
        )  # fmt: skip
        session.add(row)
    row.reported_at, row.answered_at, row.answered_by = at, None, None
    session.flush()
    who = person_actor(member.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="paper.unreadable", object_id=application_id)
    return row


def say_readable(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, paper_id: UUID, at: datetime
) -> None:
    """The office says that a paper can be read now, and each assessor who could not gets a mail. Twice changes nothing.

    Raises NotOpenToYou.
    """
    if not may_name_panel(case.standing) or not may_see_listed(case.standing, application_id):
        raise NotOpenToYou
    waiting = [row for row in reports_of(session, case.ad.id, paper_id) if row.application_id == application_id]
    if not waiting and not is_paper_of(session, application_id, paper_id):
        raise NotOpenToYou
    for row in waiting:
        row.answered_at, row.answered_by = max(at, row.reported_at), actor.person_id
        post_readable_now(session, row, at=at)
    session.flush()
    if waiting:
        who = person_actor(actor.person_id)
        record(session, chain=case.ad.party_id, at=at, actor=who, verb="paper.readable", object_id=application_id)
