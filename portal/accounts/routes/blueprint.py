"""The blueprint, and what the application gets with it: counts of tries, kept forms, and how to ask for a log-in."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.web.parked import init_parked
from portal.web.rates import init_rates

accounts = Blueprint("accounts", __name__)


@accounts.record_once
def _prepare(state: BlueprintSetupState) -> None:
    init_rates(state.app)
    init_parked(state.app)
