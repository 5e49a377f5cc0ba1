"""gunicorn's threaded worker, made patient: no thread waits for a request's head, and the main loop waits for nobody.

It also notes when the first byte of each request came: whether an application came in time is not to depend on how long
it waited for a thread.

And what lies ready (`portal.web.ready_answers`) it answers in the loop itself, without a thread: there is nothing to wait
for, and handing it over and back is a third of its cost.

Told to stop, it takes in all who stand at the door and shuts it at once. As it comes, the system goes on letting in
those who come while the last answers are made, whom nobody will answer: they wait, and are turned away in the end, and no
proxy dares to take a form that has been sent to another server.

As it comes, a slow head holds a thread for as long as its sender likes, and a connection that is closed on a sender who
has not finished keeps the loop that takes in all others for two seconds. Here both wait in the loop's own poller.
"""

import contextlib
import selectors
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from portal import clock
from portal.starting import give_back_again_and_again
from portal.web.arrival import first_byte_at
from portal.web.ready_answers import only_what_is_ready

HEAD_SECONDS = 20  # for the head of a request, from its first byte
LARGEST_HEAD = 65_536  # more than gunicorn lets a head have: then it is its own to refuse
MOST_THROWN_AWAY = 65_535  # of a body that nobody has read, by gunicorn on a line that it keeps
ONE_READ = 4096  # a head that the server's parser is sure to take in one piece
LOOK_AGAIN = 0.05  # seconds between looks at a head that came in part
LINGER_SECONDS = 30  # for the rest of a body that was refused, so that its sender gets to see the answer
TELL_EACH = 1.0  # seconds; the parent waits for sixty
LINGER_SILENCE = 2.0  # seconds without a byte of it
LAST_SECONDS = (
    2.0  # once we stop, for whoever was let in and has not said all: gunicorn gives as much to whoever it has answered
)


class PatientWorker(ThreadWorker):  # type: ignore[misc]  # the library has no types
    """A thread is given to a request whose head is there; what is left of a refused body is thrown away by the loop."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begun: dict[Any, float] = {}  # connections whose head came in part: until when
        self.told_at = 0.0  # the parent, that we are alive
        self.leaving: dict[Any, tuple[float, float]] = {}  # connections we have ended: until when, and last heard

    def init_process(self) -> None:
        """Serve, until told to stop."""
        give_back_again_and_again()
        super().init_process()

    def notify(self) -> None:
        """Tell the parent that the loop turns: once a second is enough, and not at each of its turns."""
        now = clock.monotonic()
        if now - self.told_at >= TELL_EACH:
            self.told_at = now
            super().notify()

    def set_accept_enabled(self, enabled: bool) -> None:
        """Let people in or not; when we stop, for the last time."""
        super().set_accept_enabled(enabled)
        if not self.alive:
            self._shut_the_door()

    def _shut_the_door(self) -> None:
        """Take in whoever stands at it, and refuse whoever comes after; all have a moment to say what they want."""
        for listener in self.sockets:
            with selectors.DefaultSelector() as door:
                door.register(listener, selectors.EVENT_READ)
                for _ in range(self.cfg.backlog):  # whoever knocks without an end does not keep us from stopping
                    if not door.select(0):
                        break
                    self.accept(listener)
            listener.close()
        last = clock.monotonic() + LAST_SECONDS
        self.begun = {conn: min(until, last) for conn, until in self.begun.items()}
        self.leaving = {conn: (min(until, last), heard) for conn, (until, heard) in self.leaving.items()}
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, last)

    def enqueue_req(self, conn: Any) -> None:
        """Answered at once, or to a thread if the head is there, else to wait for it."""
        ahead, came = _read_ahead(conn), _what_came(conn)
        if came and getattr(conn, "first_byte_at", None) is None:
            conn.first_byte_at = clock.now()
        if came is None or b"\r\n\r\n" in ahead + came or len(ahead) + len(came) >= LARGEST_HEAD:
            self.begun.pop(conn, None)
            conn.data_ready = True
            if ahead or not came or not _asks_alone(came) or not self._answer_at_once(conn, came):
                super().enqueue_req(conn)
        elif ahead or came:  # the poller would say so again and again, or never
            self.begun.setdefault(conn, clock.monotonic() + self._patience(HEAD_SECONDS))
        else:
            conn.sock.setblocking(False)
            conn.timeout = clock.monotonic() + self._patience(HEAD_SECONDS)
            self.pending_conns.append(conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _patience(self, seconds: float) -> float:
        """How long somebody is waited for: for so long, or a moment when we stop."""
        return seconds if self.alive else LAST_SECONDS

    def _answer_at_once(self, conn: Any, head: bytes) -> bool:
        """Give the answer that lies ready. False where none does: then the request is put back as if it had not been read,
        and whatever is wrong with it, a thread will find and answer."""
        conn.init()
        line, begun_at, answer = conn.sock, conn.first_byte_at, Gathered()
        conn.sock = answer
        only_what_is_ready.set(True)
        try:
            keep = self._keepalive_after(conn, self.handle_request(next(conn.parser), conn))
        except Exception:
            conn.first_byte_at, conn.parser.mesg = begun_at, None
            conn.parser.unreader.unread(head)
            return False
        finally:
            only_what_is_ready.set(False)
            conn.sock = line
        self._send(conn, answer.said, keep)
        return True

    def _send(self, conn: Any, answer: list[bytes], keep: bool) -> None:
        """As much as the line takes; the rest, for a reader who is slow, by a thread."""
        try:
            rest = left_of(answer, conn.sock.sendmsg(answer, [], socket.MSG_DONTWAIT))
        except BlockingIOError:
            rest = left_of(answer, 0)
        except OSError:  # nobody is there any more
            rest, keep = [], False
        if rest:
            sent = self.tpool.submit(_send_rest, conn.sock, rest, keep)
            sent.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))
            return
        done: Future[bool] = Future()
        done.set_result(keep)
        self.finish_request(conn, done)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """In a thread of its own: tell the application when the request began."""
        first_byte_at.set(conn.first_byte_at)
        conn.first_byte_at = None  # the next one on this line has its own
        req.should_close = partial(_ends_the_line, req, req.should_close)
        return super().handle_request(req, conn)

    def finish_request(self, conn: Any, fs: Any) -> None:
        """After a request: kept alive as gunicorn does it, or ended without making the loop wait."""
        if fs.cancelled() or fs.exception() is not None or fs.result():
            super().finish_request(conn, fs)
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._throw_away, conn))
        except (OSError, ValueError):
            self._let_go(conn)
        else:
            self.leaving[conn] = (clock.monotonic() + self._patience(LINGER_SECONDS), clock.monotonic())

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """One turn of the loop, and a look at those who wait in it."""
        super().wait_for_and_dispatch_events(min(timeout, LOOK_AGAIN) if self.begun else timeout)
        now = clock.monotonic()
        for conn, until in list(self.begun.items()):
            if now < until:
                self.enqueue_req(conn)
            else:
                self._refuse_slow_head(conn)
        for conn, (until, heard) in list(self.leaving.items()):
            if now > until or now - heard > LINGER_SILENCE:
                self._end(conn)

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


class Gathered:
    """In the place of a line: keeps what is to be sent on it. It is all that an answer which lies ready needs of one."""

    def __init__(self) -> None:
        self.said: list[bytes] = []

    def sendall(self, data: bytes) -> None:
        """Keep it, and not a copy: many who read slowly may wait for the same large page."""
        self.said.append(data)


def left_of(pieces: Sequence[bytes], sent: int) -> list[memoryview]:
    """What is still to be sent of pieces, nothing of them copied, when so many bytes have been."""
    left = []
    for piece in pieces:
        if sent < len(piece):
            left.append(memoryview(piece)[sent:])
        sent = max(0, sent - len(piece))
    return left


def _send_rest(line: socket.socket, rest: Sequence[memoryview], keep: bool) -> bool:
    line.setblocking(True)
    for piece in rest:
        line.sendall(piece)
    return keep


def _asks_alone(head: bytes) -> bool:
    """Whether this is the head of one request and nothing else, with no body to come."""
    if not head.startswith((b"GET ", b"HEAD ")) or len(head) > ONE_READ or head.find(b"\r\n\r\n") != len(head) - 4:
        return False
    fields = head.lower()
    return b"\ncontent-length" not in fields and b"\ntransfer-encoding" not in fields


def _ends_the_line(req: Any, asked_to: Callable[[], bool]) -> bool:
    """Whether the line is ended after this request. The answer says so, or its sender would ask the next thing on it."""
    return asked_to() or _leaves_a_body(req)


def _leaves_a_body(req: Any) -> bool:
    """Whether something was sent along that nobody reads, and that no thread is to wait for the end of: with a question
    anything, with a form more than the server throws away by itself."""
    if req.method in ("GET", "HEAD"):
        return any(
            name == "TRANSFER-ENCODING" or (name == "CONTENT-LENGTH" and value != "0") for name, value in req.headers
        )
    return bool(getattr(req.body.reader, "length", 0) > MOST_THROWN_AWAY)


def _read_ahead(conn: Any) -> bytes:
    """What the server has taken in of the next request along with the last one."""
    return b"" if conn.parser is None else bytes(conn.parser.unreader.buf.getvalue())


def _what_came(conn: Any) -> bytes | None:
    """What lies unread on the line; None where it is closed."""
    try:
        return conn.sock.recv(LARGEST_HEAD, socket.MSG_PEEK | socket.MSG_DONTWAIT) or None
    except BlockingIOError:
        return b""
    except OSError:
        return None
