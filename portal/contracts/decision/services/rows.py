"""The rows that the verbs work on, found and locked, and what each leaves in the log."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.acts.kinds import is_decided
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import act_of, is_taken_back
from portal.contracts.decision.models import ActDecision, DecisionRow
from portal.contracts.decision.queries import decision_of
from portal.contracts.decision.refusals import (
    ActGone,
    AppealNoted,
    NotAnnounced,
    NothingToAppeal,
    NothingWritten,
    SetAside,
    Settled,
    StandingMoved,
)
from portal.contracts.decision.since import standing_texts
from portal.contracts.models import Employment
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer, model_for
from portal.seen import Seen


def locked_employment(session: Session, employment_id: UUID) -> Employment | None:
    """Locked, so that of two who write its decision at the same instant the second sees the first's."""
    return session.scalars(select(Employment).where(Employment.id == employment_id).with_for_update()).one_or_none()


def decided_of(session: Session, employment: Employment, act: int) -> Employment | EmploymentAct | None:
    """What the decision is about: the employment itself (0), or the act of that number; None where that is none that an
    employer decides. Raises ActGone where it was taken back."""
    if act == 0:
        return employment
    found = act_of(session, employment.id, act)
    if found is None or not is_decided(found.kind, found.notice_by):
        return None
    if is_taken_back(session, found):
        raise ActGone
    return found


def locked_decision(session: Session, employment_id: UUID, act: int = 0) -> DecisionRow | None:
    """The decision of an authority's employment, or of an act of it, locked; None where the scope has no such."""
    employment = locked_employment(session, employment_id)
    if employment is None or decided_of(session, employment, act) is None:
        return None
    if not model_for(Employer(employment.employer)).appealable:
        raise NothingToAppeal
    row = decision_of(session, employment_id, act, lock=True)
    if row is None:
        raise NothingWritten
    return row


def require_open(row: DecisionRow) -> None:
    """Raises a Refusal where the decision is final or appealed."""
    if row.final_on is not None:
        raise settled(row)
    if row.appealed_on is not None:
        raise AppealNoted


def settled(row: DecisionRow) -> Settled:
    """Why a final decision is not changed."""
    return SetAside() if row.set_aside else Settled()


def require_same(row: DecisionRow, seen: Seen) -> None:
    """Raises StandingMoved where the page that says so was opened with another standing: it meant that one."""
    texts = standing_texts(row)
    if seen.version is not None and not all(seen.shown(name, text) for name, text in texts.items()):
        raise StandingMoved


def last_day_of(row: DecisionRow) -> date:
    """The last day of appeal. Raises NotAnnounced."""
    if row.last_appeal_on is None:
        raise NotAnnounced
    return row.last_appeal_on


def make_final(row: DecisionRow, day: date, actor: Actor, on: date) -> None:
    """From that day nothing is to be done about it, as somebody says."""
    row.final_on, row.confirmed_on, row.confirmed_by = day, on, actor.person_id


def note(session: Session, row: DecisionRow, actor: Actor, at: datetime, what: str, reason: str = "") -> None:
    """Flush what was changed, and write a line of it; of an act's decision, with the act's number before the reason."""
    session.flush()
    of = "employment_decision"
    if isinstance(row, ActDecision):
        of, reason = "act_decision", f"{row.act_number} {reason}".strip()
    record(
        session, chain=row.party_id, at=at, actor=person_actor(actor.person_id),
        verb=f"{of}.{what}", object_id=row.employment_id, reason=reason,
    )  # fmt: skip
