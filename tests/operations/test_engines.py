"""A worker that is told to stop finishes what it has begun, and begins nothing more."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest
from flask import Flask
from huey import MemoryHuey

from portal import sqlite
from portal.operations import engines
from portal.web.assets import Assets

AT_WORK = """
import sys, time
from pathlib import Path
from threading import Event
from portal.jobs.engines import open_queue
from portal.operations.engines import work

place, ending = Path(sys.argv[1]), Event()
queue = open_queue(f"sqlite:///{place}/queue.db", "s" * 40)

@queue.task(name="long")
def long(number):
    (place / f"begun-{number}").touch()
    until = time.monotonic() + 30
    while time.monotonic() < until and not (place / "enough").exists():
        time.sleep(0.01)
    (place / f"{'told' if ending.is_set() else 'not-told'}-{number}").touch()

for number in range(3):
    long(number)
work(queue, ending, workers=1)
"""


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_finishes_what_it_is_at(told: signal.Signals, tmp_path: Path) -> None:
    worker = subprocess.Popen([sys.executable, "-c", AT_WORK, str(tmp_path)], stderr=subprocess.PIPE, text=True)
    try:
        _wait_for(tmp_path / "begun-0")
        os.kill(worker.pid, told)
        with pytest.raises(subprocess.TimeoutExpired):
            worker.wait(timeout=0.5)  # it waits for what it has begun
        (tmp_path / "enough").touch()
        _, said = worker.communicate(timeout=20)
    finally:
        worker.kill()
    assert (worker.returncode, said) == (0, "")
    assert {path.name for path in tmp_path.glob("*-*") if "queue" not in path.name} == {"begun-0", "told-0"}


def test_the_style_sheets_are_made_before_the_first_page_is_asked_for(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        engines, "WebServer", lambda app, **_: SimpleNamespace(run=lambda: worn.append(app.extensions["assets"]))
    )
    monkeypatch.setattr(engines, "gc", SimpleNamespace(collect=int, freeze=int, set_threshold=int))
    worn: list[Assets] = []
    engines.serve(app, host="127.0.0.1", port=0)
    assert worn[0]._worn is not None


def _wait_for(path: Path) -> None:
    until = time.monotonic() + 20
    while not path.exists():
        assert time.monotonic() < until, f"{path.name} never came"
        time.sleep(0.01)


def test_a_worker_lets_those_who_answer_people_write_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Idle:
        def __init__(self, *_: object, **__: object) -> None: ...

        def run(self) -> None:
            assert sqlite._looks == ["in due time"]
            ran.append(True)

    ran: list[bool] = []
    monkeypatch.setattr(sqlite, "_looks", ["at once"])
    monkeypatch.setattr(engines, "share_heaps", lambda: None)
    monkeypatch.setattr(engines, "Workers", Idle)
    engines.work(MemoryHuey("idle"), Event())
    assert ran
