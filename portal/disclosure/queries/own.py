"""The authority's records that are about no single application: what it was asked for and has decided, and minutes."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from portal.disclosure.asked import Asked
from portal.disclosure.form_lines import plain
from portal.disclosure.models import DisclosureRequest, RequestRecord
from portal.disclosure.queries.cases import OwnLine, every_case_record, lines_of_cases, minutes_of
from portal.disclosure.queries.records import Source
from portal.disclosure.queries.register import ON_A_PAGE, Line, lines_of
from portal.disclosure.queries.requests import words_of
from portal.register.kinds import Kind
from portal.register.models import CaseRecord


def series_of(session: Session, authority_id: UUID, asked: Asked, *, most: int | None = None) -> list[Line | OwnLine]:
    """The whole series that is asked for, the newest first, at most so many: a page of it."""
    count = most or ON_A_PAGE
    found: list[Line | OwnLine] = [*lines_of(session, asked, most=count), *_minutes(session, asked, count)]
    if asked.ad_id is None:
        found += _requests(session, authority_id, asked, count)
    return sorted(found, key=lambda line: line.number, reverse=True)[:count]


def _minutes(session: Session, asked: Asked, most: int) -> list[OwnLine]:
    rows = every_case_record()
    if asked.ad_id is not None:
        rows = rows.where(CaseRecord.ad_id == asked.ad_id)
    return lines_of_cases(session, _within(rows, CaseRecord, asked, most))


def _requests(session: Session, authority_id: UUID, asked: Asked, most: int) -> list[OwnLine]:
    rows = (
        select(RequestRecord, DisclosureRequest.diary_number)
        .join(DisclosureRequest, DisclosureRequest.id == RequestRecord.request_id)
        .where(RequestRecord.authority_id == authority_id)
    )
    return [
        OwnLine(row.id, row.request_id, row.register_number, Kind(row.kind), row.entered_at, "", "", diary_number)
        for row, diary_number in session.execute(_within(rows, RequestRecord, asked, most))
    ]


def _within(rows: Select[*tuple[Any, ...]], kind: Any, asked: Asked, most: int) -> Select[*tuple[Any, ...]]:
    if asked.first is not None:
        rows = rows.where(kind.entered_at >= asked.first)
    if asked.end is not None:
        rows = rows.where(kind.entered_at < asked.end)
    if asked.below is not None:
        rows = rows.where(kind.register_number < asked.below)
    return rows.order_by(kind.register_number.desc()).limit(most)


def own_source(session: Session, authority_id: UUID, line: OwnLine) -> Source | None:
    """What one of them says, as the bytes of a file: the words of a request, a paper of a decision or minutes."""
    mark = f"Nummer {line.number}"
    if line.kind is Kind.MINUTES:
        found = minutes_of(session, line.subject_id)
        return None if found is None else Source.of_lines(found[1], mark=mark)
    words = words_of(session, authority_id, line.subject_id, "asked" if line.kind is Kind.REQUEST else "decision")
    if line.kind is Kind.REQUEST:
        return Source(words.encode(), "txt") if words else None
    return Source.of_lines([("heading", line.kind.word), *plain(words)], mark=mark) if words else None


def numbers_of(session: Session, request_id: UUID) -> dict[Kind, int]:
    """The numbers of a request that is the authority's, and of its decision."""
    rows = select(RequestRecord.kind, RequestRecord.register_number).where(RequestRecord.request_id == request_id)
    return {Kind(row.kind): row.register_number for row in session.execute(rows)}
