"""The panel's page of a blind review tells nothing of whose office one of the panel is elsewhere."""

import pytest

from portal import clock, scope
from portal.organisations.models import Membership
from tests.review.blind import make_blind
from tests.review.panel import Panel


@pytest.mark.parametrize("accepted", [True, False])
def test_the_panels_page_tells_nothing_of_another_partys_office(panel_of_three: Panel, accepted: bool) -> None:
    panel = panel_of_three
    world = panel.world
    make_blind(panel)
    office = world.browser(world.kansli)
    before = office.get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "både kansli och bedömare" not in before
    with world.writing(scope.PLATFORM) as session:
        session.add(
            Membership(
                person_id=world.gunnel, role="kansli", party_id=world.rival, invited_name="Gunnel",
                created_at=clock.now(), accepted_at=clock.now() if accepted else None,
            )
        )  # fmt: skip
    assert "både kansli och bedömare" not in office.get(f"{panel.url}/bedomare").get_data(as_text=True)
