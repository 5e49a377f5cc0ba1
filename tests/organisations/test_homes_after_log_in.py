"""What was written in the only home that one has been taken out of meanwhile is not lost."""

from portal import clock, scope
from portal.accounts.models import Person
from portal.accounts.session import end_sessions
from portal.organisations.models import Membership
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.forms import fields_of, submit_page
from tests.organisations.test_homes import PEOPLE, send
from tests.world import World


def test_what_is_sent_from_the_only_home_that_one_was_taken_out_of_is_shown(world: World) -> None:
    browser = world.browser(world.kansli)
    browser.get("/arbete")
    page = browser.get(PEOPLE)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    told = send(browser, page)
    assert "Ny Kollega" in told.get_data(as_text=True), told.status_code


def test_the_same_where_the_log_in_was_ended_too_as_ending_does(world: World) -> None:
    email = give_account(world, world.gunnel)
    browser = world.browser(world.gunnel)
    browser.get("/arbete")
    page = browser.get("/konto")
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.gunnel]).ended_at = clock.now()
        end_sessions(session, session.get_one(Person, world.gunnel), at=clock.now())
    token = fields_of(page)["csrf_token"][0]
    asked = browser.post(
        PEOPLE, data={"csrf_token": token, "name": "Det jag skrev länge"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert asked.status_code == 401
    code = submit_page(browser, asked, PEOPLE, {"E-post": email, "Lösenord": PASSWORD})
    kept = submit_page(browser, code, "/logga-in", {"code": code_now()})
    assert "finns kvar" in kept.get_data(as_text=True)
    told = submit_page(browser, kept, PEOPLE, button="Skicka igen")
    assert "Det jag skrev länge" in told.get_data(as_text=True), told.status_code
