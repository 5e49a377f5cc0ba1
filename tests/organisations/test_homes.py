"""Nothing that was opened in one of somebody's homes is done in another, and nothing that was typed there is lost."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.accounts.models import Person
from portal.organisations.models import Membership
from portal.web.parked import Parked, typed_texts
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.forms import fields_of, submit, submit_page
from tests.world import World

PEOPLE = "/arbete/personer"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
SOMEBODY = {"Namn": "Ny Kollega", "E-post": "ny@example.se", "role": "ledamot"}


@pytest.fixture
def both(world: World) -> FlaskClient:
    """Samira's browser, who is of the rival's office as well."""
    with world.writing(scope.PLATFORM) as session:
        session.add(
            Membership(
                person_id=world.kansli, role="kansli", party_id=world.rival, invited_name="Samira",
                created_at=clock.now(), accepted_at=clock.now(),
            )
        )  # fmt: skip
    browser = world.browser(world.kansli)
    browser.get("/arbete")
    return browser


def switch(browser: FlaskClient, world: World, party: object) -> None:
    page = browser.get("/arbete/byt")
    with world.acting(scope.PLATFORM) as session:
        there = session.scalars(
            select(Membership.id).where(Membership.person_id == world.kansli, Membership.party_id == party)
        ).one()
    answer = browser.post(
        "/arbete/byt", data={"csrf_token": fields_of(page)["csrf_token"][0], "membership": str(there)}
    )
    assert answer.status_code == 303


def invited(world: World) -> list[object]:
    with world.acting(scope.PLATFORM) as session:
        rows = select(Membership.party_id).join(Person).where(Person.email == "ny@example.se")
        return list(session.scalars(rows))


def send(browser: FlaskClient, page: TestResponse) -> TestResponse:
    """Fill in an invitation on a page that was opened before, and send it as a browser does."""
    sent = {name: values for name, values in fields_of(page).items() if name in ("csrf_token", "name", "email", "role")}
    typed = {"name": "Ny Kollega", "email": "ny@example.se", "role": "ledamot"}
    return browser.post(PEOPLE, data={**sent, **typed}, headers=FROM_HERE)


def test_a_form_of_one_home_is_done_in_that_and_never_in_the_one_switched_to(world: World, both: FlaskClient) -> None:
    page = both.get(PEOPLE)
    switch(both, world, world.rival)
    told = send(both, page)
    assert told.status_code == 409 and "Sidan öppnades i Närvårdspartiet" in told.get_data(as_text=True)
    assert invited(world) == []
    assert submit_page(both, told, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]
    assert "Närvårdspartiet" in both.get("/arbete").get_data(as_text=True)


def test_whoever_comes_back_goes_on_with_the_page_that_was_open(world: World, both: FlaskClient) -> None:
    page = both.get(PEOPLE)
    switch(both, world, world.rival)
    switch(both, world, world.party)
    assert send(both, page).status_code == 303
    assert invited(world) == [world.party]


def test_a_button_alone_begins_nothing_in_another_home(world: World, both: FlaskClient) -> None:
    page = both.get("/arbete/rekryteringar/ny")
    switch(both, world, world.rival)
    told = both.post(
        "/arbete/rekryteringar/ny", data={"csrf_token": fields_of(page)["csrf_token"][0]}, headers=FROM_HERE
    )
    assert told.status_code == 409
    again = submit_page(both, told, "/arbete/rekryteringar/ny", button="Skicka igen")
    assert again.status_code == 303
    switch(both, world, world.rival)
    assert both.get(again.headers["Location"]).status_code == 404, "the ad is the party's where it was begun"


def test_what_is_sent_from_a_home_that_one_is_taken_out_of_is_shown_and_not_done_elsewhere(
    world: World, both: FlaskClient
) -> None:
    page = both.get(PEOPLE)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.kansli]).ended_at = clock.now()
    told = send(both, page)
    assert told.status_code == 409 and "Ny Kollega" in told.get_data(as_text=True)
    assert "Dalpartiet" in both.get("/arbete").get_data(as_text=True)
    gone = send(both, page)
    assert gone.status_code == 409 and "Ny Kollega" in gone.get_data(as_text=True)
    assert invited(world) == []


def test_what_waited_for_a_code_is_done_where_it_was_typed(world: World, both: FlaskClient, set_clock: object) -> None:
    give_account(world, world.kansli)
    page = both.get(PEOPLE)
    set_clock((clock.now() + timedelta(minutes=20)).isoformat())  # type: ignore[operator]
    asked = send(both, page)
    assert asked.status_code == 403
    switch(both, world, world.rival)
    stale = submit_page(both, asked, "/bekrafta", {"code": code_now()})
    assert stale.status_code == 409, "the page that asks was opened in the first home too"
    again = submit_page(both, stale, "/bekrafta", button="Skicka igen")  # without the code, which is never carried
    given = submit_page(both, again, "/bekrafta", {"code": code_now()})
    assert submit_page(both, given, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]


def test_what_is_given_back_after_a_log_in_goes_where_it_was_typed(
    world: World, both: FlaskClient, set_clock: object
) -> None:
    email = give_account(world, world.kansli)
    switch(both, world, world.rival)
    page = both.get(PEOPLE)
    set_clock((clock.now() + timedelta(hours=3)).isoformat())  # type: ignore[operator]
    asked = send(both, page)
    code = submit_page(both, asked, PEOPLE, {"E-post": email, "Lösenord": PASSWORD})
    kept = submit_page(both, code, "/logga-in", {"code": code_now()})
    assert submit_page(both, kept, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.rival]


def test_a_page_from_before_the_last_log_in_is_of_its_home_still(world: World, both: FlaskClient) -> None:
    page = both.get(PEOPLE)
    for _log_in in range(2):
        with both.session_transaction() as cookie, world.browser(world.kansli).session_transaction() as another:
            cookie.clear()
            cookie["log_in"] = another["log_in"]
        switch(both, world, world.rival)
        told = send(both, page)
        assert told.status_code == 409 and "Sidan öppnades i Närvårdspartiet" in told.get_data(as_text=True)
    assert submit_page(both, told, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]


def test_a_form_of_another_home_waits_for_a_log_in_that_has_ended(
    world: World, both: FlaskClient, set_clock: object
) -> None:
    email, page = give_account(world, world.kansli), both.get(PEOPLE)
    switch(both, world, world.rival)
    set_clock((clock.now() + timedelta(hours=3)).isoformat())  # type: ignore[operator]
    asked = send(both, page)
    assert asked.status_code == 401 and "finns kvar" in asked.get_data(as_text=True)
    code = submit_page(both, asked, PEOPLE, {"E-post": email, "Lösenord": PASSWORD})
    kept = submit_page(both, code, "/logga-in", {"code": code_now()})
    assert submit_page(both, kept, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]


@pytest.mark.parametrize("text", ["Nej", "obs: ring henne i morgon", "ida@example.se", "Två\nrader"])
def test_all_that_was_typed_is_shown_and_nothing_that_the_page_put_there(world: World, text: str) -> None:
    with world.app.test_request_context():
        own = (("marks", "title:0123456789ab"), ("seen", "x y"), ("form_id", "1"), ("do", "add"), ("text", text))
        assert typed_texts(Parked("/", own, False)) == [("Text", text.splitlines())]


def test_what_is_given_back_goes_where_it_was_typed_though_another_tab_works_elsewhere(
    world: World, both: FlaskClient, set_clock: object
) -> None:
    email = give_account(world, world.kansli)
    page = both.get(PEOPLE)
    set_clock((clock.now() + timedelta(hours=3)).isoformat())  # type: ignore[operator]
    asked = send(both, page)
    with both.session_transaction() as cookie, world.acting(scope.PLATFORM) as session:
        there = select(Membership.id).where(Membership.person_id == world.kansli, Membership.party_id == world.rival)
        cookie["membership"] = str(session.scalars(there).one())
    code = submit_page(both, asked, PEOPLE, {"E-post": email, "Lösenord": PASSWORD})
    kept = submit_page(both, code, "/logga-in", {"code": code_now()})
    assert submit_page(both, kept, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]


def sent_logged_out(world: World, browser: FlaskClient) -> TestResponse:
    """An invitation that was typed on a page of one's own, and sent after a log-out in another tab."""
    page = browser.get(PEOPLE)
    assert submit_page(browser, browser.get("/arbete"), "/logga-ut", button="Logga ut").status_code == 303
    late = send(browser, page)
    assert late.status_code == 401 and "Det du skrev finns kvar på den här sidan" in late.get_data(as_text=True)
    return late


def log_in(browser: FlaskClient, email: str) -> None:
    """In another window of the same browser."""
    assert submit(browser, "/logga-in", {"E-post": email, "Lösenord": PASSWORD}).status_code == 303
    assert submit(browser, "/logga-in/kod", {"code": code_now()}).status_code == 303


def test_what_is_sent_after_a_log_out_in_another_tab_waits_on_its_page_for_the_log_in(world: World) -> None:
    email, browser = give_account(world, world.kansli), world.browser(world.kansli)
    late = sent_logged_out(world, browser)
    still = submit_page(browser, late, PEOPLE, button="Skicka igen", headers=FROM_HERE)
    assert still.status_code == 401 and "Ny Kollega" in still.get_data(as_text=True), (
        "pressed too early nothing is lost"
    )
    log_in(browser, email)
    again = submit_page(browser, still, PEOPLE, button="Skicka igen")
    assert again.status_code == 400
    assert submit_page(browser, again, PEOPLE, button="Skicka igen").status_code == 303
    assert invited(world) == [world.party]


def test_what_waits_on_a_page_for_its_log_in_is_done_for_nobody_else(world: World) -> None:
    rival, browser = give_account(world, world.rival_kansli), world.browser(world.kansli)
    late = sent_logged_out(world, browser)
    log_in(browser, rival)
    refused = submit_page(browser, late, PEOPLE, button="Skicka igen")
    assert refused.status_code == 409
    assert invited(world) == []
    step = browser.get("/arbete")
    assert step.status_code == 200 and "Ny Kollega" not in step.get_data(as_text=True)


def test_whoever_presses_log_out_on_an_old_page_is_out(world: World) -> None:
    browser = world.browser(world.kansli)
    old = fields_of(browser.get("/arbete/byt"))
    with browser.session_transaction() as cookie:
        cookie["csrf_token"] = "another"
    for headers, status in (({"Sec-Fetch-Site": "cross-site"}, 400), (FROM_HERE, 303)):
        sent = {"csrf_token": old["csrf_token"][0]}
        assert browser.post("/logga-ut", data=sent, headers=headers).status_code == status
        assert (browser.get("/konto").status_code == 200) is (status == 400)
    made_up = world.browser(world.kansli)
    for token in ("", "made.up.token"):
        assert made_up.post("/logga-ut", data={"csrf_token": token}, headers=FROM_HERE).status_code == 400
    assert made_up.get("/konto").status_code == 200


def test_a_home_that_another_person_left_in_the_cookie_is_nobodys(world: World) -> None:
    browser = world.browser(world.kansli)
    token = fields_of(browser.get(PEOPLE))["csrf_token"][0]
    with browser.session_transaction() as cookie:
        cookie["membership"] = str(world.memberships[world.rival_kansli])
    form = {"csrf_token": token, "name": "Ny Kollega", "email": "ny@example.se", "role": "ledamot"}
    assert browser.post(PEOPLE, data=form, headers=FROM_HERE).status_code == 303
    assert invited(world) == [world.party]


def test_a_title_is_read_in_the_home_where_it_was_written_and_nowhere_else(world: World, both: FlaskClient) -> None:
    def save(title: str) -> None:
        page = both.get("/konto")
        assert f"Visas bara hos {where}" in page.get_data(as_text=True)
        assert submit_page(both, page, "/konto", {"title": title}, button="Spara").status_code == 303

    where = "Närvårdspartiet, Region Ådalen"
    save("Kanslichef")
    switch(both, world, world.rival)
    where = "Dalpartiet, Region Ådalen"
    assert "Kanslichef" not in both.get("/konto").get_data(as_text=True) + both.get(PEOPLE).get_data(as_text=True)
    save("Nattens rådgivare")
    assert "Nattens rådgivare" in both.get(PEOPLE).get_data(as_text=True)
    switch(both, world, world.party)
    people = both.get(PEOPLE).get_data(as_text=True)
    assert "Kanslichef" in people and "Nattens" not in people
