"""Request bodies: kept in memory within limits, read on and thrown away beyond them, and never waited for endlessly.

A part that is too big is read to its end but not kept, so that its field gets its sentence and the other fields stay.
"""

import io
from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import IO, Any, cast

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import ClientDisconnected, RequestTimeout, ServiceUnavailable
from werkzeug.wsgi import ClosingIterator

from portal import clock

KEPT_OF_A_FILE = 10 * 1024 * 1024
KEPT_OF_A_REQUEST = 12 * 1024 * 1024
READ_OF_A_REQUEST = 40 * 1024 * 1024
READ_ELSEWHERE = 256_000
BODIES_AT_ONCE = 4
WAIT_SECONDS = 10
SLOWEST_BYTES_PER_SECOND = 4096
PATIENCE_SECONDS = 20

View = Callable[..., Any]


def takes_files(view: View) -> View:
    """Mark a view whose form has file fields: it may be sent more than the others."""
    view.__takes_files__ = True  # type: ignore[attr-defined]
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
        view = current_app.view_functions.get(self.endpoint or "")
        return READ_OF_A_REQUEST if getattr(view, "__takes_files__", False) else READ_ELSEWHERE

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        raise AttributeError("the view's mark decides")

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
    """The body as it comes in. Slower than the least rate after the patience it gives up its place (408)."""

    def __init__(self, body: IO[bytes], connection: Any) -> None:
        self.body, self.read_so_far, self.begun = body, 0, clock.monotonic()
        if connection is not None:
            connection.settimeout(PATIENCE_SECONDS)

    def read(self, size: int = -1, /) -> bytes:
        return self._measured(lambda: self.body.read(size) if size >= 0 else self.body.read())

    def readline(self, size: int | None = -1, /) -> bytes:
        return self._measured(lambda: self.body.readline(-1 if size is None else size))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _measured(self, take: Callable[[], bytes]) -> bytes:
        try:
            data = take()
        except Exception as broken:  # the server's own words for a chunk that is none, or a line that went dead
            raise ClientDisconnected from broken
        self.read_so_far += len(data)
        spent = clock.monotonic() - self.begun
        if spent > PATIENCE_SECONDS and self.read_so_far / spent < SLOWEST_BYTES_PER_SECOND:
            raise RequestTimeout
        return data


class BodyGate:
    """WSGI layer: at most so many large bodies in memory at once; a further one waits unread, then is asked to return."""

    def __init__(self, application: Callable[..., Iterable[bytes]], places: int = BODIES_AT_ONCE) -> None:
        self.application = application
        self.places = BoundedSemaphore(places)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        length = int(environ.get("CONTENT_LENGTH") or 0) if environ.get("CONTENT_LENGTH", "0").isdigit() else 0
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") or (length == 0 and "HTTP_TRANSFER_ENCODING" not in environ):
            return self.application(environ, start_response)
        environ["wsgi.input"] = MeasuredBody(environ["wsgi.input"], environ.get("gunicorn.socket"))
        if 0 < length <= READ_ELSEWHERE:
            return self.application(environ, start_response)
        if not self.places.acquire(timeout=WAIT_SECONDS):
            environ["portal.no_place"] = True
            return self.application(environ, start_response)
        try:
            answer = self.application(environ, start_response)
        except BaseException:
            self.places.release()
            raise
        return cast(Iterable[bytes], ClosingIterator(answer, [self.places.release]))


def init_bodies(app: Flask) -> None:
    """Answer 503 with Retry-After where the gate found no place, before anything of the body is read."""

    @app.before_request
    def ask_to_return() -> None:
        if request.environ.get("portal.no_place"):
            raise ServiceUnavailable(retry_after=10)
