"""What a page keeps for its writer: how long, what is said once that is over, and links that a later last day lengthens."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.ads.services.publishing import extend_ad
from portal.jobs.tasks import run_rounds
from portal.links.models import Link, Purpose
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.applications.paper import PAPERS, applications_in, apply, base, letters, page_one, page_two, private_link
from tests.applications.test_draft_link import link_in
from tests.applications.test_lost_draft import lose
from tests.door import AGAIN, LEAVE, codes, inside, submit_inside, through
from tests.forms import fields_of, submit, submit_page
from tests.web.test_parked import FROM_HERE, typed
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
GONE = "Det du skrev har legat för länge"


@pytest.fixture
def link(world: World, client: FlaskClient) -> str:
    """The private link of what Alma has sent."""
    return private_link(apply(client, publish_ad(world)))


@pytest.mark.parametrize(("asked_again", "is_kept"), [("2026-11-24T20:00", True), ("2026-11-25T20:01", False)])
def test_what_waits_for_a_code_is_kept_over_the_night_and_not_let_go_of_in_silence(
    world: World, link: str, set_clock: Clock, asked_again: str, is_kept: bool
) -> None:
    browser = world.browser()
    set_clock("2026-11-23T16:00")
    place = through(world, browser, f"{link}/andra/handlingar")
    root = place.removesuffix("/andra/handlingar")
    set_clock("2026-11-23T20:00")
    token = fields_of(browser.get(place))["csrf_token"][0]
    shut = browser.post(place, data={"csrf_token": token, "letter": "Ett långt brev."}, headers=FROM_HERE)
    assert shut.status_code == 401
    set_clock("2026-11-24T17:00")
    through(world, browser, link)  # from another tab, so that the browser is remembered for two days more
    set_clock(asked_again)
    again = submit_page(browser, shut, root, {}, AGAIN)
    back = submit_page(browser, again, root, {"Kod": codes(world)[-1]}, "Öppna").get_data(as_text=True)
    assert ("Ett långt brev." in back, GONE in back) == (is_kept, not is_kept)


def test_what_has_waited_until_the_browser_is_forgotten_is_told_as_gone(
    world: World, link: str, set_clock: Clock
) -> None:
    browser = world.browser()
    place = through(world, browser, f"{link}/andra/handlingar")
    set_clock("2026-11-23T13:00")
    token = fields_of(browser.get(place))["csrf_token"][0]
    shut = browser.post(place, data={"csrf_token": token, "letter": "Ett långt brev."}, headers=FROM_HERE)
    set_clock("2026-11-25T12:00")
    gone = submit_page(browser, shut, place.removesuffix("/andra/handlingar"), {}, AGAIN)
    assert gone.status_code == 404 and "Det du skrev har legat för länge" in gone.get_data(as_text=True)


@pytest.mark.parametrize(("comes", "is_kept"), [("2026-11-25T13:00", True), ("2026-11-25T14:00", False)])
def test_what_waits_for_a_log_in_is_kept_over_the_night_and_not_let_go_of_in_silence(
    world: World, set_clock: Clock, comes: str, is_kept: bool
) -> None:
    email = give_account(world, world.kansli)
    client = world.browser(world.kansli)
    path, data = typed(client)
    set_clock("2026-11-23T14:00")
    asked = client.post(path, data={**data, "retention_rule": "Styrelsens beslut § 12"}, headers=FROM_HERE)
    set_clock(comes)
    code = submit_page(client, asked, path, {"E-post": email, "Lösenord": PASSWORD})
    page = submit_page(client, code, "/logga-in", {"code": code_now()}).get_data(as_text=True)
    assert ("Det du skrev finns kvar" in page, GONE in page) == (is_kept, not is_kept)


def test_what_page_one_carries_is_kept_as_long_as_a_draft(world: World, client: FlaskClient, set_clock: Clock) -> None:
    ad = publish_ad(world, deadline=date(2027, 3, 1))
    lost = lose(client, ad)
    set_clock("2026-12-22T09:00")
    late = client.get(base(ad))
    sealed = fields_of(lost)["parked"][0]
    shown = {**fields_of(late), "name": "Alma", "email": "alma@example.se", "parked": sealed}
    assert "Utkastet är påbörjat igen." in client.post(base(ad), data=shown).get_data(as_text=True)
    set_clock("2027-01-22T09:00")
    other = world.browser()
    shown = {**fields_of(other.get(base(ad))), "name": "Bo", "email": "bo@example.se", "parked": sealed}
    assert GONE in other.post(base(ad), data=shown).get_data(as_text=True)


def test_a_letter_typed_behind_a_door_that_another_tab_has_shut_stands_there_to_be_copied(
    world: World, link: str
) -> None:
    browser = world.browser()
    place = through(world, browser, f"{link}/andra/handlingar")
    root, page = place.removesuffix("/andra/handlingar"), browser.get(place)
    submit(browser, root, {}, LEAVE)
    token = fields_of(browser.get("/logga-in"))["csrf_token"][0]  # leaving has ended the session too
    data = {**fields_of(page), "letter": "Ett långt brev.", "csrf_token": token, "save": "letter"}
    shut = browser.post(place, data=data, headers=FROM_HERE)
    shown = shut.get_data(as_text=True)
    assert shut.status_code == 404 and "Ett långt brev." in shown and "Det här är inte sparat" in shown
    assert "<dd>letter</dd>" not in shown and "<dd>intyg</dd>" not in shown, "only what was written"
    foreign = browser.post(place, data=data, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400 and "Ett långt brev." not in foreign.get_data(as_text=True)
    assert "inte sparat" not in browser.get(place).get_data(as_text=True)


def test_the_door_says_that_it_opens_tomorrow_where_it_does(world: World, link: str, set_clock: Clock) -> None:
    for hour in ("20", "21", "22", "23"):
        set_clock(f"2026-11-23T{hour}:00")
        for _ in range(5):
            assert submit(world.browser(), link, {}, "Fortsätt").status_code == 303
    set_clock("2026-11-23T23:30")
    stopped = submit(world.browser(), link, {}, "Fortsätt")
    assert stopped.status_code == 429 and "Försök igen efter kl. 20.01 i morgon." in stopped.get_data(as_text=True)


def later_by_months(world: World, ad_id: object) -> None:
    with world.writing(scope.party(world.party)) as session:
        extend_ad(
            session, ad_id=ad_id, deadline=date(2027, 3, 1), person_id=world.kansli, at=clock.now(), on=clock.today()
        )


def test_a_second_sending_is_answered_until_a_week_after_the_later_last_day(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, earliest_start=date(2027, 4, 1))
    apply(client, ad)
    apply(world.browser(), ad)
    (mail,) = letters(world, "proposal")
    later_by_months(world, ad.id)
    with world.app.app_context():
        run_rounds(world.app)
    set_clock("2027-03-07T12:00")
    assert submit_inside(world, link_in(mail.body), {}, "Byt ut den första").status_code == 303
    assert sorted(row.state for row in applications_in(world, ad)) == ["replaced", "sent"]


def test_a_draft_that_is_written_to_keeps_its_links_whatever_the_last_day_was_when_it_was_begun(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, earliest_start=date(2027, 4, 1))
    page_one(client, ad)
    link = link_in(letters(world, "draft")[0].body)
    later_by_months(world, ad.id)
    for day in ("2026-12-20", "2027-01-15", "2027-02-10"):
        set_clock(f"{day}T12:00")
        assert page_two(client, ad, {**PAPERS, "start": day}, {}).status_code == 303
    set_clock("2027-02-27T12:00")
    assert client.get(f"{base(ad)}/handlingar").status_code == 200
    other = world.browser()
    assert other.get(inside(world, other, link)).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        assert {row.purpose for row in session.scalars(select(Link))} == {Purpose.DRAFT, Purpose.APPLICATION}
