"""What the pages of a recruitment say when it is over: who was employed, and that not everybody need be there any more."""

from collections.abc import Callable
from datetime import datetime
from re import findall, split

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.states import AdState
from tests.privacy.test_disposing import ended
from tests.review.panel import AFTER_LAST_MINUTE, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def test_the_list_says_what_each_candidate_has_been_told(world: World, set_clock: Clock) -> None:
    ad, sent = ended(world, set_clock)
    page = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    rows = split("<tr>", page)[2:]
    told = {one.name: next(row for row in rows if one.name in row) for one in sent}
    status = {name: findall(r"Mottagen|Anställs|Går inte vidare", row) for name, row in told.items()}
    assert status == {sent[0].name: ["Anställs"]} | {key: ["Går inte vidare"] for key in (one.name for one in sent[1:])}


def test_the_joint_view_of_a_recruitment_that_is_over_does_not_say_that_all_are_there(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.elof)
    set_clock(AFTER_LAST_MINUTE)

    def shown() -> str:
        return world.browser(world.kansli).get(f"{panel.url}/gemensam").get_data(as_text=True)

    assert "Alla som har sökt är med" in shown()
    with world.writing(scope.party(world.party)) as session:
        ad = session.get_one(Ad, panel.ad.id)
        ad.state, ad.ended_at = AdState.ENDED, clock.now()
    page = shown()
    assert "Alla som har sökt är med" not in page and "Alla som hade sökt var med" in page
