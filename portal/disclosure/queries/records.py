"""What one record of the register is, as the bytes of a file: the one that was sent, or a paper set of what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.models import AdCriterion
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.applications.services.former import former_of
from portal.decisions.models import Outcome
from portal.decisions.outcomes import WORDS as OUTCOMES
from portal.decisions.outcomes import Result
from portal.disclosure.engines import paper_of
from portal.disclosure.form_lines import Judged, SetLine, lines_of_assessment, lines_of_form
from portal.documents.models import Document
from portal.letterbox.models import Message
from portal.letterbox.queries import place_of
from portal.register.kinds import FILES, MESSAGES, Kind
from portal.register.models import RegisterEntry
from portal.review.models import PanelMember, RequirementDecision, Score
from portal.review.queries.papers import OPEN, key_of, opened_column, papers_of, salary_of
from portal.review.queries.requirements import reason_place
from portal.review.requirements import DONE, Ruling
from portal.review.steps import words_of
from portal.vault.blobs import BlobGone
from portal.vault.services import ApplicationKey

TEXTS = {
    "name": "Namn tidigare", "email": "E-post tidigare", "phone": "Telefon tidigare", "salary": "Löneanspråk tidigare",
    "start": "Kan börja tidigare", "posts": "Tjänster tidigare",
}  # fmt: skip
TYPED = {"letter": "txt"}  # a document that was typed is kept as its words


@dataclass(frozen=True, slots=True)
class Source:
    """A record's bytes, and its kind as `documents` knows it."""

    data: bytes
    kind: str

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return TYPED.get(self.kind, self.kind)


def entry_of(session: Session, entry_id: UUID) -> RegisterEntry | None:
    """The line of the register, within the scope."""
    return session.get(RegisterEntry, entry_id)


def source_of(session: Session, entry: RegisterEntry) -> Source | None:
    """What the record says; None where nothing is left of it."""
    application = session.get(Application, entry.application_id)
    key = key_of(session, application) if application is not None else None
    if application is None or key is None:
        return None
    kind, mark = Kind(entry.kind), f"Nummer {entry.register_number}"
    if kind in FILES:
        return _file(session, entry, key)
    if kind in MESSAGES:
        return _message(session, entry, key)
    if kind is Kind.CHANGE:
        lines = _change(session, entry, application, key)
    elif kind is Kind.APPLICATION:
        lines = _form(session, application)
    else:
        lines = assessment_lines(session, application, key)
    return Source(paper_of(lines, mark=mark), "pdf") if lines else None


def _file(session: Session, entry: RegisterEntry, key: ApplicationKey) -> Source | None:
    row = session.get(Document, entry.document_id) if entry.document_id else None
    if row is None or row.state not in OPEN:
        return None
    try:
        return Source(key.open_document("document", row.blob), row.kind)
    except BlobGone:
        return None


def _message(session: Session, entry: RegisterEntry, key: ApplicationKey) -> Source | None:
    row = session.get(Message, entry.document_id) if entry.document_id else None
    return None if row is None else Source(key.open_text(place_of(row.id), row.text_sealed).encode(), "txt")


def _change(session: Session, entry: RegisterEntry, application: Application, key: ApplicationKey) -> list[SetLine]:
    """What the form said until the change, and which parts came anew; the newest is the form's own record."""
    former = next((one for one in former_of(session, application, key) if one.number == entry.register_number), None)
    if former is None:
        return []
    words = {row.id: row.text for row in criteria_of(session, application.ad_id)}
    said = [(words.get(id, ""), ". ".join(filter(None, (r.choice, r.text)))) for id, r in former.answers.items()]
    pairs = [(TEXTS[name], text) for name, text in former.texts.items() if name != "letter"]
    return lines_of_form(pairs, former.texts.get("letter", ""), said)


def _form(session: Session, application: Application) -> list[SetLine]:
    papers = papers_of(session, application)
    if papers is None or not papers.name:
        return []
    salary = salary_of(session, application)
    pairs = (
        ("Namn", papers.name),
        ("E-post", papers.email),
        ("Telefon", papers.phone),
        ("Löneanspråk", f"{salary} kronor per månad" if salary else ""),
        ("Kan börja", papers.start),
    )
    said = [
        (row.text, ". ".join(filter(None, (papers.answers[row.id].choice.capitalize(), papers.answers[row.id].text))))
        for row in criteria_of(session, application.ad_id)
        if row.id in papers.answers
    ]
    return lines_of_form(pairs, papers.letter, said)


def assessment_lines(session: Session, application: Application, key: ApplicationKey) -> list[SetLine]:
    """The formal assessment of one candidate: what was handed in and decided, and nobody's own notes."""
    criteria = list(criteria_of(session, application.ad_id))
    words = {row.id: row for row in criteria}
    name = opened_column(key, "name", application.name_sealed)
    outcome = _outcome(session, application, key, words)
    scores = _scores(session, application.id, criteria)
    rulings = _rulings(session, application.id, key, words)
    return lines_of_assessment(name, scores, rulings, outcome) if name and (scores or rulings or outcome) else []


def _scores(session: Session, application_id: UUID, criteria: Sequence[AdCriterion]) -> list[Judged]:
    rows = (
        select(Score, Person.name)
        .join(PanelMember, PanelMember.id == Score.panel_member_id)
        .join(Person, Person.id == PanelMember.person_id)
        .where(Score.application_id == application_id, PanelMember.handed_in_at.is_not(None))
        .order_by(Person.name, PanelMember.id)
    )
    found = session.execute(rows).all()
    return [
        Judged(name, criterion.text, words_of(criterion.judged, score.step, score.present))
        for criterion in criteria
        for score, name in found
        if score.criterion_id == criterion.id
    ]


def _rulings(
    session: Session, application_id: UUID, key: ApplicationKey, criteria: dict[UUID, AdCriterion]
) -> list[Judged]:
    rows = (
        select(RequirementDecision, Person.name)
        .join(Person, Person.id == RequirementDecision.decided_by)
        .where(RequirementDecision.application_id == application_id, RequirementDecision.taken_back_at.is_(None))
        .order_by(RequirementDecision.decided_at, RequirementDecision.id)
    )
    return [
        Judged(
            name,
            criteria[row.criterion_id].text,
            DONE[Ruling(row.result)],
            key.open_text(reason_place(row.id), row.reason_sealed),
        )
        for row, name in session.execute(rows)
    ]


def _outcome(
    session: Session, application: Application, key: ApplicationKey, criteria: dict[UUID, AdCriterion]
) -> Judged | None:
    found = session.execute(
        select(Outcome, Person.name)
        .join(Person, Person.id == Outcome.recorded_by)
        .where(Outcome.application_id == application.id)
    ).one_or_none()
    if found is None:
        return None
    row, name = found
    reason = key.open_text(f"outcome.{row.id}", row.reason_sealed)
    return Judged(name, criteria[row.criterion_id].text, OUTCOMES[Result(row.result)], reason)
