"""Sixteen who write at once: each waits for its turn, none is turned away, nothing is overwritten."""

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from uuid import UUID

import pytest

from portal import clock, scope
from portal.audit.models import AuditHead
from portal.audit.services import SYSTEM, broken_lines, record
from portal.config import Settings
from portal.db import db, unit_of_work
from portal.factory import create_app
from portal.register.models import ArrivalCounter
from portal.register.services import take_arrival_number
from tests.proofs.plugin import Proof
from tests.world import World

PROCESSES, THREADS = 4, 4

Written = tuple[list[int], list[str]]


@pytest.mark.proof(
    "Många som skriver samtidigt väntar på sin tur: ingen avvisas, ingenting skrivs över.",
    how="4 processes of 4 threads, each with units of work that take an arrival number and add a line to one audit chain",
    short={"each": 15},
    full={"each": 60},
)
def test_sixteen_writers_lose_nothing_and_are_never_locked_out(proof: Proof, world: World, settings: Settings) -> None:
    each = proof.size("each")
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as processes:
        work = [processes.submit(write, settings, world.authority, world.party, each) for _ in range(PROCESSES)]
        written = [one for process in work for one in process.result()]
    numbers = sorted(number for taken, _ in written for number in taken)
    faults = [fault for _, met in written for fault in met]
    with world.acting(scope.party(world.party)) as session:
        last = session.get_one(ArrivalCounter, world.authority).last_number
        lines = session.get_one(AuditHead, world.party).count
        broken = list(broken_lines(session))
    writers = PROCESSES * THREADS
    proof.came_to(
        writers=writers, units_of_work=writers * each, faults=len(faults), lost=writers * each - len(set(numbers)),
        lines=lines, broken_chains=len(broken),
    )  # fmt: skip
    assert faults == []
    assert numbers == list(range(1, writers * each + 1))
    assert (last, lines, broken) == (writers * each, writers * each, [])


def write(settings: Settings, authority: UUID, party: UUID, each: int) -> list[Written]:
    """One process: its threads begin at the same instant. The numbers each took, and the names of the faults it met."""
    app, together = create_app(settings), threading.Barrier(THREADS)

    def one_writer(_: int) -> Written:
        taken: list[int] = []
        met: list[str] = []
        together.wait()
        for _ in range(each):
            with app.app_context():
                scope.act_for(db.session, scope.party(party))
                try:
                    with unit_of_work() as session:
                        number = take_arrival_number(session, authority)
                        record(session, chain=party, at=clock.now(), actor=SYSTEM, verb="test.wrote")
                    taken.append(number)
                except Exception as fault:
                    met.append(f"{type(fault).__name__}: {fault}"[:200])
        return taken, met

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(one_writer, range(THREADS)))
