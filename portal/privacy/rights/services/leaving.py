"""An application taken back or erased at its candidate's word, as far as the law lets it go."""

from datetime import datetime
from typing import TypeGuard
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from portal import clock
from portal.applications.models import Application
from portal.applications.queries import restricted, taken_back
from portal.applications.services.sweeping import each_party
from portal.applications.services.withdrawing import (
    finish_erasure,
    lift_restriction,
    withdraw_and_restrict,
    withdraw_application,
)
from portal.applications.states import CAN_BE_WITHDRAWN
from portal.audit.services import CANDIDATE, SYSTEM, record
from portal.db import unit_of_work
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries import holds
from portal.privacy.rights.queries.facts import Keeping, keeping_of
from portal.privacy.rights.refusals import KeptForEmployment, MustBeKept, NothingToErase

_log = structlog.get_logger("privacy")


def take_back(session: Session, *, application_id: UUID, at: datetime, actor: str = CANDIDATE) -> Application:
    """Take it back, and let go of all that may go: `finish_erasure` comes after. What a party must keep stays sealed and
    unread until its day; what an authority was sent is a public record. Twice changes nothing. Raises KeptForEmployment.

    ``actor`` is one of the staff where the candidate has said it to them."""
    application, keeping = _held(session, application_id)
    if keeping.why in (Kept.CLAIMS, Kept.HOLD):
        return _restrict(session, application, keeping, at, actor)
    return withdraw_application(session, application_id=application_id, at=at, actor=actor)


def take_back_and_keep(session: Session, *, application_id: UUID, at: datetime) -> Application:
    """Take it back, and let a party keep it sealed and unread, as the candidate may ask (GDPR art. 18.1 c): they may want
    to show later how they were treated. Twice changes nothing. Raises KeptForEmployment."""
    application, keeping = _held(session, application_id)
    if keeping.why is Kept.RECORD:
        return withdraw_application(session, application_id=application_id, at=at)
    return _restrict(session, application, keeping, at, CANDIDATE)


def _held(session: Session, application_id: UUID) -> tuple[Application, Keeping]:
    application = session.get_one(Application, application_id, with_for_update=True)
    keeping = keeping_of(session, application)
    if keeping.why is Kept.EMPLOYMENT:
        raise KeptForEmployment
    return application, keeping


def _restrict(session: Session, application: Application, keeping: Keeping, at: datetime, actor: str) -> Application:
    if application.state in CAN_BE_WITHDRAWN:
        until = keeping.restricted_until
        withdraw_and_restrict(session, application_id=application.id, until=until, at=at, actor=actor)
        _note(session, application, actor, "application.restricted", at)
    return application


def erase_kept(session: Session, *, application_id: UUID, at: datetime) -> None:
    """Let go of what was taken back and kept sealed: `finish_erasure` comes after. Raises NothingToErase where it has not
    been taken back, MustBeKept where it is kept for another reason than the candidate's own wish."""
    application = session.get_one(Application, application_id, with_for_update=True)
    keeping = keeping_of(session, application)
    if keeping.why is not None:
        raise MustBeKept
    if application.restricted_at is None:
        raise NothingToErase
    lift_restriction(session, application, at=at)
    _note(session, application, CANDIDATE, "application.erased", at)


def end_restrictions(at: datetime) -> int:
    """Erase, in every party, what has been kept sealed for as long as it was to be, unless a legal hold stops it or its
    candidate waits for an answer. How many.

    Safe to repeat; one that cannot be erased now keeps none of the others from it."""
    ended = 0
    for own in each_party():
        for application_id in restricted(own, before=at.astimezone(clock.STOCKHOLM).date()):
            try:
                ended += _end(own, application_id, at)
            except Exception as fault:
                _log.error("not_erased", application_id=str(application_id), reason=type(fault).__name__)
    return ended


def restrictions_to_end(at: datetime) -> int:
    """How many `end_restrictions` would erase at ``at``; nothing is."""
    return sum(
        _is_to_end(taken_back(own, application_id), own)
        for own in each_party()
        for application_id in restricted(own, before=at.astimezone(clock.STOCKHOLM).date())
    )


def _is_to_end(application: Application | None, session: Session) -> TypeGuard[Application]:
    if application is None or application.restricted_at is None:
        return False
    return not holds.held(session, application) and not holds.is_asked_about(session, application)


def _end(own: Session, application_id: UUID, at: datetime) -> bool:
    with unit_of_work(own) as session:
        application = taken_back(session, application_id, lock=True)
        if not _is_to_end(application, session):
            return False
        lift_restriction(session, application, at=at)
        _note(session, application, SYSTEM, "application.erased", at)
    finish_erasure(application_id, own)
    return True


def _note(session: Session, application: Application, actor: str, verb: str, at: datetime) -> None:
    record(session, chain=application.party_id, at=at, actor=actor, verb=verb, object_id=application.id)
