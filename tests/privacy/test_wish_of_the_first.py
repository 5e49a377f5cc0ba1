"""What was asked of the first of two applications, to have it gone, is no wish about the one that took its place."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import scope
from portal.applications.models import Application, CandidateRequest
from portal.privacy.rights.kinds import Kind
from tests.applications.paper import apply
from tests.applications.test_private import question_link
from tests.door import submit_inside
from tests.forms import submit, submit_page
from tests.privacy.candidates import link_of, requests_in, row_of
from tests.privacy.test_asked_and_replaced import REPLACE, asked_of, asks, in_state
from tests.privacy.test_registered import NEW, press
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
GONE, SINCE = "Ta tillbaka", "en tidigare ansökan, som den sökande sedan har bytt ut"
WISH = "Radera den, jag skickar en ny."


def replaced(world: World, client: FlaskClient, clock: Clock, employer: str, *, kind: Kind = Kind.ERASURE) -> Published:
    """The first is asked to be erased; two days later a second takes its place."""
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    first = in_state(world, ad, "sent")
    if kind is Kind.ERASURE:
        asks(world, first, WISH, kind)
    else:
        typed = {
            "application_id": str(first.id),
            "kind": kind,
            "way": "telephone",
            "came_on": "2026-11-23",
            "text": WISH,
        }
        office = world.browser(world.kansli)
        assert (
            submit(office, f"{NEW}?annons={ad.id}", {**typed, "checked": True}, "Registrera begäran").status_code == 303
        )
    clock("2026-11-25T10:00")
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    return ad


def presses(world: World, row: CandidateRequest) -> TestResponse:
    return press(world.browser(world.kansli), f"/arbete/begaran/{row.id}/ta-tillbaka")


def page_of(world: World, row: CandidateRequest) -> str:
    return world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").get_data(as_text=True)


@pytest.mark.parametrize("kind", [Kind.ERASURE, Kind.CONSENT])
def test_gdpr_17_at_a_party_the_wish_is_fulfilled_when_the_first_is_erased_and_the_second_stands(
    world: World, client: FlaskClient, set_clock: Clock, kind: Kind
) -> None:
    ad = replaced(world, client, set_clock, "party", kind=kind)
    (row,), second = requests_in(world), in_state(world, ad, "sent")
    assert (row.application_id, row.result) == (in_state(world, ad, "replaced").id, "done")
    assert row.text_sealed is None and asked_of(world, second) == []
    assert presses(world, row).status_code == 409
    assert row_of(world, ad, second.id).state == "sent" and row_of(world, ad, second.id).name_sealed is not None


def test_also_where_the_office_has_the_page_open_when_the_second_is_accepted(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "sent"), WISH, Kind.ERASURE)  # after the second was sent, before it counts
    (row,) = requests_in(world)
    office, place = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    opened = office.get(place)
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    assert submit_page(office, opened, place, {}, "Ta tillbaka och radera allt").status_code == 409
    assert in_state(world, ad, "sent").name_sealed is not None


@pytest.mark.parametrize("sent_first", [False, True])
def test_at_an_authority_the_wish_is_answered_in_words_and_the_second_is_assessed(
    world: World, client: FlaskClient, set_clock: Clock, sent_first: bool
) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    if sent_first:
        apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "sent"), WISH, Kind.ERASURE)
    (row,) = requests_in(world)
    assert GONE in page_of(world, row)
    set_clock("2026-11-25T10:00")
    if not sent_first:
        apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    second = in_state(world, ad, "sent")
    page = page_of(world, row)
    assert WISH in page and GONE not in page and SINCE in page
    refused = presses(world, row)
    assert refused.status_code == 409 and SINCE in refused.get_data(as_text=True)
    assert row_of(world, ad, second.id).state == "sent" and requests_in(world)[0].answered_at is None


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_what_is_asked_of_the_second_itself_is_a_wish_about_it(
    world: World, client: FlaskClient, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    asks(world, in_state(world, ad, "sent"), WISH, Kind.ERASURE)
    set_clock("2026-11-25T10:00")
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "proposal"), "Radera den här också.", Kind.ERASURE)
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    second = in_state(world, ad, "sent")
    (one,) = asked_of(world, second)
    assert "Radera den här också." in one.text and GONE in page_of(world, one.row)
    assert presses(world, one.row).status_code == 303
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.get_one(Application, second.id).state == "withdrawn"


@pytest.mark.parametrize("text", ["", WISH])
@pytest.mark.parametrize("sent_first", [False, True])
def test_a_wish_about_the_second_is_not_taken_for_that_of_the_first_which_waits(
    world: World, client: FlaskClient, set_clock: Clock, sent_first: bool, text: str
) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    if sent_first:
        apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "sent"), WISH, Kind.ERASURE)
    set_clock("2026-11-25T10:00")
    if not sent_first:
        apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    set_clock("2026-11-27T10:00")
    link = link_of(world, in_state(world, ad, "sent"))  # type: ignore[arg-type]
    typed = {"kind": Kind.ERASURE, "text": text}
    refused = submit_inside(world, f"{link}/mina-uppgifter", typed, "Skicka begäran")
    assert refused.status_code == 409 and "om din förra ansökan" in refused.get_data(as_text=True)
    (row,) = requests_in(world)
    answer = {"text": "Den första är en allmän handling.", "result": "refused"}
    assert submit(world.browser(world.kansli), f"/arbete/begaran/{row.id}", answer, "Skicka svaret").status_code == 303
    assert submit_inside(world, f"{link}/mina-uppgifter", typed, "Skicka begäran").status_code == 303
    _first, second = sorted(requests_in(world), key=lambda one: one.made_at)
    assert GONE in page_of(world, second)
