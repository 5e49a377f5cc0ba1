"""Public pages as ready bytes: rendered once per version, language and day in each process, compressed once, told apart
by their tag. No session is touched and no cookie set. While the database is away they are shown as they were last."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, cast

from flask import Response, current_app, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from portal import clock
from portal.ads.models import PublishedAd
from portal.ads.window import closes_at
from portal.db import after_commit
from portal.web.assets import Assets
from portal.web.guards import View
from portal.web.language import language
from portal.web.outages import what_is_away
from portal.web.packed import Packed
from portal.web.ready_answers import forget_answers, may_be_repeated

KEPT = 512
SHOWN_WHILE_AWAY_SECONDS = 3600
A_MINUTE = "public, max-age=60"


@dataclass(frozen=True)
class ReadyPage(Packed):
    """One page and its tag."""

    tag: str
    status: int = 200
    kind: str = "text/html"

    @classmethod
    def of(cls, body: str | bytes, *, status: int = 200, kind: str = "text/html") -> "ReadyPage":
        """The page of this body."""
        plain = body.encode() if isinstance(body, str) else body
        return cls(plain, hashlib.sha256(plain).hexdigest()[:20], status, kind)


class ReadyPages:
    """The last used pages of this process."""

    def __init__(self, kept: int = KEPT) -> None:
        self.kept = kept
        self._pages: OrderedDict[Hashable, ReadyPage] = OrderedDict()
        self._last: OrderedDict[Hashable, tuple[ReadyPage, float]] = OrderedDict()
        self._lock, self._making = Lock(), Lock()

    def shown(self, address: Hashable, page: ReadyPage) -> None:
        """Remember what an address showed."""
        with self._lock:
            self._last[address] = (page, clock.monotonic())
            self._last.move_to_end(address)
            while len(self._last) > self.kept:
                self._last.popitem(last=False)

    def last_shown(self, address: Hashable) -> ReadyPage | None:
        """What an address showed last, if that is not too long ago."""
        page, at = self._last.get(address, (None, 0.0))
        return page if clock.monotonic() < at + SHOWN_WHILE_AWAY_SECONDS else None

    def get(self, key: Hashable, make: Callable[[], ReadyPage]) -> ReadyPage:
        """The page under ``key``, made at the first question, once: whoever asks meanwhile waits for it."""
        found = self._found(key)
        if found is not None:
            return found
        with self._making:
            page = self._found(key) or make()
            with self._lock:
                self._pages[key] = page
                while len(self._pages) > self.kept:
                    self._pages.popitem(last=False)
        return page

    def _found(self, key: Hashable) -> ReadyPage | None:
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
        return found


def answer(
    key: tuple[Hashable, ...],
    make: Callable[[], ReadyPage],
    *,
    party_keys: Iterable[str] = (),
    until: datetime | None = None,
) -> Response:
    """The page for this key, language and day, in the smallest form the browser takes; 304 where it has it.

    ``until`` is the instant at which another key would be asked for (an ad closes), where it is not midnight.
    """
    midnight = closes_at(clock.today())
    may_be_repeated(min(midnight, until or midnight))
    held = cast(Assets, current_app.extensions["assets"])
    _dress(held, party_keys)
    pages = current_app.extensions.setdefault("ready_pages", ReadyPages())
    page = pages.get((key, language(), clock.today(), held.worn.digest, request.host), make)
    if not _has_choices():
        pages.shown(_address(), page)
    return _sent(page)


def shown_while_away(view: View) -> View:
    """While the database is away, the page as it was last shown: at most an hour old, and nothing can be sent by it."""

    @wraps(view)
    def shown(*args: Any, **values: Any) -> Any:
        try:
            return view(*args, **values)
        except Exception as fault:
            pages = current_app.extensions.get("ready_pages")
            page = pages.last_shown(_address()) if pages and what_is_away(fault) and not _has_choices() else None
            if page is None:
                raise
            return _sent(page)

    return shown


def _has_choices() -> bool:
    """An address with more than a language in it is one of endlessly many."""
    return bool(set(request.args) - {"lang"})


def _address() -> Hashable:
    return request.path, language(), request.host


def _sent(page: ReadyPage) -> Response:
    response = page.answer(page.tag, status=page.status, content_type=f"{page.kind}; charset=utf-8")
    response.headers["Cache-Control"] = A_MINUTE
    return cast(Response, response.make_conditional(request)) if page.status == 200 else response


@event.listens_for(Session, "after_flush")
def _hear_news(session: Session, _context: object) -> None:
    """Whoever writes a published version: what was answered before is not repeated once that is committed."""
    if any(isinstance(row, PublishedAd) for row in (*session.new, *session.dirty, *session.deleted)):
        after_commit(session, forget_answers)


def _dress(held: Assets, party_keys: Iterable[str]) -> None:
    """Make the style sheets anew where a party has published in another process since this one made its own."""
    tried: set[str] = current_app.extensions.setdefault("dressed_parties", set())
    new = set(party_keys) - tried
    if not new:
        return
    tried |= new
    sheet = held.worn.files["public.css"].plain
    if any(f'[data-party="{key}"]'.encode() not in sheet for key in new):
        held.refresh()
