"""A posting with days that no form takes, and one in which the party employs, read in."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.ads.drafts import stored
from tests.forms import submit
from tests.world import World

POSTING = """Politisk sekreterare på heltid

Närvårdspartiet i Region Ådalen söker en politisk sekreterare.

Anställningen är tidsbegränsad. Tillträde: {start}. Slutdatum: {end}.
Du har rätt till tjänstledighet enligt kommunallagen.

Krav
- Du skriver väl

Sista ansökningsdag: {deadline}
"""
DAYS = {"start": "2027-02-01", "end": "2030-12-31", "deadline": "2026-12-11"}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("far", ["9999-12-31", "0001-01-01"])
def test_a_day_beyond_the_calendar_in_a_pasted_posting_shuts_nobody_out(world: World, day: str, far: str) -> None:
    office = world.browser(world.kansli)
    answer = submit(office, "/arbete/rekryteringar/las-in", {"text": POSTING.format(**{**DAYS, day: far})})
    assert answer.status_code == 303
    edit = answer.headers["Location"]
    paths = (
        "/arbete",
        "/arbete/rekryteringar",
        edit,
        f"{edit}/slutdatum",
        f"{edit}/sista-dag",
        f"{edit}/forhandsvisning",
    )
    seen = [(office, path) for path in paths] + [(world.browser(world.gunnel), "/arbete/rekryteringar")]
    failed = [path.removeprefix(edit) or "the draft itself" for browser, path in seen if answers(browser, path) != 200]
    assert failed == []


def answers(browser: FlaskClient, path: str) -> int:
    """The status; 500 for what the test's client raises."""
    try:
        return browser.get(path, follow_redirects=True).status_code
    except OverflowError:
        return 500


@pytest.mark.parametrize(
    "words",
    [
        "Du anställs av Närvårdspartiet, som är din arbetsgivare. Du har rätt till tjänstledighet från din anställning.",
        "Arbetsgivare är Närvårdspartiet. Du har rätt till ledighet på klämdagar.",
    ],
)
def test_a_posting_in_which_the_party_employs_is_not_read_as_the_regions(world: World, words: str) -> None:
    text = POSTING.format(**DAYS).replace("Du har rätt till tjänstledighet enligt kommunallagen.", words)
    answer = submit(world.browser(world.kansli), "/arbete/rekryteringar/las-in", {"text": text})
    ad_id = UUID(answer.headers["Location"].split("/")[3])
    employer, controller, unclear = stored(world, ad_id, "employer", "controller_id", "unclear")
    assert (employer, controller) != ("authority", world.authority)
    assert "employer" in {entry["field"] for entry in unclear}
