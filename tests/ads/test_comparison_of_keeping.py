"""What the office is told of keeping before it chooses who employs."""

from datetime import date

import pytest

from portal import clock, scope
from portal.ads.routes.comparison import comparison_for
from portal.ads.services.drafts import create_draft
from portal.organisations.models import Authority, Party
from portal.organisations.retention import Retention
from portal.organisations.services.settings import say_rule
from tests.forms import submit
from tests.world import World


def test_the_table_beside_the_choice_tells_the_employers_own_months(world: World) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        authority = session.get_one(Authority, world.authority)
        say_rule(session, authority, Retention(36, "Gallringsbeslut RS/1/2026", date(2026, 1, 1)), None, clock.now())
    with world.acting(scope.party(world.party)) as session:
        party = session.get_one(Party, world.party)
        with world.app.test_request_context():
            rows = comparison_for(party, party.authority, on=clock.today(), starts=None)
        kept = next(row for row in rows if row.what == "Hur länge de sparas")
    assert kept.authority.startswith("Gallras 36 månader efter att beslutet fått laga kraft eller, om ingen anställs,")


def test_a_partys_own_rule_of_300_signs_can_be_saved_again_in_its_ad(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        party, rule = session.get_one(Party, world.party), "Partistyrelsens beslut. " + "Sparas så. " * 24
        say_rule(session, party, Retention(24, rule.strip(), date(2026, 11, 23)), None, clock.now())
        ad_id = create_draft(session, person_id=world.kansli, at=clock.now()).id
    office = world.browser(world.kansli)
    url = f"/arbete/rekryteringar/{ad_id}/annons/arbetsgivare"
    assert submit(office, url, {"employer": "party"}, "Spara och fortsätt").status_code == 303
    assert submit(office, url, {"employer": "authority"}, "Spara och fortsätt").status_code == 303


@pytest.mark.parametrize(("months", "status"), [("1", 422), ("35", 422), ("36", 303), ("48", 303), ("", 303)])
def test_a_party_types_no_shorter_time_than_the_authority_has_decided(world: World, months: str, status: int) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        authority = session.get_one(Authority, world.authority)
        say_rule(session, authority, Retention(36, "Gallringsbeslut RS/1/2026", date(2026, 1, 1)), None, clock.now())
    with world.writing(scope.party(world.party)) as session:
        ad_id = create_draft(session, person_id=world.kansli, at=clock.now()).id
    url = f"/arbete/rekryteringar/{ad_id}/annons/arbetsgivare"
    answer = submit(
        world.browser(world.kansli), url, {"employer": "authority", "retention_months": months}, "Spara och fortsätt"
    )
    assert answer.status_code == status
    assert ("sparas i 36 månader" in answer.get_data(as_text=True)) is (status == 422)
