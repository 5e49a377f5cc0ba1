"""While a clock stands for laga kraft its page leads to the decisions, and the desk asks for each of them once."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import clock, scope
from portal.contracts.decision.services.appealing import confirm_no_appeal, note_appeal
from portal.contracts.models import Employment
from tests.contracts.acts.changing import end_a_month_before
from tests.contracts.deciding import decide_and_announce
from tests.decisions.recruiting import office
from tests.privacy.test_disposing import ended
from tests.world import World

Clock = Callable[[str], datetime]
WAITS = "Det som tiden väntar på"
ASKED = "Skriv in när anställningsbeslutet fick laga kraft"


def test_the_page_leads_to_the_decision_that_the_time_waits_for(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock, "authority")
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    kansli, place = world.browser(world.kansli), f"/arbete/sparade/{ad.id}"
    page = kansli.get(place).get_data(as_text=True)
    assert WAITS in page and f"Anställningsbeslutet för {sent[0].name}" in page
    assert f'href="/arbete/anstallningar/{employment}/beslut"' in page
    assert ASKED not in kansli.get("/arbete").get_data(as_text=True), "the decision has a line of its own"

    set_clock("2026-12-15T09:00")
    decide_and_announce(world, employment, by_authority=True)
    set_clock("2027-01-08T09:00")
    with world.writing(scope.party(world.party)) as session:
        confirm_no_appeal(session, on=clock.today(), employment_id=employment, actor=office(world), at=clock.now())
    assert WAITS not in world.browser(world.kansli).get(place).get_data(as_text=True)


def test_an_appeal_is_waited_for_there_whatever_is_asked_of_a_change(world: World, set_clock: Clock) -> None:
    ended(world, set_clock, "authority")
    with world.acting(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment.id)).one()
    set_clock("2026-12-15T09:00")
    decide_and_announce(world, employment, by_authority=True)
    about = {"employment_id": employment, "actor": office(world), "at": clock.now(), "on": clock.today()}
    with world.writing(scope.party(world.party)) as session:
        note_appeal(session, came=clock.today(), case_number="1234-26", **about)
    end_a_month_before(world, employment)
    desk = world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert "Skriv in beslutet om avslutet i förtid" in desk and ASKED in desk


def test_a_decision_of_an_employment_that_is_over_is_asked_for_where_the_applications_are(
    world: World, set_clock: Clock
) -> None:
    ad, _sent = ended(world, set_clock, "authority")
    set_clock("2031-01-15T09:00")  # its own line is gone with it
    assert ASKED in world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert WAITS in world.browser(world.kansli).get(f"/arbete/sparade/{ad.id}").get_data(as_text=True)
