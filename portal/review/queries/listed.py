"""The applications of one ad as lists and rules read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select

from portal.ads.models import Ad
from portal.applications.models import Application, LaterConsent
from portal.review.blind.models import Masking
from portal.review.queries.falls import FALLEN, HAD_FALLEN
from portal.review.queries.late_papers import PAPER_AT


class Listed(NamedTuple):
    """What lists and rules need of an application. A thousand of them are read as bare values: as objects that the
    session watches they would cost ten times as much."""

    id: UUID
    state: str
    submitted_at: datetime
    address_print: bytes | None
    name_sealed: bytes | None
    controller_id: UUID
    called_at: datetime | None
    decided_as: str  # what they have been told of the outcome; empty before that
    protected: bool  # under a code name, which only one reader can open
    fallen: bool  # a person has decided that they fall on a krav
    had_fallen: bool  # such a decision has been taken back
    code_name: str | None  # in a blind review, from when its masking has begun
    masked_at: datetime | None  # when everything of it was masked and approved
    paper_at: datetime | None  # under a code name: when its covered CV was handed over
    later: bool  # kept by nothing but its candidate's consent to be asked about later posts
    ad_id: UUID  # this and whose they are is the same of all: of the ad, and not read with each
    party_id: UUID
    authority_id: UUID


_ELSEWHERE: Mapping[str, Any] = {
    "fallen": FALLEN.label("fallen"),
    "had_fallen": HAD_FALLEN.label("had_fallen"),
    "code_name": Masking.code_name,
    "masked_at": Masking.approved_at,
    "paper_at": PAPER_AT.label("paper_at"),
    "later": LaterConsent.alone_at.is_not(None).label("later"),
}
LISTED = (
    select(*(_ELSEWHERE[name] if name in _ELSEWHERE else getattr(Application, name) for name in Listed._fields[:-3]))
    .select_from(Application)
    .outerjoin(Masking, Masking.application_id == Application.id)
    .outerjoin(LaterConsent, LaterConsent.application_id == Application.id)
)


def listed(ad: Ad, rows: Iterable[Sequence[Any]]) -> list[Listed]:
    """Rows of `LISTED` as they were read, all of this ad."""
    walls = (ad.id, ad.party_id, ad.authority_id)
    return [Listed._make((*row, *walls)) for row in rows]
