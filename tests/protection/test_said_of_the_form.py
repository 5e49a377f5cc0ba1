"""What the form under a code name says of what is voluntary and what is required, and afterwards of the CV."""

import pytest
from flask.testing import FlaskClient

from tests.documents import hostile
from tests.forms import submit
from tests.protection.applying import PAPER, TYPED, name_as_reader, way_in
from tests.world import World, publish_ad

LIES, NONE = "Ditt CV ligger hos den som får öppna ditt namn.", "Inget CV skickades"


@pytest.fixture(autouse=True)
def somebody_reads(world: World) -> None:
    name_as_reader(world, world.kansli)


def test_the_questions_are_said_to_be_voluntary_and_to_count_as_on_the_usual_form(
    world: World, client: FlaskClient
) -> None:
    page = client.get(way_in(publish_ad(world, documents=["cv", "letter"]))).get_data(as_text=True)
    questions = page.split("<h2>Frivilliga frågor</h2>")[1].split("</section>")[0]
    assert "Du bedöms efter krav och meriter" in questions and "som inte visar vem du är" in questions
    assert "<h3>Krav</h3>" in questions and "<h3>Meriterande</h3>" in questions
    assert page.count("Krävs.") == 2, "the description and the letter; the pay is not asked for"


@pytest.mark.parametrize(
    ("asked", "sent", "said"),
    [(["cv"], True, [LIES]), ([], True, [LIES]), (["cv"], False, [NONE]), ([], False, [])],
)
def test_whether_the_cv_came_is_said_once_it_is_sent(
    world: World, client: FlaskClient, asked: list[str], sent: bool, said: list[str]
) -> None:
    files = {"paper": (hostile.plain(), PAPER)} if sent else {}
    kept = submit(client, way_in(publish_ad(world, documents=asked)), TYPED, "Skicka ansökan", files)
    page = client.get(kept.location).get_data(as_text=True)
    assert [one for one in (LIES, NONE) if one in page] == said
