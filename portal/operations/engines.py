"""Running the portal: gunicorn for the web, huey's consumer for the worker."""

import gc
import logging
import signal
from threading import Event
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from huey import Huey
from huey.consumer import Consumer
from sqlalchemy.orm import configure_mappers

from portal.db import let_go_of_connections
from portal.sqlite import let_others_write_first
from portal.starting import give_back_again_and_again, share_heaps

WEB_WORKERS = 2
THREADS = 96  # a dozen more than may be busy with bodies or wait with one (web/bodies.py): pages are answered meanwhile
# Things made more than given back until Python looks through the youngest for garbage (700 as it comes): a page of a thousand
# rows makes tens of thousands, and hardly any in a circle.
LOOKS_AFTER = 10_000
SECONDS_TO_FINISH = 50  # for what a worker has begun when it is told to stop: a file that waits for a child and is read

OF_REQUESTS = ("Invalid request", "Error handling request", "Error handling", "Socket error", "HTTP/2")


class QuietLogger(Logger):  # type: ignore[misc]
    """gunicorn's own log without what a request said: its path holds tokens, its sender's address is a person's."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.addFilter(only_what_happened)


def only_what_happened(record: logging.LogRecord) -> bool:
    """Of a fault in a request nothing but that it happened and the kind of exception; everything else as it is."""
    phrase = next((phrase for phrase in OF_REQUESTS if str(record.msg).startswith(phrase)), "")
    if phrase:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        record.msg, record.args, record.exc_info = f"{phrase}. {kind}".strip(), (), None
    return True


class WebServer(BaseApplication):  # type: ignore[misc]
    """gunicorn with the portal's settings, and an application that is made already."""

    def __init__(self, app: Flask, *, host: str, port: int, workers: int) -> None:
        self.app, self.host, self.port, self.workers = app, host, port, workers
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}",
            "workers": self.workers,
            "worker_class": "portal.operations.patient_worker.PatientWorker",
            "threads": THREADS,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "accesslog": None,  # paths hold tokens
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": QuietLogger,
            "control_socket_disable": True,
            "worker_tmp_dir": None,
        }
        for name, value in settings.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def serve(app: Flask, *, host: str, port: int, workers: int = WEB_WORKERS) -> None:
    """Serve until told to stop. The processes are forked with the application in them: it is made once, and shared.

    Connections are not: the engines leave theirs behind (`portal.db`), and the queue's is closed here.
    """
    share_heaps()
    configure_mappers()  # each process would at its first question
    with app.app_context():
        app.extensions["assets"].refresh()  # and each thread at its first page
    app.extensions["queue"].storage.close()
    let_go_of_connections()
    gc.collect()
    gc.freeze()  # what nobody collects nobody writes to, and what is not written to stays shared
    gc.set_threshold(LOOKS_AFTER)
    WebServer(app, host=host, port=port, workers=workers).run()


class Workers(Consumer):  # type: ignore[misc]
    """huey's consumer, which hears that it is to stop from its first moment on, and says so to what is at work."""

    ending: Event

    def start(self) -> None:
        """Start working; a signal that comes while the threads start is kept until they have. Ctrl-C is one as well."""
        self._signal_actions[signal.SIGINT] = self._signal_actions[signal.SIGTERM]
        self._set_signal_handlers()
        super().start()

    def stop(self, graceful: bool = False) -> None:
        """Begin nothing more, and wait for what is begun."""
        self.ending.set()
        super().stop(graceful=graceful)


def work(queue: Huey, ending: Event, *, workers: int = 2) -> None:
    """Work off the queue and make the round each minute, until told to stop: then what is begun is finished first, since
    an event left in the middle would wait for as long as a claim lasts. ``ending`` is set when it has heard that it is.
    """
    share_heaps()
    give_back_again_and_again()
    let_others_write_first()
    consumer = Workers(
        queue,
        workers=workers,
        worker_type="thread",
        periodic=True,
        initial_delay=0.05,
        max_delay=1.0,
        check_worker_health=True,
        graceful_signal="TERM",
        shutdown_timeout=SECONDS_TO_FINISH,
    )
    consumer.ending = ending
    consumer.run()
