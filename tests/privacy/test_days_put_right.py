"""A day of keeping that was mistyped is put right, and nothing that was typed is lost when a colleague was first."""

from collections.abc import Callable
from datetime import date, datetime

from portal import clock, scope
from portal.privacy.queries import said_of
from portal.privacy.services.holding import set_hold
from tests.decisions.recruiting import office as of_office
from tests.forms import submit, submit_page
from tests.privacy.test_pages import broken_off, page
from tests.world import Published, World

Clock = Callable[[str], datetime]
LATER, START = "Spara längre", "Spara dagen"


def said(world: World, ad: Published) -> tuple[date | None, date | None]:
    """The day until which it is postponed, and the day from which it is counted."""
    with world.acting(scope.party(ad.party_id)) as session:
        row = said_of(session, ad.id)
        return (row.postponed_to, row.starts_on) if row else (None, None)


def test_a_year_that_was_mistyped_is_put_right_to_an_earlier_day(world: World, set_clock: Clock) -> None:
    ad, _ = broken_off(world, set_clock)
    office = world.browser(world.kansli)
    assert submit(office, page(ad), {"until": "2049-05-14", "reason": "En tvist."}, LATER).status_code == 303
    shown = office.get(page(ad)).get_data(as_text=True)
    assert "går den att rätta, också till en tidigare dag" in shown
    right = {"until": "2029-05-14", "reason": "En tvist."}
    assert submit(office, page(ad), right, "Spara den nya dagen").status_code == 303
    assert said(world, ad)[0] == date(2029, 5, 14)
    shorter = submit(office, page(ad), {"until": "2028-12-15", "reason": "En tvist."}, "Spara den nya dagen")
    assert shorter.status_code == 422 and "Välj en dag efter 15 december 2028" in shorter.get_data(as_text=True)
    assert said(world, ad)[0] == date(2029, 5, 14), "no postponing shortens the usual time"


def test_the_day_it_is_counted_from_is_none_to_come_and_is_put_right(world: World, set_clock: Clock) -> None:
    ad, _ = broken_off(world, set_clock, employer="authority")
    office = world.browser(world.kansli)
    mistyped = submit(office, page(ad), {"day": "2046-12-19", "basis": "RS § 4"}, START)
    assert mistyped.status_code == 422
    told = mistyped.get_data(as_text=True)
    assert "Välj i dag eller en tidigare dag" in told and "RS § 4" in told
    set_clock("2027-02-01T10:00")
    office = world.browser(world.kansli)
    assert submit(office, page(ad), {"day": "2027-01-31", "basis": "RS § 4"}, START).status_code == 303
    assert "Rätta dagen som tiden räknas från" in office.get(page(ad)).get_data(as_text=True)
    assert submit(office, page(ad), {"day": "2027-01-13", "basis": "RS § 4"}, START).status_code == 303
    assert said(world, ad)[1] == date(2027, 1, 13)


def test_a_reason_that_comes_after_a_colleagues_stop_stands_there_to_be_copied(world: World, set_clock: Clock) -> None:
    ad, _ = broken_off(world, set_clock)
    office = world.browser(world.kansli)
    old = office.get(page(ad))
    with world.writing(scope.party(ad.party_id)) as session:
        stop = {"reason": "DO har hört av sig.", "actor": of_office(world, ad.party_id), "at": clock.now()}
        set_hold(session, ad_id=ad.id, application_id=None, **stop)
    later = submit_page(office, old, page(ad), {"until": "2029-05-14", "reason": "En tvist med en sökande."}, LATER)
    shown = later.get_data(as_text=True)
    assert later.status_code == 409 and "Allt är stoppat, så ingenting tas bort." in shown
    assert "Det du fyllde i är inte sparat" in shown and "En tvist med en sökande." in shown
    stop_too = submit_page(office, old, page(ad), {"why": "Ett krav från facket."}, "Stoppa")
    shown = stop_too.get_data(as_text=True)
    assert (
        stop_too.status_code == 409 and "Ett krav från facket." in shown and "Det du fyllde i är inte sparat" in shown
    )
