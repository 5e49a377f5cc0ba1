"""A contract is filled in, offered, or taken back before all have signed.

Every verb holds the employment's row, so that of two who press at the same instant the second sees what the first did. Doing
once more what is already done changes nothing.
"""

import json
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.written.filling import Filled, held_by, notice_of, typed_since
from portal.contracts.written.models import Contract
from portal.contracts.written.queries import (
    Held,
    contract_of,
    filed_document,
    passed_by,
    place,
    typed_as_json,
)
from portal.contracts.written.refusals import (
    ChangedSince,
    ContractMoved,
    DecisionToCome,
    EmploymentOver,
    NotNow,
    NotToBe,
    StillOpen,
)
from portal.contracts.written.rules import HOLDERS
from portal.contracts.written.states import STANDS, State, is_over, may_become
from portal.db import after_commit
from portal.documents.services import Filed, add_filed, delete_blobs, filed_text
from portal.organisations.access import Actor
from portal.seen import NOT_TOLD, Seen
from portal.swedish_dates import swedish_day
from portal.vault.services import seal_for_controller


def save_contract(
    session: Session, *, employment_id: UUID, filled: Filled, actor: Actor, at: datetime, on: date,
    seen: Seen = NOT_TOLD,
) -> Contract | None:  # fmt: skip
    """Keep what has been filled in; begins the contract where there is none. None where there is no such employment. Raises
    ContractMoved where another has saved it since the page was ``seen``."""
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return None
    if held.state is not State.DRAFT or held.employment.never_began:
        raise not_now(held)
    beside = typed_since(seen, held.filled, filled, decided=held.decided)
    if beside.moved:
        raise ContractMoved(asks=beside.asks)
    row = held.row or _begun(held)
    row.filled_sealed = _sealed(session, row, "filled", typed_as_json(filled))
    row.notice_months = filled.notice_months
    row.changed_by, row.changed_at = actor.person_id, at
    session.add(row)
    session.flush()
    note_in_log(session, row, actor, at, "saved")
    return row


def _begun(held: Held) -> Contract:
    employment = held.employment
    return Contract(
        id=uuid4(),
        party_id=employment.party_id,
        authority_id=employment.authority_id,
        controller_id=employment.controller_id,
        with_authority=employment.with_authority,
        employment_id=employment.id,
        number=held.former.number + 1 if held.former else 1,
        employer=employment.employer,
        employer_name=held.facts.employer_name,
    )


def require_offerable(held: Held, *, seen: str, on: date) -> None:
    """Raises NotNow, EmploymentOver, DecisionToCome, StillOpen or ChangedSince where the contract cannot be offered as it was
    ``seen``."""
    if held.row is None or not may_become(held.state, State.OFFERED):
        raise not_now(held)
    _require_time_left(held, on)
    if held.is_decided_after(on):
        raise DecisionToCome(day=swedish_day(held.employment.decided_on))
    for lack in held.lacks:
        raise StillOpen(sentence=lack.sentence, field=lack.field)
    if held.sheet(on=on).print != seen:
        raise ChangedSince


def offer_contract(
    session: Session, *, employment_id: UUID, seen: str, paper: Filed, actor: Actor, at: datetime, on: date
) -> Contract | None:
    """Offer the contract as it was ``seen`` and set in ``paper``. From here on neither it nor its rules are changed."""
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return None
    if held.row and held.state is State.OFFERED and same_paper(session, held.row.document_id, paper):
        after_commit(session, lambda: delete_blobs([paper.kept.name]))
        return held.row
    require_offerable(held, seen=seen, on=on)
    row = held.row
    assert row is not None
    sheet = held.sheet(on=on)
    for key in HOLDERS:
        words, _ = held_by(held.rules, held.filled, key)
        setattr(row, f"{key}_sealed", _sealed(session, row, key, words))
    pairs = json.dumps([[one.role, one.name] for one in sheet.signatories], ensure_ascii=False)
    row.signatories_sealed = _sealed(session, row, "signatories", pairs)
    row.notice_months = notice_of(held.rules, held.filled)
    row.employer_name = held.facts.employer_name
    if (profile := held.rules.profile) is not None:
        row.profile_key, row.profile_version, row.profile_print = profile.key, profile.version, profile.print
    row.document_id = add_filed(session, owner=row, filed=paper, at=at).id
    row.offered_by, row.offered_at = actor.person_id, at
    session.flush()
    note_in_log(session, row, actor, at, "offered")
    return row


def take_back_contract(
    session: Session, *, employment_id: UUID, actor: Actor, at: datetime, on: date
) -> Contract | None:
    """Take an offered contract back, to be mended and offered anew; those who have signed it sign the new one."""
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return None
    if held.row is None and held.former is not None:
        return held.former
    if held.row is None or not may_become(held.state, State.TAKEN_BACK):
        raise not_now(held)
    held.row.taken_back_by, held.row.taken_back_at = actor.person_id, at
    session.flush()
    note_in_log(session, held.row, actor, at, "taken_back")
    return held.row


def delete_draft(session: Session, *, employment_id: UUID, actor: Actor, at: datetime, on: date) -> bool:
    """Delete what has been filled in and not offered; one that is gone already stays so. False where there is no such
    employment. Raises NotNow where the contract has been offered."""
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return False
    if held.row is None:
        return True
    if held.state is not State.DRAFT:
        raise not_now(held)
    session.delete(held.row)
    session.flush()
    note_in_log(session, held.row, actor, at, "draft_deleted")
    return True


def _require_time_left(held: Held, on: date) -> None:
    if held.employment.never_began:
        raise NotToBe
    ends = held.last_day
    if ends is not None and is_over(passed_by(held.row, held.employment), on=on):
        raise EmploymentOver(ends=swedish_day(ends))


def same_paper(session: Session, document_id: UUID | None, paper: Filed) -> bool:
    """Whether a paper that is there is, byte for byte, this one."""
    document = filed_document(session, document_id)
    return document is not None and filed_text(session, document, "checksum") == paper.checksum


def not_now(held: Held) -> NotNow:
    """Why the contract, as it stands, lets nothing of this be done."""
    state = STANDS[held.state] if held.row else "inte skrivet än"
    return NotToBe() if held.state is State.DRAFT and held.employment.never_began else NotNow(state=state)


def _sealed(session: Session, row: Contract, column: str, text: str) -> bytes:
    return seal_for_controller(session, row.controller_id, text, place=place(column, row.id))


def note_in_log(session: Session, row: Contract, actor: Actor, at: datetime, done: str, *, reason: str = "") -> None:
    """The log's line of what was done to a contract."""
    who = person_actor(actor.person_id)
    record(session, chain=row.party_id, at=at, actor=who, verb=f"contract.{done}", object_id=row.id, reason=reason)
