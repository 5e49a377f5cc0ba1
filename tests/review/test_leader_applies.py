"""Whoever leads the panel has applied themself, or somebody has written their address into the form: the meeting does not
wait for one for whom the case is not there."""

from uuid import UUID

import pytest

from portal import clock, scope
from portal.applications.models import Application
from portal.review.meeting.refusals import VoterCompetes
from portal.review.meeting.states import State, Step
from portal.review.queries.scores import seen_scores
from portal.review.refusals import SeatStands
from tests.applicants import Sent, send_applications
from tests.forms import submit_page
from tests.review.meetings import all_handed_in, page_of, posted, put_in_order, start, state_of, step, vote, write
from tests.review.panel import AFTER_LAST_MINUTE, Panel

LEADS = "Gunnel Sundvall leder och startar mötet."


def applied(panel: Panel, email: str) -> Sent:
    """An application in somebody's name, which came when all had handed in."""
    panel.set_clock(AFTER_LAST_MINUTE)
    return send_applications(panel.world, panel.ad, 1, start=9, late=True, emails=(email,))[0]


def counting(panel: Panel) -> set[UUID]:
    """Whose scores the joint view has, as the office reads it."""
    with panel.as_person(panel.world.kansli) as (session, case):
        seen = seen_scores(session, case, clock.now())
        return {member.person_id for member in seen.members if any(key[0] == member.id for key in seen.scores)}


def test_the_office_begins_and_pauses_the_meeting_that_the_leader_cannot_enter(panel: Panel) -> None:
    world = panel.world
    all_handed_in(panel)
    assert LEADS in page_of(panel, world.kansli)
    applied(panel, "Gunnel@Example.se")
    assert posted(panel, world.gunnel, "/starta").status_code == 404
    assert LEADS not in page_of(panel, world.elof) and posted(panel, world.elof, "/starta").status_code == 404
    assert LEADS not in page_of(panel, world.kansli) and "Starta mötet" in page_of(panel, world.kansli)
    assert posted(panel, world.kansli, "/starta").status_code == 303
    step(panel, Step.PAUSE, person=world.kansli)
    assert state_of(panel) == State.PAUSED


def test_whoever_is_there_writes_and_orders_when_the_leader_turns_out_to_have_applied(panel: Panel) -> None:
    one, two, three = panel.sent
    all_handed_in(panel)
    start(panel)
    applied(panel, "gunnel@example.se")
    assert write(panel, one, "Skriver bäst.", person=panel.world.elof) == 1
    assert put_in_order(panel, ((two.id,), (one.id, three.id)), person=panel.world.elof) == 1


def test_the_leader_leads_again_when_the_application_is_taken_back(panel: Panel) -> None:
    all_handed_in(panel)
    own = applied(panel, "gunnel@example.se")
    with panel.world.writing(scope.party(panel.world.party)) as session:
        row = session.get_one(Application, own.id)
        row.state, row.withdrawn_at = "withdrawn", row.submitted_at
    assert LEADS in page_of(panel, panel.world.kansli)
    assert posted(panel, panel.world.kansli, "/starta").status_code == 404
    assert posted(panel, panel.world.gunnel, "/starta").status_code == 303


def test_kl_6_28_whoever_competes_has_no_vote_between_the_others(panel: Panel) -> None:
    one, two, _three = panel.sent
    all_handed_in(panel)
    start(panel)
    vote(panel, one, two, gunnel="a", elof="b")
    applied(panel, "elof@example.se")
    with pytest.raises(VoterCompetes):
        vote(panel, two, one, gunnel="a", elof="b")
    vote(panel, two, one, gunnel="a")


def test_kl_6_28_whoever_competes_can_be_taken_off_the_panel_though_what_they_set_is_open(panel: Panel) -> None:
    world, url = panel.world, f"{panel.url}/bedomare"
    all_handed_in(panel)
    both = world.browser(world.kansli).get(url).get_data(as_text=True)
    assert "Det Gunnel Sundvall och Elof Rehnström har satt är öppet" in both
    own = applied(panel, "elof@example.se")
    office = world.browser(world.kansli)
    page = office.get(url)
    told = page.get_data(as_text=True)
    assert "Kommer inte in i ärendet. Välj någon annan." in told
    assert "Det Gunnel Sundvall har satt är öppet för andra, så hen går inte att ta bort." in told
    assert submit_page(office, page, url, {"people": [str(world.gunnel)]}, "Spara bedömarna").status_code == 303
    assert counting(panel) == {world.gunnel}
    with pytest.raises(SeatStands):
        panel.name(world.kansli)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, own.id)
        row.state, row.withdrawn_at = "withdrawn", row.submitted_at
    panel.name(world.gunnel, world.elof)
    assert counting(panel) == {world.gunnel, world.elof}, "named again, what was handed in is there again"
    with pytest.raises(SeatStands):
        panel.name(world.gunnel)


def test_whoever_competes_can_be_made_a_deputy_who_is_called_in_for_nobody(panel: Panel) -> None:
    world = panel.world
    all_handed_in(panel)
    applied(panel, "elof@example.se")
    panel.name(world.gunnel, deputies=[world.elof])
    assert counting(panel) == {world.gunnel}
