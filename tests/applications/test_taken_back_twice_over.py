"""An application to an ad that was taken back, and then taken back itself: its page tells the day of its own."""

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, agreed, link_of
from tests.world import World


def test_the_day_that_is_told_is_that_on_which_the_candidate_took_it_back(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    agreed(world, ad)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    link, own = link_of(world, one), own_browser(world)
    before = own.get(link).get_data(as_text=True).replace("\xa0", " ")
    set_clock("2026-12-20T10:00")
    own = own_browser(world)
    submit(own, f"{link}/ta-tillbaka", {"papers": "behall"}, "Ta tillbaka ansökan")
    after = own.get(link).get_data(as_text=True).replace("\xa0", " ")
    assert "drog tillbaka annonsen den 14 december" in before
    assert "Du tog tillbaka ansökan den 20 december" in after and "den 14 december 2026" not in after.split("<h2")[0]
