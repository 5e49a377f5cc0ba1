"""Two windows that each add an attachment while there is room for one: the later is told, and nothing else is lost."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.routes import papers as own_papers
from portal.applications.services.drafting import key_of
from portal.applications.services.papers import take_in
from portal.db import db
from portal.documents.queries import documents_of
from portal.documents.services import add_document, seal_letter
from portal.intake.routes import papers
from portal.links.models import Link, Purpose
from portal.vault.services import the_vault
from tests.applications.paper import applications_in, apply, base, page_one, private_link
from tests.at_once import second
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit
from tests.intake.registering import begin, intakes
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]

SIXTH = {"Bilaga": (hostile.plain(), "intyg6.pdf")}


def fill_the_places(session: Any, application: Application) -> None:
    """Five attachments, in the unit of work of whoever holds the application."""
    for number in range(5):
        sealed = seal_letter("Intyg", name=f"intyg{number}.txt", key=key_of(application))
        add_document(session, owner=application, slot="attachment", sealed=sealed, at=clock.now())


def filled_while_it_is_read(world: World, id: UUID, module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another window fills the places while the file of this one is read."""

    def while_it_is_read(*args: Any, **named: Any) -> Any:
        db.session.commit()  # as before the unit of work, and what was held is held no more
        with world.writing(scope.candidate(id)) as session:
            fill_the_places(session, session.get_one(Application, id))
        return take_in(*args, **named)

    monkeypatch.setattr(module, "take_in", while_it_is_read)


def blobs(world: World) -> set[str]:
    """What lies in the store."""
    with world.app.app_context():
        return {name for name, _written in the_vault().blobs.names()}


@pytest.fixture
def client(world: World) -> FlaskClient:
    return own_browser(world)


@pytest.mark.parametrize("sent", [False, True])
def test_the_last_place_is_given_once_and_what_was_typed_beside_is_kept(
    world: World, client: FlaskClient, sent: bool
) -> None:
    ad = publish_ad(world)
    if sent:
        where, button = f"{private_link(apply(client, ad))}/andra/handlingar", "Spara ändringarna"
        id = applications_in(world, ad)[0].id
    else:
        page_one(client, ad)
        where, button = f"{base(ad)}/handlingar", "Spara bilagan"
        with world.acting(scope.PLATFORM) as session:
            id = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    with second() as the_later:
        with world.writing(scope.candidate(id)) as session, world.app.app_context():
            fill_the_places(session, session.get_one(Application, id, with_for_update=True))
            session.flush()
            present = blobs(world)
            the_later.begins(submit, client, where, {"start": "genast"}, button, SIXTH)
        answer = the_later.ends()
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "redan fem bilagor" in page and "intyg6.pdf" in page
    assert 'value="genast"' in client.get(where).get_data(as_text=True)
    with world.acting(scope.candidate(id)) as session:
        assert [row.slot for row in documents_of(session, id)].count("attachment") == 5
    assert blobs(world) == present, "nothing of it is left in the store"


def test_a_change_of_what_was_sent_is_told_too(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad = publish_ad(world)
    where = f"{private_link(apply(client, ad))}/andra/handlingar"
    id = applications_in(world, ad)[0].id
    filled_while_it_is_read(world, id, own_papers, monkeypatch)
    answer = submit(client, where, {}, "Spara ändringarna", SIXTH)
    assert answer.status_code == 422 and "redan fem bilagor" in answer.get_data(as_text=True)


def test_the_office_that_registers_one_is_told_too(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-11").headers["Location"]
    ((row, _draft),) = intakes(world, ad.party_id)

    filled_while_it_is_read(world, row.application_id, papers, monkeypatch)
    answer = submit(office, page, {}, "Spara bilagan", {"attachment": (hostile.plain(), "intyg6.pdf")})
    assert answer.status_code == 422 and "redan fem bilagor" in answer.get_data(as_text=True)
