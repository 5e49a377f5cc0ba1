"""Outcomes recorded one by one, each with its reason; nothing of it is told yet."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.services.deciding import mark_answered
from portal.audit.services import person_actor, record
from portal.decisions.access import may_decide, may_decide_about
from portal.decisions.models import Outcome, ProofreadWord
from portal.decisions.outcomes import (
    LONGEST_REASON,
    WORDS,
    DeclinedMeanwhile,
    OutcomeMoved,
    OutcomeReleased,
    OutcomeSettled,
    ReasonMissing,
    Result,
    Status,
    StillUnnamed,
    TooManyHired,
    UnknownCriterion,
    may_become,
)
from portal.decisions.queries.recorded import hired
from portal.decisions.services.room import give_room_back, take_room_again
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.access import may_see_listed
from portal.review.phases import Phase
from portal.review.queries.case import Case, Listed, load_case
from portal.review.refusals import ConflictUnanswered
from portal.review.services import enter
from portal.seen import NOT_TOLD, Seen
from portal.swedish_dates import in_words
from portal.vault.services import ApplicationKey, open_application_key


def record_outcome(
    session: Session,
    *,
    ad_id: UUID,
    application_id: UUID,
    result: Result,
    criterion_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    seen: Seen = NOT_TOLD,
) -> Outcome | None:
    """Record, or record anew, what becomes of one candidate. None where the person may not: the candidate is not this
    ad's, no longer counts, or is one whom the person may not see (jäv).

    The ad's row is the lock: two of the office cannot both hire on its last post. Raises a Refusal: `OutcomeMoved` where a
    colleague has recorded another than was ``seen``.
    """
    ad = hold(session, ad_id, application_id)
    case = load_case(session, ad_id, actor)
    application = _decided_about(case, application_id)
    if ad is None or case is None or application is None:
        return None
    outcome = session.scalars(select(Outcome).where(Outcome.application_id == application_id)).one_or_none()
    _require_changeable(outcome, result)
    _require_reason(session, ad_id, criterion_id, reason)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    _require_unmoved(session, outcome, key, (result, criterion_id, reason), seen)
    require_free_post(session, ad, application_id, result)
    _require_name_open(case, application, result)
    if outcome is not None and (outcome.result, outcome.criterion_id) != (result, criterion_id):
        _let_words_be_proposed_anew(session, application_id)
    outcome = outcome or _new_outcome(application)
    outcome.result, outcome.criterion_id = result.value, criterion_id
    outcome.reason_sealed = key.seal_text(f"outcome.{outcome.id}", reason.strip())
    _keep(session, outcome, actor, at)
    if result is Result.HIRED:
        enter(session, case=case, to=Phase.DECISION, by=actor.person_id, at=at)
    _let_room_follow(session, ad, result, at)
    return outcome


def _let_room_follow(session: Session, ad: Ad, result: Result, at: datetime) -> None:
    """Of an ad that is taken back, whose posts are nobody's but theirs who are to be employed."""
    if result is Result.HIRED:
        take_room_again(session, ad, at=at)
    else:
        give_room_back(session, ad)


def _keep(session: Session, outcome: Outcome, actor: Actor, at: datetime) -> None:
    outcome.recorded_by, outcome.recorded_at, outcome.called_off_at = actor.person_id, at, None
    session.add(outcome)
    session.flush()
    who, verb = person_actor(actor.person_id), f"outcome.{outcome.result}"
    record(session, chain=outcome.party_id, at=at, actor=who, verb=verb, object_id=outcome.application_id)


def hold(session: Session, ad_id: UUID, application_id: UUID) -> Ad | None:
    """The ad, held until the end, and one candidate with it: nobody who takes their application back meanwhile is decided
    about, or employed. To be done before the case is read."""
    ad = ad_of(session, ad_id, lock=True)
    session.get(Application, application_id, with_for_update=HELD)
    return ad


def _decided_about(case: Case | None, application_id: UUID) -> Listed | None:
    """The candidate, if the person may know of them and decides. Raises ConflictUnanswered: whoever decides, of the office
    too, has said first that they have no jäv."""
    application = case.application(application_id) if case else None
    if case is None or application is None or not may_see_listed(case.standing, application_id):
        return None
    if not may_decide(case.standing):
        return None
    if not may_decide_about(case.standing, application_id):
        raise ConflictUnanswered
    return application


def _new_outcome(application: Listed) -> Outcome:
    return Outcome(
        id=uuid4(),
        party_id=application.party_id,
        authority_id=application.authority_id,
        controller_id=application.controller_id,
        ad_id=application.ad_id,
        application_id=application.id,
    )


def _let_words_be_proposed_anew(session: Session, application_id: UUID) -> None:
    """The result and its criterion pick the text, so what was proof-read is about something else."""
    session.execute(delete(ProofreadWord).where(ProofreadWord.application_id == application_id))


def _require_changeable(outcome: Outcome | None, result: Result) -> None:
    if outcome is None:
        return
    if outcome.released_at is not None:
        raise OutcomeReleased
    if outcome.settled_at is not None and result is not Result.HIRED:
        raise OutcomeSettled


def recorded_texts(result: str, criterion_id: UUID | None, reason: str) -> dict[str, str]:
    """An outcome as the texts that it is compared by."""
    return {"result": result, "criterion": str(criterion_id or ""), "reason": reason.strip()}


def _require_unmoved(
    session: Session, outcome: Outcome | None, key: ApplicationKey, asked: tuple[Result, UUID, str], seen: Seen
) -> None:
    if outcome is None or seen.version is None:
        return
    result, criterion_id, reason = outcome.result, outcome.criterion_id, _reason_of(outcome, key)
    saved, written = recorded_texts(result, criterion_id, reason), recorded_texts(asked[0].value, asked[1], asked[2])
    if saved != written and any(not seen.shown(name, text) for name, text in saved.items()):
        criterion = session.get_one(AdCriterion, criterion_id)
        raise OutcomeMoved(result=WORDS[Result(result)], criterion=criterion.text, reason=reason)


def _reason_of(outcome: Outcome, key: ApplicationKey) -> str:
    return key.open_text(f"outcome.{outcome.id}", outcome.reason_sealed)


def _require_reason(session: Session, ad_id: UUID, criterion_id: UUID, reason: str) -> None:
    criterion = session.get(AdCriterion, criterion_id)
    if criterion is None or criterion.ad_id != ad_id:
        raise UnknownCriterion
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise ReasonMissing


def _require_name_open(case: Case, application: Listed, result: Result) -> None:
    if result is Result.HIRED and case.blind and application.called_at is None:
        raise StillUnnamed


def require_free_post(session: Session, ad: Ad, application_id: UUID, result: Result) -> None:
    """Raises TooManyHired where others are to have all of the ad's posts."""
    others = [one for one in hired(session, ad.id) if one.application_id != application_id]
    if result is Result.HIRED and len(others) >= ad.posts:
        raise TooManyHired(posts="en tjänst" if ad.posts == 1 else f"{in_words(ad.posts)} tjänster")


def settle_outcome(session: Session, *, outcome: Outcome, at: datetime) -> None:
    """An employment rests on this outcome from now on; its result no longer changes. Who was offered it has said yes.

    Raises DeclinedMeanwhile: the candidate's own page is first with a no.
    """
    application = session.get_one(Application, outcome.application_id, with_for_update=True)
    if application.decided_as == Status.DECLINED:
        raise DeclinedMeanwhile
    outcome.settled_at = outcome.settled_at or at
    if may_become(outcome, Status.ACCEPTED):
        outcome.accepted_at = at
        mark_answered(session, application=application, result=Result.HIRED)
    session.flush()
