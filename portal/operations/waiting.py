"""What `portal check` says of what waits: mails and events that fail, a worker or a mail server that is away."""

import json
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from portal.db import db
from portal.jobs.belief import BELIEVED, last_round
from portal.jobs.models import Event
from portal.mail.engines import code_of
from portal.mail.models import OutgoingMail
from portal.web.filters import day_and_time

TRIES_OF_AN_EVENT = 3
_WHO_ARE_YOU = (530, 534, 535, 538)  # RFC 4954: log in, otherwise, or not at all
UNFINISHED_RESTORE = (
    "En återställning är inte färdig. Kör samma portal restore eller portal keys restore igen, före allt annat."
)
KEYS_TO_COME = "Databasen är tillbaka men inte nycklarna. Lägg tillbaka dem: portal keys restore"
LONG_AGO = (
    "Arbetaren gjorde sin senaste runda {last}. Är maskinens klocka rätt? Då raderar och gallrar arbetaren igen när den har "
    "varit i gång en halvtimme, eller genast efter: portal sweep"
)
STILL_TO_COME = (
    "Arbetaren gjorde sin senaste runda {last}, som inte har varit än: maskinens klocka går efter, och stängda annonser "
    "tar emot ansökningar. Ställ den. Är den rätt nu går det här bort när arbetaren har varit i gång en halvtimme."
)
UNTRIED_FOR = timedelta(hours=1)  # a worker makes its round each minute


def what_waits(at: datetime, *, demo: bool) -> Iterator[str]:
    """Of mails, of events, and of either that nobody has tried. What a demo is filled with began long ago."""
    yield from _mails()
    yield from _events()
    if demo:
        return
    if since := _untried_since(at):
        yield f"Det som ska göras har ingen försökt göra sedan {day_and_time(since)}. Är portal worker i gång?"
    last = last_round()
    if last is not None and at - last > BELIEVED:
        yield LONG_AGO.format(last=day_and_time(last))
    if last is not None and last - at > BELIEVED:
        yield STILL_TO_COME.format(last=day_and_time(last))


def unfinished_restore(folder: Path) -> list[str]:
    """What the notes of `portal restore` in the instance folder tell: see `backups.services.unfinished`."""
    notes = [json.loads(file.read_text()) for file in folder.glob("*.restoring")]
    if not notes:
        return []
    return [KEYS_TO_COME if all(note.get("before") is None for note in notes) else UNFINISHED_RESTORE]


def silent_mail_server(app: Flask) -> Iterator[str]:
    """Whether mails can be handed over, as far as can be told without one. Each library has faults of its own."""
    try:
        app.extensions["mail_sender"].try_it()
    except Exception as fault:
        yield f"E-postservern tar inte emot mejl ({type(fault).__name__}). {advice_on(fault)}"


def advice_on(fault: Exception) -> str:
    """What to do where mails cannot be handed over."""
    if isinstance(fault, ssl.SSLCertVerificationError):
        return (
            "Dess certifikat går inte att lita på. Skriv i PORTAL_SMTP_URL det namn som certifikatet gäller för, eller sätt "
            "SSL_CERT_FILE till en fil med certifikaten för dem som portalen ska lita på."
        )
    if isinstance(fault, ssl.SSLError):
        return "Den krypterar inte som portalen väntar sig. Prova smtp:// i stället för smtps:// i PORTAL_SMTP_URL."
    if isinstance(fault, socket.gaierror):
        return "Namnet i PORTAL_SMTP_URL går inte att slå upp härifrån."
    if code_of(fault) in _WHO_ARE_YOU:
        return "Den släpper inte in portalen. Se namn och lösenord i PORTAL_SMTP_URL."
    if isinstance(fault, (ConnectionRefusedError, TimeoutError)):
        return "Den svarar inte. Se adressen och porten i PORTAL_SMTP_URL, och brandväggen."
    return "Se PORTAL_SMTP_URL och serverns logg."


def _mails() -> Iterator[str]:
    mail = OutgoingMail
    # One without words was let go of: its application was withdrawn, or it was told of here for a week.
    in_vain = select(func.count()).where(mail.given_up_at.is_not(None), mail.sealed.is_not(None))
    refused = select(func.count()).where(mail.sent_at.is_(None), mail.given_up_at.is_(None), mail.last_fault != "")
    given_up, waiting = db.session.scalar(in_vain), db.session.scalar(refused)
    if given_up:
        yield f"{given_up} mejl kom aldrig fram trots många försök. Se e-postserverns logg."
    if waiting:
        yield f"{waiting} mejl väntar på en e-postserver som inte tar emot dem. Se PORTAL_SMTP_URL."


def _events() -> Iterator[str]:
    stuck = select(func.count()).where(Event.handled_at.is_(None), Event.tries > TRIES_OF_AN_EVENT)
    if count := db.session.scalar(stuck):
        yield f"{count} händelser har inte gått att ta om hand, försök efter försök. Loggen säger varför: event_failed."


def _untried_since(at: datetime) -> datetime | None:
    mail = select(func.min(OutgoingMail.due_at)).where(
        OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None), OutgoingMail.tries == 0
    )
    event = select(func.min(Event.due_at)).where(Event.handled_at.is_(None), Event.tries == 0)
    waiting = [since for since in (db.session.scalar(mail), db.session.scalar(event)) if since is not None]
    return min((since for since in waiting if since < at - UNTRIED_FOR), default=None)
