"""A small world to test in: Region Ådalen, Närvårdspartiet and its rival Dalpartiet, and their people."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.accounts.models import Person
from portal.accounts.session import begin_session
from portal.ads.models import Ad, AdContact, AdCriterion, PublishedAd
from portal.ads.snapshot import content_of
from portal.db import db, unit_of_work
from portal.organisations.models import Authority, Membership, Party
from portal.organisations.retention import PARTY_RULE, Retention
from portal.organisations.services.settings import say_rule
from portal.vault.services import create_controller_key
from tests.steps import kept

DECISION, START, LATEST_END = date(2027, 1, 11), date(2027, 2, 1), date(2030, 12, 31)
CRITERIA = (
    ("krav", "skala", "Du skriver väl, också när det är bråttom", 30),
    ("krav", "skala", "Du är självgående och tar egna initiativ", 25),
    ("krav", "finns", "Du har B-körkort", 0),
    ("merit", "skala", "Utbildning i journalistik eller statsvetenskap", 10),
    ("merit", "finns", "Tillgång till egen bil", 0),
)


@dataclass
class World:
    """Ids of what was made. People by what they are; every one has accepted."""

    app: Flask
    authority: UUID
    party: UUID
    rival: UUID
    kansli: UUID
    gunnel: UUID
    elof: UUID
    region: UUID
    rival_kansli: UUID
    drift: UUID
    memberships: dict[UUID, UUID] = field(default_factory=dict)

    @contextmanager
    def acting(self, who: scope.Scope) -> Iterator[Session]:
        """A session of its own that acts for ``who``, to read with."""
        with self.app.app_context():
            scope.act_for(db.session, who)
            yield db.session

    @contextmanager
    def writing(self, who: scope.Scope) -> Iterator[Session]:
        """The same, committed at the end."""
        with self.app.app_context():
            scope.act_for(db.session, who)
            with unit_of_work() as session:
                yield session

    def browser(self, person: UUID | None = None) -> FlaskClient:
        """A browser of its own, logged in as ``person`` where given (log-in itself has its own tests)."""
        client = self.app.test_client()
        if person is not None:
            with self.app.app_context():
                with unit_of_work() as session:
                    token = begin_session(session, session.get_one(Person, person), device="test", at=clock.now())
            with client.session_transaction() as cookie:
                cookie["log_in"] = token
        return client

    def browser_cookie(self, person: UUID) -> str:
        """The session cookie of `browser`, for a real browser."""
        cookie = self.browser(person).get_cookie("portal")
        assert cookie is not None
        return cookie.value


def build_world(app: Flask) -> World:
    """Make the region, the parties and the people, each with a key or an accepted membership."""
    with app.app_context():
        scope.act_for(db.session, scope.PLATFORM)
        with unit_of_work() as session:
            return _build(session, app, clock.now() - timedelta(days=1))


@kept
def build_neighbour(world: World) -> World:
    """Another region in the same installation, with parties and people of its own: what is the one's is not the other's."""
    with world.app.app_context():
        scope.act_for(db.session, scope.PLATFORM)
        with unit_of_work() as session:
            at = clock.now() - timedelta(days=1)
            return _build(
                session, world.app, at, "Söderås", (("Strandpartiet", "str1", 120), ("Fjällpartiet", "fja1", 60))
            )


def _build(
    session: Session,
    app: Flask,
    at: datetime,
    region_name: str = "Ådalen",
    party_names: Sequence[tuple[str, str, int]] = (("Närvårdspartiet", "nar1", 250), ("Dalpartiet", "dal1", 15)),
) -> World:
    tail = "" if region_name == "Ådalen" else ".soderas"
    region = Authority(
        id=uuid4(),
        name=f"Region {region_name}",
        kind="region",
        controller_name=f"Regionstyrelsen i Region {region_name}",
        created_at=at,
    )
    session.add(region)
    session.flush()
    parties = [
        Party(
            id=uuid4(),
            authority_id=region.id,
            name=name,
            key=key,
            hue=hue,
            controller_name=f"{name} i {region_name}",
            created_at=at,
        )
        for name, key, hue in party_names
    ]
    session.add_all(parties)
    session.flush()
    for controller in (region, *parties):
        create_controller_key(session, controller.id, at=at)
    for party in parties:
        say_rule(session, party, Retention(24, PARTY_RULE, at.date()), None, at)
    people: dict[str, UUID] = {}
    memberships: dict[UUID, UUID] = {}
    for handle, name, role, party, authority in (
        ("kansli", "Samira Hedvall", "kansli", parties[0].id, None),
        ("gunnel", "Gunnel Sundvall", "ledamot", parties[0].id, None),
        ("elof", "Elof Rehnström", "ledamot", parties[0].id, None),
        ("region", "Berit Åkerlund", "region", None, region.id),
        ("rival_kansli", "Ture Lindroth", "kansli", parties[1].id, None),
        ("drift", "Dag Driftsson", "drift", None, None),
    ):
        person = Person(id=uuid4(), email=f"{handle}{tail}@example.se", name=name, created_at=at)
        session.add(person)
        session.flush()
        membership = Membership(
            id=uuid4(),
            person_id=person.id,
            role=role,
            party_id=party,
            authority_id=authority,
            created_at=at,
            accepted_at=at,
        )
        session.add(membership)
        people[handle], memberships[person.id] = person.id, membership.id
    return World(app, region.id, parties[0].id, parties[1].id, memberships=memberships, **people)


@kept
def publish_ad(
    world: World,
    *,
    party: UUID | None = None,
    employer: str = "authority",
    deadline: date = date(2026, 12, 11),
    **changes: Any,
) -> "Published":
    """An ad as the office would have published it; ``changes`` are columns of `Ad`."""
    party_id, at = party or world.party, clock.now()
    by_authority = employer == "authority"
    common = {
        "party_id": party_id,
        "authority_id": world.authority,
        "controller_id": world.authority if by_authority else party_id,
        "with_authority": by_authority,
    }
    with world.writing(scope.party(party_id)) as session:
        ad = Ad(**common, **{**_ad_values(world, employer, deadline, at), **changes})
        session.add(ad)
        session.flush()
        criteria = [
            AdCriterion(
                id=uuid4(),
                **common,
                ad_id=ad.id,
                position=n,
                kind=kind,
                judged=judged,
                text=text,
                weight=weight,
                locked_at=at,
            )
            for n, (kind, judged, text, weight) in enumerate(CRITERIA, 1)
        ]
        contact = AdContact(
            **common, ad_id=ad.id, position=1, name="Gunnel Sundvall", title="Regionråd i opposition",
            email="gunnel@example.se", phone="070-174 06 12",
        )  # fmt: skip
        session.add_all([*criteria, contact])
        session.flush()
        owner, region = session.get_one(Party, party_id), session.get_one(Authority, world.authority)
        content = content_of(ad, criteria, [contact], owner, region)
        session.add(_snapshot(ad, content, at))
        return Published(ad.id, ad.reference, tuple(row.id for row in criteria), party_id)


@dataclass(frozen=True)
class Published:
    """A published ad's ids."""

    id: UUID
    reference: str
    criteria: tuple[UUID, ...]
    party_id: UUID


def _ad_values(world: World, employer: str, deadline: date, at: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(), "reference": secrets.token_hex(4), "state": "published", "created_by": world.kansli,
        "created_at": at, "changed_at": at, "published_at": at, "employer": employer,
        "title": "Politisk sekreterare på heltid", "intro": "Du arbetar närmast våra två regionråd.",
        "tasks": ["skriva tal och debattartiklar", "läsa handlingar"], "hours": "Oreglerad", "place": "Härnösand",
        "remote": True, "employment_form": "visstid", "posts": 1, "extent_percent": 100, "earliest_start": START,
        "expected_decision": DECISION, "latest_end": LATEST_END, "limit_reference": DECISION,
        "limit_election": date(2030, 9, 8), "limit_latest_end": LATEST_END, "limit_rule": "KL 4:33",
        "documents": ["cv", "letter", "salary"], "deadline": deadline, "salary_form": "Individuell lönesättning",
        "salary_low": 38000, "salary_high": 46000, "retention_months": 24, "retention_rule": "Gallringsbeslut 2024 § 12",
    }  # fmt: skip


def _snapshot(ad: Ad, content: dict[str, Any], at: datetime) -> PublishedAd:
    assert ad.deadline is not None and ad.employer is not None
    closes = datetime.combine(ad.deadline + timedelta(days=1), datetime.min.time(), clock.STOCKHOLM)
    return PublishedAd(
        reference=ad.reference, version=1, ad_id=ad.id, party_id=ad.party_id, authority_id=ad.authority_id,
        employer=ad.employer, content=content, published_at=at, first_published_at=at, closes_at=closes,
    )  # fmt: skip
