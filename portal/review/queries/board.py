"""The joint view's board, made of what somebody sees."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.review.joint import Assessor, Board, Criterion, joint_order
from portal.review.own_order import Groups, among
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.scores import Visible
from portal.review.wording import short_name


def board_of(
    session: Session, case: Case, seen: Visible, criteria: Sequence[AdCriterion], *, fallen: bool = False
) -> Board:
    """The criteria judged by the scale, with the scores and orders of ``seen``, as the case's person may know them.

    Of those who have fallen on a krav, or of all others: a person has set the first apart, and they have no place.
    """
    own = case.member.id if case.member else None
    scale = {row.id for row in criteria if row.judged == "skala"}
    names = labels_of(session, case, [row for row in seen.applications if row.fallen is fallen])
    return Board(
        criteria=[
            Criterion(row.id, short_name(row.text), row.weight, row.kind == "merit")
            for row in criteria
            if row.judged == "skala"
        ],
        assessors=[Assessor(member.id, member.person.name, member.id == own) for member in seen.members],
        candidates=names,
        steps={key: vote.step for key, vote in seen.scores.items() if key[2] in scale and key[1] in names}
        if names
        else {},
        orders=seen.orders if seen.open and not fallen else {},
        conflicts=frozenset(pair for pair in seen.conflicts if pair[1] in names),
        materials={key: vote.material for key, vote in seen.scores.items() if vote.material},
        order=joint_order_seen(case, seen) if seen.open and not fallen else None,
    )


def joint_order_seen(case: Case, seen: Visible) -> Groups:
    """The joint order of all whom anybody has compared, and then without those whom the case's person does not see.

    Made of those alone whom they see it would be another for whoever has jäv: two of whom as many say the one as the other
    can stand apart by a third, whom only some have ordered. Nothing tells where somebody was left out.
    """
    whole = joint_order(seen.counted.values(), [row.id for row in case.applications if not row.fallen])
    return among(whole, {row.id for row in seen.applications})
