"""The pages of employments: recording one, reading one, and the register of all."""

from flask import Blueprint

contracts = Blueprint("contracts", __name__)

from portal.contracts.routes import (  # noqa: E402, F401
    accepting,
    acting,
    contract,
    contract_papers,
    deciding,
    employing,
    mandate,
    onboarding,
    register,
    renewing,
    taking_over,
    told,
    unsigning,
    without_ad,
)
