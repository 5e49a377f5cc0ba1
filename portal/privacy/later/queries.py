"""Whether a candidate is asked to be kept for later, until when they are, and whom the office finds who is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.queries import current_version_of
from portal.applications.later import may_be_asked
from portal.applications.models import Application, LaterConsent
from portal.applications.states import COUNTS
from portal.contracts.models import Employment
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import Keeping
from portal.review.access import Standing, may_see_listed, may_see_name
from portal.review.blind.models import Masking
from portal.review.deciding.models import DecidingAnswer
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from portal.review.phases import Phase
from portal.review.queries.papers import names_of
from portal.review.queries.person import is_in
from portal.swedish_names import alphabetical


def is_asked(session: Session, application: Application, keeping: Keeping) -> bool:
    """Whether the candidate may say yes now."""
    ad = current_version_of(session, application.ad_id)
    asked = may_be_asked(
        by_party=application.controller_id == application.party_id,
        state=application.state,
        decided=application.decided_at is not None or (ad is not None and ad.ended),
        decided_as=application.decided_as,
    )
    return asked and keeping.why is not Kept.EMPLOYMENT


@dataclass(frozen=True, slots=True)
class Saved:
    """One candidate who may be asked about later posts, as the page shows them."""

    application_id: UUID
    ad_id: UUID
    title: str
    name: str  # or code name
    consented_at: datetime
    until: date


class _Named(NamedTuple):
    """What opening a name needs."""

    id: UUID
    controller_id: UUID
    name_sealed: bytes | None


def saved_for_later(session: Session, *, person_id: UUID, without: set[UUID], on: date) -> list[Saved]:
    """Those of the party who have said yes and whose consent covers the day ``on``, the first to end first, as one of its
    office may know them: nobody they have jäv for, nobody of a recruitment they have applied to (``without``)."""
    rows = [
        row
        for row in session.execute(_rows(person_id))
        if row.Ad.id not in without and row.LaterConsent.until >= on and may_see_listed(_standing(row), row.id)
    ]
    named = [row for row in rows if may_see_name(_standing(row), row.id)]
    known = names_of(session, [_Named(row.id, row.controller_id, row.name_sealed) for row in named])
    names = {row.id: row.code_name for row in rows if row not in named and row.code_name} | known
    found = [
        Saved(row.id, row.Ad.id, row.Ad.title, names[row.id], row.LaterConsent.consented_at, row.LaterConsent.until)
        for row in rows
        if row.id in names
    ]
    return sorted(found, key=lambda one: (one.until, alphabetical(one.name), one.application_id))


def _rows(person_id: UUID) -> Any:
    """Everything that decides who is shown, in one statement."""
    employed = select(Employment.id).where(
        Employment.application_id == Application.id, Employment.never_began.is_(False)
    )
    own, answer, decides = PanelMember, ConflictAnswer, DecidingAnswer
    return (
        select(
            LaterConsent, Ad, ReviewCase, is_in().label("sits"), Application.id, Application.controller_id,
            Application.name_sealed, Application.called_at, Masking.code_name, Masking.approved_at, or_(
                func.coalesce(answer.has_conflict, False), func.coalesce(decides.has_conflict, False)
            ).label("has_conflict"), func.coalesce(answer.answered_at, decides.answered_at).label("answered_at"),
        )
        .join(Application, Application.id == LaterConsent.application_id)
        .join(Ad, Ad.id == Application.ad_id)
        .outerjoin(ReviewCase, ReviewCase.ad_id == Ad.id)
        .outerjoin(own, and_(own.ad_id == Ad.id, own.person_id == person_id))
        .outerjoin(Masking, Masking.application_id == Application.id)
        .outerjoin(answer, and_(answer.application_id == Application.id, answer.panel_member_id == own.id))
        .outerjoin(decides, and_(decides.application_id == Application.id, decides.person_id == person_id))
        .where(Application.state.in_(COUNTS), ~employed.exists())
    )  # fmt: skip


def _standing(row: Row[Any]) -> Standing:
    """What one of the office is to one application. A deputy counts as one of the panel: they see whom they have answered
    about, and fewer rather than more."""
    this, review = frozenset({row.id}), row.ReviewCase
    none: frozenset[UUID] = frozenset()
    return Standing(
        office=True,
        named=bool(row.sits),
        conflicts=this if row.has_conflict else none,
        clear=this if row.answered_at is not None and not row.has_conflict else none,
        phase=Phase(review.phase) if review is not None else Phase.CONFLICTS,
        blind=review is not None and review.blind,
        approved=this if row.approved_at is not None else none,
        shortlisted=this if row.called_at is not None else none,
        later=this if row.LaterConsent.alone_at is not None else none,
    )
