"""What the library makes at its first use is whole before two threads can come first together."""

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


def _both(act: Any) -> None:
    two = [Thread(target=act) for _ in range(2)]
    for one in two:
        one.start()
    for one in two:
        one.join()
