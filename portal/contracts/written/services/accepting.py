"""The yes to an offered contract, by its own day: that it was written down later takes nothing from it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.written.models import Contract
from portal.contracts.written.queries import Held, accepted_day, contract_of
from portal.contracts.written.refusals import (
    YES_AFTER_IT_WAS_OFF,
    YES_AFTER_THE_END,
    YES_BEFORE_OFFER,
    YES_TO_COME,
    AcceptedAlready,
    WrongDayOfYes,
)
from portal.contracts.written.services.writing import not_now, note_in_log
from portal.contracts.written.states import State, may_become
from portal.contracts.written.still_decided import require_decided
from portal.organisations.access import Actor
from portal.swedish_dates import swedish_day


def note_accepted(
    session: Session, *, employment_id: UUID, accepted_on: date, actor: Actor, at: datetime, on: date,
    instead_of: date | None = None,
) -> Contract | None:  # fmt: skip
    """Write down the day on which the one who is to be employed said yes to the contract. Until all have signed, another day
    can be written ``instead_of`` the one that the page showed.

    Raises NotNow, AcceptedAlready, WrongDayOfYes or PaperPastItsDecision.
    """
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return None
    before = accepted_day(held.row) if held.row and held.state is State.ACCEPTED else None
    if before is not None:
        if before == accepted_on:
            return held.row
        if before != instead_of:
            raise AcceptedAlready(day=swedish_day(before))
    elif held.row is None or not may_become(held.state, State.ACCEPTED):
        raise not_now(held)
    row = held.row
    assert row is not None
    _require_day_of_yes(held, row, accepted_on, on)
    require_decided(row.offered_at, held.employment, acts_of(session, employment_id), signed_on=accepted_on)
    row.accepted_by, row.accepted_at, row.accepted_on = actor.person_id, at, accepted_on
    session.flush()
    note_in_log(session, row, actor, at, "accepted", reason=accepted_on.isoformat())
    return row


def _require_day_of_yes(held: Held, row: Contract, accepted_on: date, on: date) -> None:
    assert row.offered_at is not None
    offered, ends = row.offered_at.astimezone(STOCKHOLM).date(), held.last_day
    if accepted_on > on:
        raise WrongDayOfYes(YES_TO_COME)
    if accepted_on < offered:
        raise WrongDayOfYes(YES_BEFORE_OFFER, day=swedish_day(offered))
    if ends is not None and accepted_on > ends:
        words = YES_AFTER_IT_WAS_OFF if held.employment.never_began else YES_AFTER_THE_END
        raise WrongDayOfYes(words, day=swedish_day(ends))
