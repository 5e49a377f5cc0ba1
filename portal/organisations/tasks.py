"""What the worker does with accounts that nobody needs."""

from flask import Flask

from portal import clock
from portal.db import db, unit_of_work
from portal.jobs.engines import claim_hour
from portal.jobs.tasks import each_minute
from portal.organisations.services.closing import close_account, forget_person, to_close, to_forget


@each_minute
def let_go_of_people(app: Flask) -> None:
    """Each hour: close the account of whoever has been in no home for a year, and forget who never said yes."""
    at = clock.now()
    if not claim_hour(app.extensions["queue"], "homeless", at):
        return
    for found, let_go in ((to_close, close_account), (to_forget, forget_person)):
        with app.app_context():
            waiting = found(db.session, at=at)
        for person_id in waiting:
            with app.app_context(), unit_of_work() as session:
                let_go(session, person_id, at=at)
