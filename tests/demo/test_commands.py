"""The demo keeps to itself, whatever else the machine is set to."""

from pathlib import Path

import pytest

from portal.config import IN_FILES, Settings
from portal.demo import commands
from portal.demo.commands import _environment

REAL = "postgresql://portal_app:x@db.example/portal"


def test_no_setting_of_the_machines_leads_out_of_the_demos_folder(tmp_path: Path) -> None:
    real, folder = tmp_path / "real", tmp_path / "demo"
    folder.mkdir()
    real.write_text(REAL)
    words = dict.fromkeys((*IN_FILES, "PORTAL_STORAGE_URL"), REAL) | {"PORTAL_KEYS_FILE": str(tmp_path / "keys")}
    files = {f"{name}_FILE": str(real) for name in IN_FILES}
    made = Settings.from_environment({**words, **files, **_environment(folder, 8000)})
    addresses = (
        made.database_url, made.database_owner_url, made.key_store_url, made.queue_url, made.rates_url,
        made.storage_url, str(made.keys_file),
    )  # fmt: skip
    assert [address for address in addresses if str(folder) not in address] == []
    assert (made.smtp_url, made.demo) == ("", True)
    assert made.secret_key == (folder / "secret_key").read_text()


def test_no_worker_works_before_all_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made is weeks old: half made, a worker's first round would sweep it."""
    done: list[str] = []

    class Child:
        def __init__(self, *command: str) -> None:
            done.append(command[0])

        def terminate(self) -> None:
            """Nothing runs."""

        wait = poll = terminate

    def stopped(children: list[Child]) -> None:
        done.append(f"watches {len(children)}")
        raise KeyboardInterrupt

    for name in ("_require_free", "_wait_for"):
        monkeypatch.setattr(commands, name, lambda _port: None)
    monkeypatch.setattr(commands, "_prepare", lambda _portal: None)
    monkeypatch.setattr(commands, "_start", Child)
    monkeypatch.setattr(commands, "seed", lambda _app: done.append("made") or [])
    monkeypatch.setattr(commands, "_watch", stopped)
    monkeypatch.setattr(commands.os, "environ", {"PORTAL_INSTANCE_PATH": str(tmp_path)})
    monkeypatch.setattr(commands.signal, "signal", lambda *_: None)
    assert commands.demo.callback is not None
    commands.demo.callback.__wrapped__(None, 8000, False)  # type: ignore[attr-defined]
    assert done == ["run", "made", "worker", "watches 2"]
