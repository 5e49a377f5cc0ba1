"""Where people are compared, the office is told that whoever applies under a code name is not, be there one or not."""

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application, CandidateRequest
from portal.privacy.rights.services.asking import ask_for_merits
from tests.interviews.meetings import Meetings, meetings_of
from tests.privacy.candidates import Clock, told
from tests.world import World

NO_ADDRESS = "En ansökan under kodnamn har ingen adress att jämföra med."


@pytest.fixture(params=[False, True])
def meetings(request: pytest.FixtureRequest, world: World, set_clock: Clock) -> Meetings:
    """Two are called; none or the last of them is under a code name."""
    made = meetings_of(world, set_clock)
    if request.param:
        with world.writing(scope.party(made.panel.ad.party_id)) as session:
            row = session.get_one(Application, made.panel.sent[1].id)
            row.protected, row.email_sealed, row.phone_sealed, row.address_print = True, None, None, None
    return made


def test_who_of_the_panel_has_applied_is_known_by_the_address_alone(meetings: Meetings) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    for place in (f"{meetings.panel.url}/bedomare", meetings.url):
        assert NO_ADDRESS in office.get(place).get_data(as_text=True), place


def test_so_is_who_has_applied_twice(meetings: Meetings) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    page = office.get(f"{meetings.panel.url}/registrera").get_data(as_text=True)
    assert "de som söker under kodnamn jämförs inte" in page


def test_a_text_about_merits_is_searched_for_no_name_of_whoever_applies_under_a_code_name(
    world: World, set_clock: Clock
) -> None:
    ad, sent = told(world, set_clock)
    with world.writing(scope.candidate(sent[1].id)) as session:
        ask_for_merits(session, application_id=sent[1].id, at=clock.now())
    with world.acting(scope.party(ad.party_id)) as session:
        id = session.scalars(select(CandidateRequest.id)).one()
    page = world.browser(world.kansli).get(f"/arbete/begaran/{id}").get_data(as_text=True)
    assert "Namnet på den som söker under kodnamn kan den inte leta efter." in page
