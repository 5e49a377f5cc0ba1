"""The door: every file gets its verdict and its sentence in time, and no child is left behind."""

import contextlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from portal import clock
from portal.demo.engines import papers
from portal.demo.people import candidates
from portal.documents.engines import frames, keeper, places, reader
from portal.documents.reading import Note, Verdict
from tests.documents import hostile

MB = 1024 * 1024


def children(of="self"):
    """Limited children that are still there: the nursery's, which is a child of this process."""
    found = []
    for task in Path(f"/proc/{of}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that has just ended
            started = (task / "children").read_text().split()
            found += started if of != "self" else [child for nursery in started for child in _children_of(nursery)]
    return found


def _children_of(nursery):
    with contextlib.suppress(FileNotFoundError):
        return children(nursery)
    return []


@pytest.fixture
def instead(monkeypatch, tmp_path):
    """Another program in the child's place."""

    def put(program):
        script = tmp_path / "instead.py"
        script.write_text(program)
        monkeypatch.setattr(keeper, "_PROGRAM", [*keeper._PROGRAM, str(script)])

    yield put
    monkeypatch.undo()
    assert read(hostile.plain()).verdict is Verdict.ok  # the real nursery takes the other's place again


@pytest.fixture(autouse=True)
def _nothing_is_left_behind():
    before = set(children())
    yield
    assert set(children()) <= before
    assert places._here._value == places.AT_ONCE


def read(data, name="cv.pdf", **how):
    return reader.read_document(data, name=name, **how)


def opened(png):
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("candidate", candidates(), ids=lambda c: c.layout)
def test_every_cv_of_the_demo_is_read(candidate):
    name, data = papers.cv(candidate.person, candidate.layout)
    reading = read(data, name)
    assert reading.verdict is (Verdict.no_words if candidate.layout == "scan" else Verdict.ok)
    assert len(reading.pictures) == 1
    assert 1600 <= max(opened(reading.pictures[0]).size) <= 2000
    if candidate.layout != "scan":
        for words in (candidate.person.name, candidate.person.phone, candidate.person.jobs[0].employer):
            assert words in reading.text.replace("\n", " ")


@pytest.mark.parametrize(
    ("data", "name", "verdict"),
    [
        (b"", "cv.pdf", Verdict.empty),
        (hostile.PNG, "cv.pdf", Verdict.not_what_it_says),
        (b"<html></html>", "cv.docx", Verdict.not_what_it_says),
        (hostile.plain()[:300], "cv.pdf", Verdict.damaged),
        (b"%PDF-1.7\n", "cv.pdf", Verdict.damaged),
        (lambda: hostile.locked("hemligt"), "cv.pdf", Verdict.encrypted),
        (lambda: hostile.locked(""), "cv.pdf", Verdict.ok),
        (lambda: hostile.many_pages(100), "cv.pdf", Verdict.no_words),
        (lambda: hostile.many_pages(101), "cv.pdf", Verdict.too_many_pages),
        (lambda: hostile.plain(size=b"14400 14400"), "cv.pdf", Verdict.ok),
        (lambda: hostile.plain(size=b"14400 2"), "cv.pdf", Verdict.ok),
        (lambda: hostile.plain(size=b"90000 90000"), "cv.pdf", Verdict.stuck),
        (hostile.scan, "cv.pdf", Verdict.no_words),
        (hostile.deep_brackets, "cv.pdf", Verdict.ok),
        pytest.param(hostile.inflating, "cv.pdf", Verdict.stuck, marks=pytest.mark.slow),
        (hostile.zero_width_rows, "cv.pdf", Verdict.damaged),
        (hostile.nested_forms, "cv.pdf", Verdict.stuck),
        (hostile.width_run, "cv.pdf", Verdict.no_words),
        (hostile.letter_range, "cv.pdf", Verdict.ok),
        (lambda: hostile.docx(hostile.p("Hej")), "cv.docx", Verdict.ok),
        pytest.param(hostile.zip_bomb, "cv.docx", Verdict.stuck, marks=pytest.mark.slow),
        (lambda: hostile.docx(hostile.p("ord " * 300_000)), "cv.docx", Verdict.too_many_pages),
        (lambda: hostile.docx(""), "cv.docx", Verdict.no_words),
        (lambda: hostile.odt("<text:p>Hej</text:p>"), "cv.odt", Verdict.ok),
        ("Hej på dig".encode("cp1252"), "cv.txt", Verdict.ok),
    ],
)
def test_a_file_gets_its_verdict_with_a_sentence(data, name, verdict):
    data = data() if callable(data) else data
    reading = read(data, name)
    assert reading.verdict is verdict
    assert name in reading.sentence
    assert all(max(opened(picture).size) <= 2000 for picture in reading.pictures)
    assert bool(reading.pictures) == verdict.accepted


def test_words_are_read_by_the_second_reader_where_the_first_never_ends():
    data = hostile.reference_loop()
    assert len(data) < 1000
    start = time.monotonic()
    reading = read(data, first_reader=1.0)
    assert 0.9 < time.monotonic() - start < 3  # the first reader did not come to an end by itself
    assert reading.verdict is Verdict.ok
    assert "Region Adalen" in reading.text
    assert Note.second_reader in reading.notes


@pytest.mark.slow
def test_a_picture_that_is_never_finished_ends_with_the_budget():
    start = time.monotonic()
    reading = read(hostile.own_pattern(), until=clock.monotonic() + 2.5)
    assert 2 < time.monotonic() - start < 4
    assert reading.verdict is Verdict.stuck
    assert "Spara om den som PDF" in reading.sentence


@pytest.mark.slow
@pytest.mark.parametrize("make", [hostile.reference_loop, hostile.own_pattern, hostile.nested_forms])
def test_with_the_whole_budget_the_answer_comes_within_ten_seconds(make):
    start = time.monotonic()
    assert read(make()).sentence
    assert time.monotonic() - start < 10


def test_a_turned_page_keeps_its_words():
    reading = read(hostile.turned())
    assert "nummer 8 i Region Adalen" in reading.text
    wide, high = opened(reading.pictures[0]).size
    assert wide > high


def test_the_text_has_no_zero_characters_and_letters_are_whole():
    assert "\x00" not in read(hostile.zero_letters()).text
    letters = read("Sa\u030a ha\u0308r".encode(), "brev.txt").text
    assert letters == "Så här"


def test_no_child_free_means_the_file_waits(monkeypatch):
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 0.2)
    with places._here, places._here:
        reading = read(hostile.plain())
    assert reading.verdict is Verdict.waiting
    assert reading.verdict.accepted
    assert "du kan fortsätta" in reading.sentence


def test_one_child_free_is_enough():
    with places._here:
        assert read(hostile.plain()).verdict is Verdict.ok


def test_at_most_two_children_run_at_once():
    seen, done = [], threading.Event()

    def count():
        while not done.is_set():
            seen.append(len(children()))
            time.sleep(0.005)

    watcher = threading.Thread(target=count)
    watcher.start()
    senders = [threading.Thread(target=read, args=(hostile.plain(),)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    done.set()
    watcher.join()
    assert max(seen) == places.AT_ONCE


def test_a_typed_letter_becomes_pages_and_its_text_stays_text():
    reading = reader.letter_pages('Hej #panic() $x$ *du* "å"\n\n' + "ord " * 2000)
    assert reading.verdict is Verdict.ok
    assert reading.page_count == len(reading.pictures) > 1
    assert reading.text.startswith('Hej #panic() $x$ *du* "å"')
    assert reader.letter_pages(" \n").verdict is Verdict.empty


def test_a_word_file_is_marked_as_a_text_view_and_a_letter_is_not():
    word = read(hostile.docx(hostile.p("Hej")), "cv.docx")
    letter = reader.letter_pages("Hej")
    assert Note.text_view in word.notes
    assert not letter.notes
    head = (0, 0, 1400, 180)  # where the mark stands
    blank = Image.new("L", (1400, 180), 255)
    assert ImageChops.difference(opened(word.pictures[0]).convert("L").crop(head), blank).getbbox()
    assert not ImageChops.difference(opened(letter.pictures[0]).convert("L").crop(head), blank).getbbox()


def test_the_worker_draws_the_pages_it_asks_for():
    drawn = reader.draw_pages(hostile.many_pages(7), "pdf", 2, 100)
    assert drawn.verdict is Verdict.ok
    assert (len(drawn.pictures), drawn.page_count, drawn.text) == (6, 7, "")


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
    assert time.monotonic() - start < 6
    state = Path(f"/proc/{number.read_text()}/stat")
    deadline = time.monotonic() + 2
    while state.exists() and ") Z" not in state.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not state.exists() or ") Z" in state.read_text()


def test_a_child_has_its_limits_and_nothing_of_our_environment(instead, monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "hemlig")
    instead(
        "import json, os, resource, sys\nfrom portal.documents.engines import frames, limits\nlimits.close_in(384)\n"
        "names = ('AS', 'CPU', 'FSIZE', 'NOFILE', 'CORE')\n"
        "soft = {n: resource.getrlimit(getattr(resource, 'RLIMIT_' + n))[0] for n in names}\n"
        "frames.tell(sys.stdout.buffer, limits=soft, names=sorted(os.environ), here=os.listdir('.'),\n"
        "    open=sorted(os.listdir('/proc/self/fd'))[:-1])\n"
    )
    answer = keeper.ask(b"", "look", "pdf", 1, 1, until=clock.monotonic() + 5)
    told = frames.facts_in(answer.frames[0][1])
    assert told["limits"] == {"AS": 384 * MB, "CPU": 8, "FSIZE": 16 * MB, "NOFILE": 32, "CORE": 0}
    assert not [name for name in told["names"] if name.startswith("PORTAL") or "PATH" in name]
    assert told["here"] == []
    assert told["open"] == ["0", "1", "2"]  # no socket, no other child's file


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


def test_a_nursery_that_is_gone_is_replaced_by_the_next_file():
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


def nurseries():
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_alive(pid):
    """A child that has ended and whom nobody has waited for yet is not."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(true, what):
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)
