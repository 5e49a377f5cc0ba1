"""Words to candidates marked as proof-read. What was read is kept: that very text is what the candidate reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.audit.services import person_actor, record
from portal.decisions.models import ProofreadWord
from portal.decisions.outcomes import OutcomeReleased, WordChanged, WordMissing, WordMoved, WordsNotKept
from portal.decisions.queries.words import PLACE, Word, version_of, words_of
from portal.decisions.words import LONGEST_WORD
from portal.organisations.access import Actor
from portal.refusal import Refusal
from portal.review.access import may_see_listed
from portal.review.queries.case import Case, load_case
from portal.vault.services import open_application_key


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text as a page sends it, perhaps changed. ``seen``: the version that the page was opened with."""

    text: str
    seen: str

    @property
    def untouched(self) -> bool:
        """Whether it is still the one that was shown."""
        return version_of(self.text.strip()) == self.seen


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
    _require_keepable(word, ReadText(text, seen))
    if not (word.read and word.text == text.strip()):
        _keep(session, case, word, text.strip(), actor, at)
    return word


def proofread_all(
    session: Session, *, ad_id: UUID, texts: Mapping[UUID, ReadText], actor: Actor, at: datetime
) -> int | None:
    """Keep all the texts of a page as what the candidates will read, those that were changed there and those that were not.
    Returns how many were written down by it; None where the person may not. What nobody has touched and a colleague has read
    is left as the colleague kept it. Where one cannot be kept none is: raises WordsNotKept."""
    case = _locked(session, ad_id, actor)
    if case is None:
        return None
    asked = [(word, texts[id]) for id, word in _visible(session, case).items() if id in texts]
    asked = [(word, sent) for word, sent in asked if not (sent.untouched and (word.read or word.outcome.released_at))]
    faults = {word.application_id: fault for word, sent in asked if (fault := _fault_of(word, sent))}
    if faults:
        raise WordsNotKept(faults)
    differing = [
        (word, sent.text.strip()) for word, sent in asked if not (word.read and word.text == sent.text.strip())
    ]
    for word, text in differing:
        _keep(session, case, word, text, actor, at)
    return len(differing)


def _require_keepable(word: Word, sent: ReadText) -> None:
    if not sent.text.strip() or len(sent.text) > LONGEST_WORD:
        raise WordMissing
    if word.outcome.released_at is not None:
        raise OutcomeReleased
    if sent.seen and version_of(word.text) != sent.seen and word.text != sent.text.strip():
        raise WordMoved


def _fault_of(word: Word, sent: ReadText) -> Refusal | None:
    """Why this text cannot be kept. One that nobody has touched and that is another by now is to be read first."""
    try:
        _require_keepable(word, sent)
    except WordMoved as moved:
        return WordChanged() if sent.untouched else moved
    except Refusal as refusal:
        return refusal
    return None


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
