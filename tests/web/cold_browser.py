"""What a browser that has never been here fetches for one page: each address, and what comes over the wire."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import brotli

_LINKED = (
    re.compile(r'<link rel="(?:stylesheet|icon|preload|modulepreload)" href="([^"]+)"'),
    re.compile(r'<(?:script|img|source|iframe)\b[^>]*?\bsrc="([^"]+)"'),
    re.compile(r"""\burl\(["']?([^"')]+)"""),
    re.compile(r"""\b(?:from|import)\s*["'](\.{0,2}/[^"']+)"""),
)
_TEXT = ("text/html", "text/css", "text/javascript")
STATUS_LINE = len(b"HTTP/1.1 200 OK\r\n\r\n")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: its headers, and its body as it came (brotli, where it says so)."""

    headers: Mapping[str, str]
    body: bytes


@dataclass
class Visit:
    """The addresses in the order they were fetched, the bytes of all answers, and the other hosts that were named."""

    paths: list[str] = field(default_factory=list)
    bytes: int = 0
    hosts: set[str] = field(default_factory=set)


def visit(fetch: Callable[[str], Fetched], path: str) -> Visit:
    """Fetch the page at ``path`` and all that it, its sheets and its scripts refer to, each once."""
    seen, waiting = Visit(), [path]
    while waiting:
        here = waiting.pop(0)
        if here in seen.paths:
            continue
        got = fetch(here)
        seen.paths.append(here)
        seen.bytes += STATUS_LINE + len(got.body) + sum(len(f"{n}: {v}\r\n") for n, v in got.headers.items())
        if got.headers.get("Content-Type", "").startswith(_TEXT):
            text = brotli.decompress(got.body) if got.headers.get("Content-Encoding") == "br" else got.body
            for address in _addresses(text.decode(), here):
                host = urlsplit(address).netloc
                (seen.hosts.add if host else waiting.append)(host or address)
    return seen


def _addresses(text: str, here: str) -> list[str]:
    found = [match for pattern in _LINKED for match in pattern.findall(text)]
    return [urljoin(here, address) for address in found if not address.startswith(("data:", "#"))]
