"""Whose files they are: each that a setting with ``_FILE`` names holds a password, which is not everybody's to read; and the
installation's folder belongs to whoever runs the portal."""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.config import IN_FILES

if sys.platform != "win32":
    import pwd

_TO_ALL = 0o006  # one that a group of the administrator's may read is theirs to decide


def another_owner(folder: Path) -> str:
    """In words, that root runs this where the folder is another user's; empty where it is not so. What root leaves there the
    portal cannot write to, and nobody finds out but the candidate whose file should lie there."""
    if sys.platform == "win32" or os.geteuid() or not folder.is_dir() or not (owner := folder.stat().st_uid):
        return ""
    return (
        f"{folder} ägs av användaren {_name_of(owner)}, och kommandot körs av root. Inget mer är undersökt, för det som root "
        f"lämnar efter sig kan portalen inte skriva i. Kör det som {_name_of(owner)}."
    )


def _name_of(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def open_secrets(environ: Mapping[str, str]) -> Iterator[str]:
    """Which of them anybody on the machine may read or change, in words."""
    for name in IN_FILES:
        place = environ.get(f"{name}_FILE", "").strip()
        if place and Path(place).stat().st_mode & _TO_ALL:
            yield f"Filen {place} i {name}_FILE kan läsas av alla på maskinen. Kör: chmod 400 på den."
