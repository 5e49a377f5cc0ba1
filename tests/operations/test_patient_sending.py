"""What lies ready is sent as far as the line takes it, and the rest when there is room."""

import socket
from concurrent.futures import Future, ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

from portal.operations.patient_worker import PatientWorker, left_of

SECONDS = 20


class Loop(PatientWorker):
    """Nothing but what sending needs of the loop."""

    def __init__(self) -> None:
        self.tpool, self.method_queue = ThreadPoolExecutor(1), SimpleNamespace(defer=lambda do, *given: do(*given))
        self.kept: Future[bool] = Future()

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Note what becomes of the line."""
        self.kept.set_result(fs.result())


def test_an_answer_of_which_the_line_takes_nothing_comes_when_there_is_room() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    filled = 0
    while True:
        try:
            filled += ours.send(b"x" * 65_536)
        except BlockingIOError:
            break
    loop = Loop()
    loop._send(SimpleNamespace(sock=ours), [b"head", b"body"], True)
    assert not loop.kept.done()
    heard = b""
    while len(heard) < filled + 8:
        heard += theirs.recv(1_000_000)
    assert heard == b"x" * filled + b"headbody"
    assert loop.kept.result(timeout=SECONDS) is True


def test_the_line_of_one_who_is_gone_is_not_kept() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    loop = Loop()
    loop._send(SimpleNamespace(sock=ours), [b"head", b"body"], True)
    assert loop.kept.result(timeout=SECONDS) is False


def test_nothing_of_a_part_that_was_sent_is_sent_again() -> None:
    pieces = [b"head", b"", b"body"]
    assert [b"".join(left_of(pieces, sent)) for sent in range(9)] == [b"headbody"[sent:] for sent in range(9)]
