"""The files that settings with ``_FILE`` name: each holds a password, which is not everybody's to read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.config import IN_FILES

_TO_ALL = 0o006  # one that a group of the administrator's may read is theirs to decide


def open_secrets(environ: Mapping[str, str]) -> Iterator[str]:
    """Which of them anybody on the machine may read or change, in words."""
    for name in IN_FILES:
        place = environ.get(f"{name}_FILE", "").strip()
        if place and Path(place).stat().st_mode & _TO_ALL:
            yield f"Filen {place} i {name}_FILE kan läsas av alla på maskinen. Kör: chmod 400 på den."
