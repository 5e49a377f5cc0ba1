"""A backup taken of a portal at work, put back on an empty machine: nothing acknowledged is lost, and all of it works."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.config import Settings
from portal.db import db
from portal.documents.models import Document
from portal.scope import act_for
from tests.accounts.people import give_account, log_in
from tests.backups.machines import bare_machine, running
from tests.database import Databases
from tests.documents import hostile
from tests.forms import fields_of
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Candidacy, Visitor, go_to_check_page, send
from tests.review.panel import CLOSED, Panel
from tests.world import Published, World, publish_ad


def paper(words: str) -> bytes:
    """A small good PDF unlike every other."""
    line = f"BT /F 14 Tf 60 700 Td ({words}) Tj ET".encode()
    return hostile.pdf(hostile.CATALOG, hostile.PAGES, hostile.page(), hostile.stream(line), hostile.HELVETICA)


@dataclass
class Senders:
    """``acknowledged`` is the SHA-256 of the CV by the address it was sent from, once the answer was the receipt."""

    address: str
    ads: tuple[Published, ...]
    acknowledged: dict[str, str] = field(default_factory=dict)
    ending: threading.Event = field(default_factory=threading.Event)

    def apply(self, who: str) -> None:
        visitor, cv = Visitor(self.address), paper(f"Meriter {who}")
        reference = self.ads[len(self.acknowledged) % len(self.ads)].reference
        candidacy = Candidacy("Alma Ek", f"{who}@example.se", cv)
        go_to_check_page(visitor, reference, candidacy)
        if send(visitor, reference).status == 303:
            self.acknowledged[candidacy.email] = sha256(cv).hexdigest()
        visitor.close()

    def send_on(self, number: int) -> None:
        count = 0
        while not self.ending.is_set():
            count += 1
            self.apply(f"s{number}.{count}")

    @contextmanager
    def at_work(self, count: int) -> Iterator[None]:
        """``count`` of them send one after the other inside the block."""
        threads = [threading.Thread(target=self.send_on, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.ending.set()
            for thread in threads:
                thread.join()


def timed(run: Callable[[], CompletedProcess[str]]) -> float:
    """How many seconds a command took that must succeed."""
    begun = time.monotonic()
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    return round(time.monotonic() - begun, 1)


def checksums(world: World) -> dict[str, str]:
    """SHA-256 of each application's CV as it opens, by its address as it opens."""
    found = {}
    act_for(db.session, scope.party(world.party))
    rows = select(Application, Document).join(Document, Document.application_id == Application.id)
    for application, document in db.session.execute(rows.where(Application.state == "sent", Document.slot == "cv")):
        key = key_of(application)
        assert application.email_sealed is not None
        email = key.open_text("application.email", application.email_sealed)
        found[email] = sha256(key.open_document("document", document.blob)).hexdigest()
    return found


@pytest.mark.proof(
    "En säkerhetskopia tagen under full gång går att lägga tillbaka på en tom maskin, och allt fungerar.",
    how="`portal backup` while senders apply; `portal restore` and `portal keys restore` on an empty machine; then "
    "`portal check`, every file's SHA-256, and a journey: apply, log in with a code, assess",
    short={"before": 6, "senders": 3},
    full={"before": 200, "senders": 8},
)
def test_a_backup_under_load_comes_back_whole(
    proof: Proof, world: World, settings: Settings, databases: Databases, set_clock: Callable[[str], datetime],
    tmp_path: Path,
) -> None:  # fmt: skip
    ads = (publish_ad(world), publish_ad(world, employer="party"))
    email, portal_file, keys_file = (
        give_account(world, world.elof),
        tmp_path / "portal.backup",
        tmp_path / "keys.backup",
    )
    with living(settings, log=tmp_path / "log") as portal:
        portal.start_web()
        portal.start_worker()
        senders = Senders(portal.address, ads)
        for number in range(proof.size("before")):
            senders.apply(f"before{number}")
        with senders.at_work(proof.size("senders")):
            time.sleep(2)
            before = dict(senders.acknowledged)
            backup = timed(lambda: portal.portal("backup", str(portal_file)))
            meanwhile = len(senders.acknowledged) - len(before)
            timed(lambda: portal.portal("keys", "backup", str(keys_file)))
    with bare_machine(settings, databases, tmp_path / "new") as new, living(new, log=tmp_path / "new.log") as portal:
        restore = timed(lambda: portal.portal("restore", str(portal_file)))
        without_keys = portal.portal("check")
        opened_without_keys = opens_a_paper(new, world)
        keys_back = timed(lambda: portal.portal("keys", "restore", str(keys_file)))
        check = portal.portal("check")
        with running(new):
            found = checksums(world)
        lost = [address for address, sum in before.items() if found.get(address) != sum]
        wrong = [address for address, sum in found.items() if senders.acknowledged.get(address, sum) != sum]
        proof.came_to(
            acknowledged_before=len(before), acknowledged_meanwhile=meanwhile, restored=len(found), lost=len(lost),
            wrong_checksums=len(wrong), backup_seconds=backup, restore_seconds=restore, keys_seconds=keys_back,
            megabytes=round(portal_file.stat().st_size / 1e6, 1), check_exit=check.returncode,
        )  # fmt: skip
        assert (lost, wrong) == ([], [])
        assert meanwhile > 0, "nobody was applying while the backup was taken"
        assert (without_keys.returncode, opened_without_keys) == (1, False)
        assert "saknar sin nyckel" in without_keys.stdout
        assert (check.returncode, check.stdout) == (0, "Allt är som det ska.\n")
        journey(portal, new, world, ads[0], email, set_clock)


def opens_a_paper(new: Settings, world: World) -> bool:
    """Whether anything sealed opens."""
    with running(new):
        try:
            return bool(checksums(world))
        except Exception:
            return False


def journey(
    portal: Living, new: Settings, world: World, ad: Published, email: str, set_clock: Callable[[str], datetime]
) -> None:
    """On the restored portal: somebody applies, a commissioner logs in with a code and assesses that application."""
    portal.start_web()
    senders = Senders(portal.address, (ad,))
    senders.apply("afterwards")
    assert list(senders.acknowledged) == ["afterwards@example.se"]
    portal.stop()
    set_clock(CLOSED)
    with running(new) as app:
        here = replace(world, app=app)
        panel = Panel(here, ad, [], set_clock)
        panel.name(world.elof)
        panel.declare(world.elof)
        client = app.test_client()
        assert log_in(client, email).status_code == 303
        with panel.as_person(world.elof) as (_session, case):
            newest = max(case.listed, key=lambda row: row.submitted_at or row.opened_at)
            page = f"{panel.url}/bedom/{newest.id}/{ad.criteria[0]}"
        token = fields_of(client.get(page))["csrf_token"][0]
        answer = client.post(page, data={"csrf_token": token, "step": "3"}, headers={"Accept": "application/json"})
        assert answer.json["saved"] == "Sparat 10.00"
