"""Logs as data, without personal data: endpoint names, never paths; reasons, never messages."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, Response, g, request

from portal import clock

_ALLOWED = {"event", "level", "timestamp", "logger", "endpoint", "method", "status", "milliseconds", "reason"} | {
    "kind",
    "handler",
    "count",
    "where",
    "address",
    "ad_id",  # whose they are only the database tells: what went wrong with one of a thousand can be found
    "application_id",
    "PORTAL_PROXY_HOPS",
    "came",  # of those that were expected
}
_PLACES = 6  # of the program, innermost last


def _only_known_keys(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A key that is not on the list is left out: what is not known to be harmless is not logged."""
    if entry.pop("exc_info", False):
        _kind, fault, trace = sys.exc_info()
        if fault is not None:
            entry["where"] = [_place(frame) for frame in traceback.extract_tb(trace)[-_PLACES:]]
    return {key: value for key, value in entry.items() if key in _ALLOWED}


def _place(frame: traceback.FrameSummary) -> str:
    """The file, function and line of the program: nothing that anybody typed."""
    return f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.name}:{frame.lineno}"


def _stamp(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    entry["timestamp"] = clock.now().isoformat(timespec="milliseconds")
    return entry


class _OneLine(logging.Handler):
    """A library's warning as one line of ours: which fault, never its words, which may tell what was asked."""

    def emit(self, record: logging.LogRecord) -> None:
        fault = record.exc_info[1] if record.exc_info else None
        reason = type(fault).__name__ if fault else str(record.msg)
        structlog.get_logger(record.name).log(record.levelno, "library", logger=record.name, reason=reason)


def note_try(kind: str, reason: str) -> None:
    """A password or code was tried: which of them, and what came of it (right, wrong, too_many). Never whose it was: of
    those who come in, the audit log knows."""
    level = logging.INFO if reason == "right" else logging.WARNING
    structlog.get_logger("web").log(level, "log_in", kind=kind, reason=reason)


def init_logs(app: Flask) -> None:
    """One JSON line per request on stderr; libraries below warning are silent."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            _stamp,
            _only_known_keys,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    queue_log = logging.getLogger("huey")
    queue_log.setLevel(logging.WARNING)
    queue_log.handlers, queue_log.propagate = [_OneLine()], False
    app.logger.handlers.clear()
    app.logger.addHandler(logging.NullHandler())
    app.logger.propagate = False
    log = structlog.get_logger("web")

    @app.before_request
    def begin() -> None:
        g.begun = clock.monotonic()

    @app.after_request
    def note(response: Response) -> Response:
        if request.endpoint not in ("assets.serve", "health.healthz"):
            spent = round((clock.monotonic() - g.get("begun", clock.monotonic())) * 1000)
            log.info(
                "request",
                endpoint=request.endpoint,
                method=request.method,
                status=response.status_code,
                milliseconds=spent,
            )
        return response
