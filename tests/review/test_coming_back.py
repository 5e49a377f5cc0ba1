"""Whoever left the party and comes back into it sits in none of their former panels until somebody names them anew."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.operations.schema import downgrade, upgrade
from portal.organisations.models import Membership
from portal.review.models import PanelMember
from tests.forms import fields_of, submit, submit_page
from tests.review.panel import Panel
from tests.review.test_panel_and_calls import letters
from tests.world import World


def leave_and_come_back(world: World, person: UUID, role: str = "ledamot") -> None:
    """Their membership ends, and they are invited and accept again."""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[person]).ended_at = clock.now()
    with world.writing(scope.PLATFORM) as session:
        back = Membership(
            id=uuid4(), person_id=person, role=role, party_id=world.party, created_at=clock.now(),
            accepted_at=clock.now(),
        )  # fmt: skip
        session.add(back)


@pytest.fixture
def begun(panel: Panel) -> Panel:
    """Gunnel, who leads, has jäv for the first, and has scored the others."""
    panel.declare(panel.world.gunnel, panel.sent[0])
    panel.score_all(panel.world.gunnel)
    panel.set_clock("2026-12-15T10:00")
    return panel


def test_whoever_comes_back_opens_nothing_of_a_panel_until_they_are_named_anew(begun: Panel) -> None:
    world, office = begun.world, begun.world.browser(begun.world.kansli)
    assert world.browser(world.gunnel).get(begun.score_url(begun.sent[1])).status_code == 200
    leave_and_come_back(world, world.gunnel)
    back = world.browser(world.gunnel)
    assert back.get("/arbete").status_code == 200
    for page in (begun.url, f"{begun.url}/jav", f"{begun.url}/sokande", begun.score_url(begun.sent[1])):
        assert back.get(page).status_code == 404, page
    assert begun.url not in back.get("/arbete").get_data(as_text=True)
    assert "Ingen leder nu" in office.get(f"{begun.url}/bedomare").get_data(as_text=True)
    begun.name(world.gunnel, world.elof)
    assert back.get(begun.score_url(begun.sent[1])).status_code == 200
    assert back.get(begun.score_url(begun.sent[0])).status_code == 404, "jäv binds for good"


def test_whoever_was_to_decide_and_comes_back_decides_nothing_until_they_are_named_anew(panel: Panel) -> None:
    world = panel.world
    panel.name(world.elof, decider=world.gunnel)
    panel.set_clock("2026-12-15T10:00")
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 200
    leave_and_come_back(world, world.gunnel)
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 404
    assert panel.url not in world.browser(world.gunnel).get("/arbete").get_data(as_text=True)
    panel.name(world.elof, decider=world.gunnel)
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 200


def test_a_decider_who_comes_back_is_named_anew_by_a_choice_and_not_by_saving_something_else(panel: Panel) -> None:
    world, page = panel.world, f"{panel.url}/bedomare"
    panel.name(world.elof, decider=world.gunnel)
    panel.set_clock("2026-12-15T10:00")
    leave_and_come_back(world, world.gunnel)
    office = world.browser(world.kansli)
    assert fields_of(office.get(page))["decider"] == [""]
    assert submit(office, page, {}, "Spara bedömarna").status_code == 303
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 404


def test_a_page_from_before_a_decider_left_and_came_back_names_nobody_anew_unseen(panel: Panel) -> None:
    world, page = panel.world, f"{panel.url}/bedomare"
    panel.name(world.elof, decider=world.gunnel)
    panel.set_clock("2026-12-15T10:00")
    office = world.browser(world.kansli)
    old = office.get(page)
    leave_and_come_back(world, world.gunnel)
    told = submit_page(office, old, page, {}, "Spara bedömarna")
    assert told.status_code == 409 and "Dina val är inte sparade." in told.get_data(as_text=True)
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 404
    assert submit_page(office, told, page, {}, "Spara mina val").status_code == 303
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 200


def test_who_sits_when_the_rule_comes_goes_on_sitting(panel: Panel) -> None:
    """The program from before named whoever came back anew, and left the day when they were named first."""
    world = panel.world
    leave_and_come_back(world, world.gunnel)
    with world.writing(scope.party(world.party)) as session:
        for row in session.scalars(select(PanelMember)):
            row.added_at = clock.now() - timedelta(days=9)
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 404
    with world.app.app_context():
        downgrade(revision="0041")
        upgrade()
    assert world.browser(world.gunnel).get(f"{panel.url}/jav").status_code == 200


@pytest.mark.parametrize("decides", [False, True], ids=["assesses", "decides"])
def test_whoever_is_named_anew_is_mailed_anew_and_saving_twice_mails_nobody_again(panel: Panel, decides: bool) -> None:
    world, address = panel.world, "gunnel@example.se"

    def name() -> int:
        if decides:
            panel.name(world.elof, decider=world.gunnel)
        else:
            panel.name(world.elof, world.gunnel)
        return sum(to == address for to, _, _ in letters(world))

    panel.set_clock("2026-12-15T10:00")
    before = name()
    assert (name(), before) == (before, before)
    panel.set_clock("2026-12-15T11:00")
    leave_and_come_back(world, world.gunnel)
    panel.set_clock("2026-12-15T12:00")
    assert [name(), name()] == [before + 1, before + 1]
    rows = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert decides or "12.00" in rows, "the mail that is told of is the last one"
