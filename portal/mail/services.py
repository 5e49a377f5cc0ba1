"""Mails put in the outbox and sent from it: at least once, and with the same Message-ID when sent again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from threading import Lock
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from flask import Flask, current_app, g, render_template
from flask_babel import force_locale
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import after_commit, db, unit_of_work
from portal.jobs.services import wake
from portal.jobs.tasks import each_minute, wakes
from portal.mail.engines import Sender, compose
from portal.mail.models import OutgoingMail
from portal.vault.services import (
    open_for_controller,
    open_for_installation,
    seal_for_controller,
    seal_for_installation,
)

KEPT_AFTER_SENDING = timedelta(days=7)
_CLAIM = timedelta(
    minutes=5
)  # longer than the longest sending: a dozen answers of a server, each up to 20 seconds late
_ONE_AT_A_TIME = Lock()  # a worker that dies has one mail on its way at most, so at most one is sent twice
_GIVE_UP_AFTER = 12
_log = structlog.get_logger("mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, and to whom."""

    to: str
    subject: str
    body: str


def write_letter(template: str, *, to: str, language: str, **values: object) -> Letter:
    """A letter from ``mail/<template>.txt``, whose first line is the subject, in the reader's language."""
    with _speaking("en" if language == "en" else "sv"):
        subject, _, body = render_template(f"mail/{template}.txt", **values).strip().partition("\n")
    return Letter(to, " ".join(subject.split()), body.strip() + "\n")


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """This language, in dates too, whatever the request or the worker speaks: `portal.web.language` heeds ``g.language``."""
    before = g.get("language", "")
    g.language = language
    try:
        with force_locale(language):
            yield
    finally:
        g.language = before


def post(session: Session, letter: Letter, *, once: str, at: datetime, controller_id: UUID | None = None) -> None:
    """Put a letter in the outbox in the caller's transaction; the worker is woken once that is committed.

    ``once`` names the letter for good; posting the same again does nothing.
    """
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == once)) is not None:
        return
    text = json.dumps([letter.to, letter.subject, letter.body], ensure_ascii=False)
    if controller_id is None:
        sealed = seal_for_installation(text, place=f"mail|{once}")
    else:
        sealed = seal_for_controller(session, controller_id, text, place=f"mail|{once}")
    domain = urlsplit(current_app.config["SETTINGS"].base_url).hostname
    row = OutgoingMail(
        id=uuid4(),
        once=once,
        message_id=f"<{uuid4().hex}@{domain}>",
        controller_id=controller_id,
        sealed=sealed,
        created_at=at,
        due_at=at,
    )
    session.add(row)
    session.flush()
    mail_id = row.id
    after_commit(session, lambda: wake("mail", mail_id))


def open_letter(session: Session, row: OutgoingMail) -> Letter:
    """What a mail in the outbox says. Raises `ValueError` once its content is gone."""
    if row.sealed is None:
        raise ValueError("the mail's content is gone")
    place = f"mail|{row.once}"
    if row.controller_id is None:
        text = open_for_installation(row.sealed, place=place)
    else:
        text = open_for_controller(session, row.controller_id, row.sealed, place=place)
    return Letter(*json.loads(text))


def send_mail(app: Flask, mail_id: UUID) -> None:
    """Send one mail from the outbox; a fault is tried again later, ever more seldom."""
    with _ONE_AT_A_TIME, app.app_context():
        at = clock.now()
        with unit_of_work() as session:
            row = session.get(OutgoingMail, mail_id, with_for_update=True)
            if row is None or row.sent_at or row.given_up_at or (row.claimed_until and row.claimed_until > at):
                return
            row.claimed_until = at + _CLAIM
            row.tries += 1
            letter, message_id, written = open_letter(session, row), row.message_id, row.created_at
        fault = _try_sending(app, letter, message_id, written)
        with unit_of_work() as session:
            _note_result(session.get_one(OutgoingMail, mail_id), fault, clock.now())


def _try_sending(app: Flask, letter: Letter, message_id: str, written: datetime) -> str:
    sender: Sender = app.extensions["mail_sender"]
    try:
        sender.send(
            compose(
                sender=app.config["SETTINGS"].mail_from,
                to=letter.to,
                subject=letter.subject,
                body=letter.body,
                message_id=message_id,
                written=format_datetime(written),
            )
        )
    except Exception as fault:  # whatever one mail meets, the others are sent
        _log.warning("mail_not_sent", reason=type(fault).__name__)
        return type(fault).__name__
    return ""


def _note_result(row: OutgoingMail, fault: str, at: datetime) -> None:
    row.claimed_until = None
    row.last_fault = fault
    if not fault:
        row.sent_at = at
    elif row.tries >= _GIVE_UP_AFTER:
        row.given_up_at = at
    else:
        row.due_at = at + timedelta(seconds=min(3600, 15 * 2**row.tries))


@each_minute
def send_due_mails(app: Flask) -> None:
    """Send everything that waits, in the order it was written, and let go what was sent long ago."""
    with app.app_context():
        at = clock.now()
        free = or_(OutgoingMail.claimed_until.is_(None), OutgoingMail.claimed_until < at)
        pending = select(OutgoingMail.id).where(
            OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None), OutgoingMail.due_at <= at, free
        )
        waiting = list(db.session.scalars(pending.order_by(OutgoingMail.created_at).limit(500)))
        if not app.config["SETTINGS"].demo:
            _let_go_of_sent(at)
    for mail_id in waiting:
        send_mail(app, mail_id)


def _let_go_of_sent(at: datetime) -> None:
    old = select(OutgoingMail).where(OutgoingMail.sealed.is_not(None), OutgoingMail.sent_at < at - KEPT_AFTER_SENDING)
    with unit_of_work() as session:
        for row in session.scalars(old):
            row.sealed = None


wakes("mail", send_mail)
