"""The folder that the web processes count in: nobody's is taken from them, and what a killed server left is cleared away."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from portal.config import Settings
from portal.operations import counts
from portal.operations.counts import FOLDER, forget_counts, share_counts
from tests.proofs.around import wait_until
from tests.proofs.living import living

HOLDING = (
    "import sys, time\nfrom pathlib import Path\nfrom portal.operations import counts\n"
    "counts._MEMORY = Path(sys.argv[1])\ncounts.share_counts()\nprint('holds', flush=True)\ntime.sleep(60)\n"
)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Where folders are made, and nothing of it stays in the environment."""
    monkeypatch.setattr(counts, "_MEMORY", tmp_path)
    for name in (FOLDER, counts._OWNER):
        monkeypatch.setenv(name, "")
    yield tmp_path
    forget_counts()


def test_who_starts_takes_away_what_a_killed_server_left_and_nobody_elses(place: Path) -> None:
    ours = [subprocess.Popen([sys.executable, "-c", HOLDING, str(place)], stdout=subprocess.PIPE) for _ in range(2)]
    for one in ours:
        assert one.stdout is not None
        assert one.stdout.readline() == b"holds\n"
    (place / "portal-metrics-older").mkdir()  # of a program that held none: it may be at work
    assert len(list(place.iterdir())) == 3
    killed, alive = ours
    killed.kill()
    killed.communicate()
    share_counts()
    assert len(list(place.iterdir())) == 3  # the older one's, the living one's and our own
    assert Path(os.environ[FOLDER]).is_dir()
    alive.kill()
    alive.communicate()
    forget_counts()
    share_counts()
    assert {one.name for one in place.iterdir()} == {"portal-metrics-older", Path(os.environ[FOLDER]).name}


@pytest.mark.slow
def test_a_folder_that_somebody_has_cleared_away_takes_no_page_along(settings: Settings) -> None:
    with living(settings) as portal:
        portal.start_web(workers=1)
        server = portal.running["web"].pid
        urlopen(f"{portal.address}/kontakt", timeout=10).close()
        (child,) = _children(server)
        for mapped in _counted_in(server, child):
            mapped.unlink()
            if not any(mapped.parent.glob("*.db")):
                (mapped.parent / "held").unlink()
                mapped.parent.rmdir()
        os.kill(child, signal.SIGKILL)
        wait_until(lambda: _children(server) not in ([], [child]), seconds=30)
        for path in ("/kontakt", "/metrics", "/readyz"):
            with urlopen(f"{portal.address}{path}", timeout=10) as answer:
                assert answer.status == 200
                told = answer.read().decode()
            assert path != "/metrics" or 'portal_waiting{what="mail"}' in told


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _counted_in(*pids: int) -> set[Path]:
    found = set()
    for pid in pids:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            path = line.split(maxsplit=5)[-1]
            if path.endswith(".db") and "/portal-metrics-" in path:
                found.add(Path(path))
    assert found
    return found
