"""What the party's log says of the recruitment: who opened what, and which dates and roles were set anew."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.models import AuditLine
from portal.decisions.queries.sections import Reading, Section, section
from portal.documents.models import Document
from portal.review.phases import NAMES, PLANNED
from portal.review.queries.meeting import names_by_id

OPENED: Final = {"document.original_read": "originalet", "salary.read": "löneanspråket"}
SET_ANEW: Final = {
    "review.last_minute": "Sista minuten för bedömningen",
    **{f"phase.{phase.value}_planned": f"När fasen {NAMES[phase].lower()} börjar" for phase in PLANNED},
}
PEOPLE: Final = {"review.decider": "Vem som beslutar", "panel.led": "Vem som leder"}
PERSON: Final = "person:"


@section
def _openings(session: Session, reading: Reading) -> Section:
    """Each opening of an original or of a salary claim: in a blind review none comes before the call to interview."""
    labels = reading.labels
    owned = select(Document.id, Document.application_id).where(Document.application_id.in_(list(labels)))
    owner = {id: id for id in labels} | {row.id: row.application_id for row in session.execute(owned)}
    lines = _lines(session, reading, OPENED, list(owner))
    called = {row.id: row.called_at for row in reading.case.applications}
    people = names_by_id(session, _known(_id(line.actor) for line in lines))
    rows = [
        (
            labels[id],
            OPENED[line.verb],
            _named(people, line.actor),
            line.at.isoformat(),
            "efter" if (at_call := called.get(id)) is not None and line.at >= at_call else "före",
        )
        for line in lines
        if line.object_id is not None
        for id in (owner[line.object_id],)
    ]
    columns = ("Sökande", "Vad som öppnades", "Vem", "När", "Före eller efter kallelsen till intervju")
    return Section("openings", "Öppnade original och löneanspråk", columns, rows)


@section
def _set_anew(session: Session, reading: Reading) -> Section:
    """Dates and roles as they were and became. The first time something is set there is nothing that it was."""
    lines = _lines(session, reading, {**SET_ANEW, **PEOPLE}, [reading.case.ad.id])
    said = [(line, *_was_and_became(line.reason)) for line in lines]
    people = names_by_id(session, _known(_id(one) for line, *both in said for one in (line.actor, *both)))
    rows = [
        (
            (SET_ANEW | PEOPLE)[line.verb],
            _named(people, was),
            _named(people, became),
            _named(people, line.actor),
            line.at.isoformat(),
        )
        for line, was, became in said
    ]
    return Section("set_anew", "Datum och roller som har ändrats", ("Vad", "Var", "Blev", "Av", "När"), rows)


def _lines(session: Session, reading: Reading, verbs: dict[str, str], objects: Sequence[UUID]) -> Sequence[AuditLine]:
    rows = select(AuditLine).where(
        AuditLine.chain_id == reading.case.ad.party_id, AuditLine.verb.in_(verbs), AuditLine.object_id.in_(objects)
    )
    return session.scalars(rows.order_by(AuditLine.number)).all()


def _was_and_became(reason: str) -> tuple[str, str]:
    """ "… -> …", as `review.services.naming.record_change` writes it; "-" is nothing."""
    was, _, became = reason.partition(" -> ")
    return ("" if was == "-" else was), ("" if became == "-" else became)


def _known(ids: Iterable[UUID | None]) -> set[UUID]:
    return {id for id in ids if id is not None}


def _named(people: Mapping[UUID, str], value: str) -> str:
    """A person by name; what is no person as it stands."""
    id = _id(value)
    return people.get(id, "") if id is not None else value


def _id(text: str) -> UUID | None:
    try:
        return UUID(text.removeprefix(PERSON))
    except ValueError:
        return None
