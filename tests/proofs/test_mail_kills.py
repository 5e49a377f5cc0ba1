"""Every mail goes out, whatever happens to the worker; one that goes out twice is known as the same."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select

from portal import clock, scope
from portal.config import Settings
from portal.factory import create_app
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.proofs.living import free_port, living
from tests.proofs.plugin import Proof
from tests.world import World

Clock = Callable[[str], datetime]
MAILS_A_ROUND = 4
MOST_SECONDS, SECONDS_TO_SETTLE = 20, 120


@dataclass
class Sink:
    """A mail server that takes a moment over each mail, and keeps (Message-ID, to) of what it has said yes to."""

    received: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:
        message = message_from_bytes(envelope.content, policy=default)  # type: ignore[attr-defined]
        await asyncio.sleep(0.01)
        self.received.append((message["Message-ID"], message["To"]))
        await asyncio.sleep(0.01)
        return "250 OK"

    def wait_for(self, more: int) -> None:
        """Until so many more mails have come, or the time is up."""
        wanted = len(self.received) + more
        _wait(lambda: len(self.received) >= wanted, MOST_SECONDS)


@contextmanager
def sink_on(port: int) -> Iterator[Sink]:
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


@pytest.mark.proof(
    "Varje mejl går ut, också om arbetaren dör mitt i. Kommer ett två gånger är det igenkännligt som samma.",
    how="four mails are posted, kill -9 takes the worker at a random moment of sending them, and so on; then it may finish",
    short={"kills": 10},
    full={"kills": 100},
)
def test_no_mail_is_missing_when_the_worker_is_killed(
    proof: Proof, world: World, settings: Settings, set_clock: Clock
) -> None:
    seed, port, kills = random.randrange(10**6), free_port(), proof.size("kills")
    print(f"seed {seed}")
    chance = random.Random(seed)
    world.app.extensions["wake"] = create_app(settings).extensions["wake"]
    with sink_on(port) as sink, living(settings, PORTAL_SMTP_URL=f"smtp://127.0.0.1:{port}") as portal:
        for number in range(kills):
            portal.start_worker()
            _post(world, number)
            sink.wait_for(chance.randint(0, MAILS_A_ROUND - 1))
            time.sleep(chance.uniform(0, 0.05))
            portal.kill("worker")
        set_clock("2026-11-23T18:00")  # what the killed ones held is free again
        portal.start_worker()
        _wait(lambda: _unsent(world) == 0, SECONDS_TO_SETTLE)
    with world.acting(scope.PLATFORM) as session:
        posted = set(session.scalars(select(OutgoingMail.message_id)))
    times = Counter(message_id for message_id, _ in sink.received)
    ids_of = {to: {message_id for message_id, at in sink.received if at == to} for _, to in sink.received}
    repeated = sum(times.values()) - len(times)
    proof.came_to(
        seed=seed, kills=kills, mails=len(posted), missing=len(posted - set(times)), sent_again=repeated,
        sent_again_under_another_id=sum(len(ids) > 1 for ids in ids_of.values()),
    )  # fmt: skip
    assert len(posted) == MAILS_A_ROUND * kills
    assert set(times) == posted
    assert [to for to, ids in ids_of.items() if len(ids) > 1] == []
    assert repeated <= kills


def _post(world: World, round: int) -> None:
    for number in range(MAILS_A_ROUND):
        with world.writing(scope.PLATFORM) as session:
            letter = Letter(f"s{round}.{number}@example.se", "Din ansökan är mottagen", "Hej.\n")
            post(session, letter, once=f"receipt:{round}.{number}", at=clock.now(), controller_id=world.party)


def _unsent(world: World) -> int:
    with world.acting(scope.PLATFORM) as session:
        return session.scalar(select(func.count()).where(OutgoingMail.sent_at.is_(None))) or 0


def _wait(until: Callable[[], bool], seconds: float) -> None:
    for _ in range(int(seconds * 20)):
        if until():
            return
        time.sleep(0.05)
