"""Drafts to test with: made by the services, as the office's pages make them."""

from datetime import date
from typing import Any
from uuid import UUID

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.parts import BY_KEY
from portal.ads.services.drafts import create_draft
from portal.ads.services.parts import save_part, save_rows, save_term, set_employer
from portal.ads.services.publishing import publish_ad
from portal.posts.employer_model import Employer
from tests.steps import kept
from tests.world import World

KRAV = {"kind": "krav", "judged": "skala", "text": "Du skriver väl", "explanation": "", "weight": 30}
CONTACT = {"name": "Gunnel Sundvall", "title": "Regionråd", "email": "gunnel@example.se", "phone": "070-174 06 12"}
TERM = {
    "employment_form": "visstid", "expected_decision": None, "earliest_start": date(2027, 2, 1),
    "start_agreed": True, "latest_end": None, "end_reason": "",
}  # fmt: skip


def by(world: World) -> dict[str, Any]:
    """The party's office, now."""
    return {"person_id": world.kansli, "at": clock.now()}


@kept
def whole_draft(world: World, *, employer: Employer = Employer.AUTHORITY, deadline: date = date(2026, 12, 11)) -> UUID:
    """A draft with all that publishing needs."""
    with world.writing(scope.party(world.party)) as session:
        ad = create_draft(session, **by(world))
        same: dict[str, Any] = {"ad_id": ad.id, **by(world)}
        set_employer(session, employer=employer, retention=(24, "§ 12"), **same)
        save_part(session, part=BY_KEY["title"], values={"title": "Politisk sekreterare", "intro": "Text."}, **same)
        save_part(session, part=BY_KEY["tasks"], values={"tasks": ["skriva tal"]}, **same)
        save_part(session, part=BY_KEY["deadline"], values={"deadline": deadline, "timetable": []}, **same)
        save_term(session, values=TERM, on=clock.today(), **same)
        save_rows(session, part=BY_KEY["criteria"], rows=[KRAV], **same)
        save_rows(session, part=BY_KEY["contacts"], rows=[CONTACT], **same)
        return ad.id


def published(world: World, ad_id: UUID) -> str:
    """Publish it; the public reference."""
    with world.writing(scope.party(world.party)) as session:
        return publish_ad(session, ad_id=ad_id, on=clock.today(), **by(world)).reference


def stored(world: World, ad_id: UUID, *names: str) -> tuple[Any, ...]:
    """Columns of the ad as they are stored."""
    with world.acting(scope.party(world.party)) as session:
        ad = session.get_one(Ad, ad_id)
        return tuple(getattr(ad, name) for name in names)
