"""What the library makes at its first use is whole before two threads can come first together."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Lock, Thread
from time import sleep
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, Update, update
from sqlalchemy.event import attr
from sqlalchemy.sql import annotation

from portal.config import Settings
from portal.db import open_engine
from portal.factory import create_app


@pytest.mark.parametrize("times", [0, 1], ids=["of a start", "after a fork"])
def test_of_two_who_connect_first_the_second_waits_until_it_is_known_what_server_that_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    (tmp_path / "one.db").touch()
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    for _ in range(times):
        engine.dispose(close=False)
    ask, begun, known, met = engine.dialect.initialize, Event(), Event(), list[bool]()

    def slowly(connection: Any) -> None:
        begun.set()
        sleep(0.2)
        ask(connection)
        known.set()

    def lock() -> Any:
        sleep(0.1)  # both have seen that there is none
        return Lock()

    def connect() -> None:
        with engine.connect():
            met.append(known.is_set())

    monkeypatch.setattr(engine.dialect, "initialize", slowly)
    monkeypatch.setattr(attr, "threading", SimpleNamespace(Lock=lock))
    _both(connect)
    assert begun.is_set() and met == [True, True]


def test_of_two_who_first_ask_with_an_annotated_statement_both_have_it_kept_compiled(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, keys, of_one = Event(), list[object](), Table("one", MetaData())

    class Slow(dict[type, type]):
        def __setitem__(self, of: type, made: type) -> None:
            super().__setitem__(of, made)
            begun.set()
            sleep(0.2)

    def ask() -> None:
        keys.append(update(of_one)._annotate({"asked": True})._generate_cache_key())

    kept = {of: made for of, made in annotation.annotated_classes.items() if of is not Update}
    monkeypatch.setattr(annotation, "annotated_classes", Slow(kept))
    create_app(settings)
    first, second = Thread(target=ask), Thread(target=ask)
    first.start()
    begun.wait(0.5)
    second.start()
    for one in (first, second):
        one.join()
    assert None not in keys


def test_of_the_first_two_who_write_an_instant_to_postgresql_neither_writes_the_day_alone() -> None:
    """In a process of its own: in this one some test has written one."""
    pytest.importorskip("psycopg")
    program = """
from datetime import datetime
from threading import Thread, current_thread
from time import sleep
from psycopg.adapt import PyFormat
from portal.db import open_engine

adapters = open_engine("postgresql+psycopg://nobody@localhost/none").dialect._psycopg_adapters_map

class Slow(dict):
    missed = 0
    def __getitem__(self, kind):
        try:
            return super().__getitem__(kind)
        except KeyError:
            if current_thread() is second:
                self.missed += 1
                sleep(0.3 * (self.missed == 2))  # it has looked for the kind, and comes for its name after the first
            else:
                sleep(0.05)
            raise

adapters._dumpers[PyFormat.AUTO] = Slow(adapters._dumpers[PyFormat.AUTO])
found = []
first, second = (Thread(target=lambda: found.append(adapters.get_dumper(datetime, PyFormat.AUTO))) for _ in range(2))
first.start()
second.start()
first.join()
second.join()
print(*(one.__name__ for one in found))
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["DatetimeBinaryDumper"] * 2


def _both(act: Any) -> None:
    two = [Thread(target=act) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
