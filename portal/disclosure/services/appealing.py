"""A refusal that is appealed: the day it was, the day it was settled, and either put right or taken back."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from portal.audit.queries import reasons_about
from portal.clock import STOCKHOLM
from portal.disclosure.models import DisclosureRequest
from portal.disclosure.requests import NotAppealed, State, WrongStep, may_be_appealed, require_day
from portal.disclosure.services.requesting import held, log_step
from portal.organisations.access import Actor
from portal.refusal import Refusal

APPEALED: Final = "request.appealed"
TAKEN_BACK: Final = "request.appeal_taken_back"


class FormerUnknown(Refusal):
    """There was an earlier appeal, settled, of which an older program has kept no days: they would be lost with this one."""

    text = (
        "Före det här fanns ett överklagande som är avgjort, och dess dagar är inte sparade. Skriv i stället in när det här "
        "avgjordes, den dag då ni såg att det inte hör hit."
    )
    status = 409


def note_appeal(session: Session, *, actor: Actor, request_id: UUID, on: date, at: datetime) -> None:
    """Whoever asked has appealed, or somebody what a court has said of it since: nothing that the request covers is disposed
    of before that is settled. Doing it twice changes nothing. Raises RequestGone, WrongStep and DayOutside."""
    row = held(session, actor=actor, request_id=request_id, state=State.ANSWERED)
    if _waits(row) and row.appealed_on == on:
        return
    if _waits(row) or not may_be_appealed(row.state, row.outcome):
        raise WrongStep
    require_day(on, first=row.settled_on or _decided_on(row), today=at.astimezone(STOCKHOLM).date())
    former = f"{row.appealed_on} {row.settled_on}" if row.settled_on else ""
    row.appealed_on, row.settled_on = on, None
    session.flush()
    log_step(session, row, APPEALED, actor, at, former)


def correct_appeal(session: Session, *, actor: Actor, request_id: UUID, seen: str, on: date, at: datetime) -> None:
    """The appeal that waits came in on another day than the one ``seen`` (as it is stored). Doing it twice changes nothing.
    Raises RequestGone, WrongStep and DayOutside."""
    row = held(session, actor=actor, request_id=request_id, state=State.ANSWERED)
    if _waits(row) and row.appealed_on == on:
        return
    if not _waits(row) or str(row.appealed_on) != seen:
        raise WrongStep
    require_day(on, first=_decided_on(row), today=at.astimezone(STOCKHOLM).date())
    row.appealed_on = on
    session.flush()
    log_step(session, row, "request.appeal_corrected", actor, at)


def take_back_appeal(
    session: Session, *, actor: Actor, request_id: UUID, seen: str, why: NotAppealed, at: datetime
) -> None:
    """There was no appeal of the day ``seen`` against this decision: what it kept goes by the answer's own days again, or by
    those of the earlier appeal that was settled. Doing it twice changes nothing. Raises RequestGone, WrongStep and
    FormerUnknown."""
    row = held(session, actor=actor, request_id=request_id, state=State.ANSWERED)
    lines = reasons_about(session, row.authority_id, {APPEALED, TAKEN_BACK}, row.id)
    if not _waits(row) and lines and lines[-1][1] == TAKEN_BACK:
        return
    if not _waits(row) or str(row.appealed_on) != seen:
        raise WrongStep
    standing: list[str] = []
    for _at, verb, said in lines:
        if verb == APPEALED:
            standing.append(said)
        elif standing:
            standing.pop()
    if len(standing) > 1 and not standing[-1]:
        raise FormerUnknown
    former = [date.fromisoformat(day) for day in standing[-1].split()] if standing else []
    row.appealed_on, row.settled_on = former if former else (None, None)
    session.flush()
    log_step(session, row, TAKEN_BACK, actor, at, f"{seen} {why}")


def note_settled(session: Session, *, actor: Actor, request_id: UUID, on: date, at: datetime) -> None:
    """The appeal is settled. Doing it twice changes nothing. Raises RequestGone, WrongStep and DayOutside."""
    row = held(session, actor=actor, request_id=request_id, state=State.ANSWERED)
    if row.settled_on == on:
        return
    if row.appealed_on is None or row.settled_on is not None:
        raise WrongStep
    require_day(on, first=row.appealed_on, today=at.astimezone(STOCKHOLM).date())
    row.settled_on = on
    session.flush()
    log_step(session, row, "request.settled", actor, at)


def take_back_settled(session: Session, *, actor: Actor, request_id: UUID, seen: str, at: datetime) -> None:
    """It is not settled after all, or not on the day ``seen``: it waits as before. Doing it twice changes nothing. Raises
    RequestGone and WrongStep."""
    row = held(session, actor=actor, request_id=request_id, state=State.ANSWERED)
    if _waits(row):
        return
    if row.settled_on is None or str(row.settled_on) != seen:
        raise WrongStep
    row.settled_on = None
    session.flush()
    log_step(session, row, "request.settled_taken_back", actor, at)


def _waits(row: DisclosureRequest) -> bool:
    return row.appealed_on is not None and row.settled_on is None


def _decided_on(row: DisclosureRequest) -> date:
    assert row.decided_at is not None  # what is answered is decided
    return row.decided_at.astimezone(STOCKHOLM).date()
