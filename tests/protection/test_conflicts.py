"""Jäv and a code name: whoever assesses is told that somebody is not in the list; the reader answers for them."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.review.deciding.models import DecidingAnswer
from portal.review.refusals import NotOpenToYou
from portal.review.services.declaring import declare_for
from portal.review.services.naming import walls
from tests.applicants import send_applications
from tests.forms import submit, submit_page
from tests.membership import add_person
from tests.protection.applying import NAME, pass_to, stage_protected, way_in
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


@pytest.fixture
def panel(world: World, set_clock: Clock) -> Panel:
    """Two candidates, of whom one is under a code name, and two assessors; closed."""
    ad = publish_ad(world)
    made = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    stage_protected(world, ad)
    set_clock(CLOSED)
    made.name(world.gunnel, world.elof)
    return made


def hidden_one(panel: Panel) -> UUID:
    """The application under a code name."""
    with panel.as_person(panel.world.kansli) as (_session, case):
        return next(row.id for row in case.applications if row.protected)


def test_the_list_of_names_says_who_is_not_in_it_and_whom_to_tell(panel: Panel) -> None:
    page, assessor = f"{panel.url}/jav", panel.world.browser(panel.world.gunnel)
    shown = assessor.get(page).get_data(as_text=True)
    assert panel.sent[0].name in shown and "Ett namn" in shown
    assert "En sökande har skyddade personuppgifter" in shown and "tala med Samira Hedvall innan du sparar" in shown
    assert "Röd räv" not in shown and NAME not in shown
    papers = f"{panel.url}/bedom/{hidden_one(panel)}/{panel.ad.criteria[0]}"
    assert assessor.get(papers).status_code == 404, "nothing opens before the answer"
    assert submit(assessor, page, {}, "Spara och gå vidare").status_code == 303
    assert "Röd räv (kodnamn)" in assessor.get(papers).get_data(as_text=True)


def test_without_anybody_under_a_code_name_nothing_is_said_of_it(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world)
    made = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    set_clock(CLOSED)
    made.name(world.gunnel)
    assert "skyddade personuppgifter" not in world.browser(world.gunnel).get(f"{made.url}/jav").get_data(as_text=True)


def test_the_reader_says_that_somebody_has_jav_and_the_application_is_gone_for_them(panel: Panel) -> None:
    world, id = panel.world, hidden_one(panel)
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    page, reader = f"{panel.url}/skyddad/{id}", world.browser(world.kansli)
    refused = submit(reader, page, {"person": "", "ground": ""}, "Anmäl jäv")
    assert refused.status_code == 422 and "Välj vem som har jäv." in refused.get_data(as_text=True)
    filled = {"person": str(world.gunnel), "ground": "narstaende"}
    assert submit(reader, page, filled, "Anmäl jäv").status_code == 303
    assert "Har jäv: Gunnel" in reader.get(page).get_data(as_text=True)
    papers = f"{panel.url}/bedom/{id}/{panel.ad.criteria[0]}"
    assert world.browser(world.gunnel).get(papers).status_code == 404
    assert world.browser(world.elof).get(papers).status_code == 200
    with world.acting(scope.party(world.party)) as session:
        told = session.scalars(select(AuditLine).where(AuditLine.verb == "conflict.declared_for")).all()
        assert [line.object_id for line in told] == [id]
    assert submit(reader, page, filled, "Anmäl jäv").status_code == 303, "twice is once"


def test_of_whoever_is_known_by_name_each_answers_for_themself(panel: Panel) -> None:
    with panel.as_person(panel.world.kansli) as (session, case), pytest.raises(NotOpenToYou):
        declare_for(
            session, case=case, person_id=panel.world.gunnel, application_id=panel.sent[0].id, ground="narstaende",
            at=clock.now(),
        )  # fmt: skip


def test_to_one_of_the_office_who_has_jav_no_page_of_readers_has_the_code_name(panel: Panel) -> None:
    world, id = panel.world, hidden_one(panel)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    page, reader = f"{panel.url}/skyddad", world.browser(world.kansli)
    assert "Röd räv" in world.browser(colleague).get(page).get_data(as_text=True)
    filled = {"person": str(colleague), "ground": "narstaende"}
    assert submit(reader, f"{page}/{id}", filled, "Anmäl jäv").status_code == 303
    assert "Röd räv" not in world.browser(colleague).get(page).get_data(as_text=True)
    assert "Röd räv" in reader.get(page).get_data(as_text=True)
    pass_to(world, colleague)
    for one in (page, "/arbete/skyddad-identitet"):
        assert "Röd räv" not in world.browser(colleague).get(one).get_data(as_text=True), (
            "nor if they are named to read"
        )
    assert world.browser(colleague).get(f"{page}/{id}").status_code == 404


def test_the_reader_says_that_they_have_jav_themself_and_names_another(panel: Panel) -> None:
    world, id = panel.world, hidden_one(panel)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    readers, own = f"{panel.url}/skyddad", world.browser(world.kansli)
    page = f"{readers}/{id}"
    shown = own.get(page).get_data(as_text=True)
    assert "Du själv" in shown and "utser någon annan" in shown
    said = submit(own, page, {"person": str(world.kansli), "ground": "narstaende"}, "Anmäl jäv")
    assert (said.status_code, said.location) == (303, readers)
    assert own.get(page).status_code == 404 == own.get(f"{page}/cv").status_code
    told = own.get(readers).get_data(as_text=True)
    assert "Ansökan är borta för dig" in told and "Utse någon annan som läser" in told and "Röd räv" not in told
    later = own.get(readers).get_data(as_text=True)
    assert "Ansökan är borta för dig" not in later and "Utse någon annan som läser" in later, "until somebody is named"
    with panel.as_person(world.kansli) as (_session, case):
        assert id in case.standing.conflicts, "nor do they write its outcome"
    assert "Utse någon annan som läser" in world.browser(colleague).get(readers).get_data(as_text=True)
    pass_to(world, colleague)
    assert world.browser(colleague).get(page).status_code == 200
    assert "Utse någon annan som läser" not in world.browser(colleague).get(readers).get_data(as_text=True)


def test_one_who_presses_their_own_jav_twice_comes_to_the_readers_twice_and_nobody_else_does(panel: Panel) -> None:
    world, id = panel.world, hidden_one(panel)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    readers, own = f"{panel.url}/skyddad", world.browser(world.kansli)
    page = own.get(f"{readers}/{id}")
    filled = {"person": str(world.kansli), "ground": "narstaende"}
    for _ in range(2):
        said = submit_page(own, page, f"{readers}/{id}", filled, "Anmäl jäv")
        assert (said.status_code, said.location) == (303, readers)
        assert "Ansökan är borta för dig" in own.get(readers).get_data(as_text=True)
    assert (
        submit_page(own, page, f"{readers}/{id}", {**filled, "person": str(colleague)}, "Anmäl jäv").status_code == 404
    )
    pass_to(world, colleague)
    other = world.browser(colleague)
    form = other.get(f"{readers}/{id}")
    with panel.as_person(world.kansli) as (session, case):
        session.add(
            DecidingAnswer(
                id=uuid4(),
                **walls(case),
                ad_id=panel.ad.id,
                person_id=colleague,
                application_id=id,
                answered_at=clock.now(),
                has_conflict=True,
                ground="narstaende",
            )
        )
    mine = {"person": str(colleague), "ground": "narstaende"}
    assert submit_page(other, form, f"{readers}/{id}", mine, "Anmäl jäv").status_code == 404, (
        "they have never opened it"
    )


def test_nobody_learns_from_the_page_of_readers_that_one_whom_they_have_jav_for_has_applied(panel: Panel) -> None:
    world, id = panel.world, hidden_one(panel)
    colleague, _ = add_person(world, "kollega", "kansli", party=world.party)
    readers, own = f"{panel.url}/skyddad", world.browser(world.kansli)
    filled = {"person": str(colleague), "ground": "narstaende"}
    assert submit(own, f"{readers}/{id}", filled, "Anmäl jäv").status_code == 303
    pass_to(world, colleague)
    assert "har jäv för någon" not in world.browser(colleague).get(readers).get_data(as_text=True)
    assert "har jäv för någon" in own.get(readers).get_data(as_text=True), "whoever knows of it can name another"
    pass_to(world, world.kansli)
    submit(own, f"{readers}/{id}", {**filled, "person": str(world.kansli)}, "Anmäl jäv")
    assert "har jäv för någon" not in world.browser(colleague).get(readers).get_data(as_text=True)


def test_the_reader_is_not_sent_to_themself(panel: Panel) -> None:
    shown = panel.world.browser(panel.world.kansli).get(f"{panel.url}/jav").get_data(as_text=True)
    assert "tala med Samira Hedvall" not in shown
    assert "Har du själv jäv för någon av dem" in shown and f"{panel.url}/skyddad" in shown


def test_who_applies_to_what_they_work_with_and_their_reader_are_told_that_the_portal_cannot_know(
    world: World, panel: Panel
) -> None:
    """No print of the address is kept, by which an open application shuts its own out: the panel's page would say of
    whom it was, and whoever writes another's address here gets no mail by which it is found out."""
    made = publish_ad(world)
    shown = world.browser().get(way_in(made)).get_data(as_text=True)
    assert "Under kodnamn kan portalen inte veta att det är du" in shown and "lämna ditt uppdrag i den" in shown
    page = f"{panel.url}/skyddad/{hidden_one(panel)}"
    told = panel.world.browser(panel.world.kansli).get(page).get_data(as_text=True)
    assert "Är det en av er själva som söker" in told and "portalen kan inte veta att det är hen" in told
