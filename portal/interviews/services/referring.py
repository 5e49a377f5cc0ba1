"""References: given by the candidate who has their consent, heard by the office or who leads."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.ads.models import AdCriterion
from portal.applications.services.drafting import key_of
from portal.audit.services import CANDIDATE, person_actor, record
from portal.interviews.access import may_write_down_reference
from portal.interviews.models import Reference, ReferenceWord
from portal.interviews.queries.references import FIELDS, opened_texts, place_of
from portal.interviews.refusals import NotOpenToYou, ReferenceAsked, ReferencesFull, WordsMissing
from portal.interviews.services.arranging import require_arranger
from portal.interviews.services.booking import asked_application
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.queries.case import Case
from portal.review.services.naming import walls
from portal.vault.services import ApplicationKey, open_application_key

MOST = 3
LONGEST_WORDS = 4000


def give_reference(
    session: Session, *, application_id: UUID, name: str, contact: str, relation: str, at: datetime
) -> Reference:
    """Keep somebody who may be asked. The candidate has said that they agree: that is logged. The same once more is the one
    that is there. Raises a Refusal."""
    application = asked_application(session, application_id)
    key, id = key_of(application), uuid4()
    standing = Reference.application_id == application_id, Reference.taken_back_at.is_(None)
    own = session.scalars(select(Reference).where(*standing)).all()
    wanted = {"name": name, "contact": contact, "relation": relation}
    for known in own:
        if opened_texts(key, known) == wanted:
            return known
    if len(own) >= MOST:
        raise ReferencesFull
    sealed = {
        f"{field}_sealed": key.seal_text(place_of(id, field), text)
        for field, text in zip(FIELDS, (name, contact, relation), strict=True)
    }
    row = Reference(
        id=id, party_id=application.party_id, authority_id=application.authority_id,
        controller_id=application.controller_id, application_id=application_id, agreed_at=at, **sealed,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, chain=row.party_id, at=at, actor=CANDIDATE, verb="reference.agreed", object_id=id)
    return row


def take_reference_back(session: Session, *, application_id: UUID, reference_id: UUID, at: datetime) -> None:
    """Remove one that nobody has written anything of yet. An authority keeps it, as a record that has come in (TF 2:9):
    it is shown to nobody here, and nobody asks them. One that is gone stays gone. Raises a Refusal."""
    application = asked_application(session, application_id)
    row = session.get(Reference, reference_id, with_for_update=True)
    if row is None or row.application_id != application_id or row.taken_back_at is not None:
        return
    removing = session.begin_nested()
    try:
        session.delete(row)
        session.flush()
    except IntegrityError:  # what was said of it is the staff's, which a candidate's scope does not see
        removing.rollback()
        raise ReferenceAsked from None
    if application.controller_id == application.authority_id:
        removing.rollback()
        row.taken_back_at = at
        session.flush()
    else:
        removing.commit()
    record(
        session, chain=application.party_id, at=at, actor=CANDIDATE, verb="reference.taken_back", object_id=reference_id
    )


def write_down_words(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    application_id: UUID,
    reference_id: UUID,
    criterion_id: UUID | None,
    text: str,
    at: datetime,
) -> ReferenceWord:
    """Keep what a reference said, of one criterion or of all. The same words once more are those that are there. Raises a
    Refusal."""
    require_arranger(case)
    application = case.application(application_id)
    row = session.get(Reference, reference_id, with_for_update=HELD)
    if application is None or not may_write_down_reference(case.standing, application_id):
        raise NotOpenToYou
    if row is None or row.application_id != application_id or row.taken_back_at is not None:
        raise NotOpenToYou
    criterion = session.get(AdCriterion, criterion_id) if criterion_id else None
    if criterion_id and (criterion is None or criterion.ad_id != case.ad.id):
        raise NotOpenToYou
    if not 0 < len(text) <= LONGEST_WORDS:
        raise WordsMissing
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    if (same := _said_already(session, key, reference_id, criterion_id, text)) is not None:
        return same
    word = ReferenceWord(
        id=uuid4(), **walls(case), reference_id=reference_id, application_id=application_id, criterion_id=criterion_id,
        written_by=actor.person_id, written_at=at,
    )  # fmt: skip
    word.text_sealed = key.seal_text(f"reference_word.{word.id}", text)
    session.add(word)
    session.flush()
    actor_name = person_actor(actor.person_id)
    record(session, chain=word.party_id, at=at, actor=actor_name, verb="reference.heard", object_id=reference_id)
    return word


def _said_already(
    session: Session, key: ApplicationKey, reference_id: UUID, criterion_id: UUID | None, text: str
) -> ReferenceWord | None:
    rows = select(ReferenceWord).where(
        ReferenceWord.reference_id == reference_id, ReferenceWord.criterion_id == criterion_id
    )
    return next(
        (row for row in session.scalars(rows) if key.open_text(f"reference_word.{row.id}", row.text_sealed) == text),
        None,
    )
