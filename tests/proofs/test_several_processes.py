"""Several processes are one portal: whatever one of them knows, the others know."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import ColumnElement, func, select

from portal import scope
from portal.applications.models import Application
from portal.config import Settings
from portal.db import Base
from portal.documents.models import Document, PagePicture
from portal.jobs.models import Event
from portal.mail.models import OutgoingMail
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.database import Databases
from tests.documents import hostile
from tests.proofs.living import free_port
from tests.proofs.plugin import Proof
from tests.proofs.several import Several, several
from tests.proofs.visitor import Answer, Candidacy, Visitor, go_to_check_page, send
from tests.world import World, build_world, publish_ad

PATIENCE_SECONDS = 120
RIGHT, WRONG = PASSWORD, "fel lösenord helt och hållet"


class Commuter(Visitor):
    """A visitor each of whose requests goes to another web server than the last."""

    def __init__(self, addresses: tuple[str, str]) -> None:
        super().__init__(addresses[0])
        self.way = itertools.cycle(addresses)

    def open(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        self.close()
        self.address = next(self.way)
        return super().open(method, path, body, headers)


class PostOffice:
    """An SMTP server that keeps what it gets."""

    def __init__(self) -> None:
        self.delivered: list[str] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        message = message_from_bytes(envelope.content)  # type: ignore[attr-defined]
        self.delivered.append(str(message["Message-ID"]))
        return "250 OK"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, str]]:
    """The server and its address."""
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.mark.proof(
    "Flera webbservrar och arbetare är en enda portal.",
    how="two web servers and two workers on one database, one S3 bucket and one queue; every request goes to another "
    "web server than the one before; both workers begin a round at the same moment",
    short={"applications": 4},
    full={"applications": 50},
)
def test_two_web_servers_and_two_workers_are_one_portal(
    proof: Proof, settings: Settings, databases: Databases, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    set_clock: Callable[[str], datetime], post_office: tuple[PostOffice, str],
) -> None:  # fmt: skip
    office, smtp = post_office
    with several(settings, databases, monkeypatch, log=tmp_path / "log", PORTAL_SMTP_URL=smtp) as portal:
        world = build_world(portal.app)
        ad, wanted = publish_ad(world), proof.size("applications")
        portal.start_workers()
        for number in range(wanted):
            visitor = Commuter(portal.addresses)
            go_to_check_page(visitor, ad.reference, Candidacy("Alma Ek", f"alma{number}@example.se", hostile.plain()))
            assert send(visitor, ad.reference).status == 303
        _until(lambda: len(office.delivered) >= wanted and _count(world, PagePicture) >= _pages(world))
        dead = _log_out_on_one(portal, world)
        eleventh = _eleven_wrong_passwords(portal)
        portal.stop_workers()
        set_clock("2026-12-14T10:00")
        portal.start_workers()
        _until(lambda: _count(world, Event, Event.kind == "ad.closed", Event.handled_at.is_not(None)) == 1)
        _until(lambda: len(office.delivered) >= _count(world, OutgoingMail))  # each is told that the ad has closed
        portal.stop_workers()
        checked = portal.running.portal("check")
        announced = _count(world, Event, Event.kind == "ad.closed")
    repeated = [message for message, times in Counter(office.delivered).items() if times > 1]
    proof.came_to(
        applications=_count(world, Application, Application.state == "sent"),
        documents=_count(world, Document), pages_drawn_twice=_drawn_twice(world), mails=len(office.delivered),
        mails_sent_twice=len(repeated), wrong_password_number_eleven=eleventh, after_log_out_elsewhere=dead,
        closings_announced=announced,
    )  # fmt: skip
    assert _count(world, Application, Application.state == "sent") == wanted
    assert _drawn_twice(world) == 0
    assert (len(office.delivered), repeated) == (_count(world, OutgoingMail), [])
    assert (dead, eleventh, announced) == (303, 429, 1)
    assert checked.stdout.strip() == "Allt är som det ska.", checked.stdout + checked.stderr


def _log_out_on_one(portal: Several, world: World) -> int:
    """Log in on both, log out on the one, ask the other with a copy of the cookie. The answer's status."""
    email = give_account(world, world.kansli)
    visitor = Commuter(portal.addresses)
    visitor.get("/logga-in")
    assert visitor.post("/logga-in", {"email": email, "password": RIGHT}).status == 303
    visitor.get("/logga-in/kod")
    assert visitor.post("/logga-in/kod", {"code": code_now()}).status == 303
    assert [visitor.get("/arbete").status for _ in range(2)] == [200, 200]
    copied = deepcopy(visitor.cookies)
    assert visitor.post("/logga-ut").status == 303
    visitor.cookies = copied
    return visitor.get("/arbete").status


def _eleven_wrong_passwords(portal: Several) -> int:
    """Ten on the first web server, the eleventh on the second. Its status."""
    first, second = (Visitor(address) for address in portal.addresses)
    for visitor, tries in ((first, 10), (second, 1)):
        visitor.get("/logga-in")
        for _ in range(tries):
            status = visitor.post("/logga-in", {"email": "gunnel@example.se", "password": WRONG}).status
        visitor.close()
    return status


def _count(world: World, of: type[Base], *which: ColumnElement[bool]) -> int:
    with world.acting(scope.party(world.party)) as session:
        return session.scalar(select(func.count()).select_from(of).where(*which)) or 0


def _pages(world: World) -> int:
    """How many pages the documents have in all; at least one, so that nothing is awaited of what is not there yet."""
    with world.acting(scope.party(world.party)) as session:
        return max(1, session.scalar(select(func.sum(Document.page_count))) or 0)


def _drawn_twice(world: World) -> int:
    return _count(world, PagePicture) - _pages(world)


def _until(done: Callable[[], bool]) -> None:
    """Wait for the workers."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        assert time.monotonic() < end, "the workers did not get it done"
        time.sleep(0.2)
