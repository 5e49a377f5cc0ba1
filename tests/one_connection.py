"""Whoever answers a request holds one connection of a database at a time.

A process has a handful, and as many requests at once as it has threads. Where each holds one and wants another, all of them
wait for each other until they give up. It happens only where many come at once, which no test does; so each request of the
whole suite is held against it.
"""

import sys
from itertools import takewhile
from traceback import walk_stack
from typing import Any

from flask import has_request_context, request
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry, Pool, PoolProxiedConnection

_HELD, _HOLDER = "tests.holds_connections", "held_by"


def watch_connections() -> None:
    """Fail whatever takes a second connection of a pool in a request that holds one."""
    event.listen(Pool, "checkout", _taken)
    event.listen(Pool, "checkin", _given_back)


def _taken(_connection: Any, entry: ConnectionPoolEntry, proxy: PoolProxiedConnection) -> None:
    if not has_request_context():
        return
    held, pool = request.environ.setdefault(_HELD, set()), id(proxy._pool)  # type: ignore[attr-defined]
    if pool in held and _by_somebody_else():
        return
    if pool in held:
        raise AssertionError(f"{request.path} holds a connection and takes another")
    held.add(pool)
    entry.info[_HOLDER] = held, pool


def _given_back(_connection: Any, entry: ConnectionPoolEntry) -> None:
    held, pool = entry.info.pop(_HOLDER, (set(), None))
    held.discard(pool)


def _by_somebody_else() -> bool:
    """Whether a test has put itself into the request, as another who does something at that very instant."""
    files = [(frame.f_code.co_filename, frame.f_code.co_name) for frame, _line in walk_stack(sys._getframe(2))]
    inside = [file for file, _name in takewhile(lambda one: one[1] != "wsgi_app", files)]
    return len(inside) < len(files) and any("/tests/" in file for file in inside)
