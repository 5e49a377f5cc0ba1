"""Many own scores at once, typed in from the own matrix or from paper: all of them, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.ads.queries import criteria_of
from portal.review.queries.case import Case
from portal.review.refusals import NotOpenToYou
from portal.review.services.scoring import save_presence, save_step
from portal.review.steps import read_presence, read_step


@dataclass(frozen=True, slots=True)
class Filled:
    """One box: whose, by which criterion, and the value as the form says it."""

    application_id: UUID
    criterion_id: UUID
    value: str


def fill_in(session: Session, *, case: Case, boxes: Sequence[Filled], at: datetime) -> int:
    """Save each. Returns how many. Raises what a single score would: of none is anything saved then."""
    judged = {row.id: row.judged for row in criteria_of(session, case.ad.id)}
    for box in boxes:
        if box.criterion_id not in judged:
            raise NotOpenToYou
        about = {"application_id": box.application_id, "criterion_id": box.criterion_id, "at": at}
        if judged[box.criterion_id] == "finns":
            save_presence(session, case=case, present=read_presence(box.value), **about)  # type: ignore[arg-type]
        else:
            save_step(session, case=case, step=read_step(box.value), **about)  # type: ignore[arg-type]
    return len(boxes)
