"""What was agreed to is what the page showed: a draft that was begun under a former sentence reads the new one before it is
sent, and what was sent under a former one stays as it is."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal import scope
from portal.applications import consent
from portal.applications.models import Application
from portal.applications.services.sending import missing_in
from tests.applications.paper import DETAILS, base, page_one, page_two, send
from tests.forms import submit, submit_page
from tests.protection.applying import TYPED, name_as_reader, way_in
from tests.world import Published, World, publish_ad

ANEW = "Texten om samtycke har ändrats"


@pytest.fixture
def ad(world: World) -> Published:
    return publish_ad(world, employer="party")


def agreed_to(world: World, ad: Published, version: str) -> None:
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Application).values(consent_version=version))


def versions(world: World, ad: Published) -> list[str]:
    """What each application has agreed to, drafts too."""
    with world.acting(scope.party(ad.party_id)) as session:
        return list(session.scalars(select(Application.consent_version), execution_options={"hidden_too": True}))


def test_the_sentence_promises_only_to_who_takes_it_back(world: World, ad: Published, client: FlaskClient) -> None:
    told = client.get(base(ad)).get_data(as_text=True)
    assert "Gör jag det före beskedet kan jag välja att allt raderas direkt, om inget rättsligt krav" in told
    assert "Gör jag det efter ett besked att jag inte går vidare ligger ansökan kvar låst och oläst" in told


def test_a_draft_of_a_former_sentence_is_not_sent_before_the_new_one_is_agreed_to(
    world: World, ad: Published, client: FlaskClient
) -> None:
    page_one(client, ad)
    page_two(client, ad)
    agreed_to(world, ad, "2")
    refused = submit(client, f"{base(ad)}/kontrollera", {}, "Skicka ansökan")
    assert refused.status_code != 303 and ANEW in refused.get_data(as_text=True)
    assert versions(world, ad) == ["2"]
    first = client.get(base(ad)).get_data(as_text=True)
    box = first[first.index('name="consent"') - 200 : first.index('name="consent"') + 200]
    assert "checked" not in box
    assert page_one(client, ad).status_code == 303
    assert send(client, ad).status_code == 303
    assert versions(world, ad) == [consent.VERSION] == ["3"]


@pytest.mark.parametrize("code_name", [False, True])
def test_nor_does_a_page_from_before_pages_told_which_sentence_they_showed(
    ad: Published, world: World, client: FlaskClient, code_name: bool
) -> None:
    name_as_reader(world, world.kansli)
    url, typed, button = (way_in(ad), TYPED, "Skicka ansökan") if code_name else (base(ad), DETAILS, "Fortsätt")
    page = client.get(url)
    told = page.get_data(as_text=True)
    page.set_data(re.sub(r'<input[^>]*name="wording"[^>]*>', "", told))
    assert page.get_data(as_text=True) != told
    for ticked in (False, True):
        refused = submit_page(client, page, url, {**typed, "consent": ticked}, button)
        assert refused.status_code == 422 and (ANEW in refused.get_data(as_text=True)) is ticked
        assert versions(world, ad) == []
        assert f'name="wording" type="hidden" value="{consent.VERSION}"' in refused.get_data(as_text=True)


@pytest.mark.parametrize("shown", ["2", ""])
def test_a_page_that_showed_a_former_sentence_agrees_to_nothing(
    ad: Published, world: World, client: FlaskClient, shown: str
) -> None:
    page = client.get(base(ad))
    former: dict[str, Any] = {**DETAILS, "consent": True, "wording": shown}
    refused = submit_page(client, page, base(ad), former, "Fortsätt")
    assert refused.status_code == 422 and ANEW in refused.get_data(as_text=True)
    assert versions(world, ad) == []
    assert submit_page(client, refused, base(ad), {"consent": True}, "Fortsätt").status_code == 303
    assert versions(world, ad) == [consent.VERSION]


def test_nor_does_one_under_a_code_name(world: World, ad: Published, client: FlaskClient) -> None:
    name_as_reader(world, world.kansli)
    page = client.get(way_in(ad))
    refused = submit_page(client, page, way_in(ad), {**TYPED, "consent": True, "wording": "2"}, "Skicka ansökan")
    assert refused.status_code in (200, 422) and ANEW in refused.get_data(as_text=True)
    assert versions(world, ad) == []


def test_what_was_sent_under_a_former_sentence_is_changed_without_a_new_one(
    world: World, ad: Published, client: FlaskClient
) -> None:
    page_one(client, ad)
    page_two(client, ad)
    send(client, ad)
    agreed_to(world, ad, "2")
    with world.acting(scope.party(ad.party_id)) as session:
        row = session.scalars(select(Application)).one()
        assert missing_in(row, {"employer": "party", "documents": []}, []) == []
    assert versions(world, ad) == ["2"]
