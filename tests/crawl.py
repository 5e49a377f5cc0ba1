"""Walks every page a browser can come to by links, pictures and GET forms, and keeps all that was answered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit
from xml.etree.ElementTree import fromstring

from flask.testing import FlaskClient

MOST = 1500  # addresses of one crawl: more means that pages make ever new ones


@dataclass(frozen=True)
class Answer:
    """One answer: its address, status, and headers and body as one piece of bytes."""

    path: str
    status: int
    everything: bytes


def crawl(browser: FlaskClient, starts: Sequence[str], *, but: Sequence[str] = ()) -> list[Answer]:
    """All that can be reached from ``starts`` without pressing a button that changes anything."""
    waiting, seen, answers = list(starts), set(starts), []
    while waiting:
        path = waiting.pop(0)
        response = browser.get(path)
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items()).encode()
        answers.append(Answer(path, response.status_code, headers + b"\n\n" + response.data))
        found = [*_links(path, response.mimetype, response.data)]
        if response.location:
            found.append(_local(path, response.location) or path)
        for link in found:
            if link not in seen and not link.startswith(tuple(but)):
                seen.add(link)
                waiting.append(link)
        assert len(seen) <= MOST, sorted(seen)[:: MOST // 20]
    return answers


def _links(path: str, kind: str | None, body: bytes) -> Iterator[str]:
    raw: list[str] = []
    if kind == "text/html" and body:
        page = _Page()
        page.feed(body.decode())
        raw = page.links
    elif kind in ("application/xml", "application/atom+xml"):
        raw = [e.get("href") or (e.text or "") for e in fromstring(body).iter() if e.tag.endswith(("link", "loc"))]
    yield from (local for link in raw if (local := _local(path, link)))


class _Page(HTMLParser):
    """Gathers a page's links; a GET form is one too, with its fields as they stand and the last choice of each list."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self._form: tuple[str, dict[str, str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.links += [has[name] for name in ("href", "src") if name in has]
        if tag == "form" and has.get("method", "get").lower() == "get":
            self._form = (has.get("action", ""), {})
        elif tag == "select":
            self._select = has.get("name", "")
        elif self._form is not None and tag in ("input", "option"):
            name = self._select if tag == "option" else has.get("name", "")
            if name:
                self._form[1][name] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.links.append(f"{self._form[0]}?{urlencode(self._form[1])}")
            self._form = None


def _local(path: str, link: str) -> str | None:
    parts = urlsplit(urljoin(f"http://localhost{path}", link))
    if parts.netloc != "localhost" or parts.path.startswith("/static/") or parts.scheme not in ("http", "https"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
