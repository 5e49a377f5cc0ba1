"""Candidates with their private links, brought to where they claim a right."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from werkzeug.test import TestResponse

from portal import scope
from portal.applications import consent
from portal.applications.models import Application, CandidateRequest
from portal.decisions.outcomes import Result
from portal.links.models import Purpose
from portal.links.services import token_of
from tests.applicants import Sent
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.forms import submit
from tests.steps import kept
from tests.world import Published, World

Clock = Callable[[str], datetime]
HIDDEN_TOO = {"hidden_too": True}


@kept
def told(
    world: World, set_clock: Clock, n: int = 2, *, employer: str = "party", **ad: Any
) -> tuple[Published, list[Sent]]:
    """A recruitment that has ended: the first candidate is hired, the others have been told that they are not."""
    published, sent = closed_recruitment(world, set_clock, n, employer=employer, **ad)
    agreed(world, published)
    decide(world, published, sent[:1], Result.HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    assert release(world, published) == n
    return published, sent


@kept
def agreed(world: World, ad: Published, version: str = consent.VERSION) -> None:
    """The candidates agreed to this version of the consent."""
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Application).where(Application.ad_id == ad.id).values(consent_version=version))


def link_of(world: World, one: Sent) -> str:
    """A candidate's private link."""
    with world.acting(scope.PLATFORM) as session:
        return f"/ansokan/{token_of(session, purpose=Purpose.APPLICATION, subject_id=one.id)}"


def row_of(world: World, ad: Published, id: UUID) -> Application:
    """The application's row, hidden or not."""
    with world.acting(scope.party(ad.party_id)) as session:
        row = session.scalars(select(Application).where(Application.id == id), execution_options=HIDDEN_TOO).one()
        session.expunge(row)
        return row


def requests_in(world: World, party: UUID | None = None) -> list[CandidateRequest]:
    """What candidates of a party have asked for."""
    with world.acting(scope.party(party or world.party)) as session:
        rows = session.scalars(select(CandidateRequest).order_by(CandidateRequest.made_at, CandidateRequest.id)).all()
        session.expunge_all()
        return list(rows)


def copy_at(world: World, link: str) -> dict[str, bytes]:
    """The files of the copy that the link gives."""
    answer = submit(own_browser(world), f"{link}/mina-uppgifter", {}, "Hämta kopia")
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return files_in(answer)


def files_in(answer: TestResponse) -> dict[str, bytes]:
    """The files of a ZIP that was sent, as a file only, and kept by nobody on the way."""
    headers = answer.headers
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def values_in(data: bytes) -> dict[str, Any]:
    """What a copy says, by section and field; a section of several rows as a list."""
    read = json.loads(data)
    return {
        one["section"]: [{f["field"]: f["value"] for f in row} for row in one["rows"]]
        if "rows" in one
        else {f["field"]: f["value"] for f in one["fields"]}
        for one in read["sections"]
    }
