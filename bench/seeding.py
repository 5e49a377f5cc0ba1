"""Many candidates at once, written in bulk: what lists read, sealed as the portal seals it."""

import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bench.curriculum import cv
from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Answer, Application
from portal.contracts.recording.services import record_without_ad
from portal.contracts.terms import Terms
from portal.db import unit_of_work
from portal.documents.services import add_document, read_and_seal
from portal.posts.employer_model import Employer
from portal.review.models import ConflictAnswer, OwnPlace, PanelMember, ReviewCase, Score
from portal.review.phases import Phase
from portal.vault.keystore import application_key
from portal.vault.sealing import new_key, seal
from portal.vault.services import (
    ApplicationKey,
    controller_fingerprint,
    controller_key,
    open_application_key,
    the_vault,
)
from tests.applicants import FIRST, LAST
from tests.decisions.recruiting import office
from tests.world import CRITERIA, Published, World

ASSESSORS = 9
AT_ONCE = 1000
Rows = list[dict[str, Any]]


def fill_case(world: World, ad: Published, panel: Sequence[UUID], size: int) -> None:
    """``size`` candidates of a closed ad; the panel has answered about jäv, scored all, put in order and handed in."""
    chance, at = random.Random(size), clock.now() - timedelta(days=2)
    with world.writing(scope.party(ad.party_id)) as session:
        wall = _wall(world, ad)
        session.execute(
            insert(ReviewCase),
            [{**wall, "id": uuid4(), "ad_id": ad.id, "created_at": at, "phase": Phase.OPEN.value}],
        )
        members = [uuid4() for _ in panel]
        version = session.scalars(select(PublishedAd.id).where(PublishedAd.ad_id == ad.id)).one()
        session.execute(insert(PanelMember), list(_members(wall, ad, panel, members, at)))
        for first in range(0, size, AT_ONCE):
            numbers = range(first, min(size, first + AT_ONCE))
            _candidates(session, wall, ad, version, members, numbers, chance, at)


def clear_desk(world: World, ad: Published) -> None:
    """Let the panel of a filled case begin anew: jäv is answered, and nothing is set, ordered or handed in."""
    with world.writing(scope.party(ad.party_id)) as session:
        members = select(PanelMember.id).where(PanelMember.ad_id == ad.id).scalar_subquery()
        for table in (Score, OwnPlace):
            session.execute(delete(table).where(table.panel_member_id.in_(members)))
        session.execute(update(PanelMember).where(PanelMember.ad_id == ad.id).values(handed_in_at=None))


def add_papers(world: World, ad: Published) -> UUID:
    """Give one candidate a CV that was read, with its picture, and an answer to every question; their id."""
    with world.acting(scope.party(ad.party_id)) as session:
        one = session.scalars(select(Application).where(Application.ad_id == ad.id).limit(1)).one()
        key = open_application_key(session, application_id=one.id, controller_id=one.controller_id)
        sealed = read_and_seal(cv(), name="cv.pdf", key=key)
        with unit_of_work():
            owner = session.get_one(Application, key.application_id)
            add_document(session, owner=owner, slot="cv", sealed=sealed, at=clock.now())
            for criterion in ad.criteria:
                text = key.seal_text(f"answer.{criterion}", json.dumps({"choice": "", "text": "Så har jag gjort."}))
                walls = {"application_id": owner.id, **_wall(world, ad)}
                session.add(Answer(**walls, criterion_id=criterion, text_sealed=text))
        return key.application_id


def employ(world: World) -> UUID:
    """Record somebody whom the authority employs for two months, with nothing written in their contract yet; its id."""
    today = clock.today()
    starts = today + timedelta(days=30)
    terms = Terms(Employer.AUTHORITY, today, starts, starts + timedelta(days=60), extent_percent=100)
    with world.writing(scope.party(world.party)) as session:
        made = record_without_ad(
            session, name="Åsa Nyman", title="Politisk sekreterare", terms=terms, actor=office(world), at=clock.now(),
            on=today,
        )  # fmt: skip
        assert made is not None
        return made.id


def _wall(world: World, ad: Published) -> dict[str, Any]:
    return {"party_id": ad.party_id, "authority_id": world.authority, "controller_id": ad.party_id}


def _members(
    wall: dict[str, Any], ad: Published, panel: Sequence[UUID], ids: Sequence[UUID], at: datetime
) -> Iterator[dict[str, Any]]:
    for position, (person, id) in enumerate(zip(panel, ids, strict=True), 1):
        yield {
            **wall, "id": id, "ad_id": ad.id, "person_id": person, "position": position, "leads": position == 1,
            "added_at": at, "handed_in_at": at + timedelta(days=1),
        }  # fmt: skip


def _candidates(
    session: Session, wall: dict[str, Any], ad: Published, version: UUID, members: Sequence[UUID], numbers: range,
    chance: random.Random, at: datetime,
) -> None:  # fmt: skip
    ids = [uuid4() for _ in numbers]
    keys = _keys(session, ad.party_id, ids, at)
    session.execute(
        insert(Application),
        [
            _application(session, wall, ad, version, key, number, at + timedelta(milliseconds=number))
            for key, number in zip(keys, numbers, strict=True)
        ],
    )
    session.execute(
        insert(ConflictAnswer),
        [
            {**wall, "id": uuid4(), "panel_member_id": m, "application_id": a, "has_conflict": False, "answered_at": at}
            for m in members
            for a in ids
        ],
    )
    session.execute(insert(Score), [row for m in members for row in _scores(wall, ad, m, ids, chance, at)])
    session.execute(insert(OwnPlace), [row for m in members for row in _order(wall, m, ids, numbers.start, chance)])


def _keys(session: Session, controller: UUID, ids: Sequence[UUID], at: datetime) -> list[ApplicationKey]:
    generation, outer = controller_key(session, controller)
    made = [ApplicationKey(id, new_key()) for id in ids]
    rows = [
        {
            "application_id": key.application_id, "controller_id": controller, "generation": generation,
            "created_at": at,
            "wrapped": seal(outer, key.raw, belongs_to=f"application_key|{key.application_id}|{controller}"),
        }
        for key in made
    ]  # fmt: skip
    with the_vault().key_store.engine.begin() as connection:
        connection.execute(application_key.insert(), rows)
    return made


def _application(
    session: Session,
    wall: dict[str, Any],
    ad: Published,
    version: UUID,
    key: ApplicationKey,
    number: int,
    at: datetime,
) -> dict[str, Any]:
    name = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]} {number}"
    email = f"sokande{number}@example.com"
    sealed = {
        "name": name, "email": email, "phone": "070-174 06 21", "salary": "41000", "start": "2027-02-01",
        "letter": "Jag skriver tal och läser handlingar. " * 100,
    }  # fmt: skip
    return {
        **wall, "id": key.application_id, "ad_id": ad.id, "published_ad_id": version, "state": "sent",
        "opened_at": at, "changed_at": at, "submitted_at": at, "consented_at": at,
        "address_print": controller_fingerprint(session, ad.party_id, email, purpose="address"),
        **{f"{column}_sealed": key.seal_text(f"application.{column}", text) for column, text in sealed.items()},
    }  # fmt: skip


def _scores(
    wall: dict[str, Any], ad: Published, member: UUID, ids: Sequence[UUID], chance: random.Random, at: datetime
) -> Rows:
    rows = []
    for criterion, (_kind, judged, _text, _weight) in zip(ad.criteria, CRITERIA, strict=True):
        for application in ids:
            step = chance.choice((0, 1, 2, 2, 3, None)) if judged == "skala" else None
            rows.append(
                {
                    **wall, "id": uuid4(), "panel_member_id": member, "application_id": application,
                    "criterion_id": criterion, "step": step, "saved_at": at,
                    "present": chance.choice(("ja", "nej")) if judged == "finns" else None,
                }
            )  # fmt: skip
    return rows


def _order(wall: dict[str, Any], member: UUID, ids: Sequence[UUID], first: int, chance: random.Random) -> Rows:
    places = list(range(first + 1, first + len(ids) + 1))
    chance.shuffle(places)
    return [
        {**wall, "id": uuid4(), "panel_member_id": member, "application_id": one, "place": place}
        for one, place in zip(ids, places, strict=True)
    ]
