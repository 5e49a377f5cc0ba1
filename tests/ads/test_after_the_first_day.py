"""An ad that is out is put right also when its first day of employment is over: what is unchanged is not judged again."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal.posts.employer_model import Employer
from tests.ads.drafts import published, stored, whole_draft
from tests.forms import submit
from tests.world import World

Clock = Callable[[str], datetime]
SAVE, PUBLISH, PASSED = "Spara och fortsätt", "Publicera ändringarna", "har passerat"


@pytest.fixture(params=[Employer.AUTHORITY, Employer.PARTY])
def begun(world: World, set_clock: Clock, request: pytest.FixtureRequest) -> UUID:
    """Out since November, with 1 February as the first day; to-day is the tenth."""
    ad_id = whole_draft(world, employer=request.param)
    published(world, ad_id)
    set_clock("2027-02-10T10:00")
    return ad_id


def test_another_part_is_corrected_and_published(world: World, begun: UUID) -> None:
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{begun}/annons"
    changed = {"title": "Politisk sekreterare", "intro": "En rättad text."}
    assert submit(office, f"{place}/rubrik", changed, SAVE).status_code == 303
    assert PASSED not in office.get(f"{place}/publicera").get_data(as_text=True)
    answer = submit(office, f"{place}/publicera", {}, PUBLISH)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (reference,) = stored(world, begun, "reference")
    assert "En rättad text." in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)


def test_the_rest_of_the_days_are_corrected_beside_it(world: World, begun: UUID) -> None:
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{begun}/annons"
    answer = submit(office, f"{place}/slutdatum", {"latest_end": "2027-12-31"}, SAVE)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert submit(office, f"{place}/publicera", {}, PUBLISH).status_code == 303
    assert [str(day) for day in stored(world, begun, "earliest_start", "latest_end")] == ["2027-02-01", "2027-12-31"]


def test_another_first_day_that_is_over_is_refused_and_a_later_one_taken(world: World, begun: UUID) -> None:
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{begun}/annons"
    refused = submit(office, f"{place}/slutdatum", {"earliest_start": "2027-02-03"}, SAVE)
    assert refused.status_code == 422 and PASSED in refused.get_data(as_text=True)
    assert submit(office, f"{place}/slutdatum", {"earliest_start": "2027-03-01"}, SAVE).status_code == 303
    assert submit(office, f"{place}/publicera", {}, PUBLISH).status_code == 303


def test_a_later_first_day_that_is_over_before_it_is_published_is_judged(
    world: World, begun: UUID, set_clock: Clock
) -> None:
    place = f"/arbete/rekryteringar/{begun}/annons"
    moved = submit(world.browser(world.kansli), f"{place}/slutdatum", {"earliest_start": "2027-03-01"}, SAVE)
    assert moved.status_code == 303
    set_clock("2027-03-02T10:00")
    assert PASSED in world.browser(world.kansli).get(f"{place}/publicera").get_data(as_text=True)


def test_a_draft_is_not_published_with_a_first_day_that_is_over(world: World, set_clock: Clock) -> None:
    ad_id = whole_draft(world)
    set_clock("2027-02-10T10:00")
    page = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad_id}/annons/publicera").get_data(as_text=True)
    assert "Tillträdet" in page and PASSED in page


def test_a_last_day_to_apply_that_is_over_is_not_previewed_as_to_days(
    world: World, begun: UUID, set_clock: Clock
) -> None:
    office, preview = world.browser(world.kansli), f"/arbete/rekryteringar/{begun}/annons/forhandsvisning"
    assert "sista dagen" not in office.get(preview).get_data(as_text=True)
    set_clock("2026-12-11T10:00")
    assert "sista dagen" in office.get(preview).get_data(as_text=True)
