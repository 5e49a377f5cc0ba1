"""The office registers an application at the moment at which a colleague ends the recruitment."""

from collections.abc import Callable
from datetime import datetime

from portal import clock, scope
from portal.ads.services.publishing import end_ad
from tests.at_once import second
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import World, publish_ad


def test_none_arrives_once_the_recruitment_has_ended_meanwhile(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, office = publish_ad(world), world.browser(world.kansli)
    page = begin(office, ad, "2026-11-23").headers["Location"]
    add_cv(office, page)
    with second() as a_colleague:
        with world.writing(scope.party(ad.party_id)) as session:
            end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
            a_colleague.begins(finish, office, page)
        assert a_colleague.ends().status_code == 422
    ((_row, application),) = intakes(world, world.party)
    assert application is None or application.state == "draft"
