"""Words to candidates marked as proof-read. What was read is kept: that very text is what the candidate reads."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.audit.services import person_actor, record
from portal.decisions.models import ProofreadWord
from portal.decisions.outcomes import OutcomeReleased, WordMissing, WordMoved, WordsChanged
from portal.decisions.queries.words import PLACE, Word, version_of, words_of
from portal.decisions.words import LONGEST_WORD
from portal.organisations.access import Actor
from portal.review.access import may_see_listed
from portal.review.queries.case import Case, load_case
from portal.swedish_dates import in_words
from portal.vault.services import open_application_key


def proofread_word(
    session: Session, *, ad_id: UUID, application_id: UUID, text: str, seen: str = "", actor: Actor, at: datetime
) -> Word | None:
    """Keep ``text`` as what this candidate will read, and that the person has read it through. The same text once more
    changes nothing. None where there is no such outcome or the person may not see the candidate. ``seen`` is the version
    that the page showed: where another is kept since, that one is not written over unseen. Raises a Refusal."""
    case = _locked(session, ad_id, actor)
    word = _visible(session, case).get(application_id) if case else None
    if case is None or word is None:
        return None
    if not text.strip() or len(text) > LONGEST_WORD:
        raise WordMissing
    if word.outcome.released_at is not None:
        raise OutcomeReleased
    if seen and version_of(word.text) != seen and word.text != text.strip():
        raise WordMoved
    if not (word.read and word.text == text.strip()):
        _keep(session, case, word, text.strip(), actor, at)
    return word


def proofread_all(
    session: Session, *, ad_id: UUID, versions: Mapping[UUID, str], actor: Actor, at: datetime
) -> int | None:
    """Mark the texts that a page has shown, by their versions, as read. Returns how many were not marked before; None
    where the person may not. A text that is another by now marks none: raises WordsChanged."""
    case = _locked(session, ad_id, actor)
    if case is None:
        return None
    waiting = [word for word in _visible(session, case).values() if word.outcome.released_at is None and not word.read]
    asked = [word for word in waiting if word.application_id in versions]
    changed = sum(version_of(word.text) != versions[word.application_id] for word in asked)
    if changed:
        raise WordsChanged(count="Ett besked" if changed == 1 else f"{in_words(changed).capitalize()} besked")
    for word in asked:
        _keep(session, case, word, word.text, actor, at)
    return len(asked)


def _locked(session: Session, ad_id: UUID, actor: Actor) -> Case | None:
    """The ad's row is the lock, as for the outcomes that the words are about."""
    ad = ad_of(session, ad_id, lock=True)
    return load_case(session, ad_id, actor) if ad is not None else None


def _visible(session: Session, case: Case) -> dict[UUID, Word]:
    return {
        word.application_id: word
        for word in words_of(session, case)
        if may_see_listed(case.standing, word.application_id)
    }


def _keep(session: Session, case: Case, word: Word, text: str, actor: Actor, at: datetime) -> None:
    outcome = word.outcome
    key = open_application_key(session, application_id=word.application_id, controller_id=outcome.controller_id)
    session.execute(delete(ProofreadWord).where(ProofreadWord.application_id == word.application_id))
    session.add(
        ProofreadWord(
            id=uuid4(),
            party_id=outcome.party_id,
            authority_id=outcome.authority_id,
            controller_id=outcome.controller_id,
            ad_id=case.ad.id,
            application_id=word.application_id,
            text_sealed=key.seal_text(PLACE, text),
            read_by=actor.person_id,
            read_at=at,
        )
    )
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="word.proofread", object_id=word.application_id)
