"""Whoever has applied to a post, or has jäv for a candidate, is told nothing of it by any road, and decides nothing."""

import pytest

from portal import clock, scope
from portal.privacy.services.holding import set_hold
from tests.applicants import Sent, send_applications
from tests.decisions.recruiting import closed_recruitment, office
from tests.door import own_browser
from tests.doors import csrf_token
from tests.forms import submit
from tests.letterbox.writing import ask
from tests.membership import add_person
from tests.privacy.candidates import Clock, link_of, requests_in
from tests.protection.applying import stage_protected
from tests.review.panel import Panel
from tests.world import World, publish_ad

ASK = {"kind": "correction", "text": "Mitt examensår är fel."}


def ask_through_the_page(world: World, one: Sent) -> None:
    place = f"{link_of(world, one)}/mina-uppgifter"
    assert submit(own_browser(world), place, ASK, "Skicka begäran").status_code == 303


@pytest.mark.parametrize("page", ["/arbete", "/arbete/begaran"])
def test_one_of_the_office_who_has_applied_is_told_of_nobodys_request(
    world: World, set_clock: Clock, page: str
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party", answered=False, title="Den jag sökte")
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", ASK, "Skicka begäran")
    (row,) = requests_in(world)
    office = world.browser(world.kansli)
    assert office.get(f"/arbete/begaran/{row.id}").status_code == 404
    told = office.get(page).get_data(as_text=True)
    assert str(row.id) not in told and "Den jag sökte" not in told


def counted(world: World) -> str:
    return world.browser(world.kansli).get("/arbete/begaran").get_data(as_text=True).split("<main")[1]


def test_the_counts_tell_nothing_of_a_recruitment_one_has_applied_to(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party", answered=False)
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    add_person(world, "kollega", "kansli", party=world.party)  # who may answer: else a colleague is asked for
    before = counted(world)
    for one in sent:
        ask_through_the_page(world, one)
    assert requests_in(world) and counted(world) == before


def test_nor_of_a_candidate_one_has_jav_for_but_of_the_others(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party", answered=False)
    panel = Panel(world, ad, [one, two], set_clock)
    panel.name(world.gunnel, world.elof)
    panel.answer_to_decide(world.kansli, one)
    add_person(world, "kollega", "kansli", party=world.party)
    before = counted(world)
    ask_through_the_page(world, one)
    assert counted(world) == before
    ask_through_the_page(world, two)
    assert counted(world) != before


def test_whoever_has_jav_is_told_of_no_request_of_that_candidate(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party", answered=False)
    for sent in (one, two):
        submit(own_browser(world), f"{link_of(world, sent)}/mina-uppgifter", ASK, "Skicka begäran")
    panel = Panel(world, ad, [one, two], set_clock)
    panel.name(world.gunnel, world.elof)
    panel.answer_to_decide(world.kansli, one)
    browser = world.browser(world.kansli)
    page = browser.get("/arbete/begaran").get_data(as_text=True)
    asked = {row.application_id: str(row.id) for row in requests_in(world)}
    assert {id: request in page for id, request in asked.items()} == {one.id: False, two.id: True}
    found = {id: browser.get(f"/arbete/begaran/{request}").status_code for id, request in asked.items()}
    assert found == {one.id: 404, two.id: 200}
    said = {"csrf_token": csrf_token("kansli", browser), "result": "refused", "text": "Nej."}
    assert browser.post(f"/arbete/begaran/{asked[one.id]}/svara", data=said).status_code == 404
    assert all(row.answered_at is None for row in requests_in(world))


def test_one_of_the_authoritys_people_who_has_applied_is_told_of_nobodys_request(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="authority", answered=False)
    ask_through_the_page(world, one)
    (row,) = requests_in(world)
    region, place = world.browser(world.region), f"/arbete/begaran/{row.id}"
    assert region.get(place).status_code == 200
    send_applications(world, ad, 1, start=5, emails=("region@example.se",))
    assert region.get(place).status_code == 404
    assert str(row.id) not in region.get("/arbete/begaran").get_data(as_text=True)


def test_whoever_has_jav_lifts_no_hold(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party", answered=False)
    panel = Panel(world, ad, [one, two], set_clock)
    with world.writing(scope.party(world.party)) as session:
        hold = set_hold(session, ad_id=ad.id, application_id=one.id, reason="DO", actor=office(world), at=clock.now())
        assert hold is not None
        hold_id = hold.id
    panel.name(world.gunnel, world.elof)
    panel.answer_to_decide(world.kansli, one)
    office_page = world.browser(world.kansli)
    url = f"/arbete/sparade/{ad.id}"
    page = office_page.get(url).get_data(as_text=True)
    assert "En sökande" in page
    assert "/hav" not in page
    taken = office_page.post(f"{url}/stoppa/{hold_id}/hav", data={"csrf_token": csrf_token("kansli", office_page)})
    assert taken.status_code == 404
    assert "En kollega häver stoppet" in office_page.get(url).get_data(as_text=True)


def test_a_reader_who_has_applied_is_told_of_no_code_name_there(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world, title="Den jag sökte")
    stage_protected(world, ad)
    send_applications(world, ad, 1, start=5, emails=("kansli@example.se",))
    page = world.browser(world.kansli).get("/arbete/skyddad-identitet").get_data(as_text=True)
    assert "Den jag sökte" not in page


def test_whoever_has_jav_is_not_told_that_they_have_written(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party", answered=False)
    panel = Panel(world, ad, [one, two], set_clock)
    panel.name(world.gunnel, world.elof)
    panel.answer_to_decide(world.kansli, one)
    ask(panel, one)
    office = world.browser(world.kansli)
    assert "Här finns inga brev som du kan läsa." in office.get(f"{panel.url}/brev").get_data(as_text=True)
    assert "i brevlådan" not in office.get("/arbete").get_data(as_text=True)
