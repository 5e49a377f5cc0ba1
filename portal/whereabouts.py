"""Which database an address leads to, whoever asks and however it is spelt. PURE but for the links of a path."""

from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import idna

POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_USUAL_PORT = 5432
_HERE = ("localhost", "127.0.0.1", "::1", None)


def taken_apart(url: str) -> SplitResult:
    """An address in its parts. Raises ValueError for one that cannot be, or a port that is none."""
    parts = urlsplit(url)
    _ = parts.port
    return parts


def sqlalchemy_url(address: str) -> str:
    """``postgres://`` and ``postgresql://`` mean psycopg 3 here."""
    for scheme in ("postgres://", "postgresql://"):
        if address.startswith(scheme):
            return "postgresql+psycopg://" + address.removeprefix(scheme)
    return address


def in_ascii(host: str) -> str:
    """A name with letters of its own (jobb.räksmörgås.se) as machines say it: in a mail's id, and to any mail server, nothing
    else may stand. Raises ValueError for one that cannot be."""
    return host if host.isascii() else idna.encode(host, uts46=True).decode("ascii")


def whereabouts(parts: SplitResult) -> tuple[object, ...]:
    """The same for two addresses of one database. What they say of how to connect is left out."""
    if parts.scheme in POSTGRESQL:
        said = {name: values[-1] for name, values in parse_qs(parts.query).items()}  # goes before the address itself
        host = said.get("hostaddr") or said.get("host") or parts.hostname
        port = said.get("port") or parts.port or _USUAL_PORT
        database = said.get("dbname") or unquote(parts.path).lstrip("/")
        return "postgresql", "localhost" if host in _HERE else host, str(port), database
    return parts.scheme, str(Path(unquote(parts.path[1:])).resolve())
