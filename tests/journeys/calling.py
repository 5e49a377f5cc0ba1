"""What happens behind a candidate's back between the sending and the meeting, so that a journey can go on."""

from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.demo.people import Candidate
from tests.applicants import Sent, send_applications
from tests.interviews.meetings import Meetings, call_first
from tests.journeys.conftest import Portal
from tests.review.panel import CLOSED, Panel
from tests.world import Published


def is_called(portal: Portal, ad: Published, who: Candidate) -> None:
    """The ad closes, two assessors have no jäv, and the office calls whoever applied and makes two times."""
    world = portal.world
    other = send_applications(world, ad, 1)[0]
    with world.acting(scope.party(world.party)) as session:
        id = session.scalars(select(Application.id).where(Application.id != other.id)).one()
    own = Sent(id, who.person.name, who.person.email, who.letter, 42_000, id, 1, {})
    panel = Panel(world, ad, [own, other], portal.set_clock)
    portal.set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    Meetings(panel, call_first(panel, 1)).make(count=2)
