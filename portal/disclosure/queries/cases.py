"""The records of a whole case: the minutes of its meeting, as they were when it closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.disclosure.queries.diary import numbers_of_cases
from portal.organisations.models import Party
from portal.register.kinds import Kind
from portal.register.lines import SetLine, case_place, lines_in
from portal.register.models import CaseRecord
from portal.vault.services import open_for_controller


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A record of the authority's that is about no single application: minutes, or a request and the decision on it.
    ``subject_id`` is the request, or the case record; ``title`` and ``party_name`` are empty of a request."""

    entry_id: UUID
    subject_id: UUID
    number: int
    kind: Kind
    entered_at: datetime
    title: str
    party_name: str
    diary_number: str
    ad_id: UUID | None = None  # the case that minutes are of

    # What the lines of applications say besides.
    name: ClassVar[str] = ""
    gone: ClassVar[str] = "Hela ärendet"
    taken_back: ClassVar[bool] = False
    protected: ClassVar[bool] = False
    apart: ClassVar[bool] = False
    by_day: ClassVar[bool] = False


def every_case_record() -> Select[*tuple[Any, ...]]:
    """All of them that the scope has, for `lines_of_cases`."""
    return (
        select(CaseRecord, Ad.title, Party.name)
        .join(Ad, Ad.id == CaseRecord.ad_id)
        .join(Party, Party.id == CaseRecord.party_id)
    )


def lines_of_cases(session: Session, wanted: Select[*tuple[Any, ...]]) -> list[OwnLine]:
    """Those that are wanted, in their order."""
    found = session.execute(wanted).all()
    diary = numbers_of_cases(session) if found else {}
    return [
        OwnLine(
            row.id, row.id, row.register_number, Kind(row.kind), row.entered_at, title or "", name,
            diary.get(row.ad_id, ""), row.ad_id,
        )
        for row, title, name in found
    ]  # fmt: skip


def minutes_in(session: Session, ad_id: UUID) -> list[OwnLine]:
    """The minutes of one case, the newest first."""
    wanted = every_case_record().where(CaseRecord.ad_id == ad_id)
    return lines_of_cases(session, wanted.order_by(CaseRecord.register_number.desc()))


def minutes_with(session: Session, ids: Sequence[UUID]) -> list[OwnLine]:
    """These, by number."""
    wanted = every_case_record().where(CaseRecord.id.in_(list(ids)))
    return lines_of_cases(session, wanted.order_by(CaseRecord.register_number)) if ids else []


def case_of(session: Session, record_id: UUID) -> UUID | None:
    """Which case a record is of that is about no single application; None for what the authority has not."""
    return session.scalar(select(CaseRecord.ad_id).where(CaseRecord.id == record_id))


def minutes_of(session: Session, record_id: UUID) -> tuple[int, list[SetLine]] | None:
    """Number and lines of a case's minutes; None for what the authority has not."""
    row = session.get(CaseRecord, record_id)
    return None if row is None else (row.register_number, lines_of_record(session, row))


def lines_of_record(session: Session, row: CaseRecord) -> list[SetLine]:
    """What they say."""
    return lines_in(open_for_controller(session, row.controller_id, row.lines_sealed, place=case_place(row.id)))
