"""What a candidate asks for, written down with the day on which they are owed an answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.applications.models import Application, CandidateRequest
from portal.applications.services.drafting import key_of
from portal.audit.services import CANDIDATE, record
from portal.privacy.merits.right import may_ask_for_merits
from portal.privacy.rights.kinds import ASKED, LEAVING, Kind, Way, answer_by
from portal.privacy.rights.queries.earlier import is_of_an_earlier
from portal.privacy.rights.queries.texts import opened, place_of
from portal.privacy.rights.refusals import AskedAlready, AskedOfTheFirst, MeritsNotAskedFor
from portal.privacy.rights.services.numbering import number_request
from portal.scope import reading_for


@dataclass(frozen=True, slots=True)
class Came:
    """By which way a request came to the staff, and who of them registered it."""

    way: Way
    to: UUID


def ask(session: Session, *, application_id: UUID, kind: Kind, text: str, at: datetime) -> CandidateRequest:
    """Write down what the candidate asks for. The same once more is the one that waits. Raises `AskedAlready` for other words
    while one of the kind waits for its answer, and `AskedOfTheFirst` for a wish to have this one gone while one about the
    first waits, which this one has replaced: they would be read by nobody."""
    assert kind in ASKED
    application = session.get_one(Application, application_id, with_for_update=True)
    waiting = select(CandidateRequest).where(
        CandidateRequest.application_id == application_id,
        CandidateRequest.kind == kind,
        CandidateRequest.answered_at.is_(None),
    )
    if (made := session.scalars(waiting).one_or_none()) is None:
        return _made(session, application, kind, text, at)
    if kind in LEAVING and _is_of_the_first(session, made, application):
        raise AskedOfTheFirst
    if text and text != opened(made, key_of(application)).text:
        raise AskedAlready
    return made


def _is_of_the_first(session: Session, made: CandidateRequest, application: Application) -> bool:
    """Whether what waits came along from the application that this one has taken the place of. Its record is the party's."""
    with reading_for(scope.party(application.party_id), within=session) as own:
        return is_of_an_earlier(own, made, application)


def ask_for_merits(session: Session, *, application_id: UUID, at: datetime) -> CandidateRequest:
    """Ask for the merits of whoever was hired or called (DL 2:4): once, answered or not. Raises MeritsNotAskedFor."""
    application = session.get_one(Application, application_id, with_for_update=True)
    once = select(CandidateRequest).where(
        CandidateRequest.application_id == application_id, CandidateRequest.kind == Kind.MERITS
    )
    if (made := session.scalars(once).one_or_none()) is not None:
        return made
    if not may_ask_for_merits(state=application.state, decided_as=application.decided_as):
        raise MeritsNotAskedFor
    return _made(session, application, Kind.MERITS, "", at)


def _made(session: Session, application: Application, kind: Kind, text: str, at: datetime) -> CandidateRequest:
    row = add_request(session, application, kind, text, at=at)
    record(session, chain=row.party_id, at=at, actor=CANDIDATE, verb="request.made", object_id=row.id, reason=kind)
    return row


def add_request(
    session: Session, application: Application, kind: Kind, text: str, *, at: datetime, answered: bool = False,
    came: Came | None = None,
) -> CandidateRequest:  # fmt: skip
    """The row of a request, its text sealed; with an authority its number. ``answered``: it was done at the same stroke, and
    nobody owes an answer. ``at`` is when it was made; ``came`` how and to whom, where it was not by the private link."""
    row = CandidateRequest(
        id=uuid4(), party_id=application.party_id, authority_id=application.authority_id,
        controller_id=application.controller_id, with_authority=application.with_authority,
        application_id=application.id, kind=kind, made_at=at, due_on=answer_by(kind, at.astimezone(clock.STOCKHOLM).date()),
        answered_at=at if answered else None, result="done" if answered else "",
        came_by=came.way if came else "", registered_by=came.to if came else None,
    )  # fmt: skip
    if text:
        row.text_sealed = key_of(application).seal_text(place_of(row, "text"), text)
    session.add(row)
    session.flush()
    number_request(session, row)
    return row
