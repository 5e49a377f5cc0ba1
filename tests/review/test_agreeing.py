"""What the meeting agrees upon: order and votes, and whoever has jäv outside of both."""

import re
from uuid import uuid4

import pytest

from portal.review.meeting.refusals import PairUnfit, VoterConflicted
from portal.review.refusals import NotOpenToYou
from tests.forms import submit
from tests.review.meetings import JSON, all_handed_in, disagreeing, page_of, posted, put_in_order, start, vote, write
from tests.review.panel import Panel


def test_the_order_starts_from_the_joint_one_and_is_set_with_ties(panel: Panel) -> None:
    gunnel, (one, two, three) = panel.world.gunnel, panel.sent
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    page = page_of(panel, gunnel, "mote/ordning")
    assert "Den utgår från er gemensamma ordning." in page
    browser = panel.world.browser(gunnel)
    places = {f"place-{two.id}": "1", f"place-{one.id}": "2", f"place-{three.id}": "2", "basis": "enad"}
    assert submit(browser, f"{panel.url}/mote/ordning", places, "Spara och gå tillbaka").status_code == 303
    page = page_of(panel, gunnel)
    shown = page[page.index('class="set-order"') :]
    assert re.findall(r'class="place">([^<]+)<', shown) == ["1", "2–3", "2–3"] and "delad plats" in shown
    assert "Ni är eniga om den." in page and "Kalla till intervju" in shown


def test_an_order_without_its_how_or_with_a_place_that_is_none_is_refused_and_kept(panel: Panel) -> None:
    all_handed_in(panel)
    start(panel)
    url, one = "/ordning", panel.sent[0].id
    without = posted(panel, panel.world.gunnel, url, **{f"place-{one}": "1"})
    assert without.status_code == 422 and "Välj om ordningen är enad eller röstad." in without.get_data(as_text=True)
    wrong = posted(panel, panel.world.gunnel, url, basis="enad", version="0", **{f"place-{one}": "först"})
    assert wrong.status_code == 422 and 'value="först"' in wrong.get_data(as_text=True)


def test_a_stale_order_is_refused_with_the_saved_places_beside(panel: Panel) -> None:
    one, two, three = (sent.id for sent in panel.sent)
    all_handed_in(panel)
    start(panel)
    assert put_in_order(panel, ((one,), (two,), (three,))) == 1
    typed = {f"place-{three}": "1", f"place-{two}": "2", f"place-{one}": "3"}
    stale = posted(panel, panel.world.gunnel, "/ordning", basis="enad", version="0", **typed)
    page = stale.get_data(as_text=True)
    assert stale.status_code == 409 and "Sparad plats" in page and 'name="version" type="hidden" value="1"' in page
    assert re.search(rf'name="place-{three}" value="1"', page)
    told = posted(panel, panel.world.gunnel, "/ordning", JSON, basis="rostad", version="1", **typed)
    assert told.json["version"] == 2 and told.json["places"] == {str(three): 1, str(two): 2, str(one): 3}


def test_a_vote_is_recorded_with_who_voted_how_and_a_new_one_of_the_pair_replaces_it(panel: Panel) -> None:
    one, two, three = panel.sent
    all_handed_in(panel)
    start(panel)
    vote(panel, one, two, gunnel="a", elof="b")
    assert "Lika, 1 mot 1" in page_of(panel, panel.world.elof)
    vote(panel, two, one, gunnel="a", elof="a")
    page = page_of(panel, panel.world.elof)
    assert "Lika" not in page and f"{two.name} före {one.name}, 2 mot 0" in page
    assert "Elof Rehnström A" in page and "Gunnel Sundvall A" in page
    with pytest.raises(PairUnfit):
        vote(panel, three, three, gunnel="a")


def test_a_vote_without_voters_or_candidates_is_refused_in_words(panel: Panel) -> None:
    one, two, _three = panel.sent
    all_handed_in(panel)
    start(panel)
    for data, words in (
        ({}, "Välj två olika sökande"),
        ({"first": str(one.id), "second": str(one.id)}, "Välj två olika sökande"),
        ({"first": str(one.id), "second": str(two.id)}, "Minst en måste ha röstat"),
        ({"first": "x", "second": str(two.id)}, "Välj två olika sökande"),
    ):
        answer = posted(panel, panel.world.gunnel, "/omrostning", **data)
        assert answer.status_code == 422 and words in answer.get_data(as_text=True)
    stranger = {"first": str(one.id), "second": str(two.id), f"ballot-{uuid4()}": "a"}
    assert posted(panel, panel.world.gunnel, "/omrostning", **stranger).status_code == 404


def test_who_has_jav_steps_out_sees_neither_point_nor_text_and_has_no_vote(panel: Panel) -> None:
    gunnel, elof, (one, two, _three) = panel.world.gunnel, panel.world.elof, panel.sent
    all_handed_in(panel, elof=one)
    start(panel)
    write(panel, one, "Hemlig för Elof.")
    write(panel, two, "Öppen för Elof.")
    put_in_order(panel, ((one.id,), (two.id,)))
    vote(panel, one, two, gunnel="a")
    leader, other = page_of(panel, gunnel), page_of(panel, elof)
    assert f"Elof Rehnström, när ni talar om {one.name}" in leader
    assert one.name in leader and str(one.id) in leader
    assert one.name not in other and str(one.id) not in other
    assert panel.world.browser(elof).get(f"{panel.url}/mote/sokande/{one.id}").status_code == 404
    assert "Öppen för Elof." in page_of(panel, elof, f"mote/sokande/{two.id}")
    shown = other[other.index('class="set-order"') :]
    assert re.findall(r'class="place">([^<]+)<', shown) == ["1"]  # counted without the one that is not shown
    with pytest.raises(VoterConflicted):
        vote(panel, one, two, gunnel="a", elof="b")


def test_where_the_leader_has_jav_another_writes_and_orders_that_candidate(panel: Panel) -> None:
    elof, kansli, (one, two, three) = panel.world.elof, panel.world.kansli, panel.sent
    all_handed_in(panel, gunnel=one)
    start(panel)
    with pytest.raises(NotOpenToYou):
        write(panel, one, "Av den som har jäv.")
    assert write(panel, one, "Av Elof.", person=elof) == 1
    with pytest.raises(NotOpenToYou):
        write(panel, two, "Den leder Gunnel.", person=elof)
    put_in_order(panel, ((two.id,), (three.id,)))
    assert f"Utan plats i ordningen: {one.name}." in page_of(panel, elof)
    assert "Utan plats" not in page_of(panel, panel.world.gunnel)  # who has jäv is told nothing of the one who is left
    put_in_order(panel, ((one.id,), (two.id,), (three.id,)), 1, person=kansli)
    assert "Utan plats" not in page_of(panel, elof)
    put_in_order(panel, ((three.id,), (two.id,)), 2)
    shown = page_of(panel, kansli)
    shown = shown[shown.index('class="set-order"') :]
    names = re.findall(r"<span>([^<]+?)</span>", shown)
    assert names[:3] == [one.name, three.name, two.name]
