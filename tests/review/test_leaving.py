"""The lead leaves: the office is told, what they set does not count, their jäv stays; and one of a panel leads, never two."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.accounts.models import Person
from portal.organisations.models import Membership
from portal.review.models import PanelMember
from portal.review.queries.scores import seen_scores
from tests.forms import submit
from tests.review.panel import LAST_MINUTE, Panel
from tests.world import World

TO_DO = "Välj vem som leder bedömningen"


@pytest.fixture
def scored(panel: Panel) -> Panel:
    """Both have scored and handed in; Gunnel, who leads, has jäv for the first."""
    panel.declare(panel.world.gunnel, panel.sent[0])
    panel.declare(panel.world.elof)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    return panel


def leave_party(world: World, person: UUID) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[person]).ended_at = clock.now()


def disable(world: World, person: UUID) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Person, person).disabled_at = clock.now()


@pytest.mark.parametrize("leaves", [leave_party, disable])
def test_the_lead_leaves_and_the_office_chooses_another(scored: Panel, leaves: Callable[[World, UUID], None]) -> None:
    world = scored.world
    kansli = world.browser(world.kansli)
    assert TO_DO not in kansli.get("/arbete").get_data(as_text=True)
    leaves(world, world.gunnel)
    assert TO_DO in kansli.get("/arbete").get_data(as_text=True)
    assert "Utse bedömare · ingen leder nu" in kansli.get(scored.url).get_data(as_text=True)
    page = kansli.get(f"{scored.url}/bedomare").get_data(as_text=True)
    assert "Ingen leder nu" in page and "Gunnel Sundvall" not in page
    with scored.as_person(world.kansli) as (session, case):
        seen = seen_scores(session, case, LAST_MINUTE)
        assert {member.person_id for member in seen.members} == {world.elof}
        assert {member for member, _, _ in seen.scores} == {member.id for member in seen.members}
    data = {"people": [str(world.elof)], "leader": str(world.elof)}
    assert submit(kansli, f"{scored.url}/bedomare", data, "Spara bedömarna").status_code == 303
    assert TO_DO not in kansli.get("/arbete").get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        leading = session.scalars(select(PanelMember.person_id).where(PanelMember.leads)).all()
    assert leading == [world.elof]


def test_jav_binds_one_who_left_and_came_back(panel: Panel) -> None:
    world = panel.world
    panel.declare(world.gunnel, panel.sent[0])
    panel.name(world.elof)
    panel.name(world.elof, world.gunnel)
    gunnel = world.browser(world.gunnel)
    assert gunnel.get(panel.score_url(panel.sent[0])).status_code == 404
    assert gunnel.get(panel.score_url(panel.sent[1])).status_code == 200
    assert panel.sent[0].name not in gunnel.get(f"{panel.url}/jav").get_data(as_text=True)


def test_without_anybody_who_leads_every_page_is_there(scored: Panel) -> None:
    world = scored.world
    leave_party(world, world.gunnel)
    for person, pages in (
        (world.kansli, ("bedomare", "sokande", "gemensam")),
        (world.elof, ("gemensam", "lamna-in", "jav")),
    ):
        for page in pages:
            assert world.browser(person).get(f"{scored.url}/{page}").status_code == 200
    assert world.browser(world.gunnel).get(f"{scored.url}/gemensam").status_code != 200


def test_the_database_lets_only_one_lead(panel: Panel, set_clock: Callable[[str], datetime]) -> None:
    with pytest.raises(IntegrityError), panel.world.writing(scope.party(panel.ad.party_id)) as session:
        for row in session.scalars(select(PanelMember)):
            row.leads = True


def test_the_database_lets_no_deputy_lead(panel: Panel) -> None:
    with pytest.raises(IntegrityError), panel.world.writing(scope.party(panel.ad.party_id)) as session:
        session.scalars(select(PanelMember).where(PanelMember.leads)).one().deputy = True
