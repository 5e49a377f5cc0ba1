"""What a stranger writes in a form that is another's affair: an address that is nearly hers, a field that is none."""

import re
import threading
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications.routes import changing
from portal.applications.services.drafting import read_written
from portal.db import db
from portal.vault.services import open_application_key
from tests.applications.paper import applications_in, apply, base, letters, page_one, private_link
from tests.door import own_browser
from tests.forms import fields_of, submit_page
from tests.world import World, publish_ad


def test_a_domain_that_is_nearly_anothers_replaces_nothing(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    apply(client, ad, **{"E-post": "anna@spass.example"})
    apply(world.browser(), ad, **{"E-post": "anna@spaß.example", "Namn": "Elak Elaksson"})
    assert letters(world, "proposal") == []
    assert [one.state for one in applications_in(world, ad)] == ["sent", "sent"]


@pytest.mark.parametrize("name", ["cv", "csrf_token", "attachment_kind", "form_id"])
def test_a_field_that_nothing_is_saved_of_is_not_put_back(world: World, client: FlaskClient, name: str) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    form = dict(fields_of(client.get(f"{base(ad)}/handlingar")))
    sent = {**form, "salary": "abc", f"keep_{name}": "saved"}
    assert client.post(f"{base(ad)}/handlingar", data=sent).status_code == 422


def test_a_door_leads_to_no_address_with_a_line_break(world: World, client: FlaskClient) -> None:
    link, browser = private_link(apply(client, publish_ad(world))), world.browser()
    page = browser.get(link)
    found = re.search(r'action="(/ansokan/[\w-]{12})"', page.get_data(as_text=True))
    assert found
    answer = browser.post(found[1], data={**fields_of(page), "till": f"{found[1]}/\r\nX: y"})
    assert answer.status_code == 303 and "X" not in answer.headers


def test_what_is_changed_while_the_ad_is_taken_back_is_not_taken_in(
    world: World, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file takes seconds to be read."""
    ad = publish_ad(world)
    link, browser, read = private_link(apply(client, ad)), own_browser(world), changing.take_files
    page = browser.get(f"{link}/andra/handlingar")

    def office() -> None:
        with world.writing(scope.party(ad.party_id)) as session:
            withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())

    def slow(*given: Any, **more: Any) -> Any:
        found = read(*given, **more)
        db.session.rollback()
        other = threading.Thread(target=office)
        other.start()
        other.join()
        return found

    monkeypatch.setattr(changing, "take_files", slow)
    letter = {"Personligt brev": "Ett helt annat brev"}
    answer = submit_page(browser, page, f"{link}/andra/handlingar", letter, "Spara ändringarna")
    assert answer.status_code == 409
    assert "Ett helt annat brev" in answer.get_data(as_text=True), "nothing typed is lost"


def test_marks_that_turn_and_letters_that_are_none_do_not_stay_in_a_name(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    turned = "Alma\u202e Ekdahl\uffff\u2066\u061c"
    apply(client, ad, Namn=turned)
    (row,) = applications_in(world, ad)
    with world.acting(scope.candidate(row.id)) as session:
        key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
        written = read_written(session, row, key)
    assert written.name == "Alma Ekdahl"
