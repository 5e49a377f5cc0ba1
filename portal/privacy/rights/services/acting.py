"""What a candidate has asked the office to do, done at once and answered by that: the application taken back and erased as
far as the law lets it go. The verbs are those of the private link."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal.applications import emails
from portal.applications.models import Application
from portal.applications.services.drafting import address_of
from portal.applications.services.withdrawing import is_erased, lift_restriction
from portal.applications.states import COUNTS
from portal.audit.services import person_actor, record
from portal.mail.services import speaking
from portal.organisations.access import Actor
from portal.privacy.rights.emails import post_answered
from portal.privacy.rights.keeping import Kept
from portal.privacy.rights.kinds import LEAVING, Kind, Result
from portal.privacy.rights.queries.earlier import is_of_an_earlier
from portal.privacy.rights.queries.facts import Keeping, keeping_of
from portal.privacy.rights.refusals import NotLeaving, OfAnEarlier, StaysForEmployment
from portal.privacy.rights.services.answering import keep_answer, note, open_request
from portal.privacy.rights.services.leaving import take_back
from portal.privacy.rights.services.numbering import number_answer
from portal.refusal import N_
from portal.web.filters import day

TAKEN_BACK = N_("Ansökan är tillbakatagen och bedöms inte längre.")
SEALED = N_("Ansökan ligger låst och bedöms inte längre.")  # its consent ran out under a legal hold
UNTIL = N_("Den sparas till och med den %(until)s och raderas sedan.")


@dataclass(frozen=True, slots=True)
class Left:
    """What came of it: whether the application is to be erased now (`finish_erasure`), or is kept; and then whether it was
    sealed before, by a consent that ran out."""

    application_id: UUID
    gone: bool
    ran_out: bool = False


def leave_for(session: Session, *, request_id: UUID, actor: Actor, at: datetime) -> Left | None:
    """Take the application back at its candidate's word, let go of all that may go, and answer with what became of it. One
    mail tells: of the taking back or the erasure, and where neither is left to do, that there is an answer. None where there
    is no such request; raises AnsweredAlready, ErasedMeanwhile, NotLeaving, OfAnEarlier, StaysForEmployment."""
    found = open_request(session, request_id)
    if found is None:
        return None
    row, application, who = found.row, found.application, person_actor(actor.person_id)
    if Kind(row.kind) not in LEAVING:
        raise NotLeaving
    if is_of_an_earlier(session, row, application):
        raise OfAnEarlier
    keeping = keeping_of(session, application)
    if keeping.why is Kept.EMPLOYMENT:
        raise StaysForEmployment
    acted = application.state in COUNTS or (application.restricted_at is not None and keeping.why is None)
    if application.restricted_at is None:
        application = take_back(session, application_id=application.id, at=at, actor=who)
    elif keeping.why is None:
        _erase(session, application, who, at)
    gone = is_erased(application)
    text = "" if gone else _told(application, keeping)
    keep_answer(found, text)
    result = Result.DONE if gone or row.kind == Kind.CONSENT else Result.PARTLY
    row.answered_at, row.answered_by, row.result = at, actor.person_id, result
    session.flush()
    if not gone:
        number_answer(session, application, row, text, at=at)
    note(session, found, actor, at, "request.answered", result)
    if not acted:
        post_answered(session, application, row, at=at)
    return Left(application.id, gone, application.ran_out)


def _erase(session: Session, application: Application, who: str, at: datetime) -> None:
    """What was kept sealed because its candidate wished it, and they wish it no more."""
    to = address_of(application)
    lift_restriction(session, application, at=at)
    verb = "application.erased"
    record(session, chain=application.party_id, at=at, actor=who, verb=verb, object_id=application.id)
    if to:
        emails.post_withdrawn(session, application, to=to, left="erased", until=None, at=at)


def _told(application: Application, keeping: Keeping) -> str:
    """In the candidate's language: that it is taken back, what is kept, why, and until when."""
    with speaking("en" if application.language == "en" else "sv"):
        said = [gettext(SEALED if application.ran_out else TAKEN_BACK)]
        if keeping.sentence:
            said.append(gettext(keeping.sentence))
        if keeping.until is not None:
            said.append(gettext(UNTIL, until=day(keeping.until)))
        return " ".join(said)
