"""How much memory the machine still has: a place in memory is only worth having where there is some."""

from pathlib import Path


def free_memory(told: Path = Path("/proc/meminfo")) -> int:
    """Bytes that can be had without taking them from somebody; none where the machine does not tell."""
    if not told.is_file():
        return 0
    lines = dict(line.split(":", 1) for line in told.read_text().splitlines() if ":" in line)
    return int(lines.get("MemAvailable", "0 kB").split()[0]) * 1024
