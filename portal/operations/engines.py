"""Running the portal: gunicorn for the web, huey's consumer for the worker."""

import selectors
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.workers.gthread import ThreadWorker
from huey import Huey

from portal import clock
from portal.web.arrival import first_byte_at

WEB_WORKERS = 2
THREADS = 8  # a place more than the bodies that may be in memory at once, so that pages are answered meanwhile


class FairWorker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's threaded worker, which notes when the first byte of each request came.

    A request waits for a thread while others send slowly; whether it came in time is not to depend on that. A connection
    on which nothing has come yet waits with the poller and takes no thread.
    """

    def enqueue_req(self, conn: Any) -> None:
        """A connection has something to read, or is new."""
        if conn.initialized or conn.data_ready:
            conn.first_byte_at = clock.now()
            super().enqueue_req(conn)
            return
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def handle_request(self, req: Any, conn: Any) -> Any:
        """In a thread of its own: tell the application."""
        first_byte_at.set(conn.first_byte_at)
        return super().handle_request(req, conn)


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with the portal's settings; each worker process makes its own application."""

    def __init__(self, make: Callable[[], Flask], *, host: str, port: int, workers: int) -> None:
        self.make, self.host, self.port, self.workers = make, host, port, workers
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"{self.host}:{self.port}",
            "workers": self.workers,
            "worker_class": FairWorker,
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "accesslog": None,  # paths hold tokens
            "errorlog": "-",
            "loglevel": "warning",
            "control_socket_disable": True,
            "worker_tmp_dir": None,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.make()


def serve(make: Callable[[], Flask], *, host: str, port: int, workers: int = WEB_WORKERS) -> None:
    """Serve until told to stop."""
    WebServer(make, host=host, port=port, workers=workers).run()


def work(queue: Huey, *, workers: int = 2) -> None:
    """Work off the queue and make the round each minute, until told to stop."""
    consumer = queue.create_consumer(
        workers=workers,
        worker_type="thread",
        periodic=True,
        initial_delay=0.05,
        max_delay=1.0,
        check_worker_health=True,
    )
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    consumer.run()
