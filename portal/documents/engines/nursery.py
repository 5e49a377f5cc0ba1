"""The clean parent of the limited children: it has the libraries loaded, and forks a child for each file.

Starting Python and loading the libraries costs a third of a second, a fork some milliseconds. This process is started as
``python -I -m portal.documents.engines.nursery`` by whoever has a file to read, knows nothing of the portal's settings, keys
or connections, reads no file itself, and has one thread. Its standard input is a socket on which each message is one job: the
child's arguments, with three open ends: what the child reads, what it writes, and a control. The child's number on
the control says that it has begun. When the other side lets go of the control the child is ended, with whatever it started;
a last byte says that it is gone.

It takes no more jobs when whoever started it has gone, when nobody has asked for a minute, or after fifty: children of one
nursery have the same layout of memory, and what one of them might learn of it is not to serve many. Those at work go on.
"""

import contextlib
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import struct
import sys

from portal.documents.engines import limits

MESSAGE_BYTES = 4096  # each, filled up with spaces: a stream has no other boundaries
NUMBER = struct.Struct(">I")
GONE = b"."
UNASKED_SECONDS = 60.0
MOST_JOBS = 50
NAME = b"file-reader"  # how a child is told from its parent in a list of processes
_PR_SET_NAME = 15


class Parent:
    """The children at work, by the control each is ended by."""

    def __init__(self, asked: socket.socket) -> None:
        self.asked: socket.socket | None = asked
        self.children: dict[int, tuple[socket.socket, int]] = {}
        self.begun = 0
        self.selector = selectors.DefaultSelector()
        self.selector.register(asked, selectors.EVENT_READ)

    def run(self) -> None:
        """Fork as long as anybody may ask, then wait for those at work."""
        while self.asked is not None or self.children:
            happened = self.selector.select(UNASKED_SECONDS)
            if not happened and not self.children:
                return
            for ready, _ in happened:
                if ready.fileobj is self.asked:
                    self._take_job()
                else:
                    self.selector.unregister(ready.fileobj)
                    _end(*self.children.pop(ready.fd))

    def _take_job(self) -> None:
        assert self.asked is not None
        message, ends, _, _ = socket.recv_fds(self.asked, MESSAGE_BYTES, 3)
        if len(ends) == 3:
            self.begun += 1
            self._begin(message, *ends)
        else:
            for end in ends:
                os.close(end)
        if not message or self.begun == MOST_JOBS:
            self.selector.unregister(self.asked)
            self.asked.close()  # a job that lies here unread is asked for anew: its control closes with it
            self.asked = None

    def _begin(self, message: bytes, reads: int, writes: int, control_end: int) -> None:
        control = socket.socket(fileno=control_end)
        pid, nursery = 0, os.getpid()
        if not _is_let_go(control):
            with contextlib.suppress(OSError):  # no room for a process: the control closes, and says so
                pid = os.fork()
                if not pid:
                    _be_a_child(message, reads, writes, nursery)
        for end in (reads, writes):
            os.close(end)
        if not pid:
            control.close()
            return
        with contextlib.suppress(OSError):  # somebody who has let go meanwhile is noticed at the next turn
            control.send(NUMBER.pack(pid))
        self.children[control.fileno()] = control, pid
        self.selector.register(control, selectors.EVENT_READ)


def main() -> None:
    """Whoever stops all processes of a service stops this one by leaving: a file that is being read is read to its end."""
    for what in (signal.SIGTERM, signal.SIGINT):
        signal.signal(what, signal.SIG_IGN)
    _load()
    limits.close_to_others()
    Parent(socket.socket(fileno=0)).run()


def _load() -> None:
    """What most children need. What is here before a fork is shared, and nobody's bytes have been near it."""
    from PIL import Image

    from portal.documents.engines import child, mask_jobs, pdf_pages, pdf_text  # noqa: F401

    Image.preinit()
    gc.collect()
    gc.freeze()


def _is_let_go(control: socket.socket) -> bool:
    """Whoever asked has waited too long, and has asked for another with the same ends."""
    try:
        return control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False


def _end(control: socket.socket, pid: int) -> None:
    """The child's number is not given to another process before it is waited for."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)  # it may have had no time yet for a group of its own
    os.waitpid(pid, 0)
    with contextlib.suppress(OSError):
        control.send(GONE)
    control.close()


def _be_a_child(message: bytes, reads: int, writes: int, nursery: int) -> None:
    """Never returns. Nothing of the parent's that is open stays open: no socket, no other child's file."""
    code = 1
    try:
        limits.end_with(nursery)
        os.setsid()
        os.dup2(reads, 0)
        os.dup2(writes, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        limits.ask_the_kernel(_PR_SET_NAME, NAME)
        _run(json.loads(message))
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)


def _run(arguments: list[str]) -> None:
    if len(sys.argv) > 1:  # another program in the child's place: how children that misbehave are tried
        sys.argv = [sys.argv[1], *arguments]
        runpy.run_path(sys.argv[0], run_name="__main__")
        return
    from portal.documents.engines import child

    job, kind, first, last = arguments
    child.main(job, kind, int(first), int(last))


if __name__ == "__main__":
    main()
