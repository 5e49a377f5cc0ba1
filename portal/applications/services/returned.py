"""Applications that a backup brought back after they had been erased: their rows are here, their keys are not."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import draft, keyed_applications
from portal.applications.services.proposing import decline_proposal
from portal.applications.services.sweeping import delete_draft, each_party
from portal.applications.services.withdrawing import (
    announce_withdrawn,
    end_application,
    finish_erasure,
    is_erased_when_ended,
    lift_restriction,
)
from portal.applications.states import State
from portal.audit.services import SYSTEM, record
from portal.db import unit_of_work
from portal.vault.services import the_vault

_log = structlog.get_logger("applications")


@dataclass(frozen=True, slots=True)
class Returned:
    """What came of a round over applications that a backup brought back: how many were erased once more, how many cannot be
    opened though nobody has erased them, and at how many erasing failed and is to be tried again."""

    erased: int = 0
    unreadable: int = 0
    failed: int = 0


def end_returned(at: datetime, *, before: datetime) -> Returned:
    """Erase once more, in every party, what is older than ``before`` and has no key, as far as erasing destroys keys.

    What the key store remembers that it destroyed is erased, whoever was sent it: an authority's was disposed of when its
    time was over, and is so again. Else ``before`` is when the keys were known to be all there were: what came or was
    changed after it (a letter is typed in days after it came), and what an authority was sent, has lost its key in some
    other way. It is counted and left as it is, for better keys
    may be found. One that cannot be erased now keeps none of the others from it. Safe to repeat.
    """
    ended: Counter[str] = Counter()
    for own in each_party():
        wanted, store = keyed_applications(own), the_vault().key_store
        gone = set(wanted) - store.holding(wanted)
        destroyed = store.destroyed(gone)
        for application_id in gone:
            ended[_try_to_end(own, application_id, at, before, application_id in destroyed)] += 1
    return Returned(**ended)


def _try_to_end(own: Session, application_id: UUID, at: datetime, before: datetime, destroyed: bool) -> str:
    """What became of it: the field of `Returned` that counts it."""
    try:
        return "erased" if _end(own, application_id, at, before, destroyed) else "unreadable"
    except Exception as fault:  # whatever is wrong with one, the others are erased
        _log.error("not_erased_again", application_id=str(application_id), reason=type(fault).__name__)
        return "failed"


def _end(own: Session, application_id: UUID, at: datetime, before: datetime, destroyed: bool) -> bool:
    with unit_of_work(own) as session:
        application = draft(session, application_id)
        if application is None or (application.changed_at >= before and not destroyed):
            return False
        if delete_draft(session, application_id):
            return True
        if application.restricted_at is not None:
            lift_restriction(session, application, at=at)
        elif not is_erased_when_ended(application):
            if not destroyed:
                return False
            _dispose(session, application, at)
        elif application.state == State.PROPOSAL:
            decline_proposal(session, proposal_id=application_id, actor=SYSTEM, at=at)
        else:
            _withdraw(session, application, at)
    finish_erasure(application_id, own)
    return True


def _dispose(session: Session, application: Application, at: datetime) -> None:
    """As its authority once did when its time was over."""
    end_application(session, application, State.DISPOSED, at=at)
    chain = application.party_id
    record(session, chain=chain, at=at, actor=SYSTEM, verb="application.disposed", object_id=application.id)


def _withdraw(session: Session, application: Application, at: datetime) -> None:
    """As its candidate once did; no mail, for nobody knows the address any more."""
    end_application(session, application, State.WITHDRAWN, at=at)
    chain = application.party_id
    record(session, chain=chain, at=at, actor=SYSTEM, verb="application.withdrawn", object_id=application.id)
    announce_withdrawn(session, application, at)
