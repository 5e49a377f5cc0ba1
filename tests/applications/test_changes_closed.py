"""Why what was sent is not changed any more is said as it is: the day, the ad, the recruitment."""

from collections.abc import Callable

import pytest

from portal import clock, scope
from portal.ads.services.publishing import end_ad, withdraw_ad
from tests.applications.paper import apply, private_link
from tests.door import own_browser
from tests.world import World, publish_ad


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (end_ad, "Rekryteringen är avslutad, så ansökan går inte att ändra."),
        (withdraw_ad, "Annonsen är tillbakadragen, så ansökan går inte att ändra."),
    ],
)
def test_before_the_last_day_it_is_not_said_that_the_time_is_up(
    world: World, over: Callable[..., object], said: str
) -> None:
    own, ad = own_browser(world), publish_ad(world)
    link = private_link(apply(own, ad))
    with world.writing(scope.party(ad.party_id)) as session:
        over(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
    page = own.get(f"{link}/andra/handlingar").get_data(as_text=True)
    assert said in page and "Ansökningstiden har gått ut" not in page
