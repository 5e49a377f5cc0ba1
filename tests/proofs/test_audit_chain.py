"""The log cannot be bent unseen, however its tables are changed; and fifty who write at once leave it whole."""

import random
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.audit.commands import audit
from portal.audit.services import PLATFORM_CHAIN, record
from portal.audit.verification import present_heads
from portal.config import Settings
from portal.db import db, unit_of_work
from tests.audit.bending import HEAD, LINE, Bad, Bender, owner_of, past_the_triggers, ways
from tests.proofs.living import environment_of
from tests.proofs.plugin import Proof
from tests.world import World

LINES = 12


def fill(world: World, chains: list[UUID], lines: int) -> None:
    for chain in chains:
        for number in range(lines):
            with world.writing(scope.PLATFORM) as session:
                actor = f"person:{uuid4()}"
                record(session, chain=chain, at=clock.now(), actor=actor, verb=f"test.{number}", object_id=uuid4())


def answer(world: World, *arguments: str) -> tuple[int, Bad]:
    """Exit code and first bad lines of `portal audit verify`."""
    told = world.app.test_cli_runner().invoke(audit, ["verify", *arguments])
    words = [line.split() for line in told.stdout.splitlines() if line.startswith("kedja ")]
    return told.exit_code, {UUID(word[1].rstrip(":")): int(word[3]) for word in words}


@pytest.mark.proof(
    "Loggen går inte att ändra utan att det syns, och första felaktiga raden pekas ut.",
    how="the tables changed past the triggers in 24 ways with the owner's rights, `portal audit verify` after each",
    short={"mutations": 48},
    full={"mutations": 200},
)
def test_every_mutation_of_the_log_is_found(proof: Proof, world: World, settings: Settings) -> None:
    chains, chance, missed = [PLATFORM_CHAIN, world.party, world.rival], random.Random(7), []
    fill(world, chains, LINES)
    assert answer(world) == (0, {})
    known: list[Callable[[Bender, UUID, UUID], Bad]] = ways(LINES)
    with owner_of(settings) as owner:
        with owner.connect() as connection:
            lines = [dict(row) for row in connection.execute(select(LINE)).mappings()]
            heads = [dict(row) for row in connection.execute(select(HEAD)).mappings()]
        for number in range(proof.size("mutations")):
            chain, other = chance.sample(chains, 2)
            with past_the_triggers(owner) as connection:
                expected = known[number % len(known)](Bender(connection, chance), chain, other)
            if answer(world) != (1, expected):
                missed.append((number % len(known), expected, answer(world)))
            with past_the_triggers(owner) as connection:
                Bender(connection, chance).put_back(lines, heads)
    proof.came_to(mutations=proof.size("mutations"), ways=len(known), found=proof.size("mutations") - len(missed))
    assert missed == []
    assert answer(world) == (0, {})


WRITER = """
import sys
from uuid import UUID
from portal import clock
from portal.audit.services import record
from portal.db import db, unit_of_work
from portal.factory import create_app

with create_app().app_context():
    for number in range(int(sys.argv[2])):
        with unit_of_work() as session:
            record(session, chain=UUID(sys.argv[1]), at=clock.now(), actor="system", verb=f"process.{number}")
"""


@pytest.mark.proof(
    "Femtio som skriver i samma logg på en gång lämnar den hel.",
    how="46 threads and 4 processes append to a chain that has no line yet, all at once",
    short={"threads": 46, "processes": 4, "lines": 4},
    full={"threads": 46, "processes": 4, "lines": 20},
)
def test_fifty_writers_leave_the_chain_whole(proof: Proof, world: World, settings: Settings) -> None:
    lines, chain = proof.size("lines"), uuid4()
    command = [sys.executable, "-c", WRITER, str(chain), str(lines)]
    environment = environment_of(settings, 0)
    processes = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(proof.size("processes"))
    ]

    def write(_: int) -> str:
        try:
            with world.app.app_context():
                for number in range(lines):
                    with db.sessionmaker() as session, unit_of_work(session):
                        record(session, chain=chain, at=clock.now(), actor="system", verb=f"thread.{number}")
        except Exception as fault:
            return f"{type(fault).__name__}: {fault}"[:300]
        return ""

    with ThreadPoolExecutor(proof.size("threads")) as threads:
        faults = [fault for fault in threads.map(write, range(proof.size("threads"))) if fault]
    faults += [process.communicate()[1][-300:] for process in processes if process.wait(timeout=300)]
    with world.app.app_context():
        written = max(present_heads()[chain])
    proof.came_to(writers=50, lines=written, lost=50 * lines - written, faults=len(faults))
    assert faults == []
    assert written == 50 * lines
    assert answer(world) == (0, {})
