"""Applications that a backup brought back after they had been erased: their rows are here, their keys are not."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import sealed_applications
from portal.applications.services.proposing import decline_proposal
from portal.applications.services.sweeping import delete_draft, each_party
from portal.applications.services.withdrawing import (
    announce_withdrawn,
    end_application,
    finish_erasure,
    is_erased_when_ended,
)
from portal.applications.states import COUNTS, State
from portal.audit.services import SYSTEM, record
from portal.db import db, unit_of_work
from portal.scope import act_for
from portal.vault.services import the_vault


@dataclass(frozen=True, slots=True)
class Returned:
    """How many were erased once more, and how many cannot be opened though nobody has erased them."""

    erased: int = 0
    unreadable: int = 0


def end_returned(at: datetime, *, before: datetime) -> Returned:
    """Erase once more, in every party, what is older than ``before`` and has no key, as far as erasing destroys keys.

    ``before`` is when the keys were known to be all there were. What came after it, and what an authority was sent,
    has lost its key in some other way: it is counted and left as it is, for better keys may be found.
    """
    keyed, erased, unreadable = the_vault().key_store.application_ids(), 0, 0
    for party in each_party():
        with db.sessionmaker() as own:
            act_for(own, party)
            for application_id, opened_at in sealed_applications(own):
                if application_id in keyed:
                    continue
                ended = opened_at < before and _end(own, application_id, at)
                erased, unreadable = erased + ended, unreadable + (not ended)
    return Returned(erased, unreadable)


def keyless(session: Session, keyed: set[UUID]) -> int:
    """How many applications in this scope hold something sealed that no key opens."""
    return sum(application_id not in keyed for application_id, _ in sealed_applications(session))


def count_keyless() -> int:
    """The same for every party."""
    keyed, found = the_vault().key_store.application_ids(), 0
    for party in each_party():
        with db.sessionmaker() as own:
            act_for(own, party)
            found += keyless(own, keyed)
    return found


def _end(own: Session, application_id: UUID, at: datetime) -> bool:
    with unit_of_work(own) as session:
        if delete_draft(session, application_id):
            return True
        application = session.get_one(Application, application_id, with_for_update=True)
        if not is_erased_when_ended(application):
            return False
        if application.state == State.PROPOSAL:
            decline_proposal(session, proposal_id=application_id, actor=SYSTEM, at=at)
        elif application.state in COUNTS:
            _withdraw(session, application, at)
    finish_erasure(application_id, own)
    return True


def _withdraw(session: Session, application: Application, at: datetime) -> None:
    """As its candidate once did; no mail, for nobody knows the address any more."""
    end_application(session, application, State.WITHDRAWN, at=at)
    chain = application.party_id
    record(session, chain=chain, at=at, actor=SYSTEM, verb="application.withdrawn", object_id=application.id)
    announce_withdrawn(session, application, at)
