"""The installation's key changed while people apply: nobody is turned away, and afterwards the old key is of no use."""

import random
from pathlib import Path

import pytest

from portal.config import Settings
from tests.backups.machines import with_own_keys
from tests.proofs.aftermath import complaints, lost, settled
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.proofs.senders import Senders, sending
from tests.vault.test_rotation import take_old_keys_away
from tests.world import World, publish_ad

ANSWERS = 12  # between two changes


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """An installation whose key file is its own: the others of the run share one."""
    return with_own_keys(settings, tmp_path)


@pytest.mark.proof(
    "Installationens nyckel går att byta medan folk söker: ingen märker det, och den gamla nyckeln kan tas bort.",
    how="4 senders apply to a living web server with its worker while `portal keys rotate` runs, again and again, and the "
    "old key's line is taken away each time; then every acknowledged application is opened and its receipt counted; check",
    short={"changes": 1},
    full={"changes": 20},
)
def test_whoever_applies_notices_no_change_of_keys(
    proof: Proof, world: World, settings: Settings, tmp_path: Path
) -> None:
    seed, log, said = random.randrange(10**6), tmp_path / "log", []
    ad, changes = publish_ad(world), proof.size("changes")
    with living(settings, log=log) as portal:
        portal.start_worker()
        portal.start_web()
        with sending(Senders(portal.address, ad.reference, seed), 4) as senders:
            for _ in range(changes):
                senders.wait_for(ANSWERS, seconds=60)
                done = portal.portal("keys", "rotate")
                assert done.returncode == 0, done.stderr
                said.append(done.stdout)
                take_old_keys_away(settings.keys_file)
            senders.wait_for(ANSWERS, seconds=60)
        unfinished = settled(world)
        checked = portal.portal("check", "--deep")
    gone, odd = lost(world, senders.acknowledged)
    proof.came_to(
        seed=seed, changes=sum("Ny nyckel" in one for one in said), acknowledged=len(senders.acknowledged),
        lost=len(gone), cut_off=senders.cut_off, turned_away=sum(senders.answers.values()) - senders.answers[303],
        check=checked.returncode,
    )  # fmt: skip
    assert sum("Ny nyckel" in one for one in said) == changes
    assert (gone, odd, unfinished) == ([], [], {"events": 0, "mails": 0, "unread": 0})
    assert (set(senders.answers), senders.cut_off) == ({303}, 0)
    assert len(senders.acknowledged) >= changes
    assert (checked.stdout, checked.returncode) == ("Allt är som det ska.\n", 0)
    assert complaints(log) == []
