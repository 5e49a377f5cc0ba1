"""The blueprint, and what the rest of the house asks of organisations by name: inviting, and public addresses."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from sqlalchemy import select

from portal import clock
from portal.db import db, unit_of_work
from portal.organisations.models import Authority
from portal.organisations.services import inviting

organisations = Blueprint("organisations", __name__)


@organisations.record_once
def _offer(state: BlueprintSetupState) -> None:
    state.app.extensions["invite_to_run"] = invite_to_run
    state.app.extensions["public_contacts"] = public_contacts


def invite_to_run(email: str, name: str) -> str:
    """Invite somebody to run the installation, or let one who does bind their telephone anew; the address is returned and
    mailed."""
    with unit_of_work() as session:
        membership = inviting.invite_to_run(session, email=email, name=name, at=clock.now())
        return inviting.address_of(session, membership)


def public_contacts() -> list[tuple[str, str]]:
    """Each authority that has a public address: name and address."""
    wanted = select(Authority.name, Authority.contact_email).where(Authority.contact_email != "")
    return [(name, email) for name, email in db.session.execute(wanted.order_by(Authority.name))]
