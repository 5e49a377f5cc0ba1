"""Who took part in deciding: what those who decide have answered about jäv."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.decisions.queries.sections import Reading, Section, section
from portal.posts.employer_model import Employer
from portal.review.conflicts import grounds_for
from portal.review.deciding.models import DecidingAnswer


@section
def _answers(session: Session, reading: Reading) -> Section:
    """Of the candidates whom the reader may see; the panel's own answers stand under jäv."""
    grounds = {one.key: one.words for one in grounds_for(Employer(reading.case.ad.employer or Employer.PARTY))}
    found = session.execute(
        select(DecidingAnswer, Person.name)
        .join(Person, Person.id == DecidingAnswer.person_id)
        .where(DecidingAnswer.ad_id == reading.case.ad.id)
        .order_by(DecidingAnswer.answered_at, Person.name, DecidingAnswer.id)
    )
    labels = reading.labels
    rows = [
        (
            name,
            labels[row.application_id],
            "jäv" if row.has_conflict else "inte jäv",
            grounds.get(row.ground, ""),
            row.answered_at.isoformat(),
        )
        for row, name in found
        if row.application_id in labels
    ]
    columns = ("Namn", "Sökande", "Svar", "Grund", "När")
    return Section("deciding_conflicts", "Jäv hos dem som beslutar", columns, rows)
