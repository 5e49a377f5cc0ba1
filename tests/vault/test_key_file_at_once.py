"""The key file changed twice in a row, while two threads read it."""

from pathlib import Path
from threading import Event, Thread, current_thread
from typing import Any

import pytest

from portal.vault import keyring
from portal.vault.keyring import KeyFile, Keyring, add_key, add_waiting_key, create_keyring


def test_two_threads_that_read_two_key_files_in_a_row_leave_the_last_one_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "installation.keys"
    create_keyring(path, "k1")
    known, has_read, may_go_on = KeyFile(path), Event(), Event()
    read, keep = keyring.read_keyring, object.__setattr__

    def read_slowly(path: Path) -> Keyring:
        found = read(path)
        if current_thread() is first:
            has_read.set()
            may_go_on.wait(5)
        return found

    def put(one: KeyFile, name: str, value: Any) -> None:
        keep(one, name, value)
        if current_thread() is second and not may_go_on.is_set():
            may_go_on.set()
            first.join(5)

    first, second = Thread(target=known.now), Thread(target=known.now)
    monkeypatch.setattr(KeyFile, "__setattr__", put)
    add_waiting_key(path, "k2")
    monkeypatch.setattr(keyring, "read_keyring", read_slowly)
    first.start()
    has_read.wait(5)
    add_key(path, "k2")
    second.start()
    second.join(10)
    assert known.now().current == "k2"
