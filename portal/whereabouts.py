"""Which database an address leads to, whoever asks and however it is spelt. PURE but for the links of a path."""

from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

POSTGRESQL = ("postgres", "postgresql", "postgresql+psycopg")
_USUAL_PORT = 5432
_HERE = ("localhost", "127.0.0.1", "::1", None)


def taken_apart(url: str) -> SplitResult:
    """An address in its parts. Raises ValueError for one that cannot be, or a port that is none."""
    parts = urlsplit(url)
    _ = parts.port
    return parts


def whereabouts(parts: SplitResult) -> tuple[object, ...]:
    """The same for two addresses of one database. What they say of how to connect is left out."""
    if parts.scheme in POSTGRESQL:
        host = "localhost" if parts.hostname in _HERE else parts.hostname
        return "postgresql", host, parts.port or _USUAL_PORT, unquote(parts.path)
    return parts.scheme, str(Path(unquote(parts.path[1:])).resolve())
