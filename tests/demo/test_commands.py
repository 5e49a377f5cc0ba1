"""The demo keeps to itself, whatever else the machine is set to."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import click
import pytest

from portal.config import IN_FILES, Settings
from portal.demo import commands
from portal.demo.commands import _environment
from tests.proofs.living import free_port

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


def as_in_a_terminal() -> None:
    """Where the tests themselves run in the background, these two are ignored, also by whatever they start."""
    for told in (signal.SIGINT, signal.SIGHUP):
        signal.signal(told, signal.SIG_DFL)


def a_start(folder: Path, **more: str) -> tuple["subprocess.Popen[str]", int]:
    """A demo that starts in a session of its own, and its port."""
    port = free_port()
    quiet = {name: text for name, text in os.environ.items() if not name.startswith("PORTAL_")}
    begun = subprocess.Popen(
        [sys.executable, "-m", "portal.cli", "demo", "--port", str(port)],
        env={**quiet, "PORTAL_INSTANCE_PATH": str(folder), **more},
        stdout=(folder / "said").open("w"), stderr=subprocess.STDOUT, text=True, start_new_session=True,
        preexec_fn=as_in_a_terminal,
    )  # fmt: skip
    return begun, port


def until_ready(begun: "subprocess.Popen[str]", folder: Path) -> None:
    while "Stäng med Ctrl+C" not in (folder / "said").read_text():
        assert begun.poll() is None, (folder / "said").read_text()
        time.sleep(0.1)


def stopped(begun: "subprocess.Popen[str]") -> None:
    begun.send_signal(signal.SIGINT)
    begun.wait(60)


@pytest.mark.slow
def test_a_terminal_that_is_closed_takes_the_whole_demo_along(tmp_path: Path) -> None:
    """gunicorn takes a hang-up for a wish to load anew: everybody's mails and codes would stay served by nobody's window."""
    begun, port = a_start(tmp_path)
    try:
        until_ready(begun, tmp_path)
        os.killpg(begun.pid, signal.SIGHUP)
        begun.wait(60)
        time.sleep(2)
        with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.1", port), timeout=5):
            """Nobody listens there any more."""
    finally:
        with suppress(ProcessLookupError):
            os.killpg(begun.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_first_start_that_was_stopped_midway_is_begun_anew(tmp_path: Path) -> None:
    def applications() -> int:
        try:
            with closing(sqlite3.connect(f"file:{tmp_path}/demo/portal.db?mode=ro", uri=True)) as made:
                return int(made.execute("select count(*) from application").fetchone()[0])
        except sqlite3.Error:
            return 0

    begun, _ = a_start(tmp_path)
    while not applications():
        assert begun.poll() is None
        time.sleep(0.05)
    stopped(begun)
    assert applications() < 16
    again, _ = a_start(tmp_path)
    until_ready(again, tmp_path)
    stopped(again)
    assert applications() == 16
    once_more, _ = a_start(tmp_path)
    until_ready(once_more, tmp_path)
    stopped(once_more)
    assert applications() == 16


def test_a_demo_in_whose_folder_another_is_open_leaves_it_alone(tmp_path: Path) -> None:
    with commands.alone_in(tmp_path / "demo"), pytest.raises(click.ClickException, match="redan"):
        commands.alone_in(tmp_path / "demo").__enter__()


def test_the_way_to_its_own_server_leads_through_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of a region's often has one for everything."""
    answers = HTTPServer(("127.0.0.1", 0), Fine)
    Thread(target=answers.serve_forever, daemon=True).start()
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setattr(commands, "STARTUP_SECONDS", 1)
    try:
        commands._wait_for(answers.server_port)
        assert Fine.asked == ["/healthz"]
    finally:
        answers.shutdown()
        answers.server_close()


class Fine(BaseHTTPRequestHandler):
    """Answers whatever is asked, and keeps what that was."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


class Cleared:
    """Something that is cleared away just as somebody presses Ctrl+C."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(100_000))  # in here it is raised, and dropped


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_press_of_ctrl_c_that_python_drops_is_raised_again() -> None:
    former = {told: signal.signal(told, commands.until_heard) for told in (signal.SIGINT, signal.SIGALRM)}
    try:
        with pytest.raises(KeyboardInterrupt):
            thing = Cleared()
            del thing
            time.sleep(10)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for told, before in former.items():
            signal.signal(told, before)
