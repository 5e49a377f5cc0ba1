"""A contract is filled in, offered, accepted, signed by each in turn, or taken back before all have signed.

Every verb holds the employment's row, so that of two who press at the same instant the second sees what the first did. Doing
once more what is already done changes nothing.
"""

import json
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.written.filling import Filled, Signatory, held_by, notice_of, same_name, typed_since
from portal.contracts.written.models import Contract, ContractSignature
from portal.contracts.written.queries import (
    Held,
    contract_of,
    filed_document,
    passed_by,
    place,
    signatories_of,
    signature_place,
    signatures_of,
    typed_as_json,
)
from portal.contracts.written.refusals import (
    AFTER_THE_END,
    BEFORE_OFFER,
    BEFORE_THE_OTHER,
    NOT_YET,
    AlreadySigned,
    ChangedSince,
    ContractMoved,
    EmploymentOver,
    NotInTurn,
    NotNow,
    NotToBe,
    StillOpen,
    WrongDay,
    WrongPerson,
)
from portal.contracts.written.rules import HOLDERS
from portal.contracts.written.states import STANDS, State, is_over, may_become
from portal.contracts.written.still_decided import require_decided
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
    row = held.row or _begun(session, held)
    row.filled_sealed = _sealed(session, row, "filled", typed_as_json(filled))
    row.notice_months = filled.notice_months
    row.changed_by, row.changed_at = actor.person_id, at
    session.add(row)
    session.flush()
    _log(session, row, actor, at, "saved")
    return row


def _begun(session: Session, held: Held) -> Contract:
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
    """Raises NotNow, EmploymentOver, StillOpen or ChangedSince where the contract cannot be offered as it was ``seen``."""
    if held.row is None or not may_become(held.state, State.OFFERED):
        raise not_now(held)
    _require_time_left(held, on)
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
    if held.row and held.state is State.OFFERED and _same_paper(session, held.row.document_id, paper):
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
    _log(session, row, actor, at, "offered")
    return row


def note_accepted(session: Session, *, employment_id: UUID, actor: Actor, at: datetime, on: date) -> Contract | None:
    """Write down that the one who is to be employed has said yes to the contract."""
    held = contract_of(session, employment_id, on=on, lock=True)
    if held is None:
        return None
    if held.row and held.state is State.ACCEPTED:
        return held.row
    if held.row is None or not may_become(held.state, State.ACCEPTED):
        raise not_now(held)
    _require_time_left(held, on)
    require_decided(held.row.offered_at, held.employment, acts_of(session, employment_id))
    held.row.accepted_by, held.row.accepted_at = actor.person_id, at
    session.flush()
    _log(session, held.row, actor, at, "accepted")
    return held.row


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
    _log(session, held.row, actor, at, "taken_back")
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
    _log(session, held.row, actor, at, "draft_deleted")
    return True


def record_signature(
    session: Session,
    *,
    employment_id: UUID,
    position: int,
    name: str,
    signed_on: date,
    copy: Filed,
    actor: Actor,
    at: datetime,
    on: date,
) -> ContractSignature | None:
    """Write down one signature with its copy, in the contract's order. None where there is no such place to sign on.

    Raises NotNow, AlreadySigned, NotInTurn, WrongPerson or WrongDay.
    """
    held = contract_of(session, employment_id, on=on, lock=True)
    signing = signatories_of(session, held.row) if held and held.row else ()
    if held is None or held.row is None or not 1 <= position <= len(signing):
        return None
    row, there = held.row, list(signatures_of(session, held.row.id))
    if position <= len(there):
        return _signed_before(session, there[position - 1], signed_on, copy)
    if held.state is not State.ACCEPTED:
        raise not_now(held)
    require_decided(row.offered_at, held.employment, acts_of(session, employment_id), signed_on=signed_on)
    if position > len(there) + 1:
        raise NotInTurn(role=signing[len(there)].role)
    expected = signing[position - 1]
    if not same_name(name, expected.name):
        raise WrongPerson(expected=expected.name)
    _require_day(held, row, there, signed_on, on)
    made = _signature(session, row, position, expected, signed_on, copy, actor, at)
    if position == len(signing):
        row.signed_at = at
    session.flush()
    _log(session, row, actor, at, "signed")
    return made


def _signature(
    session: Session,
    row: Contract,
    position: int,
    who: Signatory,
    signed_on: date,
    copy: Filed,
    actor: Actor,
    at: datetime,
) -> ContractSignature:
    id = uuid4()
    made = ContractSignature(
        id=id, party_id=row.party_id, authority_id=row.authority_id, controller_id=row.controller_id,
        with_authority=row.with_authority, contract_id=row.id, position=position, follows=position - 1 or None,
        role=who.role, name_sealed=seal_for_controller(session, row.controller_id, who.name, place=signature_place(id)),
        signed_on=signed_on, document_id=add_filed(session, owner=row, filed=copy, at=at).id,
        recorded_by=actor.person_id, recorded_at=at,
    )  # fmt: skip
    session.add(made)
    return made


def _signed_before(session: Session, present: ContractSignature, signed_on: date, copy: Filed) -> ContractSignature:
    """The same copy with the same day is a second click; anything else is a second signature."""
    if present.signed_on != signed_on or not _same_paper(session, present.document_id, copy):
        raise AlreadySigned(role=present.role)
    after_commit(session, lambda: delete_blobs([copy.kept.name]))
    return present


def _require_day(held: Held, row: Contract, there: list[ContractSignature], signed_on: date, on: date) -> None:
    assert row.offered_at is not None
    offered, ends = row.offered_at.astimezone(STOCKHOLM).date(), held.employment.ends_on
    if signed_on > on:
        raise WrongDay(NOT_YET)
    if signed_on < offered:
        raise WrongDay(BEFORE_OFFER, day=swedish_day(offered))
    if there and signed_on < there[-1].signed_on:
        raise WrongDay(BEFORE_THE_OTHER, day=swedish_day(there[-1].signed_on))
    if ends is not None and signed_on > ends:
        raise WrongDay(AFTER_THE_END, day=swedish_day(ends))


def _require_time_left(held: Held, on: date) -> None:
    if held.employment.never_began:
        raise NotToBe
    ends = held.employment.ends_on
    if ends is not None and is_over(passed_by(held.row, held.employment), on=on):
        raise EmploymentOver(ends=swedish_day(ends))


def _same_paper(session: Session, document_id: UUID | None, paper: Filed) -> bool:
    document = filed_document(session, document_id)
    return document is not None and filed_text(session, document, "checksum") == paper.checksum


def not_now(held: Held) -> NotNow:
    state = STANDS[held.state] if held.row else "inte skrivet än"
    return NotToBe() if held.state is State.DRAFT and held.employment.never_began else NotNow(state=state)


def _sealed(session: Session, row: Contract, column: str, text: str) -> bytes:
    return seal_for_controller(session, row.controller_id, text, place=place(column, row.id))


def _log(session: Session, row: Contract, actor: Actor, at: datetime, done: str) -> None:
    who = person_actor(actor.person_id)
    record(session, chain=row.party_id, at=at, actor=who, verb=f"contract.{done}", object_id=row.id)
