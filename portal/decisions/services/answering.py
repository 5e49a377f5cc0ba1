"""The answer of one who is to be hired, given on their own page or noted by the office: yes, or no with or without a
reason. A no frees the post for another, whom people choose."""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import Ad
from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.services.deciding import mark_answered
from portal.applications.states import COUNTS, State
from portal.audit.services import CANDIDATE, person_actor, record
from portal.decisions.access import may_decide
from portal.decisions.models import Outcome
from portal.decisions.outcomes import (
    LONGEST_REASON,
    OFFERED_TO_YOU,
    AnsweredThemselves,
    AnswerMoved,
    EmployedAlready,
    NoSuchAnswer,
    OfferAnswered,
    Result,
    Status,
    may_become,
    status_of,
)
from portal.decisions.queries.recorded import ACCEPTED, DECLINED, TAKEN_BACK, VERB_OF, answer_place, noted_by_staff
from portal.decisions.services.recording import hold, require_free_post
from portal.decisions.services.room import give_room_back, take_room_again
from portal.jobs.services import announce
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.access import may_see_listed
from portal.review.queries.case import load_case
from portal.vault.services import open_application_key

ANSWERED: Final = "offer.answered"  # the event: a candidate has answered on their own page
TOLD_AS: Final = {Status.ACCEPTED: Result.HIRED.value, Status.DECLINED: Status.DECLINED.value}


def answer_own_offer(session: Session, *, application_id: UUID, answer: Status, at: datetime) -> None:
    """The candidate's own yes or no, in the candidate's scope: their page says it at once, and `note_own_answer` writes it
    into the outcome, which they cannot reach. The same answer twice changes nothing, but it is theirs, also where the
    office has noted it first. Raises OfferAnswered where there is another answer, by them or as the office has noted it."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if application.decided_as != TOLD_AS[answer]:
        if application.decided_as != OFFERED_TO_YOU or application.state not in COUNTS:
            raise OfferAnswered
        mark_answered(session, application=application, result=TOLD_AS[answer])
    party = scope.party(application.party_id)
    announce(session, ANSWERED, subject_id=application.id, at=at, scope=party)


def note_own_answer(session: Session, *, application: Application, at: datetime) -> None:
    """What the candidate has answered on their own page, in the outcome; twice changes nothing. An answer that the office has
    taken back meanwhile is none."""
    ad = ad_of(session, application.ad_id, lock=True)
    if session.get(Application, application.id, with_for_update=HELD) is None:
        return
    rows = select(Outcome).where(Outcome.application_id == application.id)
    outcome = session.scalars(rows.with_for_update()).one_or_none()
    if outcome is None:
        return
    status = status_of(outcome)
    _take_in(session, outcome, application, at)
    give_room_back(session, ad)
    same = status in VERB_OF and TOLD_AS[status] == application.decided_as
    if same and noted_by_staff(session, application.party_id, {application.id: status}):
        chain, verb = application.party_id, VERB_OF[status]
        record(session, chain=chain, at=at, actor=CANDIDATE, verb=verb, object_id=application.id)


def _take_in(session: Session, outcome: Outcome, application: Application, at: datetime) -> None:
    """The candidate's page is first with their own answer. Nothing where it says what the outcome says."""
    answer = next((status for status, told in TOLD_AS.items() if told == application.decided_as), None)
    if status_of(outcome) is not Status.OFFERED or answer is None:
        return
    if answer is Status.ACCEPTED:
        outcome.accepted_at = at
    else:
        outcome.declined_at = at
    session.flush()
    chain, verb = application.party_id, VERB_OF[answer]
    record(session, chain=chain, at=at, actor=CANDIDATE, verb=verb, object_id=application.id)


def accept_offer(
    session: Session, *, ad_id: UUID, application_id: UUID, actor: Actor, at: datetime, stood: str | None = None
) -> Outcome | None:
    """Note that the candidate accepts what they were offered; twice changes nothing. None where the person may not. Raises
    NoSuchAnswer where it cannot be, or stands otherwise by now than it ``stood`` on the page."""
    found = _found(session, ad_id, application_id, actor, at)
    if found is None:
        return None
    ad, outcome = found
    if status_of(outcome) is Status.ACCEPTED:
        return outcome
    if not may_become(outcome, Status.ACCEPTED) or stood not in (None, status_of(outcome)):
        raise NoSuchAnswer
    outcome.accepted_at = at
    _noted(session, ad, outcome, Result.HIRED, ACCEPTED, actor, at)
    return outcome


def decline(
    session: Session, *, ad_id: UUID, application_id: UUID, reason: str, actor: Actor, at: datetime,
    stood: str | None = None,
) -> Outcome | None:  # fmt: skip
    """Note that one who was to be hired declines; twice changes nothing, the first reason stands. None where the person
    may not. Raises EmployedAlready once the employment is recorded, NoSuchAnswer where nothing was offered, or it stands
    otherwise by now than it ``stood`` on the page: they may have said yes since."""
    found = _found(session, ad_id, application_id, actor, at)
    if found is None:
        return None
    ad, outcome = found
    if status_of(outcome) is Status.DECLINED:
        return outcome
    if outcome.settled_at is not None:
        raise EmployedAlready
    if outcome.result != Result.HIRED or not may_become(outcome, Status.DECLINED):
        raise NoSuchAnswer
    if stood not in (None, status_of(outcome)):
        raise NoSuchAnswer
    outcome.declined_at = at
    if words := reason.strip()[:LONGEST_REASON]:
        key = open_application_key(session, application_id=application_id, controller_id=outcome.controller_id)
        outcome.answer_sealed = key.seal_text(answer_place(outcome.id), words)
    _noted(session, ad, outcome, Status.DECLINED, DECLINED, actor, at)
    give_room_back(session, ad)
    return outcome


def take_back_answer(
    session: Session, *, ad_id: UUID, application_id: UUID, actor: Actor, at: datetime, stood: str
) -> Outcome | None:
    """An answer that somebody of the staff noted by mistake is none: what stood before it holds again, on the candidate's own
    page too. Twice changes nothing. None where the person may not. Raises AnsweredThemselves where the candidate gave it,
    AnswerMoved where another than ``stood`` on the page is there by now or an employment rests on it, and TooManyHired where
    the post is to be another's since."""
    found = _found(session, ad_id, application_id, actor, at)
    if found is None:
        return None
    ad, outcome = found
    status = status_of(outcome)
    if status not in VERB_OF:
        return outcome
    if status != stood or outcome.settled_at is not None or outcome.called_off_at is not None:
        raise AnswerMoved
    if application_id not in noted_by_staff(session, ad.party_id, {application_id: status}):
        raise AnsweredThemselves
    if status is Status.DECLINED:
        require_free_post(session, ad, application_id, Result.HIRED)
        outcome.declined_at = outcome.answer_sealed = None
    else:
        outcome.accepted_at = None
    told = OFFERED_TO_YOU if status_of(outcome) is Status.OFFERED else Result.HIRED.value
    _noted(session, ad, outcome, told, TAKEN_BACK, actor, at)
    take_room_again(session, ad, at=at)
    return outcome


def note_withdrawn(session: Session, *, application: Application, at: datetime) -> None:
    """Who takes back an application after having been told that they are to be hired has said no: the post is free for the
    next. Nothing where an employment rests on it, or nothing was told; twice changes nothing."""
    ad = ad_of(session, application.ad_id, lock=True)
    rows = select(Outcome).where(Outcome.application_id == application.id)
    outcome = session.scalars(rows.with_for_update()).one_or_none()
    if outcome is None or outcome.result != Result.HIRED or outcome.settled_at is not None:
        return
    if application.state != State.WITHDRAWN:
        return
    give_room_back(session, ad)  # also of one who had had no word
    if not may_become(outcome, Status.DECLINED):
        return
    outcome.declined_at = at
    session.flush()
    chain, id = application.party_id, application.id
    record(session, chain=chain, at=at, actor=CANDIDATE, verb=DECLINED, object_id=id)


def _found(
    session: Session, ad_id: UUID, application_id: UUID, actor: Actor, at: datetime
) -> tuple[Ad, Outcome] | None:
    """The outcome under lock, with what the candidate has answered meanwhile on their own page."""
    ad = hold(session, ad_id, application_id)
    case = load_case(session, ad_id, actor)
    if ad is None or case is None or case.application(application_id) is None or not may_decide(case.standing):
        return None
    if not may_see_listed(case.standing, application_id):
        return None
    application = session.get_one(Application, application_id, with_for_update=True)  # before what is said of it
    rows = select(Outcome).where(Outcome.application_id == application_id)
    outcome = session.scalars(rows.with_for_update()).one_or_none()
    if outcome is None:
        return None
    _take_in(session, outcome, application, at)
    return ad, outcome


def _noted(session: Session, ad: Ad, outcome: Outcome, told: str, verb: str, actor: Actor, at: datetime) -> None:
    """The candidate's own page says it too, so that a misunderstanding is seen by whom it is about."""
    mark_answered(session, application=session.get_one(Application, outcome.application_id), result=told)
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=ad.party_id, at=at, actor=who, verb=verb, object_id=outcome.application_id)
