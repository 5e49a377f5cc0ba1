"""Where the web processes count together: a small folder of mapped files, made before they start and taken away after.

Whoever makes one holds it. Of one that nobody holds, the server was killed: the next one to start takes it away.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it, read when the library is loaded
_OWNER = "PORTAL_COUNTS_OWNER"
_MEMORY = Path("/dev/shm")  # noqa: S108
_PREFIX = "portal-metrics-"
_HELD = "held"  # the file by which a folder is held; what forks from its maker holds it too


def share_counts() -> None:
    """Give the web processes a fresh folder to count in, before the library that counts is loaded.

    In memory where there is such a place: a counter is a mapped file, and a mapped file on a full disk ends its process.
    """
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    _forget_the_killed(place)
    begun = Path(tempfile.mkdtemp(prefix="portal-counts-", dir=place))
    _hold(begun / _HELD, os.O_CREAT)
    folder = begun.with_name(begun.name.replace("portal-counts-", _PREFIX))  # known to others once it is held
    begun.rename(folder)
    os.environ[FOLDER], os.environ[_OWNER] = str(folder), str(os.getpid())


def _hold(file: Path, flags: int = 0) -> int:
    """Hold it until the last process that has what is returned open has ended. Raises OSError where another holds it, and
    where there is no such file."""
    held = os.open(file, os.O_RDWR | os.O_NOFOLLOW | flags, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise
    return held


def _forget_the_killed(place: Path) -> None:
    """Each leaves some hundred kilobytes of memory, and a server that cannot start may be started again for a whole night."""
    for folder in place.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if folder.lstat().st_uid == os.getuid():
                held = _hold(folder / _HELD)
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held)


def forget_counts() -> None:
    """Take the folder away when the process that made it ends; a web process that ends before it leaves it to the others."""
    if os.environ.get(_OWNER) == str(os.getpid()) and (folder := os.environ.pop(FOLDER, "")):
        shutil.rmtree(folder, ignore_errors=True)
