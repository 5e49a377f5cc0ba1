"""gunicorn's threaded worker, made patient: no thread waits for a request's head, and the main loop waits for nobody.

It also notes when the first byte of each request came: whether an application came in time is not to depend on how long
it waited for a thread.

As it comes, a slow head holds a thread for as long as its sender likes, and a connection that is closed on a sender who
has not finished keeps the loop that takes in all others for two seconds. Here both wait in the loop's own poller.
"""

import contextlib
import selectors
import socket
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from portal import clock
from portal.web.arrival import first_byte_at

HEAD_SECONDS = 20  # for the head of a request, from its first byte
LARGEST_HEAD = 65_536  # more than gunicorn lets a head have: then it is its own to refuse
LOOK_AGAIN = 0.05  # seconds between looks at a head that came in part
LINGER_SECONDS = 30  # for the rest of a body that was refused, so that its sender gets to see the answer
TELL_EACH = 1.0  # seconds; the parent waits for sixty
LINGER_SILENCE = 2.0  # seconds without a byte of it


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # the library has no types
    """A thread is given to a request whose head is there; what is left of a refused body is thrown away by the loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begun: dict[Any, float] = {}  # connections whose head came in part: until when
        self.told_at = 0.0  # the parent, that we are alive
        self.leaving: dict[Any, tuple[float, float]] = {}  # connections we have ended: until when, and last heard

    def notify(self) -> None:
        """Tell the parent that the loop turns: once a second is enough, and not at each of its turns."""
        now = clock.monotonic()
        if now - self.told_at >= TELL_EACH:
            self.told_at = now
            super().notify()

    def enqueue_req(self, conn: Any) -> None:
        """To a thread if the head is there, else to wait for it."""
        came = _what_came(conn)
        if came != b"" and getattr(conn, "first_byte_at", None) is None:
            conn.first_byte_at = clock.now()
        if came is None or b"\r\n\r\n" in came or len(came) >= LARGEST_HEAD:
            self.begun.pop(conn, None)
            conn.data_ready = True
            super().enqueue_req(conn)
        elif came:  # the poller would say so again and again
            self.begun.setdefault(conn, clock.monotonic() + HEAD_SECONDS)
        else:
            conn.sock.setblocking(False)
            conn.timeout = clock.monotonic() + HEAD_SECONDS
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle_request(self, req: Any, conn: Any) -> Any:
        """In a thread of its own: tell the application when the request began."""
        first_byte_at.set(conn.first_byte_at)
        conn.first_byte_at = None  # the next one on this line has its own
        return super().handle_request(req, conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """After a request: kept alive as gunicorn does it, or ended without making the loop wait."""
        if fs.cancelled() or fs.exception() is not None or fs.result() or not self.alive:
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._throw_away, conn))
        except (OSError, ValueError):
            self._let_go(conn)
        else:
            self.leaving[conn] = (clock.monotonic() + LINGER_SECONDS, clock.monotonic())

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the loop, and a look at those who wait in it."""
        super().wait_for_and_dispatch_events(min(timeout, LOOK_AGAIN) if self.begun else timeout)
        now = clock.monotonic()
        for conn, until in list(self.begun.items()):
            if now < until and self.alive:
                self.enqueue_req(conn)
            else:
                self._refuse_slow_head(conn)
        for conn, (until, heard) in list(self.leaving.items()):
            if now > until or now - heard > LINGER_SILENCE or not self.alive:
                self._end(conn)
        while self.pending_conns and not self.alive:
            self.pending_conns[0].timeout = now
            self.murder_pending()

    def _refuse_slow_head(self, conn: Any) -> None:
        del self.begun[conn]
        with contextlib.suppress(OSError):
            conn.sock.send(b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        self._let_go(conn)

    def _throw_away(self, conn: Any, sock: socket.socket) -> None:
        try:
            more = sock.recv(LARGEST_HEAD)
        except BlockingIOError:
            return
        except OSError:
            more = b""
        if more:
            self.leaving[conn] = (self.leaving[conn][0], clock.monotonic())
        else:
            self._end(conn)

    def _end(self, conn: Any) -> None:
        del self.leaving[conn]
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self._let_go(conn)

    def _let_go(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()


def _what_came(conn: Any) -> bytes | None:
    """What lies unread on the line; None where that is not for us to judge: it is closed, or was read ahead."""
    if conn.parser is not None and conn.parser.unreader.buf.getvalue():
        return None
    try:
        return conn.sock.recv(LARGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT) or None
    except BlockingIOError:
        return b""
    except OSError:
        return None
