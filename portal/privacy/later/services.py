"""The verbs of keeping an application for later: agree, take it back, and let go of what the consent does not cover."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import Application, LaterConsent
from portal.applications.queries import later_consent_of, word_to
from portal.applications.services.withdrawing import announce_withdrawn, end_application, let_go_of_covered_copies
from portal.applications.states import State
from portal.audit.services import CANDIDATE, SYSTEM, record
from portal.clock import STOCKHOLM
from portal.decisions.services.forgetting import forget_outcome
from portal.interviews.services.freeing import forget_marks
from portal.links.models import Purpose
from portal.links.services import keep_link
from portal.privacy.later.consent import VERSION, last_day
from portal.privacy.later.emails import post_choice
from portal.privacy.later.queries import is_asked
from portal.privacy.later.refusals import NotAsked
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.services.leaving import take_back
from portal.review.services.forgetting import forget_assessment

LINK_OUTLIVES = timedelta(days=31)  # so that what is promised can be read, and taken back, to the last day


def agree(session: Session, *, application_id: UUID, months: int, at: datetime) -> LaterConsent:
    """Let the party keep it so many months from today. Said again, the last word holds. Raises `NotAsked`."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if not is_asked(session, application, keeping_of(session, application)):
        raise NotAsked
    row = later_consent_of(session, application_id) or _new(application)
    on = at.astimezone(STOCKHOLM).date()
    row.consented_at, row.version, row.until = at, VERSION, last_day(on, months)
    session.add(row)
    session.flush()
    lasts = row.until - on + LINK_OUTLIVES
    own = scope.candidate(application_id)
    keep_link(session, purpose=Purpose.APPLICATION, subject_id=application_id, scope=own, at=at, expires_at=at + lasts)
    _note(session, application, CANDIDATE, "later.consented", at, f"version {VERSION}, {months}")
    post_choice(session, application, at=at)
    return row


def take_back_consent(session: Session, *, application_id: UUID, at: datetime) -> bool:
    """Take it back: the ordinary day stands again. True where that has passed and nothing else keeps the application: it is
    to be erased, and `finish_erasure` comes after. Where a legal hold keeps it then it lies sealed: neither the panel nor the
    office, whose time to read it is over, comes to it again. Twice changes nothing."""
    application = session.get_one(Application, application_id, with_for_update=True)
    row = later_consent_of(session, application_id)
    if row is None:
        return False
    _note(session, application, CANDIDATE, "later.taken_back", at)
    why = keeping_of(session, application).why if row.alone_at is not None else Kept.CLAIMS
    if why is Kept.HOLD:
        take_back(session, application_id=application_id, at=at)
        return False
    if why is None:
        end_application(session, application, State.DISPOSED, at=at)
        _note(session, application, CANDIDATE, "application.erased", at)
        return True
    session.delete(row)
    session.flush()
    post_choice(session, application, at=at)
    return False


def leave_alone(session: Session, *, application_id: UUID, at: datetime) -> bool:
    """From now on only the consent keeps it: what was written in the recruitment goes, and nobody but the office reads it.
    False where the consent is gone meanwhile. ``session`` acts for the party."""
    application = session.get_one(Application, application_id, with_for_update=True)
    row = later_consent_of(session, application_id)
    if row is None:
        return False
    forget_assessment(session, application_id=application_id)
    forget_marks(session, application_id=application_id)
    forget_outcome(session, application_id=application_id)
    let_go_of_covered_copies(session, application_id=application_id)
    if (word := word_to(session, application_id)) is not None:
        session.delete(word)
    row.alone_at = row.alone_at or at
    session.flush()
    _note(session, application, SYSTEM, "later.alone", at)
    return True


def seal_lapsed(session: Session, *, application_id: UUID, at: datetime) -> None:
    """The last day of what it was kept by has passed, and a legal hold keeps it: it lies sealed, as when the consent is taken
    back then. Nobody has taken it back, so it has no day of that and no mail. Twice changes nothing. In the party's scope."""
    application = session.get_one(Application, application_id, with_for_update=True)
    row, keeping = later_consent_of(session, application_id), keeping_of(session, application)
    ran_out = row is not None and row.alone_at is not None and row.until < at.astimezone(STOCKHOLM).date()
    if not ran_out or keeping.why is not Kept.HOLD:
        return
    application.restricted_at, application.restricted_until = at, keeping.restricted_until
    end_application(session, application, State.WITHDRAWN, at=at)
    application.withdrawn_at = None
    announce_withdrawn(session, application, at)
    _note(session, application, SYSTEM, "application.restricted", at)


def _new(application: Application) -> LaterConsent:
    return LaterConsent(
        id=uuid4(), party_id=application.party_id, authority_id=application.authority_id,
        controller_id=application.controller_id, with_authority=False, application_id=application.id,
    )  # fmt: skip


def _note(session: Session, application: Application, actor: str, verb: str, at: datetime, reason: str = "") -> None:
    record(session, chain=application.party_id, at=at, actor=actor, verb=verb, object_id=application.id, reason=reason)
