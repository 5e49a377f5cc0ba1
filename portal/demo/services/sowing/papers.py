"""Real CVs for the first applications: a few files made and read once, then sealed for each application apart."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import Session

from portal import clock, scope
from portal.applications.models import Application
from portal.demo.engines.papers import cv
from portal.demo.people import candidates
from portal.demo.services.sowing.applications import Made
from portal.demo.services.sowing.rows import Sowing
from portal.documents.engines.reader import draw_pages, read_document
from portal.documents.reading import Reading
from portal.documents.services import add_document, seal_reading
from portal.links.models import Purpose
from portal.links.services import make_link

WITH_PAPERS = 1_000
SECONDS_TO_READ = 60.0
LINK_LASTS = timedelta(days=1000)

File = tuple[bytes, Reading]


def read_files(most: int) -> list[File]:
    """The demo candidates' CVs (``most`` of them), read by the limited child with every page drawn."""
    pdfs = [one for one in candidates() if one.layout != "word"]
    return [_whole(*cv(one.person, one.layout)) for one in pdfs[:most]]


def _whole(name: str, data: bytes) -> File:
    reading = read_document(data, name=name, until=clock.monotonic() + SECONDS_TO_READ)
    reading.raise_if_refused()
    drawn = len(reading.pictures)
    if drawn < reading.page_count:
        rest = draw_pages(data, str(reading.kind), drawn + 1, reading.page_count, budget=SECONDS_TO_READ)
        reading = replace(reading, pictures=(*reading.pictures, *rest.pictures))
    return data, reading


def sow_papers(
    session: Session,
    made: Iterable[Made],
    files: list[File],
    sowing: Sowing,
) -> None:
    """A CV and a private link for each of these."""
    for values, key in made:
        application = Application(**values)
        data, reading = files[sowing.counts["document"] % len(files)]
        sealed = seal_reading(reading, data, key)
        add_document(session, owner=application, slot="cv", sealed=sealed, at=application.changed_at)
        make_link(
            session,
            purpose=Purpose.APPLICATION,
            subject_id=application.id,
            scope=scope.candidate(application.id),
            at=application.changed_at,
            expires_at=sowing.at + LINK_LASTS,
        )
        sowing.counts["register_entry"] += application.with_authority
        sowing.counts.update(document=1, page_picture=len(sealed.pictures), link=1, sealed_file=len(sealed.blobs))
    session.flush()
    session.expunge_all()
