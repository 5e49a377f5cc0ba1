"""No acknowledged application is lost, whatever is killed, and whenever."""

import os
import random
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from portal.config import Settings
from tests.proofs.aftermath import complaints, lost, settled, strays
from tests.proofs.living import Living, living
from tests.proofs.plugin import Proof
from tests.proofs.senders import Senders, sending
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
LONG_AGO = (1_700_000_000, 1_700_000_000)
MOST_SECONDS = 60  # of a round, on a machine that has much else to do


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
                senders.wait_for(chance.randint(0, 15), seconds=MOST_SECONDS)
                time.sleep(chance.uniform(0, 0.1))
                portal.kill(*chance.sample(("web", "worker"), 2))
            _start(portal)
        set_clock("2026-11-23T18:00")  # what a killed worker held is free again
        portal.stop("worker")
        portal.start_worker()
        unfinished = settled(world)
        portal.stop()
        gone, odd = lost(world, senders.acknowledged)
        set_clock("2026-11-26T12:00")
        for path in (settings.instance_path / "documents").glob("??/*"):
            os.utime(path, LONG_AGO)
        swept, checked = portal.portal("sweep"), portal.portal("check", "--deep")
    stray = strays(world, settings.instance_path / "documents")
    proof.came_to(
        seed=seed,
        rounds=proof.size("rounds"),
        begun=senders.begun,
        requests_cut_off=senders.cut_off,
        acknowledged=len(senders.acknowledged),
        lost=len(gone),
        **stray,
        swept=swept.stdout.strip(),
        check=checked.returncode,
    )
    assert (gone, odd, unfinished) == ([], [], {"events": 0, "mails": 0, "unread": 0})
    assert len(senders.acknowledged) >= proof.size("rounds")
    assert set(senders.answers) <= {303, 503}  # taken in, or asked to come back: a busy machine may have no place
    assert stray == {"files_without_row": 0, "rows_without_file": 0, "keys_without_row": 0}
    assert (checked.stdout, checked.returncode) == ("Allt är som det ska.\n", 0)
    assert complaints(log) == []


def _start(portal: Living) -> None:
    portal.start_worker()
    portal.start_web()
