"""Signatures on an accepted contract, filed in its order; and the last one taken back, where it was filed wrong."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.written.filling import Signatory, same_name
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.contracts.written.queries import (
    Held,
    contract_of,
    signatories_of,
    signature_place,
    signatures_of,
    why_place,
)
from portal.contracts.written.refusals import (
    AFTER_IT_WAS_OFF,
    AFTER_THE_END,
    BEFORE_OFFER,
    BEFORE_THE_OTHER,
    NOT_YET,
    AlreadySigned,
    NotInTurn,
    PaperPastItsDecision,
    SignedAfterIt,
    SignedBeforeTheChange,
    WrongDay,
    WrongPerson,
)
from portal.contracts.written.services.writing import not_now, note_in_log, same_paper
from portal.contracts.written.states import State
from portal.contracts.written.still_decided import require_decided
from portal.db import after_commit
from portal.documents.services import Filed, add_filed, delete_blobs
from portal.organisations.access import Actor
from portal.swedish_dates import swedish_day
from portal.vault.services import seal_for_controller

AS_FILED = (
    "id", "party_id", "authority_id", "controller_id", "with_authority", "contract_id", "position", "role", "name_sealed",
    "signed_on", "document_id", "recorded_by", "recorded_at",
)  # fmt: skip


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
    note_in_log(session, row, actor, at, "signed")
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
    if present.signed_on != signed_on or not same_paper(session, present.document_id, copy):
        raise AlreadySigned(role=present.role)
    after_commit(session, lambda: delete_blobs([copy.kept.name]))
    return present


def _require_day(held: Held, row: Contract, there: list[ContractSignature], signed_on: date, on: date) -> None:
    assert row.offered_at is not None
    offered, ends = row.offered_at.astimezone(STOCKHOLM).date(), held.last_day
    if signed_on > on:
        raise WrongDay(NOT_YET)
    if signed_on < offered:
        raise WrongDay(BEFORE_OFFER, day=swedish_day(offered))
    if there and signed_on < there[-1].signed_on:
        raise WrongDay(BEFORE_THE_OTHER, day=swedish_day(there[-1].signed_on))
    if ends is not None and signed_on > ends:
        words = AFTER_IT_WAS_OFF if held.employment.never_began else AFTER_THE_END
        raise WrongDay(words, day=swedish_day(ends))


def take_back_signature(
    session: Session,
    *,
    employment_id: UUID,
    signature_id: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    on: date,
) -> SignatureTakenBack | None:
    """The last signature was filed wrong: it stands no more, and its place waits for one anew. What was filed is kept beside,
    with its copy and why. Twice changes nothing. None where there is no such signature on a contract of the employment.

    Raises NotNow where the contract was taken back, SignedAfterIt where another follows on it, or SignedBeforeTheChange.
    """
    held = contract_of(session, employment_id, on=on, lock=True)
    of_it = select(Contract.id).where(Contract.employment_id == employment_id)
    if held is None:
        return None
    wanted = select(SignatureTakenBack).where(SignatureTakenBack.id == signature_id)
    if (before := session.scalars(wanted.where(SignatureTakenBack.contract_id.in_(of_it))).one_or_none()) is not None:
        return before
    standing = select(ContractSignature).where(ContractSignature.id == signature_id)
    undone = session.scalars(standing.where(ContractSignature.contract_id.in_(of_it))).one_or_none()
    if undone is None:
        return None
    row = held.row
    if row is None or undone.contract_id != row.id:
        raise not_now(held)
    _require_last(session, held, row, undone)
    made = _taken_back(session, undone, reason, actor, at)
    row.signed_at = None
    session.delete(undone)
    session.add(made)
    session.flush()
    said = f"{made.position} {made.signed_on.isoformat()}"  # the log names nobody: why is sealed with the signature
    note_in_log(session, row, actor, at, "signature_taken_back", reason=said)
    return made


def _require_last(session: Session, held: Held, row: Contract, undone: ContractSignature) -> None:
    """Nothing rests on it: neither a signature after it, nor an end that was decided when all had signed. On a paper that
    gives another end than what is decided by now no signature could be filed anew."""
    last = signatures_of(session, row.id)[-1]
    if last.id != undone.id:
        raise SignedAfterIt(role=last.role)
    try:
        require_decided(
            row.offered_at, held.employment, acts_of(session, row.employment_id), signed_on=undone.signed_on
        )
    except PaperPastItsDecision as past:
        raise SignedBeforeTheChange(**past.values) from None


def _taken_back(
    session: Session, undone: ContractSignature, reason: str, actor: Actor, at: datetime
) -> SignatureTakenBack:
    """As it was filed, by the id it had: its sealed name is bound to that."""
    sealed = seal_for_controller(session, undone.controller_id, reason, place=why_place(undone.id))
    as_filed = {name: getattr(undone, name) for name in AS_FILED}
    return SignatureTakenBack(**as_filed, reason_sealed=sealed, taken_back_by=actor.person_id, taken_back_at=at)
