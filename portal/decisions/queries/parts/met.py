"""The meeting: its steps, who was there, what it dealt with, and what it came to. As the reader could have attended it."""

from functools import partial

from sqlalchemy.orm import Session

from portal.decisions.queries.sections import Reading, Section, section
from portal.review.meeting.minutes import ORDER_WORDS
from portal.review.meeting.states import DONE, Step
from portal.review.meeting.voting import CHOICE_WORDS, result_words, tally
from portal.review.queries import meeting as kept
from portal.review.ranking import place_labels
from portal.vault.services import open_for_controller


@section
def _events(session: Session, reading: Reading) -> Section:
    held = reading.meeting
    open_reason = partial(open_for_controller, session, reading.case.ad.controller_id)
    rows = [
        (
            f"Mötet {DONE[Step(event.step)]}",
            event.at.isoformat(),
            name,
            open_reason(event.reason_sealed, place=f"meeting_event.{event.id}") if event.reason_sealed else "",
        )
        for event, name in (kept.events_in(session, held) if held else ())
    ]
    return Section("meeting_events", "Mötet", ("Steg", "När", "Vem", "Skäl"), rows)


@section
def _present(session: Session, reading: Reading) -> Section:
    held = reading.meeting
    rows = [
        (one.name, came.isoformat(), left.isoformat() if left else "")
        for one in (kept.presences_in(session, held) if held else ())
        for came, left in one.stays
    ]
    return Section("meeting_presence", "Närvarande på mötet", ("Namn", "Kom", "Gick"), rows)


@section
def _agenda(session: Session, reading: Reading) -> Section:
    held, names = reading.meeting, reading.attended
    rows = [
        (names[point.application_id], reading.words[point.criterion_id] if point.criterion_id else "", str(point.steps))
        for point in (kept.points_in(session, held) if held else ())
        if point.application_id in names
    ]
    return Section("meeting_agenda", "Mötets dagordning", ("Sökande", "Krav eller merit", "Steg isär"), rows)


@section
def _texts(session: Session, reading: Reading) -> Section:
    held, names = reading.meeting, reading.attended
    texts = {id: row for id, row in (kept.texts_in(session, held) if held else {}).items() if id in names}
    people = kept.names_by_id(session, {row.written_by for row in texts.values()})
    rows = [
        (
            names[id],
            reading.opened(id, kept.TEXT, texts[id].text_sealed),
            people[texts[id].written_by],
            texts[id].written_at.isoformat(),
        )
        for id in names
        if id in texts
    ]
    columns = ("Sökande", "Gemensam bedömning", "Skriven av", "När")
    return Section("joint_texts", "Mötets gemensamma bedömningar", columns, rows)


@section
def _order(session: Session, reading: Reading) -> Section:
    held, names = reading.meeting, reading.attended
    groups = kept.order_in(session, held) if held else ()
    order = tuple(shown for group in groups if (shown := tuple(id for id in names if id in group)))
    labels = place_labels(order)
    how = ORDER_WORDS.get(held.basis or "", "") if held else ""
    rows = [(labels[id], names[id], how) for group in order for id in group]
    return Section("meeting_order", "Ordningen som mötet bestämde", ("Plats", "Sökande", "Hur"), rows)


@section
def _votes(session: Session, reading: Reading) -> Section:
    """Also the ballots of those who have left since."""
    held, names = reading.meeting, reading.attended
    votes = [one for one in (kept.votes_in(session, held) if held else ()) if {one.first, one.second} <= names.keys()]
    rows = [
        (
            names[vote.first],
            names[vote.second],
            result_words(tally(vote.ballots.values()), names[vote.first], names[vote.second]),
            ", ".join(
                sorted(f"{reading.panel[member]}: {CHOICE_WORDS[choice]}" for member, choice in vote.ballots.items())
            ),
            vote.at.isoformat(),
        )
        for vote in votes
    ]
    columns = ("A", "B", "Resultat", "Så röstade var och en", "När")
    return Section("meeting_votes", "Omröstningar på mötet", columns, rows)


@section
def _minutes(session: Session, reading: Reading) -> Section:
    """Of the minutes as this reader gets them: the same data give the same bytes."""
    rows = [("Protokoll.pdf", "SHA-256", reading.minutes_checksum)] if reading.minutes_checksum else []
    return Section("minutes", "Protokollets kontrollsumma", ("Fil", "Metod", "Kontrollsumma"), rows)
