"""What is looked at when the trial is over: what was lost, what has no counterpart, what the log complains of."""

import re
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.documents.models import Document
from portal.documents.queries import named_blobs
from portal.jobs.models import Event
from portal.mail.models import OutgoingMail
from portal.vault.services import the_vault
from tests.world import World

SECONDS_TO_SETTLE = 120


def settled(world: World) -> dict[str, int]:
    """What the worker has still to do, when it has had its time."""
    left: dict[str, int] = {}
    for _ in range(SECONDS_TO_SETTLE):
        with world.acting(scope.party(world.party)) as session:
            left = {
                "events": session.scalar(select(func.count()).where(Event.handled_at.is_(None))) or 0,
                "mails": session.scalar(select(func.count()).where(OutgoingMail.sent_at.is_(None))) or 0,
                "unread": session.scalar(select(func.count()).where(Document.state == "waiting")) or 0,
            }
        if not any(left.values()):
            break
        time.sleep(1)
    return left


def lost(world: World, acknowledged: dict[str, str]) -> tuple[list[str], list[str]]:
    """Addresses whose application is not there, whole, with one receipt; and addresses that have more than one."""
    found: Counter[str] = Counter()
    with world.acting(scope.party(world.party)) as session:
        receipts = Counter(session.scalars(select(OutgoingMail.once).where(OutgoingMail.once.startswith("receipt:"))))
        for row in session.scalars(select(Application).where(Application.state == "sent")).all():
            key = key_of(row)
            email = key.open_text("application.email", row.email_sealed or b"")
            cv = select(Document.blob).where(Document.application_id == row.id, Document.slot == "cv")
            sums = [sha256(key.open_document("document", blob)).hexdigest() for blob in session.scalars(cv)]
            if sums == [acknowledged.get(email, *sums)] and receipts[f"receipt:{row.id}"] == 1:
                found[email] += 1
    return sorted(set(acknowledged) - set(found)), sorted(email for email, count in found.items() if count > 1)


def strays(world: World, folder: Path) -> dict[str, int]:
    """After the sweeping: what has no counterpart."""
    files = {path.name for path in folder.glob("??/*")}
    with world.acting(scope.party(world.party)) as session:
        named = {f"{blob.name}.sealed" for blob in named_blobs(session)}
        rows = set(session.scalars(select(Application.id), execution_options={"hidden_too": True}))
        keys = set(the_vault().key_store.older_than(clock.now()))
    return {
        "files_without_row": len(files - named),
        "rows_without_file": len(named - files),
        "keys_without_row": len(keys - rows),
    }


def complaints(log: Path) -> list[str]:
    """Lines of the processes' own log that speak of a fault. A line may be cut short by a kill."""
    return [
        line for line in log.read_text().splitlines() if re.search(r'"level": "error"|Traceback|\[ERROR\]|Error:', line)
    ]
