"""Figures for whoever watches the installation: how many requests, how much waits. Nothing of any person or party.

A process counts for itself; with several, each keeps its counts in a small folder that `/metrics` adds up.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime

import structlog
from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from portal.jobs.models import Event
from portal.mail.models import OutgoingMail
from portal.operations.counts import FOLDER

# When each series began nobody asks, and it is as much again to read.
disable_created_metrics()  # type: ignore[no-untyped-call]
_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"}
_REQUESTS = Counter(
    "portal_requests",
    "Requests answered; those repeated before the application are not among them",
    ["endpoint", "method", "status"],
)
_REPEATED = Counter("portal_repeated_answers", "Public answers that were given again without asking the application")
_log = structlog.get_logger("metrics")


def init_metrics(app: Flask) -> None:
    """Count each answer by endpoint, never by path: paths hold tokens."""

    @app.after_request
    def count(response: Response) -> Response:
        method = request.method if request.method in _METHODS else "other"  # a stranger may make up any number of them
        _add(lambda: _REQUESTS.labels(request.endpoint or "none", method, response.status_code))
        return response


def count_repeated(app: Flask) -> None:
    """Count the answers that Flask never sees."""
    app.extensions["ready_answers"].count = lambda: _add(lambda: _REPEATED)


def _add(counter: Callable[[], Counter]) -> None:
    """No page is worth less than a figure of it: where there is no counting, since the folder has been cleared away or its
    memory is full, the page is answered all the same."""
    try:
        counter().inc()
    except OSError as fault:
        _log.warning("not_counted", reason=type(fault).__name__)


def exposition(session: Session, at: datetime) -> bytes:
    """The figures as Prometheus reads them."""
    shown = CollectorRegistry()
    if folder := os.environ.get(FOLDER):
        if os.path.isdir(folder):
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
    else:
        shown.register(_REQUESTS)
        shown.register(_REPEATED)
    shown.register(_Waiting(session, at))
    return generate_latest(shown)


class _Waiting:
    """What waits for the worker, asked when the figures are: the database is the truth, not a process's memory."""

    def __init__(self, session: Session, at: datetime) -> None:
        self.session, self.at = session, at

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Two figures for mails and for events."""
        many = GaugeMetricFamily("portal_waiting", "Rows that wait for the worker", labels=["what"])
        long = GaugeMetricFamily("portal_oldest_waiting_seconds", "How long the first has waited", labels=["what"])
        for what, row, unfinished in (
            ("mail", OutgoingMail, (OutgoingMail.sent_at.is_(None), OutgoingMail.given_up_at.is_(None))),
            ("event", Event, (Event.handled_at.is_(None),)),
        ):
            tried = row.tries > 0  # each failure puts the next try off, and it waits all the same
            begun = row.created_at if row is OutgoingMail else case((row.due_at <= self.at, row.due_at))
            since = case((tried, begun), else_=row.due_at)
            asked = select(func.count(), func.min(since)).where(*unfinished, or_(row.due_at <= self.at, tried))
            count, first = self.session.execute(asked).one()
            many.add_metric([what], count)
            long.add_metric([what], (self.at - first).total_seconds() if first else 0)
        yield many
        yield long
