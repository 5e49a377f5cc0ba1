"""A contract brought as far as a test needs it, by the verbs that the office's pages call."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.services import record_employment
from portal.contracts.terms import Terms
from portal.contracts.written.filling import Filled, Signatory
from portal.contracts.written.models import Contract, ContractSignature, SignatureTakenBack
from portal.contracts.written.queries import Held, contract_of, signatures_of
from portal.contracts.written.services import (
    note_accepted,
    offer_contract,
    record_signature,
    save_contract,
    take_back_contract,
    take_back_signature,
)
from portal.db import db
from portal.documents.queries import named_blobs
from portal.documents.services import keep_filed
from portal.organisations.access import Actor
from portal.organisations.models import Authority
from portal.posts.employer_model import Employer
from portal.vault.services import the_vault
from tests.applicants import Sent
from tests.contracts.hiring import hired
from tests.decisions.recruiting import office
from tests.steps import kept
from tests.world import World

PAPER = b"%PDF-1.7 avtalet"
EMPLOYER_SIGNS = Signatory("Enhetschefen", "Disa Sjölund")


@dataclass
class Recorded:
    """An employment that has been recorded, of one party, and who is employed."""

    world: World
    party: UUID
    employment: UUID
    employee: str

    @property
    def actor(self) -> Actor:
        """The office's person."""
        return office(self.world, self.party)

    @property
    def page(self) -> str:
        """The contract's address."""
        return f"/arbete/anstallningar/{self.employment}/avtal"

    def held(self) -> Held:
        """The contract as it stands."""
        with self.world.acting(scope.party(self.party)) as session:
            found = contract_of(session, self.employment, on=clock.today())
            assert found is not None
            return found


@kept
def rules_of(world: World, key: str) -> None:
    """The region goes by these rules."""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).profile_key = key


@kept
def recorded(world: World, set_clock: Any, *, employer: str = "authority", rules: str = "", **changes: Any) -> Recorded:
    """An employment from 1 February 2027, decided on 14 December 2026; ``rules`` are those of the region."""
    if rules:
        rules_of(world, rules)
    published, sent = hired(world, set_clock, employer=employer)
    return Recorded(world, published.party_id, _employ(world, published.id, sent[0], employer, changes), sent[0].name)


def _employ(world: World, ad_id: UUID, one: Sent, employer: str, changes: dict[str, Any]) -> UUID:
    terms = Terms(Employer(employer), date(2026, 12, 14), date(2027, 2, 1), date(2030, 12, 31), 100)
    with world.writing(scope.party(world.party)) as session:
        made = record_employment(
            session, ad_id=ad_id, application_id=one.id, terms=replace(terms, **changes), actor=office(world),
            at=clock.now(), on=clock.today(),
        )  # fmt: skip
        assert isinstance(made, Employment)
        return made.id


def whole(employee: str, **changes: Any) -> Filled:
    """All that any rules can leave open, filled in."""
    typed = {
        "work_leader": "Gruppledaren Ylva Strandberg", "work_environment": "Regionstyrelsen",
        "decided_by": "Gruppledaren Ylva Strandberg, på delegation", "notice_months": 3, "pay": "41500",
        "signatories": (EMPLOYER_SIGNS, Signatory("Den politiska sekreteraren", employee)),
    }  # fmt: skip
    return Filled(**{**typed, **changes})


@kept
def save(one: Recorded, **changes: Any) -> None:
    """Fill in the contract, everything unless ``changes`` say otherwise."""
    with one.world.writing(scope.party(one.party)) as session:
        write(session, one.employment, whole(one.employee, **changes), one.actor)


def write(session: Session, employment: UUID, filled: Filled, actor: Actor) -> Contract:
    """The same, in a unit of work that is there."""
    made = save_contract(
        session, employment_id=employment, filled=filled, actor=actor, at=clock.now(), on=clock.today()
    )
    assert made is not None
    return made


@kept
def offer(one: Recorded, *, paper: bytes = PAPER) -> None:
    """Offer it as it stands, with a paper that is not set (that takes half a second)."""
    with one.world.app.app_context():
        scope.act_for(db.session, scope.party(one.party))
        held = contract_of(db.session, one.employment, on=clock.today())
        assert held is not None
        kept = keep_filed(db.session, held.employment.controller_id, paper, name="Anställningsavtal.pdf")
    with one.world.writing(scope.party(one.party)) as session:
        assert offer_contract(
            session, employment_id=one.employment, seen=held.sheet(on=clock.today()).print, paper=kept,
            actor=one.actor, at=clock.now(), on=clock.today(),
        )  # fmt: skip


def accept(one: Recorded, *, day: date | None = None, instead_of: date | None = None) -> None:
    """Note that it is accepted, today unless ``day`` says otherwise."""
    with one.world.writing(scope.party(one.party)) as session:
        assert note_accepted(
            session, employment_id=one.employment, accepted_on=day or clock.today(), instead_of=instead_of,
            actor=one.actor, at=clock.now(), on=clock.today(),
        )  # fmt: skip


def take_back(one: Recorded) -> None:
    """Take it back, so that it can be mended."""
    with one.world.writing(scope.party(one.party)) as session:
        assert take_back_contract(
            session, employment_id=one.employment, actor=one.actor, at=clock.now(), on=clock.today()
        )


def sign(
    one: Recorded, position: int, name: str, *, on: date | None = None, copy: bytes = b""
) -> ContractSignature | None:
    """File a signed copy, of today unless ``on`` says otherwise."""
    data = copy or b"%PDF-1.7 kopia " + str(position).encode()
    with one.world.app.app_context():
        scope.act_for(db.session, scope.party(one.party))
        held = contract_of(db.session, one.employment, on=clock.today())
        assert held is not None
        kept = keep_filed(db.session, held.employment.controller_id, data, name=f"kopia {position}.pdf", page_count=2)
    with one.world.writing(scope.party(one.party)) as session:
        return record_signature(
            session, employment_id=one.employment, position=position, name=name, signed_on=on or clock.today(),
            copy=kept, actor=one.actor, at=clock.now(), on=clock.today(),
        )  # fmt: skip


def take_back_signed(one: Recorded, reason: str = "Fel kopia") -> SignatureTakenBack | None:
    """Take the last signature back."""
    with one.world.writing(scope.party(one.party)) as session:
        row = one.held().row
        assert row is not None
        return take_back_signature(
            session, employment_id=one.employment, signature_id=signatures_of(session, row.id)[-1].id, reason=reason,
            actor=one.actor, at=clock.now(), on=clock.today(),
        )  # fmt: skip


@kept
def accepted(one: Recorded, **changes: Any) -> Recorded:
    """The contract filled in, offered and accepted."""
    save(one, **changes)
    offer(one)
    accept(one)
    return one


@kept
def signed(one: Recorded, **changes: Any) -> Recorded:
    """The same, signed by both."""
    accepted(one, **changes)
    sign(one, 1, EMPLOYER_SIGNS.name)
    sign(one, 2, one.employee)
    return one


def stored(one: Recorded) -> set[str]:
    """The names of all blobs in the store."""
    with one.world.app.app_context():
        return {name for name, _ in the_vault().blobs.names()}


def named(one: Recorded, place: str = "") -> set[str]:
    """The blobs that the party's rows name, or those sealed for one place."""
    with one.world.acting(scope.party(one.party)) as session:
        return {blob.name for blob in named_blobs(session) if place in ("", blob.place)}
