"""Scores and own orders, always through the rule of who sees what and when."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy import case as only_where
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.many_ids import each_of
from portal.review.models import InterviewCall, OwnPlace, PanelMember, Score, ScoreChange
from portal.review.own_order import Groups, among, groups_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.panel import members_of
from portal.review.queries.papers import key_of
from portal.review.queries.rule import Rule
from portal.review.queries.seats import Seats, seats_of
from portal.review.requirements import krav_first

Cell = tuple[UUID, UUID]  # criterion, application


@dataclass(frozen=True, slots=True)
class Mark:
    """A score as it is read: thousands of them make a page, and none is changed."""

    id: UUID
    step: int | None
    present: str | None
    saved_at: datetime
    material: int | None = None
    changed: bool = False  # whether it has a history; asked for by `marks_and_places` alone


class Vote(NamedTuple):
    """Nothing but what was set, for pages with ten thousand of them."""

    step: int | None
    present: str | None
    material: int | None = None  # how much there was to go by


_MARK = (Score.id, Score.step, Score.present, Score.saved_at, Score.material)


def own_scores(session: Session, member: PanelMember) -> dict[Cell, Mark]:
    """An assessor's own scores of what they may score."""
    rows = select(Score.criterion_id, Score.application_id, *_MARK).where(Score.panel_member_id == member.id)
    return {(row.criterion_id, row.application_id): _mark(row) for row in session.execute(rows)}


def own_marks(session: Session, member: PanelMember, applications: Collection[UUID]) -> dict[Cell, Mark]:
    """The same of a few applications."""
    rows = select(Score.criterion_id, Score.application_id, *_MARK).where(
        Score.panel_member_id == member.id, Score.application_id.in_(applications)
    )
    return {(row.criterion_id, row.application_id): _mark(row) for row in session.execute(rows)}


def own_votes(session: Session, member: PanelMember, applications: Collection[UUID]) -> dict[Cell, Vote]:
    """The same where nothing but what was set is asked for."""
    rows = select(Score.criterion_id, Score.application_id, Score.step, Score.present, Score.material)
    found = session.execute(rows.where(Score.panel_member_id == member.id, Score.application_id.in_(applications)))
    return {(criterion, one): Vote(step, present, said) for criterion, one, step, present, said in found}


def marks_and_places(
    session: Session, member: PanelMember, near: Collection[UUID]
) -> tuple[dict[Cell, Mark], set[Cell]]:
    """Both of a way through the candidates, in one statement: the own scores of a few, and where anything is set at all."""
    key = (Score.criterion_id, Score.application_id)
    mark = (*_MARK, select(ScoreChange.id).where(ScoreChange.score_id == Score.id).exists())
    is_near = Score.application_id.in_(near)
    rows = session.execute(
        select(*key, *(only_where((is_near, column)) for column in mark)).where(Score.panel_member_id == member.id)
    ).all()
    return {row[:2]: Mark(*row[2:]) for row in rows if row[2] is not None}, {row[:2] for row in rows}


def scored_places(session: Session, member: PanelMember) -> set[Cell]:
    """What an assessor has set anything on, and nothing of what was set."""
    rows = select(Score.criterion_id, Score.application_id).where(Score.panel_member_id == member.id)
    return {(criterion, application) for criterion, application in session.execute(rows)}


def criteria_judged(session: Session, case: Case, member: PanelMember) -> list[tuple[AdCriterion, int]]:
    """The ad's criteria in the order in which is judged, each with of how many an assessor has set it. Counted are those
    of whom it is asked: not who has fallen on a krav, nor of whom there is jäv or whose papers are to be masked anew, nor who
    is no longer a candidate."""
    asked = [row.id for row in case.to_judge if not row.fallen]
    counted = (
        select(Score.criterion_id, func.count().label("judged"))
        .where(
            Score.panel_member_id == member.id,
            Score.application_id.in_(select(each_of(asked, session.get_bind().dialect))),
        )
        .group_by(Score.criterion_id)
        .subquery()
    )
    rows = session.execute(
        select(AdCriterion, func.coalesce(counted.c.judged, 0))
        .outerjoin(counted, counted.c.criterion_id == AdCriterion.id)
        .where(AdCriterion.ad_id == case.ad.id)
        .order_by(AdCriterion.position, AdCriterion.id)
    ).all()
    judged = {row.id: count for row, count in rows}
    return [(row, judged[row.id]) for row in krav_first([row for row, _ in rows])]


def _mark(row: Row[*tuple[Any, ...]]) -> Mark:
    return Mark(row.id, row.step, row.present, row.saved_at, row.material)


def own_order(session: Session, member: PanelMember, applications: Iterable[UUID]) -> Groups | None:
    """An assessor's own order as they have saved it; None where they have not."""
    rows = session.scalars(select(OwnPlace).where(OwnPlace.panel_member_id == member.id)).all()
    known = set(applications)
    return groups_of({row.application_id: row.place for row in rows if row.application_id in known}) if rows else None


@dataclass(frozen=True, slots=True)
class Visible:
    """What one viewer sees of the panel's work at one instant."""

    members: Sequence[PanelMember]
    applications: Sequence[Listed]
    scores: Mapping[tuple[UUID, UUID, UUID], Vote]  # member, application, criterion
    orders: Mapping[UUID, Groups]  # by member
    counted: Mapping[UUID, Groups]  # by member, for the joint order alone and never shown: also of whom is not seen
    conflicts: frozenset[tuple[UUID, UUID]]  # member, application
    notes_shut: frozenset[tuple[UUID, UUID]]  # member, application: whose scores are seen and whose notes wait for all
    open: bool  # whether the joint view has everything: all have handed in, or the last minute has passed
    waiting_for: Sequence[PanelMember]  # who judges something that they have not handed in
    seats: Seats  # who judges what


def seen_scores(session: Session, case: Case, at: datetime) -> Visible:
    """The scores and orders that the person of ``case`` may see at ``at``, with the same rule for both, and what of the
    orders counts in the joint one."""
    members = members_of(session, case.ad.id)
    ids = [member.id for member in members]
    seats = seats_of(session, case.ad.id, members)
    rule = Rule(case, seats, at)
    key = (Score.panel_member_id, Score.application_id, Score.criterion_id)
    given = (Score.step, Score.present, Score.material)
    scores = session.execute(select(*key, *given).where(Score.panel_member_id.in_(ids)).order_by(*key[:2]))
    place = (OwnPlace.panel_member_id, OwnPlace.application_id, OwnPlace.place)
    places = session.execute(select(*place).where(OwnPlace.panel_member_id.in_(ids))).all()
    listed, orders = case.listed, _orders([row for row in places if rule.shows(*row[:2])])
    all_seen = len(listed) == len(case.applications)
    return Visible(
        members=members,
        applications=listed,
        scores={
            (member, application, criterion): Vote(step, present, material)
            for (member, application), own in groupby(
                scores, itemgetter(0, 1)
            )  # ten thousand votes of a fifth as many pairs
            if rule.shows(member, application)
            for _, _, criterion, step, present, material in own
        },
        orders=orders,
        counted=orders if all_seen else _orders([row for row in places if rule.counts(*row[:2])]),
        conflicts=seats.conflicts,
        notes_shut=rule.notes_shut(),
        open=rule.joint_is_open(),
        waiting_for=seats.waiting_for(listed),
        seats=seats,
    )


def handed_in_of(case: Case, seen: Visible) -> Visible:
    """Of what is seen what its author's handing in covers: scores and orders."""
    seats = seen.seats
    covered = {
        id: {row.id for row in case.applications if seats.covers(member, row.id)}
        for id, member in seats.members.items()
    }
    orders = {id: among(own, covered[id]) for id, own in seen.orders.items()}
    counted = {id: among(own, covered[id]) for id, own in seen.counted.items()}
    return replace(
        seen,
        scores={key: vote for key, vote in seen.scores.items() if key[1] in covered[key[0]]},
        orders={id: own for id, own in orders.items() if own},
        counted={id: own for id, own in counted.items() if own},
    )


@dataclass(frozen=True, slots=True)
class Statements:
    """What one viewer sees of the panel's scores of some applications. ``votes`` by member, application, criterion."""

    members: Sequence[PanelMember]
    votes: Mapping[tuple[UUID, UUID, UUID], Vote]


def seen_statements(session: Session, case: Case, at: datetime, applications: Iterable[UUID]) -> Statements:
    """The scores of these applications alone, by the same rule as `seen_scores`."""
    members = members_of(session, case.ad.id)
    ids = [member.id for member in members]
    rule = Rule(case, seats_of(session, case.ad.id, members), at)
    key = (Score.panel_member_id, Score.application_id, Score.criterion_id)
    rows = select(*key, Score.step, Score.present).where(
        Score.panel_member_id.in_(ids), Score.application_id.in_(list(applications))
    )
    return Statements(
        members,
        {
            (member, application, criterion): Vote(step, present)
            for member, application, criterion, step, present in session.execute(rows)
            if rule.shows(member, application)
        },
    )


def _orders(places: Iterable[Row[*tuple[Any, ...]]]) -> dict[UUID, Groups]:
    by_member: dict[UUID, dict[UUID, int]] = {}
    for member, application, place in sorted(places, key=lambda row: (row[2], row[1].int)):
        by_member.setdefault(member, {})[application] = place
    return {member: groups_of(own) for member, own in by_member.items()}


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
