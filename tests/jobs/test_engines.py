"""The queue of several workers: made by its owner, used by the application, and one round a minute for all of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from huey import Huey
from huey.serializer import Serializer, SignedSerializer

from portal import clock
from portal.config import Settings
from portal.factory import create_app
from portal.jobs import tasks
from portal.jobs.engines import claim_hour, claim_minute, open_queue
from portal.operations.services import findings
from portal.operations.stores import create_stores
from tests.database import POSTGRESQL

SECRET = "s" * 32


@pytest.fixture
def shared(app: Flask, settings: Settings) -> Settings:
    """Queue and counts beside the portal's own tables where those lie on PostgreSQL."""
    place = settings.database_url if POSTGRESQL else settings.queue_url
    made = replace(settings, queue_url=place, rates_url=settings.database_url if POSTGRESQL else settings.rates_url)
    with app.app_context():
        create_stores(made)
        from portal.operations.schema import upgrade

        upgrade()  # lets the application's role in
    return made


@pytest.fixture
def queues(shared: Settings) -> Iterator[tuple[Huey, Huey]]:
    """Two workers' ends of one queue, as the application's own role."""
    ends = open_queue(shared.queue_url, SECRET), open_queue(shared.queue_url, SECRET)
    yield ends
    for end in ends:
        end.storage.close()


class Trap:
    """Opened, it makes a file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.place,)


@pytest.mark.parametrize(
    "stranger",
    [Serializer(), SignedSerializer(secret="t" * 32, salt="portal.queue"), SignedSerializer(SECRET, "portal.queue")],
    ids=["not signed", "signed with another secret", "signed by SHA-1"],
)
def test_what_a_stranger_lays_in_the_queue_is_not_opened(
    queues: tuple[Huey, Huey], tmp_path: Path, stranger: Serializer
) -> None:
    for end, place in ((queues[0], tmp_path / "ours"), (queues[1], tmp_path / "theirs")):
        with pytest.raises(ValueError, match=r"Signature|Separator"):
            end.serializer.deserialize(stranger.serialize(Trap(place)))
        assert not place.exists()
    signature = queues[0].serializer.serialize("ours").rpartition(b":")[2]
    assert len(signature) == 2 * sha256().digest_size
    queues[1].serializer.deserialize(queues[0].serializer.serialize(Trap(tmp_path / "known")))
    assert (tmp_path / "known").exists()  # the trap works, where it is one's own


def test_a_minute_is_claimed_once_and_forgotten_later(queues: tuple[Huey, Huey]) -> None:
    at = clock.now()
    with ThreadPoolExecutor(8) as hands:
        claims = list(hands.map(lambda n: claim_minute(queues[n % 2], at), range(16)))
    assert claims.count(True) == 1
    assert claim_minute(queues[1], at + timedelta(minutes=1))
    assert not claim_minute(queues[0], at + timedelta(minutes=1))
    assert claim_minute(queues[0], at)  # let go by then; a clock put back an hour makes its rounds


def test_an_hour_is_claimed_once_for_each_thing_that_is_done_in_it(queues: tuple[Huey, Huey]) -> None:
    at = clock.now().replace(minute=17)
    assert claim_hour(queues[0], "sweep", at)
    assert not claim_hour(queues[1], "sweep", at.replace(minute=59))
    assert claim_hour(queues[1], "other", at)
    assert claim_hour(queues[1], "sweep", at + timedelta(hours=1))


def test_two_workers_whose_clocks_strike_make_one_round(
    shared: Settings, monkeypatch: pytest.MonkeyPatch, set_clock: Callable[[str], datetime]
) -> None:
    made: list[Flask] = []
    monkeypatch.setattr(tasks, "make_round", made.append)
    workers = [create_app(shared) for _ in range(2)]
    for instant in ("2026-11-23T10:01:05", "2026-11-23T10:02:05"):
        set_clock(instant)
        for worker in workers:
            (task,) = worker.extensions["queue"].read_periodic(clock.now())
            worker.extensions["queue"].execute(task)
    assert len(made) == 2


def test_the_application_can_use_what_the_owner_made(shared: Settings) -> None:
    app = create_app(shared)
    app.extensions["wake"]("event", "00000000-0000-0000-0000-000000000000")
    assert app.extensions["queue"].pending_count() == 1
    with app.app_context():
        assert [said for said in findings(app) if "svarar inte" in said or "äger tabeller" in said] == []


def test_check_says_what_is_not_made_yet(app: Flask, settings: Settings) -> None:
    nowhere = "postgresql://portal_app@127.0.0.1:1/none"
    lost = create_app(replace(settings, queue_url=nowhere, rates_url=nowhere))
    with lost.app_context():
        said = " ".join(findings(lost))
    assert "Kön svarar inte" in said
    assert "Räknaren av försök svarar inte" in said


def test_a_task_that_fails_leaves_nothing_in_the_queues_store(
    shared: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_app: Flask, _id: UUID) -> None:
        raise ValueError("alma@example.se is no address")

    monkeypatch.setitem(tasks._wakers, "event", fails)
    worker = create_app(shared)
    queue = worker.extensions["queue"]
    worker.extensions["wake"]("event", "00000000-0000-0000-0000-000000000000")
    queue.execute(queue.dequeue())
    assert (queue.pending_count(), queue.result_count()) == (0, 0)


@pytest.mark.parametrize("is_there", [False, True])
def test_the_queues_file_is_its_owners_alone(tmp_path: Path, is_there: bool) -> None:
    place = tmp_path / "queue.db"
    if is_there:
        place.touch(mode=0o644)
    queue = open_queue(f"sqlite:///{place}", SECRET)
    queue.storage.incr("any")
    files = sorted(tmp_path.iterdir())
    assert [file.name for file in files] == ["queue.db", "queue.db-shm", "queue.db-wal"]
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    queue.storage.close()
