"""The register read: every employment of the scope with its acts, contract and decision, each asked once for all."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from portal.contracts.acts.kinds import BY_WHOM, By, Kind, still_standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of_many, given_on
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.stages import STANDINGS, stage_of
from portal.contracts.listing.lines import Listed
from portal.contracts.models import Employment
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.queries import lasts_from
from portal.contracts.written.models import Contract
from portal.contracts.written.queries import passed_by
from portal.contracts.written.states import WORDS, state_of
from portal.posts.employer_model import Employer
from portal.swedish_names import alphabetical

UNWRITTEN, ELSEWHERE = "Inte skrivet", "Utanför portalen"


def listed(session: Session, *, on: date) -> list[Listed]:
    """The employments that the scope may see, the first to end first, and of those that end together by name; last those that
    are over."""
    employed = employments_of(session)
    acts = acts_of_many(session, (one.row.id for one in employed))
    contracts, decisions = _contracts(session), _decisions(session)
    goes_on = {one.row.renews_id for one in employed if not one.row.never_began}
    known = {one.row.id: one.row for one in employed}
    lines = []
    for one in employed:
        row, since = one.row, lasts_from(one.row, known, acts)
        renewed, contract = row.id in goes_on, contracts.get(row.id)
        line = _line(one, acts.get(row.id, []), decisions.get(row.id), on)
        words = _contract_words(row, contract, on, lasts=since is not None and not renewed and not row.never_began)
        lines.append(replace(line, renewed=renewed, lasts_from=since, contract=words))
    return sorted(
        lines, key=lambda line: (line.is_over(on), line.ends or date.max, line.starts, alphabetical(line.name))
    )


def _contracts(session: Session) -> dict[UUID, Contract]:
    """The contract that counts of each employment."""
    passed = (Contract.offered_at, Contract.accepted_at, Contract.signed_at, Contract.taken_back_at)
    rows = select(Contract).options(load_only(Contract.employment_id, *passed)).where(Contract.taken_back_at.is_(None))
    return {row.employment_id: row for row in session.scalars(rows.order_by(Contract.number))}


def _decisions(session: Session) -> dict[UUID, EmploymentDecision]:
    return {row.employment_id: row for row in session.scalars(select(EmploymentDecision))}


def _line(
    one: Employed,
    acts: list[EmploymentAct],
    decision: EmploymentDecision | None,
    on: date,
) -> Listed:
    row, by_authority = one.row, one.row.employer == Employer.AUTHORITY
    return Listed(
        id=row.id,
        name=one.name,
        title=one.title,
        party=one.party_name,
        party_id=row.party_id,
        employer=one.authority_name if by_authority else one.party_name,
        percent=row.extent_percent,
        starts=row.starts_on,
        ends=row.ends_on,
        post=row.ad_id,
        whole=one.whole,
        ended_by=_ended_by(acts),
        noticed=given_on(acts),
        decision=STANDINGS[stage_of(decision, on=on)].capitalize() if by_authority else "",
        mark=_mark(row, decision),
    )


def _contract_words(row: Employment, contract: Contract | None, on: date, *, lasts: bool) -> str:
    """How far the contract has come; that of an employment from before the portal was written without it."""
    if contract is not None:
        return WORDS[state_of(passed_by(contract, row, lasts=lasts), on=on)]
    return ELSEWHERE if row.taken_over else UNWRITTEN


def _mark(row: Employment, decision: EmploymentDecision | None) -> str:
    """What its bar is drawn as beside others. Those from before the portal were decided without it."""
    decided = decision is not None or row.employer != Employer.AUTHORITY or row.taken_over or row.never_began
    if not decided:
        return "undecided"
    return "stand_in" if row.stands_in else ""


def _ended_by(acts: list[EmploymentAct]) -> str:
    """What the present end comes of, where it is not as it was recorded."""
    kept = still_standing(acts)
    last = kept[-1] if kept else None
    if not isinstance(last, EmploymentAct):
        return ""
    words = {Kind.EXTENSION: "förlängning", Kind.EARLY_END: "avslut i förtid", Kind.NEVER_BEGAN: "blir inte av"}
    if last.kind == Kind.NOTICE:
        return f"uppsägning {BY_WHOM[By(last.notice_by or '')]}"
    return words.get(Kind(last.kind), "")
