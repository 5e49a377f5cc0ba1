"""In a blind review whoever decides may read by code name: a name in a reason or a word is asked about before it is saved."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.decisions.judging import data
from tests.decisions.recruiting import NOT_FURTHER, decide, knows_nobody
from tests.forms import submit, submit_page
from tests.review.panel import Panel
from tests.review.test_stumbled_on import blind
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def covered(world: World, set_clock: Clock) -> Panel:
    """Two candidates under code names; Gunnel, who leads and decides, and Elof have handed in."""
    panel = blind(world, set_clock)
    panel.declare(world.elof)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    return panel


def test_the_office_is_asked_before_a_reason_with_a_name_is_saved(covered: Panel) -> None:
    world, one = covered.world, covered.sent[0]
    knows_nobody(world, covered.ad)
    office, url, reason = world.browser(world.kansli), f"{covered.url}/utfall", f"{one.name} saknar körkort."
    form = {
        f"{one.id}-result": NOT_FURTHER.value,
        f"{one.id}-criterion": str(covered.ad.criteria[0]),
        f"{one.id}-reason": reason,
    }
    page, saving = office.get(url), f"{url}/{one.id}"
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    asked = office.post(saving, data={"csrf_token": token, **form})
    said = asked.get_data(as_text=True)
    assert asked.status_code == 422 and f"Skälet nämner {one.name}" in said and reason in said
    assert not data(covered, world.gunnel)["outcomes"]
    assert submit_page(office, asked, saving, {}, "Spara ändå").status_code == 303
    assert data(covered, world.gunnel)["outcomes"][0]["reason"] == reason, "whoever means it is not stopped"


def test_the_office_is_asked_before_a_word_with_a_name_is_kept(covered: Panel) -> None:
    world, one = covered.world, covered.sent[0]
    decide(world, covered.ad, covered.sent)
    office, url = world.browser(world.kansli), f"{covered.url}/besked"
    text = f"Hej {one.name.split()[0]}, tack för att du sökte."
    asked = submit(office, url, {f"{one.id}-text": text}, "Jag har läst alla")
    said = asked.get_data(as_text=True)
    assert asked.status_code == 409 and f"Beskedet nämner {one.name.split()[0]}" in said and text in said
    assert not any(row["word"] for row in data(covered, world.gunnel)["outcomes"])
    single = submit_page(office, asked, url, {}, "Spara som korrekturläst")
    assert single.status_code == 409 and "Beskedet nämner" in single.get_data(as_text=True)
    assert submit_page(office, asked, url, {}, "Spara ändå").status_code == 303
    assert {row["word"] for row in data(covered, world.gunnel)["outcomes"]} > {text}


def test_a_proposed_word_is_kept_without_a_question(covered: Panel) -> None:
    decide(covered.world, covered.ad, covered.sent)
    office = covered.world.browser(covered.world.kansli)
    assert submit(office, f"{covered.url}/besked", {}, "Jag har läst alla").status_code == 303
