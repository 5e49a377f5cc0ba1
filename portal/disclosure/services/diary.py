"""The registrar types the authority's own diary number of a case."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.audit.services import person_actor, record
from portal.disclosure.models import CaseDiary
from portal.disclosure.queries.diary import history_of
from portal.refusal import Refusal


class CaseGone(Refusal):
    """No case of the authority's own."""

    status = 404


def write_diary_number(session: Session, *, ad_id: UUID, number: str, person_id: UUID, at: datetime) -> bool:
    """Write it down beside those before it; False where it is the one that holds. Raises CaseGone."""
    ad = ad_of(session, ad_id, lock=True)
    if ad is None or not ad.with_authority:
        raise CaseGone
    former = history_of(session, ad_id)
    if former and former[0].number == number:
        return False
    session.add(
        CaseDiary(
            id=uuid4(), party_id=ad.party_id, authority_id=ad.authority_id, controller_id=ad.controller_id,
            with_authority=True, ad_id=ad_id, diary_number=number, written_by=person_id, written_at=at,
        )
    )  # fmt: skip
    session.flush()
    record(session, chain=ad.authority_id, at=at, actor=person_actor(person_id), verb="diary.written", object_id=ad_id)
    return True
