"""The instant at which a request arrived: its first byte, told by the server, whose threads may all be busy by then.

Where no server tells (in tests), the outermost layer notes it before the body is read.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from flask import request

from portal import clock

ARRIVED = "portal.arrived_at"
first_byte_at: ContextVar[datetime | None] = ContextVar("first_byte_at", default=None)


class ArrivalStamp:
    """WSGI layer: notes the time at the first byte, so that a slow upload is judged by when it began."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[ARRIVED] = first_byte_at.get() or clock.now()
        return self.application(environ, start_response)


def arrived_at() -> datetime:
    """When the present request arrived."""
    at: datetime = request.environ.get(ARRIVED) or clock.now()
    return at
