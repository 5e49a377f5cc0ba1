"""Mails put in the outbox and sent from it: at least once, and with the same Message-ID when sent again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from flask import Flask, current_app, g, render_template
from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import after_commit, db, unit_of_work
from portal.jobs.services import is_ending, wake
from portal.jobs.tasks import by_any_clock, each_minute, wakes
from portal.mail.engines import Sender, code_of, compose, may_come_through, says_the_server_is_away
from portal.mail.in_order import CLAIM, LONGEST_PAUSE, Turn, is_claimed, is_due, next_to_each_reader
from portal.mail.models import OutgoingMail
from portal.mail.paragraphs import paragraphs_of
from portal.mail.turns import Turns
from portal.vault.services import (
    open_for_controller,
    open_for_installation,
    seal_for_controller,
    seal_for_installation,
)

KEPT_WHEN_SETTLED = timedelta(days=7)
_TURNS = Turns()  # one mail at a time: a worker that dies has one on its way at most, so at most one is sent twice
_LEFT_ALONE_SECONDS = 60  # a server that was away, by those who are woken: the round tries it meanwhile
_LEFT_ALONE_UNTIL = "mail_server_left_alone_until"  # in the application's extensions, by `clock.monotonic`
_KEPT_TRYING = timedelta(days=5)  # RFC 5321 4.5.4.1: a server may be away over a long weekend
_REFUSED_AFTER = 12  # tries, over some five hours: even a firm no may be a mistake that somebody mends
_IN_VAIN = 3
_AT_ONCE = 500
_log = structlog.get_logger("mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says, and to whom."""

    to: str
    subject: str
    body: str
    language: str = "sv"

    @property
    def html(self) -> str:
        """The same as a page: one neutral sheet for all letters."""
        return render_template(
            "mail/letter.html", subject=self.subject, language=self.language, paragraphs=paragraphs_of(self.body)
        )


def write_letter(template: str, *, to: str, language: str, **values: object) -> Letter:
    """A letter from ``mail/<template>.txt``, whose first line is the subject, in the reader's language."""
    spoken = "en" if language == "en" else "sv"
    with speaking(spoken):
        subject, _, body = render_template(f"mail/{template}.txt", **values).strip().partition("\n")
    return Letter(to, " ".join(subject.split()), body.strip() + "\n", spoken)


@contextmanager
def speaking(language: str) -> Iterator[None]:
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
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == once)) is None:
        put(session, letter, once=once, at=at, controller_id=controller_id)


def about(once: str) -> UUID | None:
    """The id that a mail's name ends with; None where it ends with none.

    >>> about("receipt:00000000-0000-4000-8000-000000000001"), about("retention:x:20261128")
    (UUID('00000000-0000-4000-8000-000000000001'), None)
    """
    try:
        return UUID(once.rpartition(":")[2])
    except ValueError:
        return None


def put(session: Session, letter: Letter, *, once: str, at: datetime, controller_id: UUID | None) -> None:
    """The same for whoever has looked already that no letter bears the name (`mail.queries.posted`)."""
    text = json.dumps([letter.to, letter.subject, letter.body, letter.language], ensure_ascii=False)
    if controller_id is None:
        sealed = seal_for_installation(text, place=f"mail|{once}")
    else:
        sealed = seal_for_controller(session, controller_id, text, place=f"mail|{once}")
    domain = urlsplit(current_app.config["SETTINGS"].base_url).hostname
    row = OutgoingMail(
        id=uuid4(),
        once=once,
        about_id=about(once),
        message_id=f"<{uuid4().hex}@{domain}>",
        controller_id=controller_id,
        sealed=sealed,
        created_at=at,
        due_at=at,
    )
    session.add(row)
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
    return Letter(*json.loads(text))  # of an older program it lacks the language


def send_mail(app: Flask, mail_id: UUID) -> None:
    """Send what is due, if this mail still waits: all of it in one go, since finding who is next to be written to opens
    every mail that waits. Whose mail has gone by then, along with an earlier one's, has nothing left to do.

    A server that is slow or away stalls nobody: who is woken while another mail is on its way leaves this one to whoever
    sends that, and for a minute after a server was away, to the round.
    """
    _TURNS.take(mail_id, lambda: _send_if_waiting(app, mail_id))


def _send_if_waiting(app: Flask, mail_id: UUID) -> None:
    if is_ending(app) or clock.monotonic() < app.extensions.get(_LEFT_ALONE_UNTIL, 0):
        return
    with app.app_context():
        row = db.session.get(OutgoingMail, mail_id)
        waits = row is not None and row.sent_at is None and row.given_up_at is None
    if waits:
        _send_all_due(app, tries_in_vain=1)


def _next(session: Session, at: datetime) -> list[Turn]:
    """Who is next: see `in_order`."""
    waiting = select(OutgoingMail).where(OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None))
    rows = session.scalars(waiting.order_by(OutgoingMail.created_at).execution_options(yield_per=_AT_ONCE))
    return next_to_each_reader(rows, at, reader_of=partial(_reader, session), most=_AT_ONCE)


def _reader(session: Session, row: OutgoingMail) -> str:
    """Whom a mail goes to; one that cannot be opened stands in nobody's way."""
    try:
        return open_letter(session, row).to.casefold()
    except Exception:
        return str(row.id)


def _send(app: Flask, turn: Turn) -> Exception | None:
    """Try to send one mail, and note what came of it. The fault it met, if any; it is tried again, ever more seldom. One that
    was tried before its time has its own time still, and is no nearer to being given up."""
    at, mail_id = clock.now(), turn.id
    with unit_of_work() as session:
        row = session.get(OutgoingMail, mail_id, with_for_update=True)
        if row is None or row.sent_at or row.given_up_at:
            return None
        if is_claimed(row, at) if turn.early else not is_due(row, at):
            return None
        row.claimed_until = at + CLAIM
        row.tries += not turn.early
    fault = _try_sending(app, mail_id)
    is_away = fault is not None and says_the_server_is_away(fault)
    app.extensions[_LEFT_ALONE_UNTIL] = clock.monotonic() + _LEFT_ALONE_SECONDS if is_away else 0
    with unit_of_work() as session:
        _note_result(session.get_one(OutgoingMail, mail_id), fault, clock.now(), early=turn.early)
    return fault


def _try_sending(app: Flask, mail_id: UUID) -> Exception | None:
    sender: Sender = app.extensions["mail_sender"]
    try:
        row = db.session.get_one(OutgoingMail, mail_id)
        letter, message_id, written = open_letter(db.session, row), row.message_id, row.created_at
        db.session.rollback()  # no connection is held while the server takes its time
        sender.send(
            compose(
                sender=app.config["SETTINGS"].mail_from,
                to=letter.to,
                subject=letter.subject,
                body=letter.body,
                message_id=message_id,
                written=format_datetime(written),
                html=letter.html,
                language=letter.language,
            )
        )
    except Exception as fault:  # whatever one mail meets, the others are sent
        _log.warning("mail_not_sent", reason=_in_a_word(fault))
        return fault
    return None


def _in_a_word(fault: Exception) -> str:
    return f"{type(fault).__name__} {code_of(fault) or ''}".strip()


def _note_result(row: OutgoingMail, fault: Exception | None, at: datetime, *, early: bool) -> None:
    row.claimed_until = None
    row.last_fault = _in_a_word(fault) if fault else ""
    if fault is None:
        row.sent_at = at
    elif row.tries >= _REFUSED_AFTER and (at >= row.created_at + _KEPT_TRYING or not may_come_through(fault)):
        row.given_up_at = at
    elif not early:
        row.due_at = at + min(LONGEST_PAUSE, timedelta(seconds=15 * 2 ** min(row.tries, 8)))


@each_minute
@by_any_clock
def send_due_mails(app: Flask) -> None:
    """Send everything that waits, in the order it was written."""
    _TURNS.take("all that is due", lambda: _send_all_due(app, tries_in_vain=_IN_VAIN))


def _send_all_due(app: Flask, *, tries_in_vain: int) -> None:
    """Until nothing is due that has not been tried, or so many tries in a row met a server that is away."""
    with app.app_context():
        tried: set[UUID] = set()
        wait_on: set[str] = set()  # readers of whom an early one has failed
        in_vain = 0  # in a row, with a server that is away: the rest waits for the next round, and loses no try by it
        while turns := _untried(tried):
            for turn in turns:
                tried.add(turn.id)
                if turn.early and turn.reader in wait_on:
                    continue
                fault = _send(app, turn)
                if turn.early:
                    wait_on |= {turn.reader} if fault else set()
                else:
                    in_vain = in_vain + 1 if fault and says_the_server_is_away(fault) else 0
                if in_vain == tries_in_vain or is_ending(app):
                    return


def _untried(tried: set[UUID]) -> list[Turn]:
    found = [turn for turn in _next(db.session, clock.now()) if turn.id not in tried]
    db.session.rollback()
    return found


@each_minute
def let_go_of_settled(app: Flask) -> None:
    """Whom a mail went to and what it said is kept for a week, whether it came through or was given up. A demo's mailbox
    keeps all."""
    with app.app_context():
        if not app.config["SETTINGS"].demo:
            _let_go_of_settled(clock.now())


def _let_go_of_settled(at: datetime) -> None:
    settled = func.coalesce(OutgoingMail.sent_at, OutgoingMail.given_up_at)
    kept = select(OutgoingMail).where(OutgoingMail.sealed.is_not(None))
    with unit_of_work() as session:
        for row in session.scalars(kept.where(settled < at - KEPT_WHEN_SETTLED)):
            row.sealed = None
        for row in session.scalars(kept.where(settled > at + LONGEST_PAUSE)):  # the clock was wrong: counted from now
            row.sent_at, row.given_up_at = row.sent_at and at, row.given_up_at and at


wakes("mail", send_mail)
