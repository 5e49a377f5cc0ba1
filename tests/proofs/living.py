"""A living installation: web server and worker as processes of their own, to be stopped, killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from portal.config import Settings
from tests.conftest import SECRET

STARTUP_SECONDS = 60


@dataclass
class Living:
    """Processes on one installation. ``web`` and ``worker`` are started as often as a test wishes."""

    environment: dict[str, str]
    port: int
    log: Path | None = None
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where people reach it."""
        return f"http://localhost:{self.port}"

    def start_web(self, *, name: str = "web", port: int | None = None, workers: int = 2) -> None:
        """Start a web server and wait until it answers."""
        port = port or self.port
        self._start(name, "run", "--port", str(port), "--workers", str(workers))
        wait_for(port)

    def start_worker(self, *, name: str = "worker") -> None:
        """Start a worker. It is at work a moment later."""
        self._start(name, "worker")

    def kill(self, *names: str) -> None:
        """kill -9, children too: no process gets to tidy up."""
        for name in names:
            process = self.running.pop(name)
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def stop(self, *names: str) -> None:
        """Ask to end, and wait for it. Without names: all of them."""
        stopped = [self.running.pop(name) for name in names or tuple(self.running)]
        for process in stopped:
            process.terminate()
        for process in stopped:
            try:
                process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def portal(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a `portal` command on this installation."""
        whole = [sys.executable, "-m", "portal.cli", *command]
        return subprocess.run(whole, env=self.environment, capture_output=True, text=True, check=False, timeout=600)

    def _start(self, name: str, *command: str) -> None:
        assert name not in self.running, f"{name} runs already"
        output = self.log.open("ab") if self.log else subprocess.DEVNULL
        self.running[name] = subprocess.Popen(
            [sys.executable, "-m", "portal.cli", *command],
            env=self.environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        if self.log:
            output.close()  # type: ignore[union-attr]


def environment_of(settings: Settings, port: int, **more: str) -> dict[str, str]:
    """The environment of processes on this installation; ``more`` are further settings, or others in their place."""
    return {
        **os.environ,
        "PORTAL_DEMO": "1",
        "PORTAL_INSTANCE_PATH": str(settings.instance_path),
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_KEYS_FILE": str(settings.keys_file),
        "PORTAL_DATABASE_URL": settings.database_url,
        "PORTAL_DATABASE_OWNER_URL": settings.database_owner_url,
        "PORTAL_KEY_STORE_URL": settings.key_store_url,
        "PORTAL_QUEUE_URL": settings.queue_url,
        "PORTAL_RATES_URL": settings.rates_url,
        "PORTAL_STORAGE_URL": settings.storage_url,
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        **more,
    }


@contextmanager
def living(settings: Settings, *, log: Path | None = None, **more: str) -> Iterator[Living]:
    """Nothing runs yet on entering; whatever runs is stopped on leaving."""
    port = free_port()
    made = Living(environment_of(settings, port, **more), port, log)
    try:
        yield made
    finally:
        made.stop()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    """Until /healthz answers."""
    for _ in range(STARTUP_SECONDS * 20):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the web server did not answer")
