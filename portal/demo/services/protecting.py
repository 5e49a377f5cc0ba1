"""The office has named who reads protected identities, and somebody has applied under a code name to the open ad."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from portal import scope
from portal.ads.models import PublishedAd
from portal.applications.questions import Reply
from portal.applications.services.drafting import create_draft_key
from portal.db import db, unit_of_work
from portal.demo.engines.papers import cv
from portal.demo.people import candidates
from portal.demo.services.ads import KANSLI
from portal.demo.services.people import House, writing
from portal.demo.services.reviewing import office_actor
from portal.documents.services import seal_letter
from portal.protection.services.applying import Told, apply_protected
from portal.protection.services.reading import name_reader

CODE_NAME, NAME = "Grå trana", "Signe Högvall"
BACKGROUND = """
Jag har en examen i statskunskap och har arbetat som utredare i en kommun och i en region, i nio år.

Jag har skrivit underlag till nämnder, svarat på motioner och lett ett projekt om öppnare möten.
""".strip()
LETTER = """
Hej,

Jag söker under kodnamn eftersom jag har skyddade personuppgifter.

Jag vill arbeta nära förtroendevalda med frågor som märks i vardagen.

Fråga gärna i brevlådan.
""".strip()


def apply_under_a_code_name(app: Flask, house: House, ad_id: UUID, at: datetime) -> None:
    """Name the reader, and let one apply the day before; the CV lies where only the reader comes."""
    with writing(app, scope.party(house.party)) as session:
        name_reader(session, actor=office_actor(house), person_id=house.people[KANSLI], at=at - timedelta(days=2))
    application_id, sent_at = uuid4(), at - timedelta(days=1)
    with app.app_context():
        scope.act_for(db.session, scope.candidate(application_id))
        ad = _current(ad_id)
        keys = create_draft_key(ad, application_id, at=sent_at), create_draft_key(ad, uuid4(), at=sent_at)
        like = candidates()[-1]
        person = replace(like.person, name=NAME, email="signe.hogvall@example.se", phone="070-174 06 81")
        name, paper = cv(person, like.layout)
        documents = [("cv", seal_letter(BACKGROUND, name="CV", key=keys[0]))]
        told = Told(
            name=person.name,
            contact=f"Ring {person.phone}, helst på kvällen.",
            texts={"letter": LETTER, "salary": "43000"},
            replies=_replies(ad),
            documents=documents,
            consented=False,
            paper_name=name,
            paper=paper,
        )
        with unit_of_work() as session:
            apply_protected(
                session, ad=_current(ad_id), keys=keys, code_name=CODE_NAME, told=told, language="sv", at=sent_at
            )


def _current(ad_id: UUID) -> PublishedAd:
    current = PublishedAd.ad_id == ad_id, PublishedAd.superseded_at.is_(None)
    return db.session.scalars(select(PublishedAd).where(*current)).one()


def _replies(ad: PublishedAd) -> dict[UUID, Reply]:
    rows = [*ad.content["requirements"], *ad.content["merits"]]
    return {UUID(row["id"]): Reply("ja") for row in rows if row["judged"] == "finns"}
