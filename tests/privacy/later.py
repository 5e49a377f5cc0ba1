"""Candidates who have said that they may be asked about later posts."""

from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.applications.models import LaterConsent
from tests.door import own_browser
from tests.forms import submit
from tests.world import World

PAGE = "/arbete/sparade-for-senare"


def say_yes(world: World, link: str, months: int = 12) -> None:
    """On the private page, as the candidate does."""
    form = {"months": str(months), "agree": "y"}
    done = submit(own_browser(world), f"{link}/spara-for-senare", form, "Spara för kommande tjänster")
    assert done.status_code == 303


def say_no_more(world: World, link: str, button: str = "Ta tillbaka samtycket") -> str:
    """Take it back there; where that leads."""
    done = submit(own_browser(world), f"{link}/spara-for-senare", {}, button)
    assert done.status_code == 303
    return done.location


def consents(world: World) -> dict[UUID, LaterConsent]:
    """Those that stand in the party, by application."""
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(LaterConsent)).all()
        session.expunge_all()
    return {row.application_id: row for row in rows}


def listed(world: World, person: UUID | None = None) -> str:
    """The office's page."""
    answer = world.browser(person or world.kansli).get(PAGE)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
