"""The two that are measured, as processes of their own on loopback: the base, and the portal as it ships."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.house import House
from bench.machine import processor_seconds
from tests.proofs.living import free_port, living

ROOT = Path(__file__).parents[1]
BASE_SETTINGS = ("--workers", "2", "--worker-class", "gthread", "--threads", "4")  # else gunicorn's own
WAIT_SECONDS = 60
SECONDS_STILL, SECONDS_AT_WORK = 4, 1200
AT_REST = 0.1  # of a second's processor time: it looks into its queue each second


@dataclass(frozen=True, slots=True)
class Running:
    """One that runs: where it answers, its process groups, and how to start another like it."""

    address: str
    groups: tuple[int, ...]
    command: tuple[str, ...]
    environment: dict[str, str]
    house: House | None = None


@contextmanager
def base(folder: Path) -> Iterator[Running]:
    """The bare Flask application under gunicorn, its tables made anew."""
    folder.mkdir(parents=True)
    environment = {**os.environ, "BENCH_BASE_FOLDER": str(folder)}
    subprocess.run([sys.executable, "-c", "from bench.base import fill; fill()"], env=environment, cwd=ROOT, check=True)
    command = (sys.executable, "-m", "gunicorn", *BASE_SETTINGS, "bench.base:app", "--bind", "127.0.0.1:{port}")
    with _process(command, environment) as (process, address):
        first_answer(address, time.perf_counter())
        yield Running(address, (process.pid,), command, environment)


@contextmanager
def portal(house: House, log: Path) -> Iterator[Running]:
    """Web server and worker, started as the README says, with their default numbers of processes; the worker at rest: it
    has told the candidates of the house that their ads have closed."""
    with living(house.settings, log=log) as processes:
        processes.start_web()
        processes.start_worker()
        groups = tuple(process.pid for process in processes.running.values())
        until_at_rest(processes.running["worker"].pid)
        command = (sys.executable, "-m", "portal.cli", "run", "--port", "{port}")
        yield Running(processes.address, groups, command, processes.environment, house)


def until_at_rest(worker: int) -> None:
    """Until the worker has done next to nothing for some seconds. Raises `RuntimeError` where it never does."""
    begun, still = time.perf_counter(), 0
    while still < SECONDS_STILL:
        before = processor_seconds(worker)
        time.sleep(1)
        still = still + 1 if processor_seconds(worker) - before < AT_REST else 0
        if time.perf_counter() - begun > SECONDS_AT_WORK:
            raise RuntimeError("the worker does not come to rest")


def cold_start(running: Running) -> tuple[float, float]:
    """Seconds from starting one more like it to its first 200, and the processor time it took until then."""
    begun = time.perf_counter()
    with _process(running.command, running.environment) as (process, address):
        return first_answer(address, begun), processor_seconds(process.pid)


@contextmanager
def _process(command: Sequence[str], environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    port = free_port()
    process = subprocess.Popen(
        [part.format(port=port) for part in command], env=environment, cwd=ROOT,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield process, f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def first_answer(address: str, begun: float) -> float:
    """Seconds since ``begun`` until it answers 200. Raises `RuntimeError` where it does not."""
    while time.perf_counter() - begun < WAIT_SECONDS:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return time.perf_counter() - begun
        except OSError:
            time.sleep(0.01)
    raise RuntimeError(f"{address} does not answer")
