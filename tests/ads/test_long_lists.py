"""Lists longer than an ad may have, and rows with numbers that no page gives: all is shown, nothing is lost or breaks."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal import scope
from portal.ads.drafting import draft_from
from portal.ads.models import AdContact, AdCriterion
from portal.ads.reading.posting import read_posting
from portal.ads.rows import LONGEST
from tests.ads.drafts import stored, whole_draft
from tests.forms import fields_of, submit
from tests.world import World

READ = "/arbete/rekryteringar/las-in"
KRAV = "Krav\n" + "\n".join(f"- Du kan sak nummer {n}" for n in range(60))
CONTACTS = "Kontakt\n" + "\n".join(
    f"Anna Test{chr(97 + n)}son, regionråd, 070-174 06 {n + 5:02}, a{n}@example.se" for n in range(15)
)


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def place(ad_id: UUID, part: str) -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons/{part}"


def count(world: World, kind: Any, ad_id: UUID) -> int:
    with world.acting(scope.party(world.party)) as session:
        return session.scalar(select(func.count()).select_from(kind).where(kind.ad_id == ad_id)) or 0


@pytest.mark.parametrize(("part", "kind", "text"), [("krav", AdCriterion, KRAV), ("kontakt", AdContact, CONTACTS)])
def test_what_a_reading_found_is_all_shown_and_never_thrown_away_by_a_press(
    world: World, office: FlaskClient, part: str, kind: Any, text: str
) -> None:
    answer = submit(office, READ, {"text": f"Politisk sekreterare\n\n{text}\n"})
    ad_id = UUID(answer.headers["Location"].split("/")[3])
    before = count(world, kind, ad_id)
    assert before > 10
    refused = submit(office, place(ad_id, part), {}, "Spara och fortsätt")
    assert refused.status_code == 422
    assert "Här får stå högst" in refused.get_data(as_text=True)
    shown = {name.split("-")[1] for name in fields_of(refused) if name.startswith("rows-")}
    assert len(shown) == before == count(world, kind, ad_id)


def test_what_has_no_room_in_a_draft_is_asked_about_in_its_own_words() -> None:
    long = "Du kan " + "mycket " * 100
    many = "\n".join(f"- Du kan sak nummer {n}" for n in range(LONGEST + 3))
    posting = read_posting(f"Politisk sekreterare\n\nKrav\n- {long}\n{many}\n", on=date(2026, 11, 23))
    draft = draft_from(posting, party_name="Närvårdspartiet")
    assert len(draft.criteria) == LONGEST
    told = [entry["text"] for entry in draft.unclear if entry["field"] == "criteria"]
    assert any("mycket mycket" in text and len(text) > 500 for text in told)
    assert any(f"Du kan sak nummer {LONGEST + 2}" in text for text in told)


@pytest.mark.parametrize(
    "more",
    [{"rows-²-text": "x"}, {f"rows-{'9' * 5000}-text": "x"}, {"move": "9" * 5000 + ":up"}, {"remove": "9" * 5000}],
    ids=["no figure", "endless row", "endless move", "endless removal"],
)
def test_a_row_number_that_no_page_gives_is_no_row(world: World, office: FlaskClient, more: dict[str, str]) -> None:
    ad_id = whole_draft(world)
    url = place(ad_id, "krav")
    sent = {name: values[0] for name, values in fields_of(office.get(url)).items()}
    assert office.post(url, data={**sent, **more}).status_code == 303
    assert count(world, AdCriterion, ad_id) == 1


@pytest.mark.parametrize("day", ["9999-12-31", "2199-12-31", "0001-01-01"])
def test_the_button_of_the_last_day_takes_no_day_beyond_the_calendar(
    world: World, office: FlaskClient, day: str
) -> None:
    ad_id = whole_draft(world)
    url = place(ad_id, "slutdatum")
    sent = {name: values[0] for name, values in fields_of(office.get(url)).items()}
    before = stored(world, ad_id, "latest_end")
    assert office.post(url, data={**sent, "use_end": day, "end_reason": "Därför"}).status_code in (303, 422)
    assert stored(world, ad_id, "latest_end") == before


def test_the_page_shows_the_words_that_it_says_it_has_left_out(world: World, office: FlaskClient) -> None:
    long = "Du kan " + "mycket " * 100 + "mer"
    many = "\n".join(f"- Du kan sak nummer {n}" for n in range(LONGEST))
    answer = submit(office, READ, {"text": f"Politisk sekreterare\n\nKrav\n- {long}\n{many}\n"})
    ad_id = UUID(answer.headers["Location"].split("/")[3])
    page = office.get(place(ad_id, "krav")).get_data(as_text=True)
    left_out = f"Du kan sak nummer {LONGEST - 1}"
    assert left_out in page
    assert long in page
