"""How far an employment has come, for the page of whoever was told that they are hired: it stands below the employments."""

from flask.blueprints import BlueprintSetupState

from portal import clock, scope
from portal.applications.models import Application
from portal.contracts.queries import employment_for
from portal.contracts.renewal.queries import is_over
from portal.contracts.routes import contracts
from portal.db import db
from portal.scope import reading_for


@contracts.record_once
def _tell_the_hired(state: BlueprintSetupState) -> None:
    state.app.extensions["employment_stands"] = _stands


def _stands(application: Application) -> str:
    """``begun``, or ``over`` with every renewal; empty before the first day, and where none is recorded."""
    with reading_for(scope.party(application.party_id), within=db.session) as own:
        row, on = employment_for(own, application.id), clock.today()
        if row is None or row.never_began or row.starts_on > on:
            return ""
        over = is_over(own, row, on=on)
    return "over" if over else "begun"
