"""The link of an application that another took the place of: whoever reads the mails is told, and nobody else anything."""

import pytest
from flask.testing import FlaskClient

from tests.accounts.people import link_in
from tests.applications.paper import apply, letters, private_link
from tests.applications.test_private import masked, question_link
from tests.door import codes, inside, press, show, submit_inside, through
from tests.forms import submit
from tests.world import World, publish_ad

TOLD = "Länken hörde till den första av två ansökningar."


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_the_older_mails_link_says_that_the_later_one_was_chosen_and_where_its_link_is(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    old = link_in(letters(world, "receipt")[-1])
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    submit_inside(world, question_link(world), {}, "Byt ut den första")
    browser = world.browser()
    assert TOLD not in browser.get(old).get_data(as_text=True), "a stranger may hold the link of what they wrote first"
    behind = browser.get(through(world, browser, old))
    told = behind.get_data(as_text=True)
    assert behind.status_code == 200 and TOLD in told and "i det kvitto som mejlades" in told
    assert "Alma" not in told and "Närvårdspartiet" not in told
    assert letters(world, "code")[-1].to == "alma@example.se"
    newer = link_in(letters(world, "receipt")[-1])
    assert newer != old and "Alma E. Ekdahl" in show(world, newer).get_data(as_text=True)


def test_a_stranger_who_wrote_the_first_meets_the_same_door_before_and_after(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    old = private_link(apply(client, ad))
    stranger = world.browser()
    before, place = stranger.get(old).get_data(as_text=True), inside(world, stranger, old)
    assert stranger.get(place).status_code == 200
    apply(world.browser(), ad)
    submit_inside(world, question_link(world), {}, "Byt ut den första")
    assert stranger.get(place).status_code == 404, "a browser that was let in before is so no more"
    after = world.browser().get(old)
    assert masked(after.get_data(as_text=True)) == masked(before)
    known = len(codes(world))
    press(world.browser(), old)
    assert len(codes(world)) == known + 1 and letters(world, "code")[-1].to == "alma@example.se"
    for page in ("/ta-tillbaka", "/brev", "/andra/uppgifter"):
        assert TOLD in show(world, f"{old}{page}").get_data(as_text=True), "it leads to no page of the later one"


def test_of_three_the_first_two_links_both_tell_until_the_last_is_taken_back(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    links = [private_link(apply(browser, ad)) for browser in (client, world.browser(), world.browser())]
    for letter in letters(world, "proposal"):
        submit_inside(world, link_in(letter), {}, "Byt ut den första")
    for link in links[:2]:
        assert TOLD in show(world, link).get_data(as_text=True)
    browser = world.browser()
    assert (
        submit(browser, inside(world, browser, f"{links[2]}/ta-tillbaka"), {}, "Ta tillbaka ansökan").status_code == 303
    )
    nothing = world.browser().get("/ansokan/" + "x" * 24)
    for link in links:
        gone = world.browser().get(link)
        assert (gone.status_code, gone.data) == (404, nothing.data)
