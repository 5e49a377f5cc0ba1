"""What a candidate asks for about their data in the first of two applications waits on in the one that takes its place."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.queries import requests_of
from portal.applications.services.drafting import key_of
from portal.disclosure.queries.records import source_of
from portal.jobs.tasks import run_rounds
from portal.privacy.rights.kinds import Kind, Way
from portal.privacy.rights.queries.texts import Opened, opened
from portal.privacy.rights.services.asking import ask
from portal.privacy.rights.services.registering import register_request
from portal.register.models import RegisterEntry
from tests.applicants import Sent
from tests.applications.paper import applications_in, apply, letters, private_link
from tests.applications.test_private import question_link
from tests.decisions.recruiting import office
from tests.door import show, submit_inside
from tests.forms import submit
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import copy_at, values_in
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
REPLACE = "Byt ut den första"


def asks(world: World, application: Application, text: str, kind: Kind = Kind.CORRECTION) -> None:
    with world.writing(scope.candidate(application.id)) as session:
        ask(session, application_id=application.id, kind=kind, text=text, at=clock.now())


def asked_of(world: World, application: Application) -> list[Opened]:
    with world.acting(scope.party(application.party_id)) as session:
        row = session.get_one(Application, application.id)
        return [opened(one, key_of(row)) for one in requests_of(session, row.id)]


def in_state(world: World, ad: Published, state: str) -> Application:
    (row,) = [row for row in applications_in(world, ad) if row.state == state]
    return row


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_request_that_waits_is_answered_where_its_candidate_reads_it(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    asks(world, in_state(world, ad, "sent"), "Rätta årtalet.")
    second = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    run_rounds(world.app)
    (waits,) = asked_of(world, in_state(world, ad, "sent"))
    assert waits.text == "Rätta årtalet." and asked_of_first(world, ad) == 0
    office = world.browser(world.kansli)
    answer = {"text": "Årtalet är rättat.", "result": "done"}
    assert submit(office, f"/arbete/begaran/{waits.row.id}", answer, "Skicka svaret").status_code == 303
    assert "Årtalet är rättat." in show(world, f"{second}/mina-uppgifter").get_data(as_text=True)
    (mail,) = letters(world, "request-answered")
    assert f"{second}/mina-uppgifter" in mail.body


def asked_of_first(world: World, ad: Published) -> int:
    with world.acting(scope.party(ad.party_id)) as session:
        return len(requests_of(session, in_state(world, ad, "replaced").id))


def test_what_takes_longer_keeps_its_days_and_the_reason(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    first = in_state(world, ad, "sent")
    asked = ask_and_extend(world, ad, Sent(first.id, "", "", "", 0, first.id, 0, {}))
    (before,) = asked_of(world, first)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    (waits,) = asked_of(world, in_state(world, ad, "sent"))
    assert (waits.row.id, waits.row.made_at, waits.due_on) == (asked, before.row.made_at, before.due_on)
    assert (waits.text, waits.extension) == (before.text, "Det är många.")
    assert "Det är många." in world.browser(world.kansli).get(f"/arbete/begaran/{asked}").get_data(as_text=True)


def test_where_the_second_asks_for_the_same_both_are_read_and_answered_by_the_earlier_day(
    world: World, client: FlaskClient, set_clock: "pytest.FixtureRequest"
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    asks(world, in_state(world, ad, "sent"), "Rätta årtalet.")
    (before,) = asked_of(world, in_state(world, ad, "sent"))
    set_clock("2026-11-25T10:00")
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "proposal"), "Rätta orten.")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    (waits,) = asked_of(world, in_state(world, ad, "sent"))
    assert waits.text == "Rätta årtalet.\n\nRätta orten."
    assert (waits.row.made_at, waits.due_on) == (before.row.made_at, before.due_on)


def test_with_an_authority_each_record_stays_where_it_came_in_and_says_what_it_said(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    asks(world, in_state(world, ad, "sent"), "Rätta årtalet.")
    asks(world, in_state(world, ad, "sent"), "Vad har ni om mig?", Kind.COPY)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "proposal"), "Rätta orten.")
    before = records_of(world)
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    assert records_of(world) == before and [text.rpartition("\n")[2] for _, text in before] == [
        "Rätta årtalet.", "Vad har ni om mig?", "Rätta orten.",
    ]  # fmt: skip
    office, waits = world.browser(world.kansli), asked_of(world, in_state(world, ad, "sent"))
    for one in waits:
        answer = {"text": f"Svar om {one.row.kind}.", "result": "done"}
        assert submit(office, f"/arbete/begaran/{one.row.id}", answer, "Skicka svaret").status_code == 303
    after = records_of(world)
    assert len(waits) == 2 and after[:3] == before
    assert {id for id, _ in after[3:]} == {in_state(world, ad, "sent").id} and len(after) == 5


def test_of_what_is_joined_with_a_letter_the_day_alone_is_told(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad)
    at, came = (
        set_clock("2026-11-24T15:00"),
        {"way": Way.LETTER, "came_on": date(2026, 11, 24), "text": "Rätta årtalet."},
    )
    with world.writing(scope.party(world.party)) as session:
        about = {
            "application_id": in_state(world, ad, "sent").id,
            "kind": Kind.CORRECTION,
            "actor": office(world),
            "at": at,
        }
        register_request(session, **about, **came)  # type: ignore[arg-type]
    set_clock("2026-11-25T10:30")
    private = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    asks(world, in_state(world, ad, "proposal"), "Rätta orten.")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    run_rounds(world.app)
    (waits,) = asked_of(world, in_state(world, ad, "sent"))
    assert waits.text == "Rätta årtalet.\n\nRätta orten." and waits.row.came_by == ""
    browser = world.browser(world.kansli)
    pages = [browser.get(f"/arbete/begaran{tail}").get_data(as_text=True) for tail in ("", f"/{waits.row.id}")]
    pages.append(show(world, f"{private}/mina-uppgifter").get_data(as_text=True))
    for page in pages:
        assert "24 november 2026" in page and "12.00" not in page
    (asked,) = values_in(copy_at(world, private)["uppgifter.json"])["requests"]
    assert asked["made"] == "2026-11-24"


def records_of(world: World) -> list[tuple[UUID, str]]:
    """What came in and was sent out, by number: of which application, and what the registrar reads."""
    with world.acting(scope.authority(world.authority)) as session:
        letters = RegisterEntry.kind.in_(["message_in", "message_out"])
        rows = session.scalars(select(RegisterEntry).where(letters).order_by(RegisterEntry.register_number)).all()
        sources = [(row.application_id, source_of(session, row)) for row in rows]
        return [(id, source.data.decode() if source else "") for id, source in sources]
