"""A very small proxy on this machine: each new connection goes to the next server, as a balancer would have it."""

import itertools
import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

CHUNK = 65536


class Forwarder(socketserver.ThreadingTCPServer):
    """Listens on ``port``; ``connections`` counts what each server got."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int, servers: Sequence[int]) -> None:
        self.next_server = itertools.cycle(servers)
        self.connections: Counter[int] = Counter()
        super().__init__(("127.0.0.1", port), _Connection)


class _Connection(socketserver.BaseRequestHandler):
    server: Forwarder

    def handle(self) -> None:
        port = next(self.server.next_server)
        self.server.connections[port] += 1
        with socket.create_connection(("127.0.0.1", port)) as behind:
            back = threading.Thread(target=_pass_on, args=(behind, self.request), daemon=True)
            back.start()
            _pass_on(self.request, behind)
            back.join()


def _pass_on(of: socket.socket, to: socket.socket) -> None:
    """Until the one side has said all; then the other is told."""
    with suppress(OSError):
        while data := of.recv(CHUNK):
            to.sendall(data)
    with suppress(OSError):
        to.shutdown(socket.SHUT_WR)


@contextmanager
def forwarder(port: int, servers: Sequence[int]) -> Iterator[Forwarder]:
    """Forwarding until the end of the block."""
    with Forwarder(port, servers) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()
