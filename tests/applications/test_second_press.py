"""A file's button pressed twice: one file, one change, one number in the register."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.applications.queries import changes_of
from portal.applications.services.drafting import key_of
from portal.documents.queries import documents_of
from portal.documents.services import REFUSED
from tests.applications.paper import CV, apply, base, page_one, private_link
from tests.applications.test_changing import NEW_CV
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

ATTACHED = {"Bilaga": (hostile.plain(), "intyg.pdf")}


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_second_press_on_a_files_button_adds_and_changes_nothing(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    link = private_link(apply(client, ad))
    browser = own_browser(world)
    form = browser.get(f"{link}/andra/handlingar")
    for button, files in (("Spara bilagan", ATTACHED), ("Spara CV", NEW_CV)):
        for _ in range(2):
            assert submit_page(browser, form, f"{link}/andra/handlingar", {}, button, files).status_code == 303
    with world.acting(scope.party(ad.party_id)) as session:
        (application,) = session.scalars(select(Application)).all()
        assert [row.parts for row in changes_of(session, application.id)] == [["attachment"], ["cv"]]
        names = [
            key_of(application).open_text("document.name", d.name_sealed) for d in documents_of(session, application.id)
        ]
    assert sorted(names) == ["Personligt brev", "intyg.pdf", "nytt-cv.pdf"]


def test_a_second_press_in_a_draft_keeps_one_of_each_file(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page = client.get(f"{base(ad)}/handlingar")
    for _ in range(2):
        for button, files in (("Spara CV", CV), ("Spara bilagan", ATTACHED)):
            submit_page(client, page, f"{base(ad)}/handlingar", {}, button, files)
    shown = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert shown.count('name="remove"') == 2


def test_the_same_file_of_another_kind_or_after_one_that_could_not_be_read_is_taken(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page = f"{base(ad)}/handlingar"
    for kind in ("intyg", "betyg"):
        submit(client, page, {"attachment_kind": kind}, "Spara bilagan", ATTACHED)
    submit(client, page, {}, "Spara CV", CV)
    with world.writing(scope.party(ad.party_id)) as session:
        (application,) = session.scalars(select(Application), execution_options={"hidden_too": True}).all()
        id = application.id
        kept = documents_of(session, id)
        assert sorted(one.attachment_kind or "" for one in kept) == ["", "betyg", "intyg"]
        (cv,) = [one for one in kept if one.slot == "cv"]
        cv.state = REFUSED
    submit(client, page, {}, "Spara CV", CV)
    with world.acting(scope.party(ad.party_id)) as session:
        assert [one.state != REFUSED for one in documents_of(session, id) if one.slot == "cv"] == [True]
