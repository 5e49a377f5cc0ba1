"""What was sent, changed by its candidate, for the tests of what comes after."""

from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.applications.models import Application
from portal.applications.services.changing import Change, change_application
from portal.applications.services.drafting import key_of
from portal.seen import Seen
from tests.world import World


def begin_another_day(world: World, ad_id: UUID, application_id: UUID) -> None:
    """The application says another day to begin on, as from its private page."""
    with world.writing(scope.candidate(application_id)) as session:
        application = session.get_one(Application, application_id)
        ad = session.scalars(select(PublishedAd).where(PublishedAd.ad_id == ad_id)).one()
        change = Change(texts={"start": "2027-03-01"})
        change_application(
            session, application_id=application_id, key=key_of(application), ad=ad, change=change, seen=Seen(),
            at=clock.now(),
        )  # fmt: skip
