"""The guide, and the cards of a candidate's interview through the rule of who sees what and when (`review.visibility`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.ads.states import AdState
from portal.interviews.models import InterviewCard, InterviewMark, InterviewQuestion
from portal.interviews.queries.slots import members_taking_part
from portal.review.access import judges
from portal.review.models import PanelMember
from portal.review.phases import Phase
from portal.review.queries.case import Case, Listed
from portal.review.queries.panel import members_of
from portal.review.queries.seats import Seats, seats_of
from portal.review.visibility import Moment, Viewer, may_see_card
from portal.vault.services import ApplicationKey, open_application_keys


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

    @property
    def shown(self) -> tuple[Card, ...]:
        """All that the reader may see, their own first."""
        return (self.own, *self.others) if self.own is not None else self.others


def met_in(session: Session, application_ids: Iterable[UUID]) -> set[UUID]:
    """Of these candidates, those of whose meeting somebody has handed in a card: it came off."""
    handed_in = select(InterviewCard.application_id).where(
        InterviewCard.application_id.in_(list(application_ids)), InterviewCard.handed_in_at.is_not(None)
    )
    return set(session.scalars(handed_in))


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
    """The cards of one candidate, as the case's person may see them."""
    return cards_of(session, case, [application], at)[application.id]


def cards_of(session: Session, case: Case, applications: Sequence[Listed], at: datetime) -> dict[UUID, Cards]:
    """The cards of each candidate with the rule of C6: the author always, another assessor when both have handed in, the
    office and every export when all have, and from when it is decided what is handed in. All are those who take part in
    the booked meeting and those who keep a card anyhow; where nothing is booked, all who judge the candidate. A card of
    whom jäv has come to bind is nobody's."""
    members = members_of(session, case.ad.id)
    seats = seats_of(session, case.ad.id, members)
    kept: dict[UUID, dict[UUID, InterviewCard]] = {row.id: {} for row in applications}
    for card in session.scalars(select(InterviewCard).where(InterviewCard.application_id.in_(list(kept)))):
        if card.panel_member_id in seats.members:
            kept[card.application_id][card.panel_member_id] = card
    taking_part = members_taking_part(session, list(kept))
    tables = {row.id: _table(case, row, seats, kept[row.id], taking_part.get(row.id), at) for row in applications}
    return _opened(session, applications, members, tables)


@dataclass(frozen=True, slots=True)
class _Table:
    """Whose cards there are of one candidate: the reader's own place, those they see, and how many stay sealed."""

    me: UUID | None
    shown: Sequence[InterviewCard]
    sealed: int


def _table(
    case: Case,
    application: Listed,
    seats: Seats,
    cards: Mapping[UUID, InterviewCard],
    taking_part: Collection[UUID] | None,
    at: datetime,
) -> _Table:
    judging = [member.id for member in seats.judging(application.id)]
    expected = [id for id in judging if taking_part is None or id in taking_part or id in cards]
    me = case.member.id if case.member is not None and judges(case.standing, application.id) else None
    handed_in = {id: id in cards and cards[id].handed_in_at is not None for id in expected}
    moment = Moment(
        author_in=False, viewer_in=bool(me and handed_in.get(me)), handed_in=list(handed_in.values()), last_minute=None,
        at=at, deciding=case.phase is Phase.DECISION or case.ad.state == AdState.ENDED,
    )  # fmt: skip
    valid = [id for id in judging if id in cards]
    shown = [id for id in valid if may_see_card(_viewer(id, me), replace(moment, author_in=handed_in[id]))]
    return _Table(me, [cards[id] for id in shown], len(valid) - len(shown))


def _viewer(author: UUID, me: UUID | None) -> Viewer:
    if me is None:
        return Viewer.JOINT
    return Viewer.AUTHOR if author == me else Viewer.ASSESSOR


def _opened(
    session: Session, applications: Sequence[Listed], members: Sequence[PanelMember], tables: Mapping[UUID, _Table]
) -> dict[UUID, Cards]:
    names = {member.id: member.person.name for member in members}
    shown = [card for table in tables.values() for card in table.shown]
    owners = {card.application_id for card in shown}
    keys = open_application_keys(session, {row.id: row.controller_id for row in applications if row.id in owners})
    said: dict[UUID, dict[UUID, Said]] = {}
    for mark in marks_of(session, [card.id for card in shown]) if shown else ():
        if mark.application_id in keys:
            said.setdefault(mark.card_id, {})[mark.criterion_id] = _said(keys[mark.application_id], mark)
    found = {}
    for id, table in tables.items():
        cards = [
            Card(names[one.panel_member_id], one.panel_member_id == table.me, one.handed_in_at, said.get(one.id, {}))
            for one in table.shown
        ]
        own = next((card for card in cards if card.own), None)
        found[id] = Cards(own, tuple(card for card in cards if not card.own), table.sealed)
    return found


def _said(key: ApplicationKey, mark: InterviewMark) -> Said:
    note = key.open_text(f"interview_mark.{mark.id}", mark.note_sealed) if mark.note_sealed else ""
    return Said(mark.judged, mark.step, mark.present, note, mark.saved_at)
