"""Words let go: the post offered first, where the office wants an answer before the others are told, and then everybody's
word at once. Each is told once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.ads.queries import ad_of, criteria_of, hold_version
from portal.ads.services.publishing import end_ad
from portal.ads.states import AdState
from portal.applications.models import Application
from portal.applications.queries import word_to
from portal.applications.services.deciding import mark_decided
from portal.applications.states import COUNTS, State
from portal.audit.services import Entry, person_actor, record_all
from portal.decisions.access import may_decide
from portal.decisions.checklist import stopping
from portal.decisions.emails import post_word
from portal.decisions.models import Outcome
from portal.decisions.outcomes import (
    OFFERED_TO_YOU,
    CandidatesUnanswered,
    ChangedSince,
    NobodyToOffer,
    NotReady,
    Result,
    Status,
    StillOpen,
    may_become,
)
from portal.decisions.queries.release import Release, release_of
from portal.decisions.queries.words import Word
from portal.decisions.words import proposed
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.review.queries.case import Case, load_case
from portal.swedish_dates import in_words
from portal.vault.services import open_application_key

ENDED, OFFERED = "recruitment.ended", "post.offered"  # the events


def offer_post(session: Session, *, ad_id: UUID, seen: str, actor: Actor, at: datetime) -> int | None:
    """Offer the post to each who is to be hired and has had no word; nobody else learns anything.

    Returns how many were asked; None where the person may not. ``seen`` is `Release.seen` as the page showed it. Raises
    a Refusal. Done twice it offers nothing a second time.
    """
    locked = _locked(session, ad_id, actor, at)
    if locked is None:
        return None
    case, release = locked
    if not release.to_offer:
        raise NobodyToOffer
    _require(release, seen, offer=True)
    words = {word.application_id: word for word in release.to_offer}
    for application in _held(session, ad_id, words):
        _tell(session, application, words[application.id], OFFERED_TO_YOU, at)
        words[application.id].outcome.offered_at = at
        announce(session, OFFERED, subject_id=application.id, at=at)
    _log(session, case, "offer.made", words, actor, at)
    session.flush()
    end_of_withdrawn(session, case.ad, at=at)
    return len(words)


def end_recruitment(session: Session, *, ad_id: UUID, seen: str, actor: Actor, at: datetime) -> int | None:
    """Let everybody who has had no word have it, and end the ad; the room of who is to be employed is kept. Done twice it
    changes nothing.

    Returns how many candidates were told; None where the person may not. ``seen`` is `Release.seen` as the page showed
    it. Raises StillOpen, CandidatesUnanswered, NotReady and ChangedSince.
    """
    locked = _locked(session, ad_id, actor, at)
    if locked is None:
        return None
    case, release = locked
    words = {word.application_id: word for word in release.untold}
    if words or release.facts.without_outcome or case.ad.state == AdState.PUBLISHED:
        _require(release, seen, offer=False)
    for application in _held(session, ad_id, words):
        word = words[application.id]
        _tell(session, application, word, word.outcome.result, at)
    _let_proposals_read_the_same(session, case, release, at)
    _log(session, case, "outcome.released", words, actor, at)
    if case.ad.state == AdState.PUBLISHED:
        end_ad(session, ad_id=ad_id, person_id=actor.person_id, at=at)
    announce(session, ENDED, subject_id=ad_id, at=at)
    return len(words)


def end_of_withdrawn(session: Session, ad: Ad, *, at: datetime) -> None:
    """Of an ad that was taken back, which nobody ends, tell that the recruitment is over once nobody waits for word. Told
    twice it does nothing twice; a letter may have been registered since the first time, and have made it go on."""
    if ad.state != AdState.WITHDRAWN:
        return
    told = select(Outcome.id).where(Outcome.application_id == Application.id, Outcome.released_at.is_not(None)).exists()
    counting = select(told).where(Application.ad_id == ad.id, Application.state.in_(COUNTS))
    if all(session.scalars(counting)):
        announce(session, ENDED, subject_id=ad.id, at=at)


def _locked(session: Session, ad_id: UUID, actor: Actor, at: datetime) -> tuple[Case, Release] | None:
    """The case and what would be told, with every candidate that counts held until the end: nobody withdraws, and no
    outcome changes, between what is read here and the mail."""
    ad = ad_of(session, ad_id, lock=True)
    if ad is None:
        return None
    hold_version(session, ad_id)
    counting = Application.ad_id == ad_id, Application.state.in_(COUNTS)
    session.execute(select(Application.id).where(*counting).order_by(Application.id).with_for_update()).all()
    case = load_case(session, ad_id, actor)
    if case is None or not may_decide(case.standing):
        return None
    return case, release_of(session, case, at=at)


def _require(release: Release, seen: str, *, offer: bool) -> None:
    facts = release.facts
    if facts.open_until:
        raise StillOpen(day=facts.open_until)
    if facts.without_outcome and not offer:
        raise CandidatesUnanswered(count=in_words(facts.without_outcome).capitalize())
    if line := next(stopping(facts, offer=offer), None):
        raise NotReady(line.missing)
    if not all(word.read for word in release.to_offer):
        raise NotReady("Beskedet till den som ska erbjudas tjänsten är inte korrekturläst.")
    if seen != release.seen:
        raise ChangedSince


def _held(session: Session, ad_id: UUID, words: Iterable[UUID]) -> list[Application]:
    rows = select(Application).where(Application.ad_id == ad_id, Application.id.in_(list(words)))
    return list(session.scalars(rows.order_by(Application.id)))


def _tell(session: Session, application: Application, word: Word, result: str, at: datetime) -> None:
    assert may_become(word.outcome, Status.TOLD)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    word.outcome.released_at = at
    mark_decided(session, application=application, key=key, result=result, text=word.text, at=at)
    said = word_to(session, application.id)
    if application.with_authority and said is not None:  # sent out by an authority, so a record (TF 2:10)
        said.with_authority = True
        enter_in_register(session, owner=said, records=[(Kind.MESSAGE_OUT, said.id)], at=at)
    post_word(session, application, at=at)


def _log(session: Session, case: Case, verb: str, words: Iterable[UUID], actor: Actor, at: datetime) -> None:
    who = person_actor(actor.person_id)
    record_all(session, chain=case.ad.party_id, entries=[Entry(at, who, verb, id) for id in words])


def _let_proposals_read_the_same(session: Session, case: Case, release: Release, at: datetime) -> None:
    """A second sending that still waits for its address reads as one that does not go further, and nobody is mailed:
    who opens its page must not learn from it that the address had applied before. So it has a text of the same kind."""
    waiting = select(Application).where(Application.ad_id == case.ad.id, Application.state == State.PROPOSAL)
    for application in session.scalars(waiting):
        key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
        text = proposed(Result.NOT_FURTHER, _usual(session, case.ad, release), application.language)
        mark_decided(session, application=application, key=key, result=Result.NOT_FURTHER, text=text, at=at)


def _usual(session: Session, ad: Ad, release: Release) -> AdCriterion:
    """The criterion that decided for most of those who do not go further; the ad's first where there is none."""
    given = [word.outcome.criterion_id for word in release.words if word.outcome.result == Result.NOT_FURTHER]
    criteria = list(criteria_of(session, ad.id))
    return max(criteria, key=lambda row: given.count(row.id))
