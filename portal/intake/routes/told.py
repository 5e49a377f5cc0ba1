"""Which applications have a day and no hour, for whatever tells when one came: much of it stands below the registrations."""

from flask.blueprints import BlueprintSetupState

from portal.applications.queries import REGISTERED
from portal.intake.queries import registered_among
from portal.intake.routes.blueprint import intake


@intake.record_once
def _tell_what_was_registered(state: BlueprintSetupState) -> None:
    state.app.extensions[REGISTERED] = registered_among
