"""How the review went: its phases, what was decided of krav, and the assessors' lines of reason."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.decisions.queries.sections import Reading, Section, section
from portal.review.deciding.models import RequirementDecision
from portal.review.phases import NAMES, Phase
from portal.review.queries.meeting import names_by_id
from portal.review.queries.notes import notes_seen
from portal.review.queries.phases import changes_of_phase
from portal.review.queries.requirements import reason_place, taken_back_place
from portal.review.requirements import WORDS, Ruling

BY_ITSELF = "av sig själv, på utsatt tid"


@section
def _phases(session: Session, reading: Reading) -> Section:
    changes = sorted(changes_of_phase(session, reading.case.ad.id).values(), key=lambda row: row.changed_at)
    rows = [
        (
            NAMES[Phase(row.former)],
            NAMES[Phase(row.phase)],
            row.changed_at.isoformat(),
            row.person.name if row.person else BY_ITSELF,
        )
        for row in changes
    ]
    return Section("phases", "Faser", ("Från", "Till", "När", "Vem"), rows)


@section
def _rulings(session: Session, reading: Reading) -> Section:
    labels, words = reading.labels, reading.words
    found = session.scalars(
        select(RequirementDecision)
        .where(RequirementDecision.ad_id == reading.case.ad.id)
        .order_by(RequirementDecision.decided_at, RequirementDecision.id)
    )
    known = [row for row in found if row.application_id in labels]
    takers = {row.taken_back_by for row in known if row.taken_back_by}
    people = names_by_id(session, {row.decided_by for row in known} | takers)
    rows = [
        (
            labels[row.application_id],
            words[row.criterion_id],
            WORDS[Ruling(row.result)],
            reading.opened(row.application_id, reason_place(row.id), row.reason_sealed),
            people[row.decided_by],
            row.decided_at.isoformat(),
            people[row.taken_back_by] if row.taken_back_by else "",
            row.taken_back_at.isoformat() if row.taken_back_at else "",
            reading.opened(row.application_id, taken_back_place(row.id), row.taken_back_reason_sealed),
        )
        for row in known
    ]
    columns = ("Sökande", "Krav", "Beslut", "Skäl", "Beslutat av", "När", "Tillbakataget av", "När det togs tillbaka",
               "Varför det togs tillbaka")  # fmt: skip
    return Section("requirement_decisions", "Beslut om krav", columns, rows)


@section
def _notes(session: Session, reading: Reading) -> Section:
    """As the scores are seen: a note is sealed as long as what it is the reason of."""
    notes = notes_seen(session, reading.case, reading.seen, reading.shown)
    people = {one.id: one.person.name for one in reading.seen.members}
    rows = [
        (reading.names[candidate], reading.words[criterion], people[author], text)
        for (author, candidate, criterion), text in notes.items()
        if author in people
    ]
    return Section(
        "notes", "Bedömarnas anteckningar", ("Sökande", "Krav eller merit", "Bedömare", "Anteckning"), sorted(rows)
    )
