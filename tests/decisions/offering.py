"""A post that is offered: what the office notes of the answer, and how each outcome stands."""

from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Status, status_of
from tests.applicants import Sent
from tests.decisions.recruiting import address
from tests.forms import fields_of
from tests.world import Published, World

OFFER = "Erbjud tjänsten"


def say(client: FlaskClient, published: Published, one: Sent, answer: str, why: str = "") -> TestResponse:
    token = fields_of(client.get(address(published)))["csrf_token"][0]
    data = {"csrf_token": token, f"{one.id}-answer": answer, f"{one.id}-why": why}
    return client.post(address(published, f"utfall/{one.id}/svar"), data=data)


def statuses(world: World, published: Published) -> dict[UUID, Status]:
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(Outcome).where(Outcome.ad_id == published.id))
        return {row.application_id: status_of(row) for row in rows}
