"""Candidates apply to the ads that have closed, through the same door as anybody: nine to one, three each to two."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.questions import Reply
from portal.applications.services.drafting import (
    begin_draft,
    create_draft_key,
    key_of,
    write_details,
    write_replies,
)
from portal.applications.services.sending import prepare_sending, submit_application
from portal.db import db, unit_of_work
from portal.demo.engines.papers import cv
from portal.demo.people import Candidate, candidates
from portal.documents.services import Sealed, add_document, read_and_seal
from portal.review.marking import marked, stems_of
from portal.swedish_dates import swedish_day
from portal.vault.services import ApplicationKey

SECONDS_TO_READ = 60.0  # nobody waits at the demo's first start; a busy machine may


def apply_all(app: Flask, ad_id: UUID, at: datetime) -> None:
    """Send the nine applications, spread over the time the ad was open."""
    everybody = candidates()
    for place, candidate in enumerate(everybody):
        opened = at - timedelta(days=29) + place * timedelta(days=23, hours=5) / len(everybody)
        _apply(app, ad_id, candidate, opened)


def apply_some(app: Flask, ad_id: UUID, people: Sequence[Candidate], first: datetime) -> list[UUID]:
    """These apply one day after the other from ``first`` on; their applications' ids, in order."""
    return [
        _apply(app, ad_id, candidate, first + place * timedelta(days=1, hours=3))
        for place, candidate in enumerate(people)
    ]


def _apply(app: Flask, ad_id: UUID, candidate: Candidate, at: datetime) -> UUID:
    application_id = uuid4()
    with app.app_context():
        scope.act_for(db.session, scope.candidate(application_id))
        ad = _current(ad_id)
        key = create_draft_key(ad, application_id, at=at)
        paper = _cv(candidate, key) if "cv" in ad.content["documents"] else None
        with unit_of_work() as session:
            ad = _current(ad_id)
            application, _token = begin_draft(session, ad=ad, key=key, language="sv", at=at)
            write_details(
                session, application=application, key=key, texts=_texts(candidate, at), ad=ad, language="sv", at=at
            )
            write_replies(session, application=application, key=key, replies=_replies(ad, candidate))
            if paper is not None:
                add_document(session, owner=application, slot="cv", sealed=paper, at=at)
        prepared = prepare_sending(db.session, db.session.get_one(Application, application_id))
        with unit_of_work() as session:
            submit_application(session, ad=_current(ad_id), prepared=prepared, at=at + timedelta(minutes=14))
            key_of(session.get_one(Application, application_id))
    return application_id


def _cv(candidate: Candidate, key: ApplicationKey) -> Sealed:
    name, data = cv(candidate.person, candidate.layout)
    return read_and_seal(data, name=name, key=key, until=clock.monotonic() + SECONDS_TO_READ)


def _current(ad_id: UUID) -> PublishedAd:
    return db.session.scalars(
        select(PublishedAd).where(PublishedAd.ad_id == ad_id, PublishedAd.superseded_at.is_(None))
    ).one()


def _texts(candidate: Candidate, at: datetime) -> dict[str, str]:
    start = at.astimezone(clock.STOCKHOLM).date() + timedelta(days=candidate.start_in_days)
    return {
        "name": candidate.person.name,
        "email": candidate.person.email,
        "phone": candidate.person.phone,
        "letter": candidate.letter,
        "salary": str(candidate.salary_kronor),
        "start": f"Tidigast {swedish_day(start)}",
    }


def _replies(ad: PublishedAd, candidate: Candidate) -> dict[UUID, Reply]:
    replies = {}
    for row in (*ad.content["requirements"], *ad.content["merits"]):
        if row["judged"] == "finns":
            owns_car = "bil" in " ".join(candidate.person.skills).casefold() or len(candidate.person.name) % 2 == 0
            licence = "körkort" in row["text"]
            replies[UUID(row["id"])] = Reply("ja" if licence or owns_car else "nej")
        else:
            replies[UUID(row["id"])] = Reply("", _said_of(row["text"], candidate))
    return {id: reply for id, reply in replies.items() if reply.choice or reply.text}


def _said_of(criterion: str, candidate: Candidate) -> str:
    """The candidate's own sentences about a criterion, at most two; nothing where they have written nothing of it."""
    stems = stems_of(criterion)
    sentences = re.split(r"(?<=[.!?])\s+", candidate.letter)
    lines = [f"{job.title}, {job.employer}: {line}" for job in candidate.person.jobs for line in job.lines]
    found = [one for one in (*sentences, *lines) if any(piece.mark for piece in marked(one, stems))]
    return " ".join(found[:2])
