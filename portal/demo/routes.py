"""The demo's mailbox: every mail of the outbox, and each person's one-time code at this moment."""

import re
from dataclasses import replace

import pyotp
from flask import Blueprint, current_app, render_template
from sqlalchemy import select

from portal import clock
from portal.accounts.models import Person
from portal.db import db
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.vault.services import open_for_installation
from portal.web.guards import public

demo = Blueprint("demo", __name__)
SHOWN = 100
_HERE = re.compile(r"http://localhost(:\d+)?(?=/)")  # by whichever port the demo was reached when the mail was written


@demo.get("/demo/brevlada")
@public
def mailbox() -> str:
    """All mails, newest first. Registered in the demo alone."""
    people = db.session.scalars(
        select(Person).where(Person.totp_sealed.is_not(None)).order_by(Person.created_at, Person.name)
    )
    mails = db.session.scalars(
        select(OutgoingMail)
        .where(OutgoingMail.sealed.is_not(None))
        .order_by(OutgoingMail.created_at.desc(), OutgoingMail.id)
        .limit(SHOWN)
    )
    return render_template(
        "demo/mailbox.html",
        people=[(person, _code(person)) for person in people],
        mails=[(mail, _led_here(open_letter(db.session, mail))) for mail in mails],
    )


def _led_here(letter: Letter) -> Letter:
    return replace(letter, body=_HERE.sub(current_app.config["SETTINGS"].base_url, letter.body))


def _code(person: Person) -> str:
    assert person.totp_sealed is not None
    seed = open_for_installation(person.totp_sealed, place=f"person.totp|{person.id}")
    return pyotp.TOTP(seed).at(clock.now())
