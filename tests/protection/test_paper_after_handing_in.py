"""A covered CV that comes when somebody has handed in: what they handed in was of no CV, and is handed in anew."""

from uuid import UUID

from portal import scope
from portal.jobs.tasks import run_rounds
from portal.review.queries.panel import members_of
from portal.review.queries.seats import seats_of, uncovered_in
from tests.protection.test_masks import applied, press  # noqa: F401 a fixture
from tests.review.panel import Panel


def waits(panel: Panel) -> tuple[bool, bool, bool]:
    """Whether the assessor's own page, the panel as a whole, and the desk wait for a handing in."""
    with panel.as_person(panel.people[0]) as (_session, case):
        own = not case.all_handed_in
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        members = members_of(session, panel.ad.id)
        together = bool(seats_of(session, panel.ad.id, members).waiting_for(case.applications))
        return own, together, bool(uncovered_in(session, [panel.ad.id]))


def test_what_was_handed_in_without_the_cv_is_handed_in_anew(applied: tuple[Panel, UUID]) -> None:  # noqa: F811
    panel, id = applied
    reader, mask = panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    panel.score_all(panel.people[0])
    panel.hand_in(panel.people[0])
    assert waits(panel) == (False, False, False)
    panel.set_clock("2026-12-14T11:00")
    press(reader, mask, "Leta efter det som röjer")
    press(reader, mask, "Lämna till dem som bedömer")
    run_rounds(panel.world.app)
    assert waits(panel) == (True, True, True)
    panel.set_clock("2026-12-14T12:00")
    panel.hand_in(panel.people[0])
    assert waits(panel) == (False, False, False)


def test_a_cv_that_is_taken_back_again_leaves_what_was_handed_in(applied: tuple[Panel, UUID]) -> None:  # noqa: F811
    panel, id = applied
    reader, mask = panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    panel.score_all(panel.people[0])
    panel.hand_in(panel.people[0])
    panel.set_clock("2026-12-14T11:00")
    for button in ("Leta efter det som röjer", "Lämna till dem som bedömer", "Ta tillbaka CV:t"):
        press(reader, mask, button)
    assert waits(panel) == (False, False, False)
