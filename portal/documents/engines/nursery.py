"""The clean parent of the limited children: it has the libraries loaded, and forks a child for each file.

Starting Python and loading the libraries costs a third of a second, a fork some milliseconds. This process is started as
``python -I -m portal.documents.engines.nursery`` by whoever has a file to read, knows nothing of the portal's settings, keys
or connections, reads no file itself, and has one thread. Its standard input is a socket on which each message is one job: the
child's arguments and folder, with three open ends: what the child reads, what it writes, and a control. A byte on the control
says that the child has begun. When the other side lets go of the control the child is ended, with whatever it started, and
only then is the control let go of here too. It ends with whoever started it, or when nobody has asked for a minute.
"""

import contextlib
import gc
import json
import os
import runpy
import selectors
import signal
import socket
import sys

MESSAGE_BYTES = 1024  # each, filled up with spaces: a stream has no other boundaries
UNASKED_SECONDS = 60.0
NAME = b"file-reader"  # how a child is told from its parent in a list of processes
_BEGUN = b"."
_PR_SET_NAME = 15


def main() -> None:
    """Fork as long as anybody may ask."""
    _load()
    asked = socket.socket(fileno=0)
    children: dict[int, tuple[socket.socket, int]] = {}
    with selectors.DefaultSelector() as selector:
        selector.register(asked, selectors.EVENT_READ)
        while True:
            happened = selector.select(UNASKED_SECONDS)
            if not happened and not children:
                return
            for ready, _ in happened:
                if ready.fd == 0:
                    message, ends, _, _ = socket.recv_fds(asked, MESSAGE_BYTES, 3)
                    if not message:
                        for control, pid in children.values():
                            _end(control, pid)
                        return
                    control, pid = _begin(message, *ends)
                    children[control.fileno()] = control, pid
                    selector.register(control, selectors.EVENT_READ)
                else:
                    selector.unregister(ready.fd)
                    _end(*children.pop(ready.fd))


def _load() -> None:
    """What most children need. What is here before a fork is shared, and nobody's bytes have been near it."""
    from portal.documents.engines import child, pdf_pages, pdf_text  # noqa: F401

    gc.collect()
    gc.freeze()


def _begin(message: bytes, reads: int, writes: int, control_fd: int) -> tuple[socket.socket, int]:
    control = socket.socket(fileno=control_fd)
    pid = os.fork()
    if not pid:
        _be_a_child(message, reads, writes)
    for end in (reads, writes):
        os.close(end)
    with contextlib.suppress(OSError):  # somebody who has let go already is noticed at the next turn
        control.send(_BEGUN)
    return control, pid


def _end(control: socket.socket, pid: int) -> None:
    """The child's number is not given to another process before it is waited for."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, signal.SIGKILL)  # it may have had no time yet for a group of its own
    os.waitpid(pid, 0)
    control.close()


def _be_a_child(message: bytes, reads: int, writes: int) -> None:
    """Never returns. Nothing of the parent's that is open stays open: no socket, no other child's file."""
    code = 1
    try:
        os.setsid()
        os.dup2(reads, 0)
        os.dup2(writes, 1)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))
        folder, *arguments = json.loads(message)
        os.chdir(folder)
        os.environ["HOME"] = folder
        _name_oneself()
        _run(arguments)
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)


def _name_oneself() -> None:
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_NAME, NAME, 0, 0, 0)


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
