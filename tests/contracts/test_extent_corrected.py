"""An extent that was written down wrong is put right on the page, with the ledger, as long as no contract says it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.contracts.acts.changing import OFF, change, place, shown, stored, verbs
from tests.contracts.hiring import fill, hired
from tests.contracts.test_employ import employments
from tests.contracts.written.contracting import Recorded, offer, recorded, save
from tests.forms import submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.world import World

Clock = Callable[[str], datetime]
FIX, ASKED = "Rätta omfattningen", "Skrevs omfattningen in fel?"


def correct(world: World, id: UUID, percent: object, browser: FlaskClient | None = None) -> Any:
    browser = browser or world.browser(world.kansli)
    return submit(browser, place(id), {"omfattning-extent_percent": str(percent)}, FIX)


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment of forty per cent, with no contract offered."""
    return recorded(world, set_clock, extent_percent=40)


def test_two_who_share_an_ad_s_posts_both_find_room_once_the_first_is_put_right(world: World, set_clock: Clock) -> None:
    give(world, (world.party, "1"))
    published, sent = hired(world, set_clock, 2, hire=2, extent_percent=50)
    office = world.browser(world.kansli)
    assert fill(office, published, sent[0], extent_percent="100").status_code == 303
    (first,) = employments(world)
    refused = fill(office, published, sent[1], extent_percent="50")
    assert "Tjänsteutrymmet räcker inte" in refused.get_data(as_text=True)
    assert correct(world, first.id, 50).status_code == 303
    assert stored(world, first.id).extent_percent == 50
    assert verbs(world)[-1] == ("extent_corrected", "100 → 50")
    assert fill(office, published, sent[1], extent_percent="50").status_code == 303
    assert claimed(world) == [("filled", 50), ("filled", 50)]


def test_more_than_there_is_room_for_is_refused_beside_its_field_and_what_was_typed_stays(
    world: World, one: Recorded
) -> None:
    give(world, (world.party, "0.5"))
    for wrong, said in (("80", "Tjänsteutrymmet räcker inte"), ("101", "100"), ("40", "står redan")):
        answer = correct(world, one.employment, wrong)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 422 and said in page and f'value="{wrong}"' in page
    assert stored(world, one.employment).extent_percent == 40
    assert claimed(world) == [("filled", 40)]


def test_an_old_page_corrects_nothing_over_what_another_has_corrected_since(world: World, one: Recorded) -> None:
    browser = world.browser(world.kansli)
    old = browser.get(place(one.employment))
    assert correct(world, one.employment, 60).status_code == 303
    again = submit_page(browser, old, place(one.employment), {"omfattning-extent_percent": "60"}, FIX)
    assert again.status_code == 303, "the same once more changes nothing"
    late = submit_page(browser, old, place(one.employment), {"omfattning-extent_percent": "70"}, FIX)
    assert late.status_code == 409 and stored(world, one.employment).extent_percent == 60
    assert "60 procent av heltid är inskrivet" in late.get_data(as_text=True) and 'value="70"' in late.get_data(
        as_text=True
    )
    assert submit_page(browser, late, place(one.employment), button=FIX).status_code == 303
    assert stored(world, one.employment).extent_percent == 70
    assert [verb for verb, _ in verbs(world)].count("extent_corrected") == 2


def test_that_it_was_put_right_is_told_where_the_changes_stand(world: World, one: Recorded) -> None:
    told = "Omfattningen rättades 14 december 2026: 40 → 60 procent."
    assert "Ingenting har ändrats" in shown(world, one.employment)
    assert correct(world, one.employment, 60).status_code == 303
    changes = shown(world, one.employment).replace("\xa0", " ")
    assert told in changes and "Ingenting har ändrats" not in changes
    page = world.browser(world.kansli).get(f"/arbete/anstallningar/{one.employment}").get_data(as_text=True)
    assert told in page.replace("\xa0", " ")


def test_what_an_offered_contract_says_is_not_moved_behind_it(world: World, one: Recorded) -> None:
    browser = world.browser(world.kansli)
    page = browser.get(place(one.employment))
    assert ASKED in page.get_data(as_text=True)
    save(one)
    offer(one)
    late = submit_page(browser, page, place(one.employment), {"omfattning-extent_percent": "60"}, FIX)
    assert late.status_code == 409 and "Avtalet är erbjudet med omfattningen" in late.get_data(as_text=True)
    assert ASKED not in shown(world, one.employment)


def test_what_is_not_to_be_has_no_extent_to_correct(world: World, one: Recorded) -> None:
    browser = world.browser(world.kansli)
    page = browser.get(place(one.employment))
    assert change(world, one.employment, OFF, decided="2026-12-14").status_code == 303
    assert ASKED not in shown(world, one.employment)
    late = submit_page(browser, page, place(one.employment), {"omfattning-extent_percent": "60"}, FIX)
    assert late.status_code == 409
