"""An employment's contract read: what is filled in, what the rules say, how far it has come and who has signed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, joinedload

from portal.applications.models import Application
from portal.applications.states import State as Applied
from portal.clock import STOCKHOLM
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import limit_in_force
from portal.contracts.decision.deciders import Decider, Seat, as_words
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.queries import decision_of
from portal.contracts.models import Employment
from portal.contracts.queries import Employed, employments_of
from portal.contracts.renewal.queries import lasts_past, may_be_there, permanent_since, there_on
from portal.contracts.written.awaited import Awaited, day_of, lacking_of
from portal.contracts.written.filling import Filled, Lack, Signatory, lacking
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.contracts.written.rules import Rules, rules_for
from portal.contracts.written.sheet import Facts, Sheet, sheet_of
from portal.contracts.written.states import Passed, State, state_of
from portal.documents.models import FiledDocument
from portal.organisations.models import Authority, Party
from portal.profiles.profile import Profile
from portal.profiles.shelf import RULES, VersionGone, profile_called, profile_on, profile_version
from portal.vault.services import open_for_controller

SHELF = RULES
LEFT = (Applied.WITHDRAWN, Applied.REPLACED)  # of an application


@dataclass(frozen=True, slots=True)
class Held:
    """An employment and its contract. ``row`` is None where none has been begun since the last was taken back;
    ``former`` is the one taken back last. ``filled`` is what was typed, of the former where nothing is begun; in a draft
    ``decided`` is who decided in the words of the employment decision, where it is written down, and stands in ``filled``."""

    one: Employed
    facts: Facts
    rules: Rules
    row: Contract | None
    former: Contract | None
    filled: Filled
    decided: str
    state: State
    policies: Mapping[str, str]  # the party's own on other offices beside the post, by roles.Also
    lasts: date | None = (
        None  # since when it is permanent, where its last day has gone by and ended nothing (LAS 5 a §)
    )

    @property
    def employment(self) -> Employment:
        """The employment's own row."""
        return self.one.row

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What must be filled in before it can be offered."""
        facts = self.facts
        return lacking(
            self.rules, self.filled, employer=facts.employer, employee=facts.employee, policies=self.policies
        )

    @property
    def last_day(self) -> date | None:
        """The day that ends it; None where none does."""
        return None if self.lasts else self.employment.ends_on

    def is_decided_after(self, on: date) -> bool:
        """Whether the decision, which the contract speaks of as taken, is planned for a day after this."""
        return self.employment.decided_on > on

    def sheet(self, *, on: date) -> Sheet:
        """The contract as it would be offered on a day."""
        return sheet_of(self.facts, self.rules, self.filled, on=on)


def contract_of(session: Session, employment_id: UUID, *, on: date, lock: bool = False) -> Held | None:
    """The contract of an employment in this scope; None where there is no such employment.

    ``lock`` keeps everybody else from it until the unit of work ends. Raises BadProfile where rules cannot be read.
    """
    if lock:
        session.scalars(select(Employment).where(Employment.id == employment_id).with_for_update()).all()
    one = next(iter(employments_of(session, employment_id)), None)
    if one is None:
        return None
    party = session.scalars(
        select(Party).where(Party.id == one.row.party_id).options(joinedload(Party.authority))
    ).one()
    row, former = _newest(session, employment_id)
    lasts = lasts_past(session, one.row, on=on)
    profile = _rules_on(party.authority, on)
    decided = "" if row and row.offered_at else _decided(session, employment_id)
    return Held(
        one=one,
        facts=_facts(session, one, party),
        rules=rules_for(profile, employer=one.row.employer, kind=party.authority.kind),
        row=row,
        former=former,
        filled=_filled(session, row or former, decided),
        decided=decided,
        state=state_of(passed_by(row, one.row, lasts=lasts is not None), on=on),
        policies={"group_leader": party.group_leader_policy, "elected": party.elected_policy},
        lasts=lasts,
    )


def is_offered(session: Session, employment_id: UUID) -> bool:
    """Whether a contract has been offered, and not taken back since."""
    row, _ = _newest(session, employment_id)
    return row is not None and row.offered_at is not None


def _newest(session: Session, employment_id: UUID) -> tuple[Contract | None, Contract | None]:
    """The one that counts, if any, and the one taken back last."""
    rows = session.scalars(
        select(Contract).where(Contract.employment_id == employment_id).order_by(Contract.number.desc()).limit(2)
    ).all()
    standing = [row for row in rows if row.taken_back_at is None]
    taken_back = [row for row in rows if row.taken_back_at is not None]
    return next(iter(standing), None), next(iter(taken_back), None)


def _rules_on(authority: Authority, on: date) -> Profile | None:
    newest = profile_called(authority.rules_called, SHELF)
    return profile_on(newest.key, on, SHELF) if newest else None


def _facts(session: Session, one: Employed, party: Party) -> Facts:
    row = one.row
    by_authority = row.employer == "authority"
    copied = {name: getattr(row, name) for name in Facts.__dataclass_fields__ if hasattr(row, name)}
    limit = limit_in_force(session, row)  # an extension has its own
    copied |= {name: getattr(limit, name) for name in copied if name.startswith("limit_")}
    return Facts(
        **copied,
        employer_name=party.authority.name if by_authority else party.controller_name,
        authority_name=party.authority.name,
        party_name=party.name,
        employee=one.name,
        permanent_since=None if by_authority else permanent_since(session, row),
        extended_on=limit.decided_on if isinstance(limit, EmploymentAct) else None,
        extended_by=_decided(session, row.id, limit.number) if isinstance(limit, EmploymentAct) else "",
    )


def passed_by(row: Contract | None, employment: Employment, *, lasts: bool = False) -> Passed:
    """When each thing was done to a contract; nothing to one that is not there. ``lasts``: whatever its last day says."""
    return Passed(
        offered_at=row.offered_at if row else None,
        accepted_at=row.accepted_at if row else None,
        signed_at=row.signed_at if row else None,
        taken_back_at=row.taken_back_at if row else None,
        starts_on=employment.starts_on,
        ends_on=None if lasts else employment.ends_on,
    )


def accepted_day(row: Contract) -> date | None:
    """The day of the yes; of one that an earlier version wrote down, the day on which that was done."""
    return row.accepted_on or (row.accepted_at.astimezone(STOCKHOLM).date() if row.accepted_at else None)


def place(column: str, contract_id: UUID) -> str:
    """What a sealed column of a contract is bound to."""
    return f"contract.{column}|{contract_id}"


def signature_place(signature_id: UUID) -> str:
    """What the name on a signature is bound to."""
    return f"contract_signature.name|{signature_id}"


def why_place(signature_id: UUID) -> str:
    """What it is bound to why a signature was taken back."""
    return f"signature_taken_back.reason|{signature_id}"


def typed_as_json(filled: Filled) -> str:
    """What was typed, as it is sealed; the months of notice have a column of their own."""
    typed = {key: value for key, value in asdict(filled).items() if key != "by_decision"}
    return json.dumps({**typed, "notice_months": None}, ensure_ascii=False)


def _decided(session: Session, employment_id: UUID, act: int = 0) -> str:
    row = decision_of(session, employment_id, act)
    if row is None:
        return ""
    return as_words(row.who, Decider(row.decider), Seat(row.seat) if row.seat else None, row.delegation, row.number)


def _filled(session: Session, row: Contract | None, decided: str) -> Filled:
    typed = _typed(session, row) if row else Filled()
    return replace(typed, decided_by=decided, by_decision=True) if decided else typed


def _typed(session: Session, row: Contract) -> Filled:
    typed = json.loads(
        open_for_controller(session, row.controller_id, row.filled_sealed, place=place("filled", row.id))
    )
    signing = tuple(Signatory(**one) for one in typed["signatories"])
    also = tuple(typed.get("also", ()))
    return Filled(**{**typed, "signatories": signing, "also": also, "notice_months": row.notice_months})


def words_of_paper(session: Session, row: Contract, column: str) -> str:
    """One of the sealed words of an offered contract; empty before."""
    sealed: bytes | None = getattr(row, f"{column}_sealed")
    return open_for_controller(session, row.controller_id, sealed, place=place(column, row.id)) if sealed else ""


def signatories_of(session: Session, row: Contract) -> tuple[Signatory, ...]:
    """Who signs an offered contract, in order."""
    return tuple(Signatory(*pair) for pair in json.loads(words_of_paper(session, row, "signatories") or "[]"))


def signatures_of(session: Session, contract_id: UUID) -> Sequence[ContractSignature]:
    """The signatures that are there, in order."""
    wanted = select(ContractSignature).where(ContractSignature.contract_id == contract_id)
    return session.scalars(wanted.order_by(ContractSignature.position)).all()


def signatures_taken_back(session: Session, contract_id: UUID) -> Sequence[SignatureTakenBack]:
    """Those that were filed wrong, the first to be taken back first."""
    wanted = select(SignatureTakenBack).where(SignatureTakenBack.contract_id == contract_id)
    return session.scalars(wanted.order_by(SignatureTakenBack.taken_back_at, SignatureTakenBack.id)).all()


def why_taken_back(session: Session, row: SignatureTakenBack) -> str:
    """What somebody wrote that was wrong with it."""
    return open_for_controller(session, row.controller_id, row.reason_sealed, place=why_place(row.id))


def name_on(session: Session, signature: ContractSignature | SignatureTakenBack) -> str:
    """Whose signature it is."""
    sealed, where = signature.name_sealed, signature_place(signature.id)
    return open_for_controller(session, signature.controller_id, sealed, place=where)


def filed_document(session: Session, document_id: UUID | None) -> FiledDocument | None:
    """A paper by its id, in this scope."""
    return session.scalars(select(FiledDocument).where(FiledDocument.id == document_id)).one_or_none()


def rules_it_rests_on(row: Contract) -> str:
    """ "Region Exempel, version 1", as long as that version is there as it was; its key and number afterwards."""
    if not row.profile_key or row.profile_version is None:
        return ""
    try:
        name = profile_version(row.profile_key, row.profile_version, row.profile_print, SHELF).name
    except VersionGone:
        name = row.profile_key
    return f"{name}, version {row.profile_version}"


def is_accepted(session: Session, employment_id: UUID) -> bool:
    """Whether whoever is to be employed has ever said yes to a contract of it."""
    yes = select(Contract.id).where(Contract.employment_id == employment_id, Contract.accepted_at.is_not(None))
    return session.scalars(yes.limit(1)).first() is not None


def awaited(session: Session, *, on: date) -> list[Awaited]:
    """What the contracts of the scope's employments await, the first to begin first; nothing of those that have ended, or
    whose decision a court has set aside, or that were there before the portal: they have theirs elsewhere."""
    set_aside = select(EmploymentDecision.id).where(
        EmploymentDecision.employment_id == Employment.id, EmploymentDecision.set_aside
    )
    standing = and_(Contract.employment_id == Employment.id, Contract.taken_back_at.is_(None))
    rows = (
        select(Employment, Contract.offered_at, Contract.accepted_at, Application.state.in_(LEFT).label("left"))
        .outerjoin(Contract, standing)
        .outerjoin(Application, Application.id == Employment.application_id)
        .where(
            may_be_there(on),
            Employment.taken_over.is_(False),
            Contract.signed_at.is_(None),
            ~set_aside.exists(),
        )
        .order_by(Employment.starts_on, Employment.id)
    )
    asked = session.execute(rows, execution_options={"hidden_too": True}).all()  # who has left may lie sealed
    there, found = there_on(session, [row.Employment for row in asked], on=on), []
    for row in asked:
        one, is_left = row.Employment, bool(row.left)
        if one.id not in there:
            continue
        what = lacking_of(offered=row.offered_at is not None, accepted=row.accepted_at is not None, left=is_left)
        found.append(Awaited(one.id, one.title, what, day_of(what, one.decided_on, one.starts_on, on)))
    return found
