"""A word planted in everything that a party has written or been sent, so that one can listen for it elsewhere.

Each column has a word of its own (``gralarka-ad-title``): where one is heard, it says where it came from.
"""

import json
from collections.abc import Sequence, Set
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, LargeBinary, String, select
from sqlalchemy.orm import Session

from portal import scope
from portal.applications.models import (
    Answer,
    Application,
    ApplicationChange,
    CandidateRequest,
    DecisionWord,
    MaskedText,
    ProtectedIdentity,
)
from portal.applications.queries import CHANGE_PLACE, WORD_PLACE
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import note_place
from portal.contracts.models import Employment
from portal.contracts.onboarding.models import OnboardingStep
from portal.contracts.onboarding.queries import step_place
from portal.contracts.queries import name_place
from portal.contracts.written.filling import Filled, Signatory
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.contracts.written.queries import place, signature_place, typed_as_json, why_place
from portal.db import AuthorityRow, Base, ScopedRow
from portal.decisions.models import Outcome, ProofreadWord
from portal.decisions.queries.recorded import answer_place
from portal.decisions.queries.words import PLACE as PROOFREAD_PLACE
from portal.documents.models import Document, FiledDocument, MaskedPage, PagePicture
from portal.documents.queries import FILED, MASKED_PAGE, MASKED_PAGE_TEXT, filed_place
from portal.documents.services import filed_bytes
from portal.intake.models import Intake
from portal.interviews.models import InterviewMark, InterviewWish, Reference, ReferenceWord
from portal.letterbox.models import Message
from portal.letterbox.queries import place_of
from portal.privacy.models import LegalHold, RetentionCase
from portal.privacy.queries import said_place
from portal.protection import queries as protection
from portal.protection.models import IdentityOpening
from portal.review.deciding.models import RequirementDecision
from portal.review.meeting.models import JointText, MeetingEvent
from portal.review.models import Score, ScoreChange, ScoreNote
from portal.review.queries.masked import text_place
from portal.review.queries.requirements import reason_place, taken_back_place
from portal.vault.services import ApplicationKey, keep_for_controller, open_application_key, seal_for_controller
from tests.canary_people import plant_in_people
from tests.stage import Side
from tests.unlocked import unlocked

WORD = "gralarka"  # in what lies behind the party's wall
OF_AUTHORITY = "strandskata"  # in what the authority has decided about the party
OF_PEOPLE = "sidensvans"  # in what its own people and whoever runs the installation may read
SALARY = 73_915
Columns = Set[tuple[str, str]]
SALARIES = ("73915", "73\xa0915", "73 915", "73&nbsp;915")  # as it may be written

# Words out of a list in the code: nobody writes them, and a page may rely on them.
CODES = {
    "ad": {"reference", "state", "employer", "employment_form", "limit_rule", "documents"},
    "ad_criterion": {"kind", "judged"},
    "application_change": {"parts"},
    "application": {"state", "language", "consent_version", "decided_as"},
    "candidate_request": {"kind", "result", "came_by"},
    "candidate_task": {"kind", "endpoint", "text"},
    "claim": {"kind"},
    "conflict_answer": {"ground"},
    "deciding_answer": {"ground"},
    "contract": {"employer", "profile_key", "profile_print"},
    **{table: {"handed_out"} for table in ("covered_record", "covered_minutes")},
    "document": {"slot", "attachment_kind", "state", "verdict", "note", "kind", "cipher_sha256", "blob", "text_blob"},
    "employment": {"employer", "limit_rule", "limit_article"},
    "filed_document": {"kind", "cipher_sha256", "blob"},
    "employment_act": {"kind", "employer", "limit_rule", "limit_article", "notice_by"},
    **{table: {"decider", "seat"} for table in ("employment_decision", "employment_act_decision")},
    "intake": {"way", "consent"},
    "interview_mark": {"present"},
    "meeting": {"state", "basis"},
    "meeting_ballot": {"choice"},
    "meeting_event": {"step"},
    "message": {"sender"},
    "later_consent": {"version"},
    "masked_page": {"boxes", "doubts", "trouble", "blob", "text_blob"},
    "masked_text": {"place"},
    "protected_identity": {"code_name"},
    "masking": {"code_name"},
    "outcome": {"result"},
    "onboarding": {"profile_key", "profile_print", "source"},
    "page_picture": {"blob"},
    "quota": {"model"},
    **{table: {"kind"} for table in ("register_entry", "case_record")},
    **{"phase_change": {"former", "phase"}, "phase_plan": {"phase"}},
    "review_case": {"phase"},
    "requirement_decision": {"result"},
    "score": {"present"},
    "score_change": {"former_present"},
}
# A keyed hash, a key, and boxes.
NOT_TEXT = {("application", "address_print")} | {("protected_identity", f"{one}_sealed") for one in ("key", "masks")}
# Lines and marks of what is handed out, words of a court and of a day that is said: each needs a story of its own.
NOT_TEXT |= {(f"covered_{of}", f"{one}_sealed") for of in ("record", "minutes") for one in ("marks", "looked")} | {
    ("made_record", "lines_sealed"), ("case_record", "lines_sealed"), ("retention_case", "start_basis_sealed"),
    *((f"employment{one}_decision", "case_number") for one in ("", "_act")),
}  # fmt: skip
OF_AN_AUTHORITY = {("case_diary", "diary_number")}  # only where an authority employs
# Only where a party does: a later end than the usual one, the signed form of who is registered, a day that waits.
OF_A_PARTY = {("ad", "end_reason"), ("intake", "form_name_sealed"), ("retention_case", "postponed_reason_sealed")}

# On no page of the owner's: who is behind a code name, what is not answered or finished, and a party's before a change.
ON_NO_PAGE = {
    *(("protected_identity", f"{one}_sealed") for one in ("name", "contact", "address", "paper", "paper_name")),
    ("intake", "form_sealed"), ("candidate_request", "answer_sealed"),
    ("application", "posts_sealed"), ("application_change", "former_sealed"),
}  # fmt: skip


def word_of(table: str, column: str) -> str:
    """The word in one column."""
    return f"{WORD}-{table}-{column}".replace("_", "-")


def plant(side: Side, but: Columns = OF_AN_AUTHORITY) -> set[str]:
    """Put its word in every text column of every row of the party; returns the words. ``but`` are columns that are on no
    page of whoever employs with it."""
    with unlocked(side.world.app.config["SETTINGS"]), side.world.writing(side.scope) as session:
        own = [model for model in _scoped() if not issubclass(model, AuthorityRow)]
        planted = {word for model in own for word in _plant(session, model, side.world.party, but)}
    with side.world.writing(scope.authority(side.world.authority)) as session:
        theirs = [model for model in _scoped() if issubclass(model, AuthorityRow)]
        planted |= {word for model in theirs for word in _plant(session, model, side.world.party, but)}
    with side.world.writing(scope.PLATFORM) as session:
        plant_in_people(session, side.world.party, OF_PEOPLE)
    return planted


def _scoped() -> list[type[Any]]:
    return sorted(
        (mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, ScopedRow)),
        key=lambda model: str(model.__tablename__),
    )


def _plant(session: Session, model: type[Any], party_id: UUID, but: Columns) -> set[str]:
    rows = session.scalars(select(model).where(model.party_id == party_id)).all()
    return plant_in(session, model, rows, but)


def plant_in(session: Session, model: type[Any], rows: Sequence[Any], but: Columns = OF_AN_AUTHORITY) -> set[str]:
    """The same in some rows of one table; returns their words."""
    table, planted = model.__tablename__, set()
    for column in model.__table__.columns:
        name, word = column.name, word_of(table, column.name)
        if issubclass(model, AuthorityRow):
            word = word.replace(WORD, OF_AUTHORITY)
        if name in CODES.get(table, ()) or (table, name) in NOT_TEXT or (table, name) in but:
            continue
        if not isinstance(column.type, String | LargeBinary | JSON):
            continue
        assert rows, f"the stage has no {table}"
        for row in rows:
            if (table, name) == ("outcome", "answer_sealed") and row.declined_at is None:
                continue  # only who declines may say why
            if (table, name) == ("application_change", "former_sealed") and row.former_sealed is None:
                continue  # only an authority keeps what was sent first
            if (table, name) == ("onboarding_step", "reason_sealed") and row.skipped_at is None:
                continue  # only what does not apply has a reason
            if table == "application" and name in ("email_sealed", "phone_sealed") and row.protected:
                continue  # nobody reaches whoever applied under a code name
            if (table, name) == ("quota", "coalition_name") and row.coalition_id is None:
                continue  # a party's own has no coalition
            setattr(row, name, _planted(session, row, name, getattr(row, name), word))
        if name != "salary_sealed":  # a number: see SALARIES
            planted.add(word)
    for row in rows:
        _plant_in_files(session, row)
    return planted


def _planted(session: Session, row: Any, name: str, present: Any, word: str) -> Any:
    column = type(row).__table__.columns[name]
    if isinstance(column.type, LargeBinary):
        return _sealed(session, row, name, word)
    if isinstance(column.type, String):
        return word
    shapes = {
        "tasks": [word],
        "timetable": [[word, word]],
        "unclear": [{"field": "title", "text": word, "question": word}],
    }
    return shapes[name]


def _sealed(session: Session, row: Any, name: str, word: str) -> bytes:
    if isinstance(row, Employment):
        return seal_for_controller(session, row.controller_id, word, place=name_place(row.id))
    if isinstance(row, EmploymentAct):
        return seal_for_controller(session, row.controller_id, word, place=note_place(row.id))
    if isinstance(row, OnboardingStep):
        where = step_place(name.removesuffix("_sealed"), row.id)
        return seal_for_controller(session, row.controller_id, word, place=where)
    if isinstance(row, Contract | ContractSignature | SignatureTakenBack | FiledDocument):
        where, text = _of_controller(row, name.removesuffix("_sealed"), word)
        return seal_for_controller(session, row.controller_id, text, place=where)
    if isinstance(row, RetentionCase):
        where = said_place(name.removesuffix("_reason_sealed").removesuffix("_sealed"), row.id)
        return seal_for_controller(session, row.controller_id, word, place=where)
    if isinstance(row, MeetingEvent):
        return seal_for_controller(session, row.controller_id, word, place=f"meeting_event.{row.id}")
    place, text = {
        Application: (f"application.{name.removesuffix('_sealed')}", {"salary_sealed": str(SALARY)}.get(name, word)),
        ApplicationChange: (CHANGE_PLACE, json.dumps({"texts": {"letter": word}, "answers": {}})),
        Answer: (f"answer.{getattr(row, 'criterion_id', '')}", json.dumps({"choice": "ja", "text": word})),
        Document: (f"document.{name.removesuffix('_sealed')}", f"{word}.pdf"),
        MaskedText: (text_place(getattr(row, "place", "")), word),
        Score: (f"score.note.{row.id}", word),
        ScoreChange: (f"score_change.{row.id}", word),
        InterviewWish: (f"interview_wish.{row.id}", word),
        Intake: (f"intake.{name.removesuffix('_sealed')}", word),
        Message: (place_of(row.id), word),
        ProtectedIdentity: (f"protected_identity.{name.removesuffix('_sealed')}", word),
        IdentityOpening: (protection.reason_place(row.id), word),
        InterviewMark: (f"interview_mark.{row.id}", word),
        Reference: (f"candidate_reference.{row.id}.{name.removesuffix('_sealed')}", word),
        ReferenceWord: (f"reference_word.{row.id}", word),
        Outcome: (answer_place(row.id) if name == "answer_sealed" else f"outcome.{row.id}", word),
        ProofreadWord: (PROOFREAD_PLACE, word),
        DecisionWord: (WORD_PLACE, word),
        CandidateRequest: (f"candidate_request.{name.removesuffix('_sealed')}|{row.id}", word),
        RequirementDecision: (_decision_place(row.id, name), word),
        ScoreNote: (f"score_note.{row.id}", word),
        JointText: ("joint_text", word),
        LegalHold: (f"legal_hold.{row.id}", word),
    }[type(row)]
    if (
        isinstance(row, ProtectedIdentity) and name == "key_sealed"
    ):  # a key is no word; the contents are planted under it
        return row.key_sealed or b""
    return _key(session, row).seal_text(place, text)


def _of_controller(row: Any, column: str, word: str) -> tuple[str, str]:
    """Where a text under the controller's key is bound to, and the word in that text's own shape."""
    if isinstance(row, ContractSignature | SignatureTakenBack):
        return (why_place if column == "reason" else signature_place)(row.id), word
    if isinstance(row, FiledDocument):
        return filed_place(column, row.id), f"{word}.pdf"
    shapes = {
        "filled": typed_as_json(Filled(word, word, word, None, "", word, (Signatory(word, word),))),
        "signatories": json.dumps([[word, word], [word, word]]),
    }
    return place(column, row.id), shapes.get(column, word)


def _decision_place(id: UUID, column: str) -> str:
    return reason_place(id) if column == "reason_sealed" else taken_back_place(id)


def _plant_in_files(session: Session, row: Any) -> None:
    if isinstance(row, FiledDocument):
        paper = f"%PDF-1.7 {WORD}-filed-document-blob".encode()
        if row.kind == "json":  # a kept decision file is read again
            file = json.loads(filed_bytes(session, row))
            file["recruitment"]["title"] = f"{WORD}-filed-document-blob"
            paper = json.dumps(file).encode()
        row.blob = keep_for_controller(session, row.controller_id, paper, place=FILED).name
    if isinstance(row, Document):
        key = _key(session, row)
        row.blob = key.keep_document("document", f"%PDF-1.7 {WORD}-document-blob".encode()).name
        row.text_blob = key.keep_document("document.text", f"{WORD}-document-text-blob".encode()).name
    if isinstance(row, PagePicture):
        row.blob = (
            _key(session, row).keep_document("page", b"\x89PNG\r\n\x1a\n" + f"{WORD}-page-picture-blob".encode()).name
        )
    if isinstance(row, MaskedPage) and row.blob:
        key = _key(session, row)
        row.blob = key.keep_document(MASKED_PAGE, b"\x89PNG\r\n\x1a\n" + f"{WORD}-masked-page-blob".encode()).name
        row.text_blob = key.keep_document(MASKED_PAGE_TEXT, f"{WORD}-masked-page-text-blob".encode()).name


def _key(session: Session, row: Any) -> ApplicationKey:
    if isinstance(row, ProtectedIdentity | IdentityOpening):  # it has a key of its own
        own = row if isinstance(row, ProtectedIdentity) else session.get_one(ProtectedIdentity, row.identity_id)
        return protection.identity_key(session, own, reader_id=own.reader_id)
    return open_application_key(session, application_id=_application_of(session, row), controller_id=row.controller_id)


def _application_of(session: Session, row: Any) -> UUID:
    if isinstance(row, Application):
        return row.id
    if isinstance(row, ScoreChange):
        return session.get_one(Score, row.score_id).application_id
    return UUID(str(row.application_id))
