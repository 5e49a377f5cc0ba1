"""The folder of an installation, of the user that it runs as."""

import os
from pathlib import Path

from portal.config import Misconfigured

SHUT = (
    "Mappen {path} i PORTAL_INSTANCE_PATH går inte att skriva i för den användare som kommandot körs som. Skapa den, eller "
    "ge den till portalens användare (chown), och kör varje kommando som den användaren."
)


def own_folder(path: Path) -> None:
    """Make the folder where there is none. Raises `Misconfigured` where nothing can be written in it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise Misconfigured(SHUT.format(path=path)) from fault
    if not os.access(path, os.W_OK | os.X_OK):
        raise Misconfigured(SHUT.format(path=path))
