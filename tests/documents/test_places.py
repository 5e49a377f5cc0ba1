"""Places for children are counted over all processes of an installation, and come back when one of them is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from portal import clock
from portal.documents.engines import places

HOLDER = """
import sys, pathlib
from portal import clock
from portal.documents.engines import places
places.share_places(pathlib.Path(sys.argv[1]))
with places.place(clock.monotonic() + 5), places.place(clock.monotonic() + 5):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of places, for as long as the test lasts."""
    monkeypatch.setattr(places, "_shared", [tmp_path])
    return tmp_path


def is_free() -> bool:
    try:
        with places.place(clock.monotonic() + 0.2):
            return True
    except places.NoChildFree:
        return False


def test_a_place_held_in_another_process_is_not_free_here_until_that_one_is_killed(shared: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(shared)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        assert not is_free()
        other.kill()
        other.wait()
        assert is_free()


def test_two_places_here_are_all_there_are(shared: Path) -> None:
    with places.place(clock.monotonic() + 1):
        assert is_free()
        with places.place(clock.monotonic() + 1):
            assert not is_free()
    assert is_free()


def test_a_place_is_given_back_by_whoever_fails_in_it(shared: Path) -> None:
    for _ in range(places.READING.at_once + 1):
        with pytest.raises(ValueError), places.place(clock.monotonic() + 1):
            raise ValueError
    assert is_free()
