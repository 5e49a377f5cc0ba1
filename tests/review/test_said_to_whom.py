"""A sentence is said to whom it is about: the office sets no scores, and to decide asks for no jäv, not for a stranger."""

import re

from portal.review.routes.words import opens_for_the_office, seen_by
from tests.pages import whole_days_read
from tests.review.meetings import page_of
from tests.review.panel import Panel


def scored(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)


def test_the_joint_view_marks_ones_own_votes_to_who_has_given_some(panel: Panel) -> None:
    scored(panel)
    world = panel.world
    assert "0–3, fyllt: dina" in page_of(panel, world.gunnel, "gemensam")
    office = page_of(panel, world.kansli, "gemensam")
    assert "0–3" in office and "dina" not in re.sub("<[^>]*>", "", office)


def test_the_phases_tell_the_office_what_it_sees_and_the_leader_what_becomes_of_their_own(panel: Panel) -> None:
    world = panel.world
    office, leader = (page_of(panel, person, "faser") for person in (world.kansli, world.gunnel))
    with panel.as_person(world.gunnel) as (_session, case):
        assert whole_days_read(seen_by(case)) in leader
        assert whole_days_read(opens_for_the_office(case)) in office
    assert "Du ser det du sätter" in leader and "Du ser det du sätter" not in office


def test_to_decide_asks_that_one_has_no_jav(panel: Panel) -> None:
    scored(panel)
    page = page_of(panel, panel.world.kansli, "utfall")
    assert "Den som beslutar om någon ska inte ha jäv mot hen." in page
