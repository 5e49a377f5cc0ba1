"""The open ads for machines: an Atom feed (RFC 4287), a sitemap, and what robots may read.

PURE.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NO_SIGN_OF_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


@dataclass(frozen=True, slots=True)
class Entry:
    """One open ad: its address, texts, when it was published, and its last day."""

    url: str
    title: str
    party: str
    summary: str
    published_at: datetime
    deadline: date


def atom(entries: Sequence[Entry], *, title: str, home: str, own: str, at: datetime) -> bytes:
    """The feed, the newest first. ``at`` is its time when there is no entry."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": "sv"})
    _texts(feed, id=own, title=title, updated=_stamp(max((e.published_at for e in entries), default=at)))
    SubElement(feed, "link", rel="self", href=own)
    SubElement(feed, "link", rel="alternate", href=home)
    for entry in sorted(entries, key=lambda entry: entry.published_at, reverse=True):
        node = SubElement(feed, "entry")
        _texts(node, id=entry.url, title=entry.title, updated=_stamp(entry.published_at), summary=entry.summary)
        SubElement(node, "link", rel="alternate", href=entry.url)
        _texts(SubElement(node, "author"), name=entry.party)
    return _document(feed)


def sitemap(pages: Iterable[str], entries: Iterable[Entry]) -> bytes:
    """The addresses a search engine should know."""
    urls = Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        _texts(SubElement(urls, "url"), loc=page)
    for entry in entries:
        _texts(SubElement(urls, "url"), loc=entry.url, lastmod=_stamp(entry.published_at))
    return _document(urls)


def robots(sitemap_url: str) -> bytes:
    """Everything public may be read; nothing that belongs to one person is worth asking for."""
    shut = "".join(f"Disallow: {path}\n" for path in ("/arbete", "/ansokan/", "/annonser/*/ansok"))
    return f"User-agent: *\n{shut}Sitemap: {sitemap_url}\n".encode()


def _texts(parent: Element, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = _NO_SIGN_OF_XML.sub("", text)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _document(root: Element) -> bytes:
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))
