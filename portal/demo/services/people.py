"""The demo's region, its two rival parties, and everybody who can log in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy.orm import Session

from portal import scope
from portal.accounts.engines import hash_password, new_code_secret
from portal.accounts.models import Person
from portal.accounts.services import code_place
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.db import db, unit_of_work
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.retention import USUAL_MONTHS, Retention
from portal.organisations.services.founding import add_authority, add_party
from portal.organisations.services.settings import say_rule
from portal.vault.services import seal_for_installation

PASSWORD = "ripa-lykta-tall"  # noqa: S105 the demo's own, printed when it starts

LONG_THERE = timedelta(days=5 * 365)  # before any panel of the story was named


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One person who can log in to the demo."""

    who: str
    name: str
    title: str
    email: str
    role: Role
    home: str


PEOPLE = (
    DemoPerson("Kansli", "Samira Hedvall", "Kanslichef", "samira@example.se", Role.KANSLI, "party"),
    DemoPerson("Regionråd", "Gunnel Sundvall", "Regionråd i opposition", "gunnel@example.se", Role.LEDAMOT, "party"),
    DemoPerson("Regionråd", "Elof Rehnström", "Regionråd i opposition", "elof@example.se", Role.LEDAMOT, "party"),
    DemoPerson("Region", "Berit Åkerlund", "Registrator", "berit@example.se", Role.REGION, "authority"),
    DemoPerson("Rivalens kansli", "Ture Lindroth", "Kanslichef", "ture@example.se", Role.KANSLI, "rival"),
    DemoPerson("Drift", "Dagny Frisk", "Drift", "dagny@example.se", Role.DRIFT, "platform"),
)


@dataclass(frozen=True, slots=True)
class House:
    """The ids of what was made; people by e-mail."""

    authority: UUID
    party: UUID
    rival: UUID
    people: dict[str, UUID]


@contextmanager
def writing(app: Flask, who: scope.Scope) -> Iterator[Session]:
    """A unit of work of its own for ``who``."""
    with app.app_context():
        scope.act_for(db.session, who)
        with unit_of_work() as session:
            yield session


def settle(app: Flask, at: datetime) -> House:
    """Make the region, the parties and their people. Every person has a password and a second factor."""
    password_hash = hash_password(PASSWORD)
    with writing(app, scope.PLATFORM) as session:
        region = add_authority(
            session,
            name="Region Ådalen",
            kind="region",
            controller_name="Regionstyrelsen i Region Ådalen",
            by=None,
            at=at,
        )
        region.profile_key = "region-vasternorrland"
        decision = Retention(USUAL_MONTHS, "Regionstyrelsens gallringsbeslut, § 112", at.date())
        say_rule(session, region, decision, None, at)
        parties = [
            add_party(
                session,
                authority_id=region.id,
                name=name,
                hue=hue,
                controller_name=f"{name} i Ådalen",
                by=None,
                at=at,
            )
            for name, hue in (("Närvårdspartiet", 250), ("Dalpartiet", 15))
        ]
        homes = {"authority": region.id, "party": parties[0].id, "rival": parties[1].id, "platform": None}
        people = {role.email: add_person(session, role, homes[role.home], password_hash, at) for role in PEOPLE}
        return House(region.id, parties[0].id, parties[1].id, people)


def add_person(session: Session, role: DemoPerson, home: UUID | None, password_hash: str, at: datetime) -> UUID:
    """A person with password and second factor, and their accepted membership of ``home``."""
    person = Person(
        id=uuid4(),
        email=role.email,
        name=role.name,
        password_hash=password_hash,
        created_at=at,
    )
    person.totp_sealed = seal_for_installation(new_code_secret(), place=code_place(person.id))
    session.add(person)
    session.flush()
    in_authority = role.role is Role.REGION
    session.add(
        Membership(
            person_id=person.id,
            role=role.role,
            title=role.title,
            party_id=None if in_authority else home,
            authority_id=home if in_authority else None,
            created_at=at,
            accepted_at=at - LONG_THERE,
        )
    )
    return person.id


def found(app: Flask, at: datetime) -> None:
    """Note in the chain that this installation is a demo."""
    with writing(app, scope.PLATFORM) as session:
        record(session, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="demo.seeded")
