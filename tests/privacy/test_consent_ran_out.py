"""Whoever's consent ran out under a legal hold has taken nothing back: neither they nor the office read that they have."""

from portal import clock, scope
from portal.privacy.rights.kinds import Kind
from portal.privacy.services.holding import set_hold
from tests.applicants import Sent
from tests.applications.paper import letters
from tests.decisions.recruiting import office
from tests.door import own_browser
from tests.forms import submit_page
from tests.privacy.candidates import Clock, copy_at, link_of, requests_in, row_of, values_in
from tests.privacy.test_asked_and_replaced import asks
from tests.privacy.test_disposing import carried_out
from tests.privacy.test_later_disposing import AFTER, assessed
from tests.privacy.test_registered import press
from tests.world import Published, World


def ran_out(world: World, set_clock: Clock) -> tuple[Published, Sent]:
    ad, one = assessed(world, set_clock)
    held(world, ad, one)
    carried_out(world, set_clock, AFTER)
    return ad, one


def held(world: World, ad: Published, one: Sent) -> None:
    with world.writing(scope.party(world.party)) as session:
        about = {"ad_id": ad.id, "actor": office(world), "at": clock.now()}
        assert set_hold(session, application_id=one.id, reason="DO har hört av sig.", **about)  # type: ignore[arg-type]


def test_the_candidate_reads_in_copy_letterbox_and_changes_that_it_is_locked(world: World, set_clock: Clock) -> None:
    ad, one = assessed(world, set_clock)
    held(world, ad, one)
    set_clock(AFTER)
    link, own = link_of(world, one), own_browser(world)
    written = own.get(f"{link}/brev")
    carried_out(world, set_clock, AFTER)
    said = values_in(copy_at(world, link)["uppgifter.json"])["application"]
    assert said["status"] == "Ansökan ligger låst" and not said.get("withdrawn")
    refused = submit_page(own, written, f"{link}/brev", {"text": "Hur går det?"}, "Skicka brevet")
    for page in (refused, own.get(f"{link}/brev"), own.get(f"{link}/andra/uppgifter")):
        text = page.get_data(as_text=True)
        assert "Ansökan ligger låst, så" in text and "tillbakatagen" not in text


def test_so_does_the_office_in_what_they_ask_for_and_in_a_letter_it_was_writing(world: World, set_clock: Clock) -> None:
    ad, one = assessed(world, set_clock)
    held(world, ad, one)
    set_clock(AFTER)
    browser, box = world.browser(world.kansli), f"/arbete/rekryteringar/{ad.id}/brev/{one.id}"
    opened = browser.get(box)
    carried_out(world, set_clock, AFTER)
    late = submit_page(browser, opened, box, {"text": "Passar en ny tjänst dig?"}, "Skicka brevet")
    assert late.status_code == 409 and "Ansökan ligger låst sedan du öppnade sidan" in late.get_data(as_text=True)
    asks(world, row_of(world, ad, one.id), "Radera allt.", Kind.ERASURE)
    (row,) = requests_in(world)
    page = browser.get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    assert "Låst ansökan" in page and "Ansökan ligger låst." in page
    assert "är tillbakatagen" not in page and "Tillbakatagen" not in page


def test_the_answer_to_a_wish_to_have_it_gone_says_so_too(world: World, set_clock: Clock) -> None:
    ad, one = ran_out(world, set_clock)
    asks(world, row_of(world, ad, one.id), "Radera allt.", Kind.ERASURE)
    (row,) = requests_in(world)
    office = world.browser(world.kansli)
    assert press(office, f"/arbete/begaran/{row.id}/ta-tillbaka").status_code == 303
    assert "Ansökan ligger låst. Det som måste" in office.get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    page = own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)
    assert "Ansökan ligger låst och bedöms inte längre." in page and "är tillbakatagen" not in page
    assert letters(world, "withdrawn") == []
