"""Logs as data, without personal data: endpoint names, never paths; reasons, never messages."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
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
}


def _only_known_keys(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A key that is not on the list is left out: what is not known to be harmless is not logged."""
    if entry.pop("exc_info", False):
        _kind, fault, trace = sys.exc_info()
        if fault is not None:
            entry["where"] = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-6:]]
    return {key: value for key, value in entry.items() if key in _ALLOWED}


def _stamp(_logger: Any, _name: str, entry: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    entry["timestamp"] = clock.now().isoformat(timespec="milliseconds")
    return entry


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
    logging.getLogger("huey").setLevel(logging.WARNING)
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
