"""A blind phase ends when nobody is waited for any more, also where the office or the reader of a protected identity ends the
wait by who judges, or one of the panel leaves the party."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.jobs.tasks import run_rounds
from portal.review.models import PhaseChange
from portal.review.phases import Phase
from tests.forms import submit
from tests.organisations.test_people import press
from tests.protection.in_blind import blind_with_protected
from tests.protection.test_told_of_a_cv import hand_over
from tests.review.blind import approve_all, approve_pages, work
from tests.review.panel import Panel
from tests.review.test_phases import phase_of
from tests.world import World


@pytest.fixture
def half_in(looked_at: Panel) -> Panel:
    """A blind review of three: Gunnel has handed in, Elof has judged nobody."""
    approve_all(looked_at)
    for person in looked_at.people:
        looked_at.declare(person)
    looked_at.score_all(looked_at.world.gunnel)
    looked_at.hand_in(looked_at.world.gunnel)
    assert phase_of(looked_at) is Phase.BLIND
    return looked_at


def save(panel: Panel, *people: UUID, deputy: UUID | None = None) -> None:
    """The office saves the panel's page, with the first as leader."""
    office, url = panel.world.browser(panel.world.kansli), f"{panel.url}/bedomare"
    chosen = {
        "people": [str(one) for one in people],
        "leader": str(people[0]),
        "first_deputy": str(deputy) if deputy else "",
    }
    assert submit(office, url, chosen, "Spara bedömarna").status_code == 303


def moved_by(panel: Panel) -> UUID | None:
    with panel.as_person(panel.world.kansli) as (session, _case):
        return session.scalars(select(PhaseChange.changed_by).where(PhaseChange.phase == Phase.OPEN)).one()


def test_taking_off_the_last_who_was_waited_for_ends_it_and_candidates_can_be_called(half_in: Panel) -> None:
    world = half_in.world
    save(half_in, world.gunnel)
    assert phase_of(half_in) is Phase.OPEN and moved_by(half_in) == world.kansli
    page = world.browser(world.kansli).get(f"{half_in.url}/gemensam").get_data(as_text=True)
    assert "Väntar på" not in page


def test_who_comes_instead_is_waited_for(half_in: Panel) -> None:
    save(half_in, half_in.world.gunnel, half_in.world.kansli)
    assert phase_of(half_in) is Phase.BLIND


def leave(panel: Panel, person: UUID) -> None:
    """The office ends somebody's membership on the page of its people, and the worker makes its round."""
    world = panel.world
    press(world.browser(world.kansli), f"/arbete/personer/{world.memberships[person]}/avsluta", shown="accepted")
    run_rounds(panel.world.app)


def test_who_leaves_the_party_as_the_last_who_was_waited_for_ends_it_too(half_in: Panel) -> None:
    leave(half_in, half_in.world.elof)
    assert phase_of(half_in) is Phase.OPEN and moved_by(half_in) is None


def test_who_leaves_while_another_is_waited_for_ends_nothing(half_in: Panel) -> None:
    leave(half_in, half_in.world.gunnel)
    assert phase_of(half_in) is Phase.BLIND


def test_where_nobody_who_is_left_has_handed_in_it_goes_on(half_in: Panel) -> None:
    save(half_in, half_in.world.elof)
    assert phase_of(half_in) is Phase.BLIND


def test_a_deputy_who_is_called_in_by_it_is_waited_for(half_in: Panel, deputies: tuple[UUID, UUID]) -> None:
    world = half_in.world
    half_in.declare(world.gunnel, half_in.sent[0])
    save(half_in, world.gunnel, deputy=deputies[0])
    assert phase_of(half_in) is Phase.BLIND
    half_in.declare(deputies[0])
    half_in.score_all(deputies[0])
    half_in.hand_in(deputies[0])
    assert phase_of(half_in) is Phase.OPEN


def test_what_the_reader_of_a_protected_identity_says_of_anothers_jav_ends_it(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elof has handed in, and then a covered CV has come, which Gunnel has judged with the rest."""
    panel, protected = blind_with_protected(world, set_clock, monkeypatch, world.gunnel, world.elof)
    id = protected.id
    approve_all(panel, panel.sent[0], protected)
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    panel.hand_in(world.elof)
    submit(world.browser(world.kansli), f"{panel.url}/skyddad/{id}", {"reason": "Täcka CV:t"}, "Öppna")
    hand_over(panel, id)
    for _ in range(2):
        run_rounds(world.app)
    panel.set_clock("2026-12-14T12:00")
    approve_pages(panel, protected)
    work(panel)
    panel.hand_in(world.gunnel)
    assert phase_of(panel) is Phase.BLIND
    filled = {"person": str(world.elof), "ground": "narstaende"}
    answer = submit(world.browser(world.kansli), f"{panel.url}/skyddad/{id}", filled, "Anmäl jäv")
    assert answer.status_code == 303
    assert phase_of(panel) is Phase.OPEN and moved_by(panel) == world.kansli
