"""Two presses of one button, where the first has already done what it says: one deed, and the second is told what it is."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.services.drafting import draft_to_write
from portal.applications.services.sweeping import delete_draft
from portal.applications.states import State
from portal.links.models import Link, Purpose
from portal.vault.services import the_vault
from tests.applications.paper import DETAILS, applications_in, apply, base, letters, page_one, page_two, private_link
from tests.applications.test_draft_link import link_in
from tests.at_once import second
from tests.door import inside
from tests.forms import submit, submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def drafts(world: World) -> int:
    """How many have been begun: each has a link of its own."""
    with world.acting(scope.PLATFORM) as session:
        return session.scalar(select(func.count(Link.id)).where(Link.purpose == Purpose.DRAFT)) or 0


def draft_of(world: World) -> UUID:
    """The one that was begun."""
    with world.acting(scope.PLATFORM) as session:
        return session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()


def begin_twice(world: World, ad: Published, one: FlaskClient, **later: str) -> FlaskClient:
    """Page one pressed, and pressed again as the browser does that has not got the answer: without the draft's cookie."""
    page = one.get(base(ad))
    assert submit_page(one, page, base(ad), DETAILS, "Fortsätt").status_code == 303
    again = world.browser()
    again._cookies = {key: cookie for key, cookie in one._cookies.items() if cookie.key != "draft"}
    assert submit_page(again, page, base(ad), {**DETAILS, **later}, "Fortsätt").status_code == 303
    return again


def test_page_one_pressed_twice_begins_one_draft_and_mails_one_link(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    again = begin_twice(world, ad, client)
    assert (drafts(world), len(letters(world, "draft"))) == (1, 1)
    page_two(client, ad)
    assert "alma-cv.pdf" in again.get(f"{base(ad)}/handlingar").get_data(as_text=True), "both browsers have the same"


def test_page_one_pressed_twice_at_the_same_moment_begins_one_draft(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page = client.get(base(ad))
    others = [world.browser() for _ in range(3)]
    for other in others:
        other._cookies = dict(client._cookies)
    with ThreadPoolExecutor(3) as hands:
        answers = list(hands.map(lambda one: submit_page(one, page, base(ad), DETAILS, "Fortsätt"), others))
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert (drafts(world), len(letters(world, "draft"))) == (1, 1)
    for other in others:
        assert "Alma Ekdahl" in other.get(base(ad)).get_data(as_text=True)


def test_an_open_page_one_that_says_something_else_leads_into_no_draft_that_it_has_begun(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    other = begin_twice(world, ad, client, Telefon="")
    assert drafts(world) == 2
    page_two(client, ad)
    assert "alma-cv.pdf" not in other.get(f"{base(ad)}/handlingar").get_data(as_text=True)


def test_after_two_minutes_the_same_page_begins_a_draft_of_its_own(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world)
    page = client.get(base(ad))
    other = world.browser()
    other._cookies = dict(client._cookies)
    submit_page(client, page, base(ad), DETAILS, "Fortsätt")
    set_clock("2026-11-23T10:03")
    submit_page(other, page, base(ad), DETAILS, "Fortsätt")
    assert drafts(world) == 2


def test_whoever_has_come_by_the_mail_has_the_draft_to_themselves_whatever_is_pressed_again(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    page = client.get(base(ad))
    stranger = world.browser()
    stranger._cookies = dict(client._cookies)
    submit_page(client, page, base(ad), DETAILS, "Fortsätt")
    alma = world.browser()
    alma.get(inside(world, alma, link_in(letters(world, "draft")[0].body)))
    page_two(alma, ad)
    submit_page(stranger, page, base(ad), DETAILS, "Fortsätt")
    assert "alma-cv.pdf" not in stranger.get(f"{base(ad)}/handlingar").get_data(as_text=True)


def test_the_page_of_a_draft_that_was_deleted_begins_another_with_a_key_of_its_own(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    page = client.get(base(ad))
    submit_page(client, page, base(ad), DETAILS, "Fortsätt")
    first = draft_of(world)
    assert submit(client, f"{base(ad)}/ta-bort", {}, "Ta bort utkastet").status_code == 303
    assert submit_page(client, page, base(ad), DETAILS, "Fortsätt").status_code == 303
    assert client.get(f"{base(ad)}/handlingar").status_code == 200
    with world.app.app_context():
        assert not the_vault().key_store.has(first) and the_vault().key_store.destroyed([first]) == {first}


def test_an_address_mended_by_two_presses_leads_to_the_receipt_both_times(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    where = f"{base(ad)}/kvitto/adress"
    page = client.get(where)
    for _ in range(2):
        answer = submit_page(client, page, where, {"E-post": "alma.ekdahl@example.se"}, "Ändra adressen")
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{base(ad)}/kvitto")
    told = submit(client, where, {"E-post": "alma.ekdahl@example.se"}, "Ändra adressen")
    assert told.status_code == 422 and "som ansökan redan har" in told.get_data(as_text=True)


def test_taking_back_pressed_twice_is_told_that_it_is_done(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    link = private_link(apply(client, ad))
    browser = world.browser()
    place = inside(world, browser, f"{link}/ta-tillbaka")
    page = browser.get(place)
    assert submit_page(browser, page, place, {}, "Ta tillbaka ansökan").status_code == 303
    again = submit_page(browser, page, place, {}, "Ta tillbaka ansökan")
    assert again.status_code == 404 and "Har du just tagit tillbaka ansökan" in again.get_data(as_text=True)
    assert "Har du just" not in browser.get(place).get_data(as_text=True), "whoever only looks has pressed nothing"


def test_a_draft_that_is_deleted_while_it_is_sent_is_told_so(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    where = f"{base(ad)}/kontrollera"
    page, id = client.get(where), draft_of(world)
    with second() as the_sender:
        with world.writing(scope.party(ad.party_id)) as session:
            assert delete_draft(session, id)
            the_sender.begins(submit_page, client, page, where, {}, "Skicka ansökan")
        answer = the_sender.ends()
    assert answer.status_code == 409 and "Ingenting är skickat." in answer.get_data(as_text=True)
    assert applications_in(world, ad) == []


def test_a_draft_that_is_sent_while_it_is_deleted_is_not_told_as_deleted(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    where = f"{base(ad)}/ta-bort"
    page, id = client.get(where), draft_of(world)
    with second() as the_remover:
        with world.writing(scope.candidate(id)) as session:
            sent = draft_to_write(session, id)
            sent.state, sent.submitted_at = State.SENT, clock.now()
            session.flush()
            the_remover.begins(submit_page, client, page, where, {}, "Ta bort utkastet")
        answer = the_remover.ends()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{base(ad)}/kvitto")
    assert len(applications_in(world, ad)) == 1
