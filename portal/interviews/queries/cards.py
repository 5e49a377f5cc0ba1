"""The guide, and the cards of a candidate's interview through the rule of who sees what and when (`review.visibility`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.interviews.models import InterviewCard, InterviewMark, InterviewQuestion
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import Case, Listed
from portal.review.queries.panel import is_in, members_of
from portal.review.visibility import Moment, Viewer, may_see_score
from portal.vault.services import ApplicationKey, open_application_key


def questions_of(session: Session, ad_id: UUID) -> dict[UUID, InterviewQuestion]:
    """The guide of a recruitment, by criterion."""
    rows = (
        select(InterviewQuestion)
        .join(AdCriterion, AdCriterion.id == InterviewQuestion.criterion_id)
        .where(AdCriterion.ad_id == ad_id)
    )
    return {row.criterion_id: row for row in session.scalars(rows)}


@dataclass(frozen=True, slots=True)
class Said:
    """What a card says by one criterion. ``judged`` is false where there is a note alone."""

    judged: bool
    step: int | None
    present: str | None
    note: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Card:
    """One assessor's card, as its reader may see it."""

    name: str
    own: bool
    handed_in_at: datetime | None
    said: Mapping[UUID, Said]  # by criterion


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of one candidate that the reader may see, and how many there are that they may not see yet."""

    own: Card | None
    others: tuple[Card, ...]
    sealed: int


def own_card(session: Session, member: PanelMember, application_id: UUID) -> InterviewCard | None:
    """An assessor's own card of a candidate."""
    own = select(InterviewCard).where(
        InterviewCard.panel_member_id == member.id, InterviewCard.application_id == application_id
    )
    return session.scalars(own).one_or_none()


def marks_of(session: Session, card_ids: Sequence[UUID]) -> Sequence[InterviewMark]:
    """All that these cards say."""
    return session.scalars(select(InterviewMark).where(InterviewMark.card_id.in_(card_ids))).all()


def cards_seen(session: Session, case: Case, application: Listed, at: datetime) -> Cards:
    """The cards of a candidate, with the rule of C6: the author always, another assessor when both have handed in, the
    office when everybody who keeps one has. A card of whom jäv has come to bind is nobody's."""
    rows = session.execute(
        select(InterviewCard, PanelMember)
        .join(PanelMember, PanelMember.id == InterviewCard.panel_member_id)
        .outerjoin(
            ConflictAnswer,
            (ConflictAnswer.panel_member_id == PanelMember.id)
            & (ConflictAnswer.application_id == InterviewCard.application_id)
            & ConflictAnswer.has_conflict,
        )
        .where(InterviewCard.application_id == application.id, ConflictAnswer.id.is_(None), is_in())
        .order_by(PanelMember.position, PanelMember.id)
    ).all()
    kept = [(row.InterviewCard, row.PanelMember) for row in rows]
    me = case.member.id if case.member is not None and case.standing.named else None
    mine = next((card for card, member in kept if member.id == me), None)
    shown = [
        (card, member) for card, member in kept
        if may_see_score(_viewer(member.id, me), _moment(card, mine, kept, at))
    ]  # fmt: skip
    opened = _opened(session, application, case, shown, me)
    return Cards(
        own=next((card for card in opened if card.own), None),
        others=tuple(card for card in opened if not card.own),
        sealed=len(kept) - len(shown),
    )


def _viewer(author: UUID, me: UUID | None) -> Viewer:
    if me is None:
        return Viewer.JOINT
    return Viewer.AUTHOR if author == me else Viewer.ASSESSOR


def _moment(
    card: InterviewCard, mine: InterviewCard | None, kept: Sequence[tuple[InterviewCard, PanelMember]], at: datetime
) -> Moment:
    return Moment(
        author_in=card.handed_in_at is not None,
        viewer_in=mine is not None and mine.handed_in_at is not None,
        handed_in=[one.handed_in_at is not None for one, _ in kept],
        last_minute=None,
        at=at,
    )


def _opened(
    session: Session,
    application: Listed,
    case: Case,
    shown: Sequence[tuple[InterviewCard, PanelMember]],
    me: UUID | None,
) -> list[Card]:
    if not shown:
        return []
    names = {member.id: member.person.name for member in members_of(session, case.ad.id)}
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    said: dict[UUID, dict[UUID, Said]] = {}
    for mark in marks_of(session, [card.id for card, _ in shown]):
        said.setdefault(mark.card_id, {})[mark.criterion_id] = _said(key, mark)
    return [
        Card(names.get(member.id, "Tidigare bedömare"), member.id == me, card.handed_in_at, said.get(card.id, {}))
        for card, member in shown
    ]


def _said(key: ApplicationKey, mark: InterviewMark) -> Said:
    note = key.open_text(f"interview_mark.{mark.id}", mark.note_sealed) if mark.note_sealed else ""
    return Said(mark.judged, mark.step, mark.present, note, mark.saved_at)
