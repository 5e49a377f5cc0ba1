"""A draft whose employer has decided anew how long applications are kept is not published with what held before."""

from datetime import date
from uuid import UUID

import pytest

from portal import clock, scope
from portal.ads.services.publishing import NotReady
from portal.organisations.models import Authority
from portal.organisations.retention import Retention
from portal.organisations.services.settings import say_rule
from tests.ads.drafts import published, stored, whole_draft
from tests.forms import submit
from tests.world import World

FORMER, PRESENT = "Gallringsbeslut RS/1/2024", "Gallringsbeslut RS/9/2026"
CHANGED = "har ändrat hur länge ansökningar sparas"


def decide(world: World, months: int, basis: str, from_day: date) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        authority = session.get_one(Authority, world.authority)
        say_rule(session, authority, Retention(months, basis, from_day), None, clock.now())


def employer_of(world: World, ad_id: UUID) -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons/arbetsgivare"


@pytest.fixture
def draft(world: World) -> UUID:
    """Written under the former decision, which has come to be another since."""
    decide(world, 24, FORMER, date(2024, 1, 1))
    ad_id = whole_draft(world)
    kept = {"employer": "authority", "retention_months": "", "retention_rule": ""}
    assert submit(world.browser(world.kansli), employer_of(world, ad_id), kept, "Spara och fortsätt").status_code == 303
    assert stored(world, ad_id, "retention_months", "retention_rule") == (24, FORMER)
    return ad_id


@pytest.mark.parametrize("months", [24, 36])
def test_a_draft_is_not_published_with_a_decision_that_holds_no_more(world: World, draft: UUID, months: int) -> None:
    decide(world, months, PRESENT, clock.today())
    office = world.browser(world.kansli)
    told = office.get(f"/arbete/rekryteringar/{draft}/annons/publicera").get_data(as_text=True)
    assert CHANGED in told and PRESENT in told
    with pytest.raises(NotReady):
        published(world, draft)
    mended = submit(
        office, employer_of(world, draft), {"retention_months": "", "retention_rule": ""}, "Spara och fortsätt"
    )
    assert mended.status_code == 303
    assert stored(world, draft, "retention_months", "retention_rule") == (months, PRESENT)
    ad = world.browser().get(f"/annonser/{published(world, draft)}").get_data(as_text=True)
    assert f"{months} månader" in ad and PRESENT in ad and FORMER not in ad


def test_the_start_page_and_the_checklist_call_such_a_draft_not_ready(world: World, draft: UUID) -> None:
    office, ready = world.browser(world.kansli), "allt är ifyllt"
    assert ready in office.get("/arbete").get_data(as_text=True)
    before = office.get(f"/arbete/rekryteringar/{draft}").get_data(as_text=True)
    decide(world, 24, PRESENT, clock.today())
    start = office.get("/arbete").get_data(as_text=True)
    assert ready not in start and "Rätta en röd punkt i annonsen" in start and CHANGED in start
    checklist = office.get(f"/arbete/rekryteringar/{draft}").get_data(as_text=True)
    assert "1 att rätta" in checklist + start and "Rätta" in checklist and "Rätta" not in before


def test_what_is_published_keeps_what_it_was_published_with(world: World, draft: UUID) -> None:
    published(world, draft)
    decide(world, 36, PRESENT, clock.today())
    page = world.browser(world.kansli).get(f"/arbete/rekryteringar/{draft}/annons/publicera").get_data(as_text=True)
    assert CHANGED not in page


def test_a_longer_time_that_the_office_has_typed_itself_stands(world: World) -> None:
    decide(world, 24, FORMER, date(2024, 1, 1))
    ad_id = whole_draft(world)
    typed = {"employer": "authority", "retention_months": "48", "retention_rule": "Dokumenthanteringsplan 4.2"}
    submit(world.browser(world.kansli), employer_of(world, ad_id), typed, "Spara och fortsätt")
    decide(world, 36, PRESENT, clock.today())
    published(world, ad_id)


def test_a_time_that_the_office_typed_and_that_is_too_short_by_now_is_not_published(world: World) -> None:
    decide(world, 24, FORMER, date(2024, 1, 1))
    ad_id = whole_draft(world)
    typed = {"employer": "authority", "retention_months": "24", "retention_rule": "Dokumenthanteringsplan 4.2"}
    submit(world.browser(world.kansli), employer_of(world, ad_id), typed, "Spara och fortsätt")
    decide(world, 36, PRESENT, clock.today())
    with pytest.raises(NotReady):
        published(world, ad_id)
