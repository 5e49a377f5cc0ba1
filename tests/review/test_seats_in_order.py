"""Whoever does something with another's seat holds none of their own first: every seat is held in one order, by all."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.review.models import PanelMember
from tests.at_once import second
from tests.forms import fields_of
from tests.interviews.meetings import Meetings, meetings_of
from tests.interviews.test_arranging import fields
from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def pressed_meanwhile(
    world: World, party: UUID, seats: tuple[UUID, UUID], press: Callable[..., TestResponse], path: str, **sent: object
) -> TestResponse:
    """A colleague saves the panel, and holds the other's seat before the presser's, as where the other's comes first."""
    with second() as presser:
        with world.writing(scope.party(party)) as session:
            for n, person in enumerate(seats):
                row = select(PanelMember).where(PanelMember.person_id == person).with_for_update(key_share=True)
                session.scalars(row).one().position += 10
                session.flush()
                if n == 0:
                    presser.begins(press, path, data=sent)
        answer: TestResponse = presser.ends()
    return answer


def token(browser: FlaskClient, page: str) -> str:
    return fields_of(browser.get(page))["csrf_token"][0]


def test_the_office_reminds_an_assessor_while_a_colleague_saves_the_panel(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    browser, page = world.browser(world.kansli), f"{panel.url}/bedomare"
    sent = {"csrf_token": token(browser, page)}
    path = f"{page}/{world.elof}/paminn"
    answer = pressed_meanwhile(world, panel.ad.party_id, (world.elof, world.kansli), browser.post, path, **sent)
    assert answer.status_code == 303
    assert "Ett brev är på väg" in browser.get(page).get_data(as_text=True)


def test_who_leads_makes_times_while_a_colleague_saves_the_panel(world: World, set_clock: Clock) -> None:
    meetings: Meetings = meetings_of(world, set_clock)
    browser = world.browser(world.gunnel)
    sent = {"csrf_token": token(browser, meetings.url), **fields(meetings, count="1")}
    party, seats = meetings.panel.ad.party_id, (world.elof, world.gunnel)
    answer = pressed_meanwhile(world, party, seats, browser.post, meetings.url, **sent)
    assert answer.status_code == 303 and len(meetings.slots()) == 1
