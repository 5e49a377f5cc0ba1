"""What of a record is not handed out is marked, and the record is reviewed: whole, with its marks, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.audit.services import person_actor, record
from portal.disclosure.grounds import require_ground
from portal.disclosure.looking import Looked, NothingSuggestedIsCovered, PageChanged, PagesLeft
from portal.disclosure.marks import WHOLE_RECORD, Mark, as_text, by_page, protects, with_mark, without_mark
from portal.disclosure.models import CoveredRecord, CoveredRow
from portal.disclosure.queries.covered import (
    covered_rows,
    kept_of,
    key_for,
    looked_of,
    looked_place,
    marks_of,
    marks_place,
)
from portal.disclosure.queries.records import entry_of
from portal.disclosure.queries.register import line_of
from portal.disclosure.requests import ANSWER_WORDS, Answer
from portal.disclosure.services.burning import LiesApart, NothingLeft
from portal.disclosure.services.looking import COVERED
from portal.disclosure.services.requesting import OF_SEALED_PAPER, RequestGone, held
from portal.documents.masks import WHOLE_PAGE
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.refusal import Moved, Refusal
from portal.review.blind.mask_boxes import print_of


class NothingMarked(Refusal):
    """A record that is to be handed out masked, and has no mark."""

    text = "Ingenting är maskerat än. Rita minst en ruta, eller lämna ut handlingen som den är."
    field = "answer"


class StillMarked(Refusal):
    """A record that is to be handed out as it is, and has marks."""

    text = "Handlingen har rutor. Ta bort dem, eller välj att lämna ut den maskad."
    field = "answer"


class ProtectedUnmarked(Refusal):
    """A person with a protected identity, and nothing hidden for that."""

    text = (
        "Här finns skyddade personuppgifter. Maskera dem med 21 kap. 3 § OSL som grund, eller lämna inte ut handlingen."
    )
    field = "answer"


class ProtectedUntold(ProtectedUnmarked):
    """The same, of a record in which there may be nothing to hide: whoever reviews it says so, and is not taken to."""

    text = (
        "Här finns skyddade personuppgifter, och ingen ruta har 21 kap. 3 § OSL som grund. Maskera det som leder till "
        "personen, eller lämna inte ut handlingen. Finns inget sådant i den, kryssa i rutan och spara igen."
    )
    field = "leads_nowhere"


class RecordMoved(Moved):
    """Somebody else has reviewed or marked the record since its page was opened, or it says something else."""

    text = (
        "Handlingen är prövad, maskerad eller ändrad sedan du öppnade sidan. Nu gäller: %(stands)s. Läs den som den är nu "
        "och tryck igen om ditt ska gälla."
    )
    field = "answer"


def add_mark(session: Session, *, actor: Actor, request_id: UUID, record_id: UUID, mark: Mark, at: datetime) -> None:
    """One more mark. The page, and the record, are then still to be looked at. Raises a Refusal."""
    require_ground(mark.ground, mark.reason)
    row = _record(session, actor, request_id, record_id)
    _keep(session, row, with_mark(marks_of(session, row), mark), looked_of(session, row).changed(mark.page), at)


def remove_mark(
    session: Session,
    *,
    actor: Actor,
    request_id: UUID,
    record_id: UUID,
    page: int,
    shown: str,
    which: int,
    at: datetime,
) -> None:
    """Take away the mark at this place (from 1) of the page as it was ``shown``; after the marks come what the machine
    suggests. Pressed twice, the next one has the same place. Raises a Refusal."""
    row, marks, looked = _as_shown(session, actor, request_id, record_id, page, shown)
    own = sum(one.page == page for one in marks)
    if which > own:
        _keep(session, row, list(marks), looked.without_box(page, which - own), at)
    else:
        _keep(session, row, without_mark(marks, page, which), looked.changed(page), at)


def approve_page(
    session: Session, *, actor: Actor, request_id: UUID, record_id: UUID, page: int, shown: str, ground: str, reason: str,
    at: datetime,
) -> None:  # fmt: skip
    """Somebody has looked at the page as it was ``shown``: what the machine suggests there is marked on this ground.

    Where it suggests nothing no ground is asked for. Raises a Refusal.
    """
    row, marks, looked = _as_shown(session, actor, request_id, record_id, page, shown)
    boxes = looked.page(page).boxes
    if boxes:
        require_ground(ground, reason)
    for box in boxes:
        marks = with_mark(marks, Mark(page, box, ground, reason))
    _approve(session, row, actor, marks, looked.approve(page), at)


def approve_page_bare(
    session: Session, *, actor: Actor, request_id: UUID, record_id: UUID, page: int, shown: str, at: datetime
) -> None:
    """The same, where nothing that the machine suggests is secret: the marks that are drawn stay, and no more. Raises a
    Refusal."""
    row, marks, looked = _as_shown(session, actor, request_id, record_id, page, shown)
    _approve(session, row, actor, marks, looked.approve(page), at)


def _as_shown(
    session: Session, actor: Actor, request_id: UUID, record_id: UUID, page: int, shown: str
) -> tuple[CoveredRow, list[Mark], Looked]:
    row = _record(session, actor, request_id, record_id)
    marks, looked = list(marks_of(session, row)), looked_of(session, row)
    if page_print(marks, looked, page) != shown:
        raise PageChanged
    return row, marks, looked


def _approve(
    session: Session, row: CoveredRow, actor: Actor, marks: Sequence[Mark], looked: Looked, at: datetime
) -> None:
    _keep(session, row, marks, looked, at)
    who = person_actor(actor.person_id)
    record(session, chain=row.authority_id, at=at, actor=who, verb="record.page_approved", object_id=row.of_id)


def page_print(marks: Iterable[Mark], looked: Looked, page: int) -> str:
    """Changes with what is on the page, and with what the record says."""
    own = [[*astuple(one.box), one.ground, one.reason] for one in marks if one.page == page]
    said = looked.page(page)
    return print_of(own, [list(astuple(box)) for box in said.boxes], list(said.doubts), looked.says)


def record_print(row: CoveredRow, marks: Iterable[Mark], looked: Looked) -> str:
    """Changes with what the record says, and what has been said of it: its review, its marks, what has been looked at."""
    said = [[one.page, *astuple(one.box), one.ground, one.reason] for one in marks]
    return print_of([row.handed_out, row.protected, row.leads_nowhere], said, [looked.as_text()])


def review_record(
    session: Session, *, actor: Actor, request_id: UUID, record_id: UUID, shown: str, answer: Answer, protected: bool,
    ground: str, reason: str, pages: int, at: datetime, bare: bool = False, leads_nowhere: bool = False,
) -> None:  # fmt: skip
    """Say what becomes of the record. ``ground`` and ``reason`` are why it is withheld; ``bare`` that it is handed out
    though nothing that the machine suggested is covered, and ``leads_nowhere`` that nothing in it leads to whoever is
    protected, so that no box is there for them: both are logged. Raises a Refusal.

    ``shown`` is the `record_print` of the page that was read: what a colleague has said since is not written over unseen.
    ``pages`` is how many the record has: each must be approved before it is handed out masked, or as leading nowhere, and
    of none nothing is.
    ``protected`` adds a mark of protected identity; the one that an application brings with it is never taken away.
    """
    row = _record(session, actor, request_id, record_id)
    marks, looked = list(marks_of(session, row)), looked_of(session, row)
    if record_print(row, marks, looked) != shown:
        stands = _stands(session, row, looked)
        if stands and _is_said(row, marks, answer, protected, ground, reason, leads_nowhere):  # a second press
            return
        raise RecordMoved(stands=ANSWER_WORDS[Answer(row.handed_out)] if stands else "Inte prövad")
    protected = protected or _brings_protection(session, row)
    marks, left_out, told = [one for one in marks if one.page != WHOLE_RECORD], 0, False
    if answer is Answer.WITHHELD:
        _withhold(session, row, marks, looked, Mark(WHOLE_RECORD, WHOLE_PAGE, ground, reason), at)
    else:
        if not pages:
            raise LiesApart if _lies_apart(session, row) else NothingLeft
        told = _told(session, row, marks, leads_nowhere) if protected else False
        _require(answer, marks)
        if (told or answer is Answer.MASKED) and looked.left(range(1, pages + 1)):
            raise PagesLeft
        left_out = looked.left_out(by_page(marks))
        if left_out and not bare:
            raise NothingSuggestedIsCovered
        _keep(session, row, marks, looked, at)
    row.handed_out, row.protected, row.leads_nowhere = answer, protected, told
    row.reviewed_by, row.reviewed_at = actor.person_id, at
    session.flush()
    _log_review(session, row, left_out)


def _log_review(session: Session, row: CoveredRow, left_out: int) -> None:
    assert row.reviewed_by is not None
    assert row.reviewed_at is not None
    who, at = person_actor(row.reviewed_by), row.reviewed_at
    log = partial(record, session, chain=row.authority_id, at=at, actor=who, object_id=row.of_id)
    log(verb=f"record.{Answer(row.handed_out).value}")
    if row.leads_nowhere:
        log(verb="record.leads_nowhere")
    if left_out:
        log(verb="record.none_suggested_covered", reason=f"suggested {left_out}")


def _withhold(
    session: Session, row: CoveredRow, marks: Sequence[Mark], looked: Looked, mark: Mark, at: datetime
) -> None:
    """On a ground; where nothing is left of it there is none, nor a key for one, and the decision says that it is gone."""
    if key_for(session, row) is not None:
        require_ground(mark.ground, mark.reason)
        _keep(session, row, [*marks, mark], looked, at)


def _brings_protection(session: Session, row: CoveredRow) -> bool:
    return isinstance(row, CoveredRecord) and session.get_one(Application, row.application_id).protected


def _of_sealed_paper(session: Session, row: CoveredRow) -> bool:
    entry = entry_of(session, row.of_id) if _brings_protection(session, row) else None
    return entry is not None and entry.kind in OF_SEALED_PAPER


def _lies_apart(session: Session, row: CoveredRow) -> bool:
    line = line_of(session, row.of_id) if isinstance(row, CoveredRecord) else None
    return line is not None and line.apart


def _stands(session: Session, row: CoveredRow, looked: Looked) -> bool:
    """Whether it is reviewed, and says what it said then."""
    return bool(row.handed_out) and kept_of(session, row).says == looked.says


def _is_said(
    row: CoveredRow, marks: Iterable[Mark], answer: Answer, protected: bool, ground: str, reason: str, told: bool
) -> bool:
    whole = [(one.ground, one.reason) for one in marks if one.page == WHOLE_RECORD]
    same = row.handed_out == answer and (row.protected or not protected) and (told or not row.leads_nowhere)
    return same and (answer is not Answer.WITHHELD or whole in ([], [(ground, reason)]))


def _told(session: Session, row: CoveredRow, marks: list[Mark], leads_nowhere: bool) -> bool:
    """Whether it goes out on the word that nothing in it leads to the person; where a box is there for them it does not.
    Of the CV that lies sealed for its reader, and what was made of it, nobody is asked: it is about who it is."""
    if protects(marks):
        return False
    if _of_sealed_paper(session, row):
        raise ProtectedUnmarked
    if not leads_nowhere:
        raise ProtectedUntold
    return True


def _require(answer: Answer, marks: list[Mark]) -> None:
    if answer is Answer.MASKED and not marks:
        raise NothingMarked
    if answer is Answer.OPEN and marks:
        raise StillMarked


def _record(session: Session, actor: Actor, request_id: UUID, record_id: UUID) -> CoveredRow:
    held(session, actor=actor, request_id=request_id)
    row = next(iter(covered_rows(session, request_id=request_id, record_id=record_id, lock=True)), None)
    if row is None:
        raise RequestGone
    return row


def _keep(session: Session, row: CoveredRow, marks: Sequence[Mark], looked: Looked, at: datetime) -> None:
    key = key_for(session, row)
    if key is None:
        raise RequestGone
    if kept_of(session, row).done and not looked.done:  # the record says something else since: it is looked at anew
        announce(session, COVERED, subject_id=row.id, at=at)
    row.marks_sealed = key.seal_text(marks_place(row.id), as_text(marks)) if marks else None
    row.looked_sealed = key.seal_text(looked_place(row.id), looked.as_text())
    row.fall()
    session.flush()
