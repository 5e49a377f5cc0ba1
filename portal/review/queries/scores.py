"""Scores and own orders, always through the rule of who sees what and when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from portal.review.access import Standing, may_see_listed
from portal.review.models import ConflictAnswer, InterviewCall, OwnPlace, PanelMember, Score, ScoreChange
from portal.review.own_order import Groups, groups_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.panel import members_of
from portal.review.queries.papers import key_of
from portal.review.visibility import Moment, Viewer, covers, may_see_score

Cell = tuple[UUID, UUID]  # criterion, application


@dataclass(frozen=True, slots=True)
class Mark:
    """A score as it is read: thousands of them make a page, and none is changed."""

    id: UUID
    step: int | None
    present: str | None
    saved_at: datetime


class Vote(NamedTuple):
    """Nothing but what was set, for pages with ten thousand of them."""

    step: int | None
    present: str | None


_MARK = (Score.id, Score.step, Score.present, Score.saved_at)


def own_scores(session: Session, member: PanelMember) -> dict[Cell, Mark]:
    """An assessor's own scores of what they may score."""
    rows = select(Score.criterion_id, Score.application_id, *_MARK).where(Score.panel_member_id == member.id)
    return {(row.criterion_id, row.application_id): _mark(row) for row in session.execute(rows)}


def own_votes(session: Session, member: PanelMember) -> dict[Cell, Vote]:
    """The same where nothing but what was set is asked for."""
    rows = select(Score.criterion_id, Score.application_id, Score.step, Score.present)
    found = session.execute(rows.where(Score.panel_member_id == member.id))
    return {(criterion, application): Vote(step, present) for criterion, application, step, present in found}


def _mark(row: Row[*tuple[Any, ...]]) -> Mark:
    return Mark(row.id, row.step, row.present, row.saved_at)


def own_order(session: Session, member: PanelMember, applications: Iterable[UUID]) -> Groups | None:
    """An assessor's own order as they have saved it; None where they have not."""
    rows = session.scalars(select(OwnPlace).where(OwnPlace.panel_member_id == member.id)).all()
    known = set(applications)
    return groups_of({row.application_id: row.place for row in rows if row.application_id in known}) if rows else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What one viewer sees of the panel's work at one instant."""

    members: Sequence[PanelMember]
    applications: Sequence[Listed]
    scores: Mapping[tuple[UUID, UUID, UUID], Vote]  # member, application, criterion
    orders: Mapping[UUID, Groups]  # by member
    conflicts: frozenset[tuple[UUID, UUID]]  # member, application
    open: bool  # whether the joint view has everything: all have handed in, or the last minute has passed

    def handed_in(self) -> list[PanelMember]:
        """The members who have handed in."""
        return [member for member in self.members if member.handed_in_at is not None]


def seen_scores(session: Session, case: Case, at: datetime) -> Seen:
    """The scores and orders that the person of ``case`` may see at ``at``, with the same rule for both."""
    members = members_of(session, case.ad.id)
    ids = [member.id for member in members]
    conflicts = frozenset(_conflicts(session, ids))
    rule = _Rule(case, members, conflicts, at)
    key = (Score.panel_member_id, Score.application_id, Score.criterion_id)
    scores = session.execute(select(*key, Score.step, Score.present).where(Score.panel_member_id.in_(ids)))
    place = (OwnPlace.panel_member_id, OwnPlace.application_id, OwnPlace.place)
    places = session.execute(select(*place).where(OwnPlace.panel_member_id.in_(ids)))
    listed = case.listed
    return Seen(
        members=members,
        applications=listed,
        scores={
            (member, application, criterion): Vote(step, present)
            for member, application, criterion, step, present in scores
            if rule.shows(member, application)
        },
        orders=_orders([row for row in places if rule.shows(row.panel_member_id, row.application_id)]),
        conflicts=conflicts,
        open=rule.joint_is_open(),
    )


def _conflicts(session: Session, member_ids: list[UUID]) -> Iterable[tuple[UUID, UUID]]:
    rows = select(ConflictAnswer.panel_member_id, ConflictAnswer.application_id)
    found = session.execute(rows.where(ConflictAnswer.panel_member_id.in_(member_ids), ConflictAnswer.has_conflict))
    return [(row.panel_member_id, row.application_id) for row in found]


def _orders(places: Iterable[Row[*tuple[Any, ...]]]) -> dict[UUID, Groups]:
    by_member: dict[UUID, dict[UUID, int]] = {}
    for row in sorted(places, key=lambda row: (row.place, row.application_id)):
        by_member.setdefault(row.panel_member_id, {})[row.application_id] = row.place
    return {member: groups_of(own) for member, own in by_member.items()}


class _Rule:
    """`visibility.may_see_score` asked for one case, one viewer and one instant."""

    def __init__(
        self, case: Case, members: Sequence[PanelMember], conflicts: frozenset[tuple[UUID, UUID]], at: datetime
    ) -> None:
        self.case, self.conflicts, self.at = case, conflicts, at
        self.members = {member.id: member for member in members}
        self.listed = {row.id: row for row in case.applications if may_see_listed(case.standing, row.id)}
        self._shown: dict[tuple[UUID, UUID], bool] = {}

    def shows(self, author_id: UUID, application_id: UUID) -> bool:
        """Whether the viewer sees what this author says of this application; asked once for all its criteria."""
        pair = (author_id, application_id)
        if pair not in self._shown:
            self._shown[pair] = self._shows(author_id, application_id)
        return self._shown[pair]

    def _shows(self, author_id: UUID, application_id: UUID) -> bool:
        application = self.listed.get(application_id)
        if application is None or (author_id, application_id) in self.conflicts:
            return False
        return may_see_score(self._viewer(author_id), self._moment(author_id, application))

    def joint_is_open(self) -> bool:
        """Whether the joint view has every application that anybody judges."""
        moments = [self._moment(None, application) for application in self.listed.values()]
        judged = [moment for moment in moments if moment.handed_in]
        return bool(judged) and all(may_see_score(Viewer.JOINT, moment) for moment in judged)

    def _viewer(self, author_id: UUID) -> Viewer:
        who: Standing = self.case.standing
        if self.case.member is not None and self.case.member.id == author_id:
            return Viewer.AUTHOR
        return Viewer.ASSESSOR if who.named else Viewer.JOINT

    def _moment(self, author_id: UUID | None, application: Listed) -> Moment:
        arrived = application.submitted_at
        judging = [m for m in self.members.values() if (m.id, application.id) not in self.conflicts]
        author, viewer = self.members.get(author_id) if author_id else None, self.case.member
        return Moment(
            author_in=author is not None and covers(author.handed_in_at, arrived),
            viewer_in=viewer is not None and covers(viewer.handed_in_at, arrived),
            handed_in=[covers(member.handed_in_at, arrived) for member in judging],
            last_minute=self.case.hand_in_by,
            at=self.at,
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a score: what it was, when, and why where it was made after handing in."""

    former_step: int | None
    former_present: str | None
    changed_at: datetime
    reason: str


def changes_of(session: Session, score: Mark, application: Listed) -> list[Change]:
    """A score's history, the oldest first. For its author, and for whoever may see the score."""
    rows = session.scalars(
        select(ScoreChange).where(ScoreChange.score_id == score.id).order_by(ScoreChange.changed_at, ScoreChange.id)
    ).all()
    key = key_of(session, application) if rows else None
    return [
        Change(
            row.former_step,
            row.former_present,
            row.changed_at,
            key.open_text(f"score_change.{row.id}", row.reason_sealed) if key and row.reason_sealed else "",
        )
        for row in rows
    ]


def calls_of(session: Session, ad_id: UUID) -> dict[UUID, InterviewCall]:
    """Who has been called to interview, by application."""
    rows = session.scalars(select(InterviewCall).where(InterviewCall.ad_id == ad_id))
    return {row.application_id: row for row in rows}
