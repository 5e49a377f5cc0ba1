"""The blueprint, and what the application gets with it: counts of tries, kept forms, and how to ask for a log-in."""

from typing import Any

from flask import Blueprint

from portal.web.parked import init_parked
from portal.web.rates import init_rates

accounts = Blueprint("accounts", __name__)


@accounts.record_once
def _prepare(state: Any) -> None:
    init_rates(state.app)
    init_parked(state.app)
