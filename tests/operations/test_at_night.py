"""What whoever runs the portal meets at night: a queue, a disk or a folder that is not as it should be, two runs at once."""

import errno
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from portal import clock
from portal.applications.services.sweeping import sweep
from portal.backups.archive import Seal, read_through, writing
from portal.backups.refusals import BeingWritten
from portal.config import Settings
from portal.operations.rotation.services import rotate
from portal.vault import keyring
from portal.vault.blobs import LocalStore, StoreUnreachable
from portal.vault.services import the_vault
from tests.applicants import Sent, send_applications
from tests.backups.machines import with_own_keys
from tests.vault.test_rotation import names
from tests.world import World, publish_ad

QUEUES = {"torn": "sqlite:///{}/torn.db", "away": "sqlite:////nosuch/queue.db", "redis": "redis://127.0.0.1:1"}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a key file of its own, which is changed."""
    return with_own_keys(settings, tmp_path)


def cli(settings: Settings, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """A command as it is given, in a process of its own."""
    environ = {name: text for name, text in os.environ.items() if not name.startswith("PORTAL_")} | {
        "PORTAL_DEMO": "1", "PORTAL_INSTANCE_PATH": str(settings.instance_path), "PORTAL_SECRET_KEY": settings.secret_key,
        "PORTAL_KEYS_FILE": str(settings.keys_file), "PORTAL_BASE_URL": "http://localhost",
        "PORTAL_DATABASE_URL": settings.database_url, "PORTAL_DATABASE_OWNER_URL": settings.database_owner_url,
        "PORTAL_KEY_STORE_URL": settings.key_store_url, **changes,
    }  # fmt: skip
    run = [sys.executable, "-m", "portal.cli", *command]
    return subprocess.run(run, env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("queue", QUEUES)
def test_a_queue_that_cannot_be_opened_is_told_of_and_stops_no_backup(
    world: World, settings: Settings, tmp_path: Path, queue: str
) -> None:
    (tmp_path / "torn.db").write_bytes(os.urandom(5000))
    url = QUEUES[queue].format(tmp_path)
    checked = cli(settings, "check", PORTAL_QUEUE_URL=url)
    assert checked.returncode == 1 and "Kön svarar inte" in checked.stdout
    begun = cli(settings, "worker", PORTAL_QUEUE_URL=url)
    assert begun.returncode == 2 and "PORTAL_QUEUE_URL" in begun.stderr and len(begun.stderr.splitlines()) == 1
    taken = cli(settings, "backup", str(tmp_path / "night.backup"), PORTAL_QUEUE_URL=url)
    assert taken.returncode == 0 and (tmp_path / "night.backup").exists()


def test_a_file_of_heads_that_is_no_text_is_a_sentence(world: World, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "heads").write_bytes(b"\xff\xfe\x00abc")
    told = cli(settings, "audit", "verify", "--heads", str(tmp_path / "heads"))
    assert told.returncode == 2 and len(told.stderr.splitlines()) == 1


def test_no_key_file_is_made_while_nobody_can_say_whether_one_is_missing(settings: Settings, tmp_path: Path) -> None:
    down, new = "postgresql://portal_app:x@127.0.0.1:1/portal", tmp_path / "new.keys"
    told = cli(settings, "keys", "create", PORTAL_KEYS_FILE=str(new), PORTAL_DATABASE_URL=down)
    assert told.returncode == 2 and "svarar inte" in told.stderr
    assert not new.exists()


def _no_room(_descriptor: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_key_file_for_which_there_was_no_room_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as full, pytest.raises(OSError, match="No space"):
        full.setattr(os, "fsync", _no_room)
        keyring.create_keyring(tmp_path / "a.keys", "k1")
    keyring.create_keyring(tmp_path / "a.keys", "k1")
    assert keyring.read_keyring(tmp_path / "a.keys").current == "k1"


def test_a_full_disk_takes_no_file_away_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, there, new = LocalStore(tmp_path / "documents"), "ab" * 20, "ac" * 20
    store.put(there, b"sealed")
    with monkeypatch.context() as full, pytest.raises(StoreUnreachable):
        full.setattr(os, "fsync", _no_room)
        store.put_all({there: b"sealed", new: b"new"})
    assert store.get(there) == b"sealed"
    assert [name for name, _ in store.names()] == [there]


@pytest.mark.parametrize("name", [".0f3a.sealed.Xy12Ab", ".nfs00000001", "0f3a.sealed~", "0f_a.sealed"])
def test_a_strange_file_among_the_documents_stops_no_sweeping(world: World, name: str) -> None:
    with world.app.app_context():
        store = the_vault().blobs
        assert isinstance(store, LocalStore)
        folder, orphan = store.folder / "0f", store.folder / "0f" / f"{'0f' + 'a' * 38}.sealed"
        folder.mkdir(exist_ok=True)
        for file in (folder / name, orphan):
            file.write_bytes(b"x")
            os.utime(file, (time.time() - 200_000,) * 2)
        send_applications(world, publish_ad(world, employer="party"), 1)
        sweep(clock.now())
        assert not orphan.exists() and (folder / name).exists()


def test_two_backups_to_one_file_are_one_and_a_refusal(tmp_path: Path) -> None:
    seal, path = Seal("m" * 32, b"k" * 32), tmp_path / "portal.backup"
    with writing(path) as archive:
        with pytest.raises(BeingWritten), writing(path):
            pass
        archive.finish({"kind": "portal"}, seal)
    assert read_through(path, kind="portal", seal=seal).manifest["kind"] == "portal"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_written_into_no_file_that_another_laid_there(tmp_path: Path) -> None:
    elsewhere, path = tmp_path / "elsewhere", tmp_path / "portal.backup"
    elsewhere.write_text("somebody's")
    path.with_name("portal.backup.part").symlink_to(elsewhere)
    with pytest.raises(OSError), writing(path):
        pass
    assert elsewhere.read_text() == "somebody's"


def test_what_a_killed_backup_left_is_written_over(tmp_path: Path) -> None:
    seal, path = Seal("m" * 32, b"k" * 32), tmp_path / "portal.backup"
    path.with_name("portal.backup.part").write_bytes(b"x" * 100_000)
    with writing(path) as archive:
        archive.finish({"kind": "portal"}, seal)
    assert read_through(path, kind="portal", seal=seal).manifest["kind"] == "portal"
    assert [one.name for one in tmp_path.iterdir()] == ["portal.backup"]


@pytest.fixture
def sent(world: World) -> list[Sent]:
    """Three applications."""
    return send_applications(world, publish_ad(world, employer="party"), 3)


def test_two_changes_of_keys_at_once_lose_no_key(
    world: World, settings: Settings, sent: list[Sent], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has read the file and is held up before it writes; the first begins meanwhile."""
    make, ready, faults = keyring.new_key, threading.Event(), list[BaseException]()

    def slow() -> bytes:
        ready.set()
        time.sleep(0.3)
        return make()

    def run() -> None:
        try:
            with world.app.app_context():
                rotate(settings.keys_file, at=clock.now())
        except BaseException as fault:
            faults.append(fault)

    monkeypatch.setattr(keyring, "new_key", slow)
    second = threading.Thread(target=run)
    second.start()
    assert ready.wait(20)
    run()
    second.join(30)
    assert faults == []
    assert len(keyring.read_keyring(settings.keys_file).keys) == 2, "one new key, known to both"
    assert names(world) == sorted(one.name for one in sent)
