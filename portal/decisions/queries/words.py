"""What each candidate will read: as it was proof-read, or as it is proposed until somebody has done that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.applications.queries import without_address
from portal.decisions.models import Outcome, ProofreadWord
from portal.decisions.outcomes import Result
from portal.decisions.queries.recorded import outcomes_of
from portal.decisions.words import proposed
from portal.review.access import may_see_name, those
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.vault.services import ApplicationKey, open_application_keys

PLACE = "proofread_word.text"  # what the sealed text is bound to


@dataclass(frozen=True, slots=True)
class Word:
    """The text to one candidate that has an outcome. ``read_by``: who has proof-read this very text."""

    application_id: UUID
    outcome: Outcome
    language: str
    text: str
    read_by: UUID | None
    read_at: datetime | None
    name: str  # empty where the reader may not see the candidate

    @property
    def read(self) -> bool:
        """Whether somebody has proof-read it."""
        return self.read_at is not None

    @property
    def version(self) -> str:
        """By this a page tells which text it showed."""
        return version_of(self.text)


def version_of(text: str) -> str:
    """A short hash of a text."""
    return sha256(text.encode()).hexdigest()[:16]


def words_of(session: Session, case: Case) -> list[Word]:
    """The text to every candidate that counts and has an outcome, whoever asks: see `shown` before showing one."""
    rows = {row.id: row for row in case.applications}
    outcomes = [one for one in outcomes_of(session, case.ad.id) if one.application_id in rows]
    criteria = {row.id: row for row in criteria_of(session, case.ad.id)}
    read = _proofread(session, case.ad.id)
    languages = _languages(session, case.ad.id)
    keys = open_application_keys(session, {one.application_id: one.controller_id for one in outcomes})
    names = labels_of(session, case, case.listed)
    found = []
    for outcome in outcomes:
        id = outcome.application_id
        if id in keys:
            own = read.get(id)
            text = _text(outcome, own, keys[id], criteria, languages[id])
            by, when = (own.read_by, own.read_at) if own else (None, None)
            found.append(Word(id, outcome, languages[id], text, by, when, names.get(id, "")))
    return found


def shown(words: Iterable[Word], names: Sequence[UUID]) -> list[Word]:
    """Those of whom the reader may see the candidate, in the order of ``names``."""
    place = {id: n for n, id in enumerate(names)}
    seen = [word for word in words if word.application_id in place]
    return sorted(seen, key=lambda word: place[word.application_id])


def to_write_to(session: Session, case: Case) -> set[UUID]:
    """Those who get no mail that there is word, for want of an address: the office rings or writes. Told of nobody whom the
    reader does not know by name."""
    return without_address(session, [row.id for row in those(may_see_name, case.standing, case.listed)])


def _text(
    outcome: Outcome,
    read: ProofreadWord | None,
    key: ApplicationKey,
    criteria: Mapping[UUID, AdCriterion],
    language: str,
) -> str:
    if read is not None:
        return key.open_text(PLACE, read.text_sealed)
    return proposed(Result(outcome.result), criteria[outcome.criterion_id], language)


def _proofread(session: Session, ad_id: UUID) -> dict[UUID, ProofreadWord]:
    rows = session.scalars(select(ProofreadWord).where(ProofreadWord.ad_id == ad_id))
    return {row.application_id: row for row in rows}


def _languages(session: Session, ad_id: UUID) -> dict[UUID, str]:
    rows = session.execute(select(Application.id, Application.language).where(Application.ad_id == ad_id))
    return {row.id: row.language for row in rows}
