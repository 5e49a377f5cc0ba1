"""The authorities and parties of the country, their keys and their people."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.engines import hash_password
from portal.accounts.models import Person
from portal.demo.crowd import Dice
from portal.demo.services.people import LONG_THERE, PASSWORD, PEOPLE, add_person, writing
from portal.demo.services.sowing.rows import Sowing
from portal.demo.sweden import LARGE_PANEL, PANEL, AuthorityPlan, PartyPlan
from portal.organisations.access import Role
from portal.organisations.models import Authority, Membership, Party, RetentionRule
from portal.organisations.retention import PARTY_RULE, USUAL_MONTHS
from portal.vault.services import create_controller_key

FOUNDED = timedelta(days=1000)  # before now


@dataclass(frozen=True, slots=True)
class SownParty:
    """A party as it was made, its authority, and its people by what they are."""

    plan: PartyPlan
    row: Party
    home: Authority
    office: UUID
    assessors: tuple[UUID, ...]


def sow_houses(country: Sequence[AuthorityPlan], sowing: Sowing) -> list[list[SownParty]]:
    """Everybody, party by party in each authority. The people of `PEOPLE` can log in, nobody else."""
    at = sowing.at - FOUNDED
    staff = _Staff(sowing.dice, at)
    sown = [_house(plan, staff) for plan in country]
    with writing(sowing.app, scope.PLATFORM) as session:
        sowing.add(session, [house[0].home for house in sown])
        sowing.add(session, [party.row for house in sown for party in house])
        for house in sown:
            for controller in (house[0].home, *(party.row for party in house)):
                create_controller_key(session, controller.id, at=at)
        sowing.add(session, [rule for house in sown for rule in _rules(house, at, sowing.dice)])
        sowing.add(session, staff.people)
        sowing.add(session, staff.memberships)
        sown[0][0] = _let_in(session, sown[0], at)
    return sown


def _let_in(session: Session, house: Sequence[SownParty], at: datetime) -> SownParty:
    """The people who can log in join the first authority; the first party's office and assessors are among them."""
    first, rival = house[0], house[1]
    homes = {"authority": first.home.id, "party": first.row.id, "rival": rival.row.id, "platform": None}
    password_hash = hash_password(PASSWORD)
    ids = {one.email: add_person(session, one, homes[one.home], password_hash, at) for one in PEOPLE}
    here = [one for one in PEOPLE if one.home == "party"]
    office = next(ids[one.email] for one in here if one.role is Role.KANSLI)
    known = tuple(ids[one.email] for one in here if one.role is Role.LEDAMOT)
    return replace(first, office=office, assessors=(*known, *first.assessors)[:LARGE_PANEL])


def _rules(house: Sequence[SownParty], at: datetime, dice: Dice) -> list[RetentionRule]:
    """How long each employer of an authority keeps applications."""
    said = {"months": USUAL_MONTHS, "valid_from": at.date(), "said_at": at}
    own = RetentionRule(id=dice.id(), authority_id=house[0].home.id, basis="Gallringsbeslut 2024, § 112", **said)
    return [own, *(RetentionRule(id=dice.id(), party_id=one.row.id, basis=PARTY_RULE, **said) for one in house)]


def _house(plan: AuthorityPlan, staff: "_Staff") -> list[SownParty]:
    board = "Regionstyrelsen" if plan.kind == "region" else "Kommunstyrelsen"
    home = Authority(
        id=staff.dice.id(),
        name=plan.name,
        kind=plan.kind,
        controller_name=f"{board} i {plan.name}",
        created_at=staff.at,
    )
    return [_party(party, home, staff) for party in plan.parties]


def _party(plan: PartyPlan, home: Authority, staff: "_Staff") -> SownParty:
    row = Party(
        id=staff.dice.id(),
        authority_id=home.id,
        name=plan.name,
        key=f"p{staff.dice.id().hex[:12]}",
        hue=plan.hue,
        controller_name=f"{plan.name} i {home.name}",
        created_at=staff.at,
    )
    assessors = max([PANEL, *(ad.panel for ad in plan.ads)])
    office = staff.join(row.id, Role.KANSLI)
    return SownParty(plan, row, home, office, tuple(staff.join(row.id, Role.LEDAMOT) for _ in range(assessors)))


@dataclass(slots=True)
class _Staff:
    """People who belong to a party and never log in."""

    dice: Dice
    at: datetime
    people: list[Person] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)

    def join(self, party: UUID, role: Role) -> UUID:
        """One more person of the party."""
        id, at = self.dice.id(), self.at
        title = "Kanslichef" if role is Role.KANSLI else "Ledamot"
        email = f"{role}{len(self.people)}@example.se"
        self.people.append(Person(id=id, email=email, name=self.dice.name(), created_at=at))
        self.memberships.append(
            Membership(
                id=self.dice.id(),
                person_id=id,
                role=role,
                title=title,
                party_id=party,
                created_at=at,
                accepted_at=at - LONG_THERE,
            )
        )
        return id
