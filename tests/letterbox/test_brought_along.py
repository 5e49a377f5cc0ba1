"""What a candidate asked in the first of two applications is asked in the one that takes its place, until it is answered."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.disclosure.queries.letters import letters_of
from portal.jobs.tasks import run_rounds
from portal.letterbox.models import Message
from portal.register.models import RegisterEntry
from tests.applications.paper import applications_in, apply, private_link
from tests.applications.test_private import question_link
from tests.door import show, submit_inside
from tests.forms import submit
from tests.world import Published, World, publish_ad

ANSWERED, ASKED = "Får jag söka på engelska?", "Räcker det med ett brev på en sida?"
WAITS = "En sökande väntar på svar i brevlådan"


def write(world: World, link: str, words: str) -> None:
    assert submit_inside(world, f"{link}/brev", {"text": words}, "Skicka brevet").status_code == 303


def replaced(world: World, client: FlaskClient, employer: str, *asked: str) -> tuple[Published, str, str]:
    """Of two applications from one address the second has taken the first one's place: both private links."""
    ad = publish_ad(world, employer=employer)
    first = private_link(apply(client, ad))
    for words in asked:
        write(world, first, words)
    second = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303
    return ad, first, second


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_question_that_nobody_answered_waits_in_the_new_one(world: World, client: FlaskClient, employer: str) -> None:
    ad, _first, second = replaced(world, client, employer, ASKED)
    office = world.browser(world.kansli)
    assert WAITS in office.get("/arbete").get_data(as_text=True)
    (now,) = [row for row in applications_in(world, ad) if row.state == "sent"]
    box = f"/arbete/rekryteringar/{ad.id}/brev/{now.id}"
    assert ASKED in office.get(box).get_data(as_text=True)
    assert ASKED in show(world, f"{second}/brev").get_data(as_text=True)
    assert submit(office, box, {"text": "Ja, det räcker."}, "Skicka brevet").status_code == 303
    assert WAITS not in office.get("/arbete").get_data(as_text=True)
    assert "Besvarat" in show(world, f"{second}/brev").get_data(as_text=True)


def test_what_was_answered_stays_behind(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    first = private_link(apply(client, ad))
    write(world, first, ANSWERED)
    (row,) = applications_in(world, ad)
    box = f"/arbete/rekryteringar/{ad.id}/brev/{row.id}"
    assert submit(world.browser(world.kansli), box, {"text": "Ja."}, "Skicka brevet").status_code == 303
    second = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    assert submit_inside(world, question_link(world), {}, "Byt ut den första").status_code == 303
    assert ANSWERED not in show(world, f"{second}/brev").get_data(as_text=True)
    assert WAITS not in world.browser(world.kansli).get("/arbete").get_data(as_text=True)


def test_with_an_authority_the_letter_as_it_came_is_the_record_and_no_second_one(
    world: World, client: FlaskClient
) -> None:
    ad, *_ = replaced(world, client, "authority", ASKED)
    rows = {row.state: row for row in applications_in(world, ad)}
    with world.acting(scope.authority(world.authority)) as session:
        entries = session.scalars(select(RegisterEntry).where(RegisterEntry.kind == "message_in")).all()
        assert [one.application_id for one in entries] == [rows["replaced"].id]
        told = {state: [one.text for _, one in letters_of(session, row)] for state, row in rows.items()}
    assert told == {"replaced": [ASKED], "sent": []}


def test_a_party_keeps_nothing_of_the_first(world: World, client: FlaskClient) -> None:
    ad, *_ = replaced(world, client, "party", ASKED)
    run_rounds(world.app)
    (now,) = [row for row in applications_in(world, ad) if row.state == "sent"]
    with world.acting(scope.party(ad.party_id)) as session:
        assert [one.application_id for one in session.scalars(select(Message))] == [now.id]
