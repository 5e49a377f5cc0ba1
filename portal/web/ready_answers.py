"""Public answers given again as they were, before Flask's machinery: for half a second, in the process that made them.

A view of ready bytes says so with `may_be_repeated`. Its whole answer is then kept under everything of the request that it
depends on, and the next like request gets the same status, headers and bytes. After half a second, at an instant the view
named (midnight, an ad's closing) or when this process commits what the view reads, it is asked anew; by one alone, while
others get what there was for at most as long again. So a neighbouring process's news is shown half a second late, on a
crowded machine a second at the most, and an ad closes to the instant.

A server that can answer without a thread what needs no work asks for `only_what_is_ready` first.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

from flask import Flask, current_app, request

from portal import clock
from portal.web.arrival import ARRIVED

KEPT = 512
SECONDS = 0.5
METHODS = ("GET", "HEAD")
DEPENDS_ON = (
    "REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME", "PATH_INFO",
    "QUERY_STRING", "HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH", "HTTP_IF_RANGE", "HTTP_RANGE",
)  # fmt: skip
_REPEATED = "portal.may_be_repeated"
_NEVER_OTHERWISE = datetime.max.replace(tzinfo=UTC)

only_what_is_ready: ContextVar[bool] = ContextVar("only_what_is_ready", default=False)

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(slots=True)
class Given:
    """One answer as Flask gave it, and how long it may be repeated: an instant, and a reading of the running clock."""

    status: str
    headers: Headers
    body: list[bytes]
    made_at: datetime
    until: datetime
    stale_from: float
    asked_anew: bool = False  # somebody is at it


class NotReady(Exception):
    """No answer lies ready, and only one that does was asked for."""


class ReadyAnswers:
    """WSGI layer just outside Flask."""

    def __init__(self, application: Application, *, kept: int = KEPT, seconds: float = SECONDS) -> None:
        self.application, self.kept, self.seconds = application, kept, seconds
        self.repeated = 0  # answers that Flask never saw
        self.count: Callable[[], object] = lambda: None  # told of each of them
        self._given: OrderedDict[tuple[Any, ...], Given] = OrderedDict()
        self._lock, self._generation = Lock(), 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in METHODS:
            return self.application(environ, start_response)
        forget_dates(environ)
        key = tuple([environ.get(name) for name in DEPENDS_ON])
        given = self._given.get(key)
        if given is None or not given.made_at <= environ[ARRIVED] < given.until:
            return self._ask(key, environ, start_response)
        late = clock.monotonic() - given.stale_from
        if late >= 0 and (late >= self.seconds or self._is_first_to_ask(given)):
            return self._ask(key, environ, start_response)
        self.repeated += 1
        self.count()
        start_response(given.status, given.headers)
        return given.body

    def _is_first_to_ask(self, given: Given) -> bool:
        with self._lock:
            first = not given.asked_anew
            if first and only_what_is_ready.get():
                raise NotReady  # the same request comes again, by a thread: it is that one's to ask
            given.asked_anew = True
        return first

    def forget(self) -> None:
        """Something that answers are made of has changed. An answer that is being made meanwhile is not kept either."""
        with self._lock:
            self._generation += 1
            self._given.clear()

    def _ask(self, key: tuple[Any, ...], environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if only_what_is_ready.get():
            raise NotReady
        said: list[tuple[str, Headers]] = []

        def hear(status: str, headers: Headers, exc_info: Any = None) -> Any:
            said.append((status, list(headers)))
            return start_response(status, headers, *([exc_info] if exc_info else []))

        generation = self._generation
        body = self.application(environ, hear)
        read_at, until = environ.get(_REPEATED, (0.0, None))
        if until is None or not said or any(name == "Set-Cookie" for name, _ in said[-1][1]):
            return body
        whole = list(body)
        if close := getattr(body, "close", None):
            close()
        made = Given(*said[-1], whole, environ[ARRIVED], until, read_at + self.seconds)
        with self._lock:
            if generation == self._generation:
                self._given[key] = made
                self._given.move_to_end(key)
                while len(self._given) > self.kept:
                    self._given.popitem(last=False)
        return whole


def forget_dates(environ: dict[str, Any]) -> None:
    """Take the conditions on a date out of a request. No answer of ours says when it was changed, so they ask nothing of it,
    and a part is not sent on a date's word (RFC 9110 13.1.3 to 13.1.5); a year that no calendar has would be a fault in the
    library that reads them."""
    environ.pop("HTTP_IF_MODIFIED_SINCE", None)
    environ.pop("HTTP_IF_UNMODIFIED_SINCE", None)
    if not environ.get("HTTP_IF_RANGE", '"').startswith(('"', "W/")):
        environ.pop("HTTP_RANGE", None)
        del environ["HTTP_IF_RANGE"]


def init_ready_answers(app: Flask) -> None:
    """Put the layer outside Flask."""
    layer = ReadyAnswers(app.wsgi_app)
    app.extensions["ready_answers"] = layer
    app.wsgi_app = layer  # type: ignore[method-assign]


def may_be_repeated(until: datetime = _NEVER_OTHERWISE) -> None:
    """Say of the present answer that it is the same for everybody who asks alike, until ``until``.

    To be said when what the answer is made of has just been read: its age is counted from here.
    """
    request.environ[_REPEATED] = (clock.monotonic(), until)


def forget_answers() -> None:
    """What public answers are made of has changed in this process."""
    layer: ReadyAnswers = current_app.extensions["ready_answers"]
    layer.forget()
