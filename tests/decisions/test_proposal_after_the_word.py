"""Of an ad that was taken back, which nobody ends: once everybody has their word a second from an address is too late."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.jobs.tasks import run_rounds
from tests.applications.paper import applications_in, apply, letters, private_link, readdress
from tests.applications.test_first_taken_back import WAITS, states_in
from tests.applications.test_private import question_link
from tests.applications.test_withdrawing import BUTTON
from tests.decisions.recruiting import decide, proofread, release
from tests.door import inside, own_browser, show, submit_inside
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]


def told(world: World, client: FlaskClient, clock_to: Clock, *, withdrawn: bool) -> tuple[Published, str]:
    """Two from one address, the second unanswered; the first has been told no. The first one's private link."""
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    clock_to("2026-12-14T09:00")
    if withdrawn:
        with world.writing(scope.party(ad.party_id)) as session:
            withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    (first,) = [row for row in applications_in(world, ad) if row.state == "sent"]
    decide(world, ad, [first])  # type: ignore[list-item]
    proofread(world, ad)
    assert release(world, ad) == 1
    return ad, link


@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_first_taken_back_after_it_leaves_no_question_and_promises_none(
    world: World, client: FlaskClient, set_clock: Clock, withdrawn: bool
) -> None:
    ad, link = told(world, client, set_clock, withdrawn=withdrawn)
    assert WAITS not in show(world, f"{link}/ta-tillbaka").get_data(as_text=True)
    assert submit_inside(world, f"{link}/ta-tillbaka", {}, BUTTON).status_code == 303
    run_rounds(world.app)
    assert len(letters(world, "proposal")) == 1
    refused = submit_inside(world, question_link(world), {}, "Låt den gälla")
    assert refused.status_code in (409, 422) and "Rekryteringen är avgjord" in refused.get_data(as_text=True)
    assert states_in(world, ad) == ["proposal", "withdrawn"]


NEW = {"E-post": "alma.ny@example.se"}


def two_of_one_address(world: World, client: FlaskClient, set_clock: Clock) -> tuple[Published, str]:
    """The ad is taken back while the second waits for its answer. The second one's private link."""
    ad = publish_ad(world)
    apply(client, ad)
    second = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    set_clock("2026-12-14T09:00")
    with world.writing(scope.party(ad.party_id)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    return ad, second


def moves(world: World, link: str) -> None:
    browser = own_browser(world)
    place = inside(world, browser, f"{link}/mina-uppgifter/kontakt")
    assert readdress(browser, place, NEW).status_code == 303


def test_an_address_put_right_after_the_word_lets_nothing_count(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad, second = two_of_one_address(world, client, set_clock)
    (first,) = [row for row in applications_in(world, ad) if row.state == "sent"]
    decide(world, ad, [first])  # type: ignore[list-item]
    proofread(world, ad)
    assert release(world, ad) == 1
    moves(world, second)
    assert states_in(world, ad) == ["proposal", "sent"] and letters(world, "proposal") == []
    assert letters(world, "receipt")[-1].to == "alma.ny@example.se", "with the new link, as to everybody else"


def test_one_that_counts_by_its_new_address_is_told_that_the_ad_was_taken_back(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad, second = two_of_one_address(world, client, set_clock)
    run_rounds(world.app)
    assert len(letters(world, "step:")) == 1
    moves(world, second)
    assert states_in(world, ad) == ["sent", "sent"]
    run_rounds(world.app)
    assert [mail.to for mail in letters(world, "step:")] == ["alma@example.se", "alma.ny@example.se"]
