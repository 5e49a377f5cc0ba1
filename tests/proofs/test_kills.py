"""No acknowledged application is lost, whatever is killed, and whenever."""

import os
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.config import Settings
from portal.documents.models import Document
from portal.documents.queries import named_blobs
from portal.jobs.models import Event
from portal.mail.models import OutgoingMail
from portal.vault.services import the_vault
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.senders import Senders, sending
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
LONG_AGO = (1_700_000_000, 1_700_000_000)
MOST_SECONDS = 10  # of a round
SECONDS_TO_SETTLE = 120


@pytest.mark.proof(
    "En kvitterad ansökan går aldrig förlorad, vad som än dör och när.",
    how="8 senders apply while kill -9 takes web server and worker at random moments; then every acknowledged application "
    "is looked up, its CV opened and compared, its receipt counted; portal sweep; portal check --deep",
    short={"rounds": 10, "senders": 8},
    full={"rounds": 200, "senders": 8},
)
def test_no_acknowledged_application_is_lost_to_kill_9(
    proof: Proof, world: World, settings: Settings, set_clock: Clock, tmp_path: Path
) -> None:
    seed, log = random.randrange(10**6), tmp_path / "log"
    print(f"seed {seed}")
    chance, ad = random.Random(seed), publish_ad(world)
    with living(settings, log=log) as portal:
        with sending(Senders(portal.address, ad.reference, seed), proof.size("senders")) as senders:
            for _ in range(proof.size("rounds")):
                _start(portal)
                senders.wait_for(chance.randint(0, 40), seconds=MOST_SECONDS)
                time.sleep(chance.uniform(0, 0.1))
                portal.kill(*chance.sample(("web", "worker"), 2))
            _start(portal)
        unfinished = _settle(world, set_clock)
        portal.stop()
        lost, odd = _lost(world, senders.acknowledged)
        set_clock("2026-11-26T12:00")
        for path in (settings.instance_path / "documents").glob("??/*"):
            os.utime(path, LONG_AGO)
        swept, checked = portal.portal("sweep"), portal.portal("check", "--deep")
    strays = _strays(world, settings.instance_path / "documents")
    proof.came_to(
        seed=seed,
        rounds=proof.size("rounds"),
        begun=senders.begun,
        requests_cut_off=senders.cut_off,
        acknowledged=len(senders.acknowledged),
        lost=len(lost),
        **strays,
        swept=swept.stdout.strip(),
        check=checked.returncode,
    )
    assert (lost, odd, unfinished) == ([], [], {"events": 0, "mails": 0, "unread": 0})
    assert len(senders.acknowledged) >= proof.size("rounds")
    assert set(senders.answers) == {303}
    assert strays == {"files_without_row": 0, "rows_without_file": 0, "keys_without_row": 0}
    assert (checked.stdout, checked.returncode) == ("Allt är som det ska.\n", 0)
    assert _complaints(log) == []


def _start(portal: Living) -> None:
    portal.start_worker()
    portal.start_web()


def _settle(world: World, set_clock: Clock) -> dict[str, int]:
    """What the worker has still to do, when it has had the time: what a killed one held is taken up after its claim."""
    set_clock("2026-11-23T18:00")
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


def _lost(world: World, acknowledged: dict[str, str]) -> tuple[list[str], list[str]]:
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


def _strays(world: World, folder: Path) -> dict[str, int]:
    """After the sweeping: what has no counterpart."""
    files = {path.name for path in folder.glob("??/*")}
    with world.acting(scope.party(world.party)) as session:
        named = {f"{blob.name}.sealed" for blob in named_blobs(session)}
        rows = set(session.scalars(select(Application.id), execution_options={"drafts_too": True}))
        keys = set(the_vault().key_store.older_than(clock.now()))
    return {
        "files_without_row": len(files - named),
        "rows_without_file": len(named - files),
        "keys_without_row": len(keys - rows),
    }


def _complaints(log: Path) -> list[str]:
    """Lines of the processes' own log that speak of a fault. A line may be cut short by a kill."""
    return [
        line for line in log.read_text().splitlines() if re.search(r'"level": "error"|Traceback|\[ERROR\]|Error:', line)
    ]
