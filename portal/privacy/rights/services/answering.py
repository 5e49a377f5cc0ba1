"""The office answers what a candidate has asked for, or says in time that it takes longer (GDPR art. 12.3)."""

from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext
from sqlalchemy.orm import Session

from portal import clock
from portal.applications.models import CandidateRequest
from portal.applications.services.drafting import key_of
from portal.applications.services.withdrawing import is_erased
from portal.audit.services import person_actor, record
from portal.mail.services import speaking
from portal.organisations.access import Actor
from portal.privacy.rights import emails
from portal.privacy.rights.kinds import EXTENDABLE, Kind, Result, extended_to
from portal.privacy.rights.queries.facts import keeping_of
from portal.privacy.rights.queries.listed import Asked, asked
from portal.privacy.rights.queries.texts import Opened, opened, place_of
from portal.privacy.rights.refusals import (
    AnsweredAlready,
    ErasedMeanwhile,
    ExtendedAlready,
    NotErased,
    NotExtended,
    TooLateToExtend,
)
from portal.privacy.rights.services.numbering import ADDITION, number_answer, number_extension
from portal.refusal import N_
from portal.swedish_dates import swedish_day
from portal.vault.keystore import KeyGone
from portal.web.filters import day

ADDED = N_("Tillägg den %(when)s:")


def answer(
    session: Session, *, request_id: UUID, result: Result, text: str, actor: Actor, at: datetime
) -> CandidateRequest | None:
    """Give the answer: the candidate reads it on their page, and a mail says that there is one. The same again is the same
    answer. None where there is no such request, and for one for merits, which has its own verb. Raises AnsweredAlready,
    ErasedMeanwhile and NotErased."""
    found = _held(session, request_id)
    if found is None or found.row.kind == Kind.MERITS:
        return None
    if found.row.answered_at is None:
        _require_true(session, found, result)
        return give(session, found, result=result, text=text, actor=actor, at=at)
    if found.row.result == result and _standing(found).answer == text:
        return found.row
    raise AnsweredAlready


def give(session: Session, found: Asked, *, result: Result, text: str, actor: Actor, at: datetime) -> CandidateRequest:
    """Answer one that is held and waits."""
    row = found.row
    keep_answer(found, text)
    row.answered_at, row.answered_by, row.result = at, actor.person_id, result
    session.flush()
    number_answer(session, found.application, row, text, at=at)
    note(session, found, actor, at, "request.answered", result)
    emails.post_answered(session, found.application, row, at=at)
    return row


def add_to_answer(
    session: Session, *, request_id: UUID, result: Result, text: str, beside: str, actor: Actor, at: datetime
) -> CandidateRequest | None:
    """Add to the answer that somebody else gave meanwhile, whose print is ``beside``: the candidate may have read it, so it
    stands, and a new mail says that there is more. What it came to is what the addition says. The same again adds nothing.
    None as `answer`. Raises AnsweredAlready where another answer stands by now, and NotErased."""
    found = _held(session, request_id)
    if found is None or found.row.kind == Kind.MERITS or found.row.answered_at is None:
        return None
    row, one = found.row, _standing(found)
    if row.result == result and one.answer.endswith(f"\n{text}"):
        return row
    if one.answer_print != beside:
        raise AnsweredAlready
    _require_true(session, found, result)
    with speaking("en" if found.application.language == "en" else "sv"):
        keep_answer(found, f"{one.answer}\n\n{gettext(ADDED, when=day(at))}\n{text}")
    row.result = result
    session.flush()
    number_answer(session, found.application, row, text, at=at, title=ADDITION)
    note(session, found, actor, at, "request.added_to", result)
    emails.post_added_to(session, found.application, row, print_of_answer=_standing(found).answer_print, at=at)
    return row


def _held(session: Session, request_id: UUID) -> Asked | None:
    """The request, held until the unit of work ends. Raises ErasedMeanwhile where it waits for an answer and its candidate
    has had everything erased."""
    found = asked(session, request_id, lock=True)
    if found is not None and found.row.answered_at is None and is_erased(found.application):
        raise ErasedMeanwhile
    return found


def _require_true(session: Session, found: Asked, result: Result) -> None:
    """Nobody is told that what is kept is erased. Raises NotErased."""
    if result != Result.DONE or found.row.kind != Kind.ERASURE or is_erased(found.application):
        return
    keeping = keeping_of(session, found.application)
    if keeping.why is not None:
        raise NotErased(why=keeping.of_them)


def _standing(found: Asked) -> Opened:
    """With the answer that was given. Raises AnsweredAlready once its words are erased: nothing is added to those."""
    try:
        return opened(found.row, key_of(found.application))
    except KeyGone:
        raise AnsweredAlready from None


def extend(
    session: Session, *, request_id: UUID, reason: str, actor: Actor, at: datetime, on: date
) -> CandidateRequest | None:
    """Say that it takes up to two months more, and why. None, and what is raised, as `answer`; also ExtendedAlready,
    TooLateToExtend, NotExtended."""
    found = open_request(session, request_id)
    if found is None:
        return None
    row = found.row
    if row.kind not in EXTENDABLE:
        raise NotExtended
    if row.extended_to is not None:
        raise ExtendedAlready
    if on > row.due_on:
        raise TooLateToExtend(day=swedish_day(row.due_on))
    row.extended_at, row.extended_to = at, extended_to(row.made_at.astimezone(clock.STOCKHOLM).date())
    row.extension_sealed = key_of(found.application).seal_text(place_of(row, "extension"), reason)
    session.flush()
    number_extension(session, found.application, row, reason, at=at)
    note(session, found, actor, at, "request.extended")
    emails.post_answered(session, found.application, row, at=at)
    return row


def open_request(session: Session, request_id: UUID) -> Asked | None:
    """One that waits for its answer, held until the unit of work ends. Raises AnsweredAlready and ErasedMeanwhile."""
    found = _held(session, request_id)
    if found is not None and found.row.answered_at is not None:
        raise AnsweredAlready
    return found


def keep_answer(found: Asked, text: str) -> None:
    """The words of the answer, which nobody but the staff reads before it is given."""
    found.row.answer_sealed = key_of(found.application).seal_text(place_of(found.row, "answer"), text)


def note(session: Session, found: Asked, actor: Actor, at: datetime, verb: str, reason: str = "") -> None:
    """A line of the log, without a word of text."""
    row, who = found.row, person_actor(actor.person_id)
    said = f"{Kind(row.kind)} {reason}".strip()
    record(session, chain=row.party_id, at=at, actor=who, verb=verb, object_id=row.id, reason=said)
