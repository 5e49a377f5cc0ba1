"""A clock that jumps back, and two workers at the same round: what happens once happens once."""

import multiprocessing
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.audit.verification import broken_lines
from portal.config import Settings
from portal.factory import create_app
from portal.jobs.models import Event
from portal.jobs.services import announce, handles
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, post
from tests.proofs.aftermath import complaints, lost, settled
from tests.proofs.living import free_port, living
from tests.proofs.plugin import Proof
from tests.proofs.senders import Senders, sending
from tests.proofs.test_mail_kills import sink_on
from tests.proofs.visitor import Visitor
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


@pytest.mark.proof(
    "Två arbetare på samma gång gör inget två gånger.",
    how="two processes on one database make the same round at the same instant: mails to a mail server, events counted by "
    "a handler, ads whose last day is over",
    short={"rounds": 3, "each": 10},
    full={"rounds": 50, "each": 20},
)
def test_two_workers_at_one_round_do_each_thing_once(
    proof: Proof, world: World, settings: Settings, set_clock: Clock
) -> None:
    port, each, rounds = free_port(), proof.size("each"), proof.size("rounds")
    spawn, handled = multiprocessing.get_context("spawn"), Counter[UUID]()
    begin = (replace(settings, smtp_url=f"smtp://127.0.0.1:{port}"), spawn.Barrier(2))
    with sink_on(port) as sink, ProcessPoolExecutor(2, spawn, _begin, begin) as workers:
        for number in range(rounds):
            set_clock("2026-11-23T10:00")
            for _ in range(2):
                publish_ad(world, deadline=date(2026, 11, 23))
            _fill(world, number, each)
            set_clock("2026-11-24T10:17")  # the minute of the sweeping
            for seen in [workers.submit(_make_round) for _ in range(2)]:
                handled.update(seen.result())
    with world.acting(scope.PLATFORM) as session:
        left = [
            session.scalar(select(func.count()).where(OutgoingMail.sent_at.is_(None))),
            session.scalar(select(func.count()).where(Event.handled_at.is_(None), Event.kind == "test.happened")),
        ]
        told = Counter(session.scalars(select(Event.subject_id).where(Event.kind == "ad.closed")))
        logged = Counter(session.scalars(select(AuditLine.object_id).where(AuditLine.verb == "ad.closed")))
        broken = list(broken_lines())
    mails = Counter(message_id for message_id, _ in sink.received)
    proof.came_to(
        rounds=rounds, mails=len(mails), mails_twice=_twice(mails), events=len(handled), events_twice=_twice(handled),
        closings=len(told), closings_twice=_twice(told) + _twice(logged), left=sum(one or 0 for one in left),
    )  # fmt: skip
    assert (left, broken) == ([0, 0], [])
    assert (len(mails), set(mails.values())) == (rounds * each, {1})
    assert (len(handled), set(handled.values())) == (rounds * each, {1})
    assert (len(told), set(told.values()), set(logged.values())) == (rounds * 2, {1}, {1})


def _twice(counted: Counter[Any]) -> int:
    return sum(times > 1 for times in counted.values())


def _fill(world: World, number: int, each: int) -> None:
    with world.writing(scope.party(world.party)) as session:
        for one in range(each):
            announce(session, "test.happened", subject_id=uuid4(), at=clock.now())
            letter = Letter(f"s{number}.{one}@example.se", "Din ansökan är mottagen", "Hej.\n")
            post(session, letter, once=f"receipt:{number}.{one}", at=clock.now(), controller_id=world.party)


_worker: tuple[Flask, Any]  # of a process of its own
_seen: list[UUID] = []


def _begin(settings: Settings, together: Any) -> None:
    global _worker
    _worker = create_app(settings), together

    @handles("test.happened")
    def note(event: Event, at: datetime) -> None:
        assert event.subject_id is not None
        _seen.append(event.subject_id)


def _make_round() -> list[UUID]:
    app, together = _worker
    _seen.clear()
    together.wait(60)
    run_rounds(app)
    return list(_seen)


@pytest.mark.proof(
    "En klocka som ställs tillbaka en timme gör att inget går förlorat och inget skickas två gånger.",
    how="four senders apply and an office is logged in while the clock of the living portal jumps back an hour, again and "
    "again and the worker is stopped and started; then the clock is right again",
    short={"jumps": 2, "applications_between": 6},
    full={"jumps": 20, "applications_between": 20},
)
def test_a_clock_that_jumps_back_loses_nothing_and_sends_nothing_twice(
    proof: Proof, world: World, settings: Settings, set_clock: Clock, tmp_path: Path
) -> None:
    port, log, ad, jumps = free_port(), tmp_path / "log", publish_ad(world), proof.size("jumps")
    between = proof.size("applications_between")
    seen = []
    with sink_on(port) as sink, living(settings, log=log, PORTAL_SMTP_URL=f"smtp://127.0.0.1:{port}") as portal:
        office = Visitor(portal.address)
        office.cookies["portal"] = ("/", world.browser_cookie(world.kansli))
        portal.start_worker()
        portal.start_web()
        with sending(Senders(portal.address, ad.reference, seed=1), 4) as senders:
            for _ in range(jumps):
                set_clock("2026-11-23T11:00")
                senders.wait_for(between, seconds=120)
                set_clock("2026-11-23T10:00")
                seen.append(office.get("/arbete").status)
                office.close()
                senders.wait_for(between, seconds=120)
                portal.stop("worker")  # it finishes what it is at
                portal.start_worker()
        set_clock("2026-11-23T12:00")
        portal.stop("worker")
        portal.start_worker()  # whose first round finds what waited for the hour to come again
        left = settled(world)
        portal.stop()
        checked = portal.portal("check", "--deep")
    gone, odd = lost(world, senders.acknowledged)
    mails = Counter(message_id for message_id, _ in sink.received)
    proof.came_to(
        jumps=jumps, acknowledged=len(senders.acknowledged), lost=len(gone), mails=len(mails), mails_twice=_twice(mails),
        left=sum(left.values()), logged_out=sum(status != 200 for status in seen), check=checked.returncode,
    )  # fmt: skip
    assert (gone, odd, set(left.values()), _twice(mails), set(seen)) == ([], [], {0}, 0, {200})
    assert len(senders.acknowledged) >= 4
    assert set(senders.answers) <= {303, 503}  # taken in, or asked to come back: a busy machine may have no place
    assert (checked.stdout, checked.returncode) == ("Allt är som det ska.\n", 0)
    assert complaints(log) == []
