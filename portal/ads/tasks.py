"""What the worker does by itself: tells, once, that an ad's last day is over."""

from flask import Flask

from portal import clock
from portal.ads.queries import closed_unannounced
from portal.ads.services.publishing import announce_closing
from portal.db import db, unit_of_work
from portal.jobs.services import nobody_acts_on
from portal.jobs.tasks import each_minute
from portal.scope import act_for, party

nobody_acts_on("ad.published")
nobody_acts_on("ad.ended")


@each_minute
def announce_closed_ads(app: Flask) -> None:
    """Announce "ad.closed" for every ad whose last day is over, in its party's scope. The closing itself needs no
    worker: the clock does it."""
    at = clock.now()
    with app.app_context():
        due = closed_unannounced(db.session, at)
    for published_id, party_id in due:
        with app.app_context():
            act_for(db.session, party(party_id))
            with unit_of_work() as session:
                announce_closing(session, published_id=published_id, at=at)
