"""Panels, and for a share of the ads what they think: conflicts answered, scores, own orders, handed in."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal.demo.services.sowing.ads import SownAd
from portal.demo.services.sowing.rows import Sowing, Values
from portal.demo.sweden import SCORED
from portal.review.models import ConflictAnswer, OwnPlace, PanelMember, ReviewCase, Score
from portal.review.own_order import places_of
from portal.review.phases import Phase
from portal.review.ranking import starting_order

TO_ASSESS = timedelta(days=2)  # after the last day to apply
Steps = dict[UUID, dict[UUID, int | None]]  # by application and criterion


def sow_panel(
    session: Session,
    ad: SownAd,
    people: Sequence[UUID],
    applications: Sequence[UUID],
    sowing: Sowing,
) -> None:
    """Name the panel. Where the ad is to be scored: everybody is clear of everybody and has scored the first thousand,
    and has handed in where that is all."""
    last_minute = ad.closes + TO_ASSESS
    case = ReviewCase(
        id=sowing.dice.id(), **ad.walls.own(), ad_id=ad.id, phase=Phase.OPEN, hand_in_by=last_minute,
        created_at=ad.closes,
    )  # fmt: skip
    all_scored = ad.plan.scored and len(applications) <= SCORED
    members = [
        PanelMember(
            id=sowing.dice.id(), **ad.walls.own(), ad_id=ad.id, person_id=person, position=position, leads=position == 1,
            added_at=ad.closes, handed_in_at=last_minute - timedelta(hours=3) if all_scored else None,
        )
        for position, person in enumerate(people, 1)
    ]  # fmt: skip
    ids = [member.id for member in members]
    sowing.add(session, [case])
    sowing.add(session, members)
    if not ad.plan.scored:
        return
    merits = {one: sowing.dice.random.uniform(0.2, 2.8) for one in applications[:SCORED]}
    for member in ids:
        sowing.pour(session, ConflictAnswer, _answers(ad, member, applications, sowing))
        steps: Steps = {one: {} for one in merits}
        sowing.pour(session, Score, _scores(ad, member, merits, steps, sowing))
        if all_scored:
            sowing.pour(session, OwnPlace, _order(ad, member, steps, sowing))


def _answers(ad: SownAd, member: UUID, applications: Sequence[UUID], sowing: Sowing) -> Iterator[Values]:
    for one in applications:
        yield dict(
            id=sowing.dice.id(), **ad.walls.own(), panel_member_id=member, application_id=one, has_conflict=False,
            answered_at=ad.closes + timedelta(hours=1),
        )  # fmt: skip


def _scores(ad: SownAd, member: UUID, merits: dict[UUID, float], steps: Steps, sowing: Sowing) -> Iterator[Values]:
    """One assessor's scores; ``steps`` is filled with those by the scale."""
    saved: datetime = ad.closes + timedelta(hours=2)
    for one, merit in merits.items():
        for criterion in ad.criteria:
            by_scale = criterion.judged == "skala"
            if by_scale:
                steps[one][criterion.id] = sowing.dice.step(merit)
            yield dict(
                id=sowing.dice.id(), **ad.walls.own(), panel_member_id=member, application_id=one, criterion_id=criterion.id,
                step=steps[one].get(criterion.id), present=None if by_scale else "ja", saved_at=saved,
            )  # fmt: skip


def _order(ad: SownAd, member: UUID, steps: Steps, sowing: Sowing) -> Iterator[Values]:
    weights = {row.id: row.weight for row in ad.criteria if row.judged == "skala"}
    for one, place in places_of(starting_order(steps, weights)).items():
        yield dict(id=sowing.dice.id(), **ad.walls.own(), panel_member_id=member, application_id=one, place=place)
