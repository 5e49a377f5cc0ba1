"""wrk, the load client for pages: bounded seconds, one address, and what it says."""

import re
import subprocess
from dataclasses import dataclass

from bench.machine import Spent, spent

_PATTERN = {
    "requests": r"(\d+) requests in",
    "rate": r"Requests/sec:\s+([\d.]+)",
    "p50": r"50%\s+([\d.]+)(us|ms|s)",
    "p99": r"99%\s+([\d.]+)(us|ms|s)",
    "bad": r"Non-2xx or 3xx responses: (\d+)",
}
LONGEST = 60  # seconds to go on for where no answer came in the time that was meant
_MILLISECONDS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one load. Times in milliseconds."""

    requests: int
    rate: float
    p50: float
    p99: float
    took: Spent

    @property
    def server_ms(self) -> float:
        """The server's processor time per request."""
        return 1000 * self.took.server / max(1, self.requests)


def load(url: str, *groups: int, clients: int = 1, seconds: int = 3, headers: dict[str, str] | None = None) -> Load:
    """Ask for one address by ``clients`` connections. ``groups`` are the server's process groups.

    A page that takes longer than ``seconds`` is asked for four times as long, until there is an answer to measure. Raises
    `RuntimeError` where none came, or one was not a good one: a figure of error pages is none.
    """
    threads = min(2, clients)
    command = ["wrk", f"-t{threads}", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    with spent(*groups) as took:
        said = subprocess.run([*command, url], capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    bad, requests = _number("bad", said), int(_number("requests", said))
    if not bad and not requests and seconds < LONGEST:
        return load(url, *groups, clients=clients, seconds=min(LONGEST, 4 * seconds), headers=headers)
    if bad or not requests:
        raise RuntimeError(f"{bad:.0f} bad answers of {requests} from {url}")
    figures = {name: _number(name, said) for name in ("rate", "p50", "p99")}
    return Load(requests, **figures, took=took)


def _number(name: str, said: str) -> float:
    found = re.search(_PATTERN[name], said)
    if found is None:
        return 0.0
    unit = found[2] if found.re.groups > 1 else ""
    return float(found[1]) * _MILLISECONDS.get(unit, 1.0)
