"""The ground of what the machine suggests is chosen for it alone, and what is wrong is said where it was pressed."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import scope
from portal.disclosure.looking import Page
from portal.documents.masks import Box
from tests.applicants import Sent, send_applications
from tests.disclosure.asking import PROTECTED, mark, prepared
from tests.disclosure.test_suggested import noted
from tests.forms import post_forms, submit, values_of
from tests.pages import parse
from tests.world import World, publish_ad

APPROVE, ADD = "Godkänn och visa nästa", "Lägg till rutan"
SUGGESTED = Box(0.1, 0.6, 0.5, 0.65)
Stage = tuple[FlaskClient, str]


@pytest.fixture
def page(world: World) -> Stage:
    """A page with one box that is drawn, for a protected identity, and one that is suggested."""
    sent: Sent = send_applications(world, publish_ad(world), 1)[0]
    request, (record,) = prepared(world, sent, "application")
    noted(world, record, {1: Page((SUGGESTED,))})
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
    return world.browser(world.region), f"/arbete/utlamnande/{request}/handlingar/{record}/1"


def said_at(answer: TestResponse) -> set[str]:
    """The fields that have a sentence, and those that the summary leads to."""
    tree = parse(answer.get_data(as_text=True))
    beside = {(one.get("id") or "").removesuffix("-error") for one in tree.iter() if one.get("class") == "error"}
    links = {(one.get("href") or "")[1:] for one in tree.iter() if (one.get("href") or "").startswith("#")}
    marked = [one for one in tree.iter() if "has-error" in (one.get("class") or "")]
    assert beside <= links and len(marked) == len(beside)
    return beside


def test_a_drawn_box_lends_its_ground_to_the_next_that_is_drawn_and_to_no_suggestion(page: Stage) -> None:
    browser, address = page
    tree = parse(browser.get(address).get_data(as_text=True))
    suggested, drawn = (values_of(form) for form in post_forms(tree) if values_of(form).get("ground") is not None)
    assert (suggested["ground"], suggested["reason"]) == ("", "")
    assert (drawn["ground"], drawn["reason"]) == (PROTECTED, "Hotbild")


def test_suggestions_that_are_approved_without_a_ground_of_their_own_are_asked_for_one(page: Stage) -> None:
    browser, address = page
    lacking = submit(browser, address, button=APPROVE)
    assert (lacking.status_code, said_at(lacking)) == (422, {"approve-ground"})
    unsaid = submit(browser, address, {"ground": "annat"}, button=APPROVE)
    assert (unsaid.status_code, said_at(unsaid)) == (422, {"approve-reason"})


def test_a_box_without_a_ground_says_so_at_the_box(page: Stage) -> None:
    browser, address = page
    sides = {"left": "1", "right": "9", "top": "1", "bottom": "9"}
    lacking = submit(browser, address, {**sides, "ground": ""}, button=ADD)
    assert (lacking.status_code, said_at(lacking)) == (422, {"ground"})
