"""TF 2:9: whoever asks an authority for something about their data reads, before they do, that it becomes a public record."""

import pytest
from flask.testing import FlaskClient

from tests.applicants import Sent
from tests.applications.paper import apply, private_link
from tests.door import own_browser, show
from tests.privacy.candidates import link_of
from tests.protection.applying import stage_protected
from tests.world import World, publish_ad

RECORDS = "Det du begär, och svaret, blir allmänna handlingar och registreras."


@pytest.mark.parametrize(("employer", "said"), [("authority", True), ("party", False)])
def test_the_page_says_it_where_the_authority_employs(
    world: World, client: FlaskClient, employer: str, said: bool
) -> None:
    link = private_link(apply(client, publish_ad(world, employer=employer)))
    page = show(world, f"{link}/mina-uppgifter").get_data(as_text=True)
    assert "Begär något" in page and (RECORDS in page) is said


@pytest.mark.parametrize(
    ("employer", "who"),
    [("authority", "kansliet och regionens eller kommunens HR och registrator läser"), ("party", "kansliet läser")],
)
def test_whoever_applies_under_a_code_name_reads_who_reads_it(world: World, employer: str, who: str) -> None:
    id = stage_protected(world, publish_ad(world, employer=employer))
    link = link_of(world, Sent(id, "", "", "", 0, id, 0, {}))
    page = own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    assert f"Skriv inget som visar vem du är: {who} det du begär." in page
