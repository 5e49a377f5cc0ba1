"""What is published anew at the moment at which the worker tells that the last day is over."""

from datetime import date, timedelta

from sqlalchemy import select

from portal import clock, scope
from portal.ads.models import PublishedAd
from portal.ads.parts import BY_KEY
from portal.ads.services.parts import save_part
from portal.ads.services.publishing import announce_closing, publish_ad
from portal.ads.window import closes_at
from tests.ads.drafts import by, published, whole_draft
from tests.at_once import second
from tests.world import World


def test_what_is_published_as_the_ad_closes_is_not_told_of_once_more(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    closing = closes_at(date(2026, 12, 11))
    with world.writing(scope.party(world.party)) as session:
        values = {"title": "Politisk sekreterare", "intro": "En annan text."}
        save_part(session, ad_id=ad_id, part=BY_KEY["title"], values=values, **by(world))
        first = session.scalars(select(PublishedAd.id).where(PublishedAd.ad_id == ad_id)).one()

    def publish() -> None:
        with world.writing(scope.party(world.party)) as session:
            at = closing - timedelta(seconds=1)
            publish_ad(session, ad_id=ad_id, person_id=world.kansli, at=at, on=at.astimezone(clock.STOCKHOLM).date())

    with second() as the_office:
        with world.writing(scope.party(world.party)) as session:
            assert announce_closing(session, published_id=first, at=closing)
            session.flush()
            the_office.begins(publish)
        the_office.ends()
    with world.acting(scope.party(world.party)) as session:
        present = session.scalars(select(PublishedAd).where(PublishedAd.superseded_at.is_(None))).one()
        assert present.id != first and present.closing_announced_at is not None
