"""The interviews: who was called, when they met whom, what the cards say once they are open, what references have said."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.decisions.queries.sections import Reading, Section, section
from portal.interviews.models import ReferenceWord
from portal.interviews.queries.cards import Card, cards_of
from portal.interviews.queries.slots import slots_of
from portal.review.queries.meeting import names_by_id
from portal.review.queries.scores import calls_of
from portal.review.steps import words_of


@section
def _called(session: Session, reading: Reading) -> Section:
    labels = reading.labels
    calls = [call for id, call in calls_of(session, reading.case.ad.id).items() if id in labels]
    people = names_by_id(session, {call.called_by for call in calls})
    rows = [(labels[call.application_id], call.called_at.isoformat(), people[call.called_by]) for call in calls]
    return Section("interviews", "Kallade till intervju", ("Sökande", "Kallad", "Kallad av"), sorted(rows))


@section
def _times(session: Session, reading: Reading) -> Section:
    labels = reading.labels
    rows = [
        (
            labels[id],
            one.slot.starts_at.isoformat(),
            str(one.slot.minutes),
            one.slot.place,
            ", ".join(name for _, name in one.members),
        )
        for one in slots_of(session, reading.case.ad.id)
        if (id := one.application_id) is not None and id in labels
    ]
    columns = ("Sökande", "Tid", "Minuter", "Plats", "Vilka som skulle vara med")
    return Section("interview_times", "Bokade intervjuer", columns, rows)


@section
def _cards(session: Session, reading: Reading) -> Section:
    """Those that are open to the reader: like the page of an interview, and never before."""
    called = [row for row in reading.shown if row.called_at is not None]
    cards = cards_of(session, reading.case, called, reading.at) if called else {}
    rows = [
        row
        for application in called
        for card in cards[application.id].shown
        for row in _card(reading, reading.names[application.id], card)
    ]
    columns = ("Sökande", "Krav eller merit", "Bedömare", "Bedömning", "Anteckning", "Sparad", "Kortet lämnades in")
    return Section("interview_cards", "Intervjukort", columns, rows)


def _card(reading: Reading, name: str, card: Card) -> list[tuple[str, ...]]:
    handed_in = card.handed_in_at.isoformat() if card.handed_in_at else ""
    return [
        (
            name,
            criterion.text,
            card.name,
            words_of(criterion.judged, said.step, said.present) if said.judged else "",
            said.note,
            said.saved_at.isoformat(),
            handed_in,
        )
        for criterion in reading.criteria
        if (said := card.said.get(criterion.id)) is not None
    ]


@section
def _references(session: Session, reading: Reading) -> Section:
    """What was written down; who the references are is between them, the candidate and whoever asked."""
    labels, words = reading.labels, reading.words
    found = session.scalars(
        select(ReferenceWord)
        .where(ReferenceWord.application_id.in_(list(labels)))
        .order_by(ReferenceWord.written_at, ReferenceWord.id)
    ).all()
    people = names_by_id(session, {row.written_by for row in found})
    rows = [
        (
            labels[row.application_id],
            words[row.criterion_id] if row.criterion_id else "Allmänt",
            reading.opened(row.application_id, f"reference_word.{row.id}", row.text_sealed),
            people[row.written_by],
            row.written_at.isoformat(),
        )
        for row in found
    ]
    columns = ("Sökande", "Gäller", "Vad referensen sa", "Nedskrivet av", "När")
    return Section("references", "Vad referenser har sagt", columns, rows)
