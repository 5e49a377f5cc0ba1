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


def fill_in(session: Session, *, case: Case, boxes: Sequence[Filled], at: datetime) -> tuple[int, int]:
    """Save each; not of one whom the assessor does not judge: taken back since the page was opened, with jäv by now, or
    nobody at all. How many were saved, and how many left. Raises what a single score would: then of none is anything."""
    judged = {row.id: row.judged for row in criteria_of(session, case.ad.id)}
    known = {row.id for row in case.to_judge}
    there = [box for box in boxes if box.application_id in known]
    for box in there:
        if box.criterion_id not in judged:
            raise NotOpenToYou
        about = {"application_id": box.application_id, "criterion_id": box.criterion_id, "at": at}
        if judged[box.criterion_id] == "finns":
            save_presence(session, case=case, present=read_presence(box.value), **about)  # type: ignore[arg-type]
        else:
            save_step(session, case=case, step=read_step(box.value), **about)  # type: ignore[arg-type]
    return len(there), len(boxes) - len(there)
