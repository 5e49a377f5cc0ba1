"""Children that misbehave, and the nursery they come from: nothing outlives its asker, and nothing is left open."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal import clock
from portal.documents.engines import frames, keeper, places, reader
from portal.documents.engines.nursery import MOST_JOBS
from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.children import is_alive, nurseries, parent_of, wait_until

MB = 1024 * 1024


def read(data, name="cv.pdf"):
    return reader.read_document(data, name=name)


def test_what_a_child_sends_is_not_believed(instead):
    lies = [b"W\xff\xff\xff\xff"]
    for fact in (
        {"pages": 10**9},
        {"verdict": "ok"},
        {"verdict": []},
        {"page": True, "text": "x"},
        {"page": 1, "text": 5},
        [],
    ):
        body = json.dumps(fact).encode()
        lies.insert(0, b"W" + len(body).to_bytes(4, "big") + body)
    lies.insert(0, b"P" + (9).to_bytes(4, "big") + b"<script>a")
    instead(f"import sys\nsys.stdout.buffer.write({b''.join(lies)!r})\n")
    reading = read(hostile.plain())
    assert (reading.verdict, reading.pictures, reading.text, reading.page_count) == (Verdict.stuck, (), "", 0)


def test_a_child_that_never_stops_talking_is_stopped(instead, monkeypatch):
    instead("import sys\nwhile True: sys.stdout.buffer.write(b'x' * 65536)\n")
    monkeypatch.setattr(keeper, "MAX_ANSWER", MB)
    assert read(hostile.plain()).verdict is Verdict.stuck


def test_what_a_child_starts_ends_with_it(instead, tmp_path):
    number = tmp_path / "pid"
    instead(
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(number)!r}, 'w').write(str(child.pid))\ntime.sleep(60)\n"
    )
    start = time.monotonic()
    keeper.ask(b"", "look", "pdf", 1, 1, until=clock.monotonic() + 3)
    assert time.monotonic() - start < 50  # it would have slept for sixty
    wait_until(lambda: not is_alive(int(number.read_text())), "what the child started lives on")


def test_a_child_has_its_limits_and_nothing_of_our_environment(instead, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "hemlig")
    instead(
        "import json, os, resource, sys\nfrom portal.documents.engines import frames, limits\nlimits.close_in(384)\n"
        "names = ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE')\n"
        "soft = {n: resource.getrlimit(getattr(resource, 'RLIMIT_' + n))[0] for n in names}\n"
        "frames.tell(sys.stdout.buffer, limits=soft, names=sorted(os.environ),\n"
        "    open=sorted(os.listdir('/proc/self/fd'))[:-1])\n"
    )
    answer = keeper.ask(b"", "look", "pdf", 1, 1, until=clock.monotonic() + 5)
    told = frames.facts_in(answer.frames[0][1])
    assert told["limits"] == {"AS": 384 * MB, "CPU": 8, "FSIZE": 0, "NOFILE": 32, "CORE": 0}
    assert not [name for name in told["names"] if name.startswith("PORTAL") or "PATH" in name]
    assert told["open"] == ["0", "1", "2"]  # no socket, no other child's file


def test_a_child_brings_nothing_of_a_file_to_the_disk(instead, tmp_path):
    instead(
        "import sys\nfrom portal.documents.engines import frames, limits\n"
        "def kept(name):\n"
        "    try:\n"
        f"        with open({str(tmp_path)!r} + name, 'wb', buffering=0) as file:\n"
        "            return file.write(sys.stdin.buffer.read(4))\n"
        "    except OSError: return 0\n"
        "before = kept('/before')\nlimits.close_in(384)\n"
        "frames.tell(sys.stdout.buffer, before=before, after=kept('/after'))\n"
    )
    answer = keeper.ask(b"CV: Berit", "look", "pdf", 1, 1, until=clock.monotonic() + 5)
    assert frames.facts_in(answer.frames[0][1]) == {"before": 4, "after": 0}


def test_a_file_is_read_where_nothing_can_be_made(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    assert read(hostile.plain()).verdict is Verdict.ok


ALONE = "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x50000000) != 0)"


@pytest.mark.skipif(
    subprocess.call([sys.executable, "-c", ALONE]) != 0, reason="this kernel lets nobody leave its network"
)
def test_a_child_reaches_no_network_where_the_kernel_can_take_it_away(instead):
    with socket.create_server(("127.0.0.1", 0)) as server:
        instead(
            "import socket, sys\nfrom portal.documents.engines import frames, limits\n"
            "def reached():\n"
            "    with socket.socket() as caller:\n"
            f"        return caller.connect_ex(('127.0.0.1', {server.getsockname()[1]})) == 0\n"
            "before = reached()\nlimits.close_in(384)\n"
            "frames.tell(sys.stdout.buffer, before=before, after=reached())\n"
        )
        answer = keeper.ask(b"", "look", "pdf", 1, 1, until=clock.monotonic() + 5)
    assert frames.facts_in(answer.frames[0][1]) == {"before": True, "after": False}


SLOW = (
    "import os, pathlib, sys, time\n"
    "here = pathlib.Path({here!r})\n(here / 'pid').write_text(str(os.getpid()))\n"
    "while not (here / 'enough').exists(): time.sleep(0.01)\n"
    "from portal.documents.engines import frames\nframes.send(sys.stdout.buffer, frames.END)\n"
)


@pytest.fixture
def slow(instead, tmp_path):
    """One file at work until it is let end; its answer, once `tmp_path / 'enough'` is there."""
    instead(SLOW.format(here=str(tmp_path)))
    with ThreadPoolExecutor(1) as side:
        answer = side.submit(keeper.ask, b"", "look", "pdf", 1, 1, until=clock.monotonic() + 30)
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), "the child began")
        yield answer
        (tmp_path / "enough").touch()


def test_a_file_is_read_to_its_end_whatever_becomes_of_the_next_ones_nursery(slow, tmp_path):
    with keeper._nursery._guard:
        keeper._nursery._close()
    assert not slow.done()
    (tmp_path / "enough").touch()
    assert slow.result(timeout=20).ended


def test_a_child_ends_with_its_nursery_also_before_it_has_built_its_walls(slow, tmp_path):
    child = int((tmp_path / "pid").read_text())
    os.kill(parent_of(child), signal.SIGKILL)
    assert not slow.result(
        timeout=20
    ).ended  # it would have gone on until it is let end, or its thirty seconds are over
    wait_until(lambda: not is_alive(child), "the child ended")  # its pipes close before it is gone


def test_a_child_whose_nursery_died_before_it_could_ask_ends_itself():
    orphaned = "import os; from portal.documents.engines import limits; limits.end_with({}); print('lives')"
    for parent, lives in (("os.getppid()", b"lives\n"), ("os.getppid() + 1", b"")):
        ended = subprocess.run([sys.executable, "-c", orphaned.format(parent)], capture_output=True, check=False)
        assert (ended.stdout, ended.returncode) == (lives, int(not lives))


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_whoever_stops_every_process_of_a_service_stops_no_file_that_is_read(slow, tmp_path, told):
    child = int((tmp_path / "pid").read_text())
    os.kill(parent_of(child), told)
    os.kill(child, told)
    (tmp_path / "enough").touch()
    assert slow.result(timeout=20).ended


def test_a_nursery_takes_fifty_jobs_and_no_more(monkeypatch):
    assert MOST_JOBS == 50
    few = "import sys; sys.argv[1:] = []; from portal.documents.engines import nursery; nursery.MOST_JOBS = 2; nursery.main()"
    monkeypatch.setattr(keeper, "_PROGRAM", [sys.executable, "-I", "-c", few])
    used = []
    for _ in range(3):
        assert reader.letter_pages("Hej").verdict is Verdict.ok
        used.append(keeper._nursery._process.pid)
    assert used[0] == used[1] != used[2]


@pytest.mark.slow
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_turns_on_its_nursery_does_not_outlive_its_place(instead, monkeypatch, tmp_path, blow):
    monkeypatch.setattr(keeper, "STARTING_SECONDS", 1.5)
    instead(
        "import ctypes, os, time\nctypes.CDLL(None).prctl(1, 0, 0, 0, 0)\n"
        f"open({str(tmp_path / 'pid')!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')\n"
        f"os.kill(os.getppid(), {int(blow)})\ntime.sleep(60)\n"
    )
    keeper.ask(b"", "look", "pdf", 1, 1, until=clock.monotonic() + 2)
    child, nursery = map(int, (tmp_path / "pid").read_text().split())
    wait_until(lambda: not is_alive(child), "the child is gone")
    assert reader.letter_pages("Hej", until=clock.monotonic() + 6).verdict is not Verdict.ok  # it turns on the next too
    wait_until(lambda: not is_alive(nursery), "so is the nursery that hung")


def test_a_file_whose_time_is_out_before_a_child_begins_waits():
    with pytest.raises(places.NoChildFree):
        keeper.ask(hostile.plain(), "look", "pdf", 1, 1, until=clock.monotonic() - 1)


def test_a_nursery_that_is_gone_is_replaced_by_the_next_file():
    assert read(hostile.plain()).verdict is Verdict.ok
    if not nurseries():  # that was the last file of the fiftieth: the next one has another
        assert read(hostile.plain()).verdict is Verdict.ok
    (nursery,) = nurseries()
    os.kill(nursery, signal.SIGKILL)
    assert read(hostile.plain()).verdict is Verdict.ok
    assert nurseries() != [nursery]


def test_a_nursery_that_cannot_start_leaves_the_file_to_be_read_later(monkeypatch):
    monkeypatch.setattr(keeper, "_PROGRAM", [sys.executable, "-c", "raise SystemExit(1)"])
    assert read(hostile.plain()).verdict is Verdict.waiting
    monkeypatch.undo()
    assert read(hostile.plain()).verdict is Verdict.ok


def test_nothing_outlives_whoever_asked(instead, tmp_path):
    instead(f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n")
    asking = (
        "from portal import clock\nfrom portal.documents.engines import keeper\n"
        f"keeper._PROGRAM = {keeper._PROGRAM!r}\nkeeper.ask(b'', 'look', 'pdf', 1, 1, until=clock.monotonic() + 30)\n"
    )
    with subprocess.Popen([sys.executable, "-c", asking]) as process:
        wait_until(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text(), "the child began")
        child = int((tmp_path / "pid").read_text())
        nursery = parent_of(child)
        assert parent_of(nursery) == process.pid
        process.kill()
    wait_until(lambda: not is_alive(child) and not is_alive(nursery), "both ended")


def test_a_nursery_that_nobody_asks_ends():
    ours, theirs = socket.socketpair()
    program = "from portal.documents.engines import nursery\nnursery.UNASKED_SECONDS = 0.2\nnursery.main()\n"
    with ours, theirs, subprocess.Popen([sys.executable, "-c", program], stdin=theirs.fileno()) as nursery:
        assert nursery.wait(timeout=30) == 0
