"""Request bodies: kept in memory within limits, read on and thrown away beyond them, and never waited for endlessly.

A part that is too big is read to its end but not kept, so that its field gets its sentence and the other fields stay.
"""

import contextlib
import io
import math
import socket
from collections.abc import Callable, Iterable, Mapping
from threading import Lock, Timer
from typing import IO, Any

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import ClientDisconnected, RequestTimeout, ServiceUnavailable

from portal import clock
from portal.web.body_places import SITE_OF_SIX, Places
from portal.web.rates import network_of

KEPT_OF_A_FILE = 10 * 1024 * 1024
KEPT_OF_A_REQUEST = 12 * 1024 * 1024
READ_OF_A_REQUEST = 40 * 1024 * 1024
READ_OF_EVERYBODY = 900_000  # the web server lets one million through
READ_ELSEWHERE = 256_000
BODIES_AT_ONCE, BODIES_WAITING = 4, 24  # over 256 kB, in one process
SMALL_AT_ONCE, SMALL_WAITING = 48, 8  # up to 256 kB: slow ones of a last minute wait in nobody's place
SLOWEST_BYTES_PER_SECOND = 4096
PATIENCE_SECONDS = 20
PIECE = 8192  # bytes asked of the server at a time: two seconds' worth at the least rate

View = Callable[..., Any]


# The fields that files are chosen in. A text that is sent as if it were a file is no text, and no field takes it.
FILE_FIELDS = frozenset({"attachment", "cv", "file", "form_file", "letter_file", "paper"})


def takes_files(view: View) -> View:
    """Mark a view whose form has file fields: it may be sent more than the others."""
    view.__takes_files__ = True  # type: ignore[attr-defined]
    return view


def takes_everybody(view: View) -> View:
    """Mark a view whose form says something of each candidate of a recruitment at once: of hundreds it is long."""
    view.__takes_everybody__ = True  # type: ignore[attr-defined]
    return view


class KeptFile(io.BytesIO):
    """An uploaded part: its first bytes up to the limit, and how many there were in all."""

    def __init__(self, budget: list[int]) -> None:
        super().__init__()
        self.budget = budget
        self.size = 0

    @property
    def too_big(self) -> bool:
        """True when not all of the part was kept."""
        return self.size > len(self.getbuffer())

    def write(self, data: Any) -> int:
        self.size += len(data)
        room = min(KEPT_OF_A_FILE - self.tell(), self.budget[0])
        kept = super().write(data[:room]) if self.size <= KEPT_OF_A_FILE and room >= len(data) else 0
        self.budget[0] -= kept
        return len(data)


class PortalRequest(Request):
    """Flask's request with uploads in memory only."""

    @property
    def max_content_length(self) -> int | None:
        if self._is_marked("__takes_files__"):
            return READ_OF_A_REQUEST
        return READ_OF_EVERYBODY if self._is_marked("__takes_everybody__") else READ_ELSEWHERE

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise AttributeError("the view's mark decides")

    def _is_marked(self, mark: str) -> bool:
        return bool(getattr(current_app.view_functions.get(self.endpoint or ""), mark, False))

    def _load_form_data(self) -> None:
        super()._load_form_data()
        own = self.__dict__
        if any(name not in FILE_FIELDS for name in own["files"]):
            sent = own["files"].items(multi=True)
            own["files"] = ImmutableMultiDict([(name, file) for name, file in sent if name in FILE_FIELDS])

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        budget = self.environ.setdefault("portal.kept_budget", [KEPT_OF_A_REQUEST])
        return KeptFile(budget)


class MeasuredBody(io.RawIOBase):
    """The body as it comes in. Slower than the least rate after the patience it gives up its place (408), and
    sooner where somebody waits for one (`body_places`).

    A read waits inside the server until it has all it asked for, so a body of one byte a second would never be measured:
    it is asked for in small pieces, and a watch shuts the line of a sender who does not fill even those.
    """

    def __init__(
        self, body: IO[bytes], connection: socket.socket | None, length: int | None = None, network: str = "unknown"
    ) -> None:
        self._body, self._connection, self._length, self.network = body, connection, length, network
        self._arrived, self._too_slow = 0, False
        self._begun: float | None = None
        self._watch: Timer | None = None
        self._guard, self._over = Lock(), False  # between the request's thread and the watch's

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size < 0:
            return b"".join(iter(lambda: self.read(PIECE), b""))
        return self._measured(lambda: self._body.read(min(size, PIECE)))

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._measured(lambda: self._body.readline(PIECE if size is None or size < 0 else min(size, PIECE)))

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def stop_watching(self) -> None:
        """The body is there, or the request is over. A look that has begun meanwhile is the last, and leaves the line alone:
        the next request may be on it."""
        with self._guard:
            self._over = True
            if self._watch is not None:
                self._watch.cancel()

    def seconds_to_go(self, *, after: float, unless: float) -> float | None:
        """As `body_places.Body` says."""
        if self._begun is None or self._over or self._too_slow:
            return None
        spent = clock.monotonic() - self._begun
        if spent < after or self._arrived >= unless * spent:
            return None
        rest = math.inf if self._length is None else self._length - self._arrived
        return rest * spent / max(self._arrived, 1)

    def give_up(self) -> bool:
        """As `body_places.Body` says."""
        with self._guard, contextlib.suppress(OSError):
            if not self._over:
                self._too_slow = True
                if self._connection is not None:  # whoever reads gets an end; answers still go out
                    self._connection.shutdown(socket.SHUT_RD)
        return self._too_slow

    def _measured(self, take: Callable[[], bytes]) -> bytes:
        if self._begun is None:  # not before: waiting for a place is not the sender's slowness
            self._begun = clock.monotonic()
            self._look_again_in(PATIENCE_SECONDS)
        try:
            data = take()
        except Exception as broken:  # the server's own words for a chunk that is none, or a line that went dead
            raise (RequestTimeout if self._too_slow else ClientDisconnected) from broken
        self._arrived += len(data)
        if not data or self._arrived == self._length:  # however long the answer takes, the sender is not slow
            self.stop_watching()
        if self._too_slow or self._is_too_slow(0):
            raise RequestTimeout
        return data

    def _is_too_slow(self, perhaps: int) -> bool:
        """Whether the rate is too low, were `perhaps` bytes more on their way in."""
        spent = clock.monotonic() - (self._begun or 0)
        return spent >= PATIENCE_SECONDS and (self._arrived + perhaps) / spent < SLOWEST_BYTES_PER_SECOND

    def _look_again_in(self, seconds: float) -> None:
        if self._connection is None:
            return
        with self._guard:
            if not self._over:
                self._watch = Timer(seconds, self._look)
                self._watch.daemon = True
                self._watch.start()

    def _look(self) -> None:
        if self._is_too_slow(PIECE):
            self.give_up()
        else:
            self._look_again_in(1)


class BodyGate:
    """WSGI layer: at most so many bodies in memory at once; a further one waits unread, then is asked to return. Within
    whatever says which network a request comes from.

    Large bodies and those of unknown length have few places; small ones have their own, so that neither can take every
    thread from those who only read.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application
        self.large = Places(BODIES_AT_ONCE, BODIES_WAITING)
        self.small = Places(SMALL_AT_ONCE, SMALL_WAITING)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = _length_of(environ)
        if length != 0 and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            _leave_unread(environ)
            length = 0
        if length == 0:
            return self.application(environ, start_response)
        network = network_of(environ.get("REMOTE_ADDR", ""), of_six=SITE_OF_SIX)
        body = MeasuredBody(environ["wsgi.input"], environ.get("gunicorn.socket"), length, network)
        places = self.small if length is not None and length <= READ_ELSEWHERE else self.large
        if not places.take(body):
            environ["portal.no_place"] = True
            return self.application(environ, start_response)
        environ["wsgi.input"] = body
        try:
            return self.application(environ, start_response)  # when it has answered, the body has been read or left
        finally:
            body.stop_watching()
            places.give_back(body)


def _leave_unread(environ: dict[str, Any]) -> None:
    """What is sent along with a question says nothing (RFC 9110 9.3.1). A view that looked for a form would wait for it, in
    no place and unmeasured; the server ends the line after the answer (`operations.patient_worker`)."""
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(), "0"
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _length_of(environ: Mapping[str, Any]) -> int | None:
    """How many bytes the body is said to have; None where that is not said."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def init_bodies(app: Flask) -> None:
    """Answer 503 with Retry-After where the gate found no place. Comes before all that reads a form: nothing is read."""

    @app.before_request
    def ask_to_return() -> None:
        if request.environ.get("portal.no_place"):
            raise ServiceUnavailable(retry_after=10)
