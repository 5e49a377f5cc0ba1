"""People with accounts: a password and a telephone that gives codes, for the tests of logging in."""

import re
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock
from portal.accounts.engines import code_at, hash_password
from portal.accounts.models import Person
from portal.accounts.services import code_place
from portal.db import db, unit_of_work
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.vault.services import seal_for_installation
from tests.forms import submit
from tests.steps import kept
from tests.world import World

PASSWORD = "korrekt hästbatteri å"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_HASHES: list[str] = []


@kept
def give_account(world: World, person_id: UUID) -> str:
    """Give somebody of the world a password and a telephone; returns their address."""
    _HASHES[:] = _HASHES or [hash_password(PASSWORD)]
    with world.app.app_context(), unit_of_work() as session:
        person = session.get_one(Person, person_id)
        person.password_hash = _HASHES[0]
        person.totp_sealed = seal_for_installation(SECRET, place=code_place(person_id))
        return person.email


def code_now(secret: str = SECRET) -> str:
    """The code the telephone shows."""
    return code_at(secret, clock.now())


def log_in(client: FlaskClient, email: str, *, password: str = PASSWORD, start: str = "/logga-in") -> TestResponse:
    """Address, password, code; returns the last answer."""
    answer = submit(client, start, {"E-post": email, "Lösenord": password})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return submit(client, "/logga-in/kod", {"Kod från appen": code_now()})


def letters(world: World) -> list[Letter]:
    """Every letter written so far, in order."""
    run_rounds(world.app)
    with world.app.app_context():
        rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        return [open_letter(db.session, row) for row in rows]


def link_in(letter: Letter) -> str:
    """The path of the one link in a letter."""
    found = re.findall(r"http://localhost(/\S+)", letter.body)
    assert len(found) == 1, letter.body
    return str(found[0])


def secret_on(page: TestResponse) -> str:
    """The secret that the page shows as text."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.get_data(as_text=True))
    assert found
    return found[1].replace(" ", "")
