"""What is said of how long applications are kept, said as the office would have."""

from datetime import date
from uuid import UUID

from portal import clock, scope
from portal.ads.models import Ad
from portal.privacy.queries import kept_case
from portal.privacy.services.holding import postpone, said_in, set_hold
from tests.decisions.recruiting import office
from tests.steps import kept
from tests.world import World


@kept
def kept_longer(world: World, *held: tuple[UUID, UUID]) -> UUID:
    """A legal hold for each of these (ad, application), and a row of the ad's own, postponed where there is a day; the last
    hold's id."""
    hold_id = UUID(int=0)
    for ad_id, application_id in held:
        with world.writing(scope.party(world.party)) as session:
            hold = set_hold(
                session, ad_id=ad_id, application_id=application_id, reason="DO har hört av sig.",
                actor=office(world, world.party), at=clock.now(),
            )  # fmt: skip
            assert hold is not None
            said_in(session, session.get_one(Ad, ad_id))
            kept, about = kept_case(session, ad_id), {"actor": office(world, world.party), "at": clock.now()}
            if kept is not None and kept.day(clock.today()) is not None:
                postpone(session, ad_id=ad_id, until=date(2029, 6, 1), reason="En tvist pågår.", **about)
            hold_id = hold.id
    return hold_id
