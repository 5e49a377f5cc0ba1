"""What the worker does for applications: sweeps each hour what nobody will come back to, and tells who is assessed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import structlog
from flask import Flask, current_app

from portal import clock
from portal.ads.queries import current_version_of
from portal.applications.services.proposing import prolong_proposals
from portal.applications.services.questioning import FREED, ask_anew
from portal.applications.services.sweeping import sweep
from portal.applications.services.telling import (
    applied_to_what_is_gone,
    assessed_from_now,
    tell_assessed,
    tell_unreadable,
    tell_withdrawn,
)
from portal.chunks import in_chunks
from portal.db import db, unit_of_work
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import LeftForNext, handles, is_ending
from portal.jobs.tasks import each_minute
from portal.vault.keystore import KeyGone

SWEEPS_FROM_MINUTE = 17
TOLD_AT_ONCE = 25
_log = structlog.get_logger("applications")


@each_minute
def sweep_each_hour(app: Flask) -> None:
    """Sweep in the first round of the hour's later part, however late it comes; each step is safe to repeat."""
    at = clock.now()
    if at.minute >= SWEEPS_FROM_MINUTE and claim_hour(app.extensions["queue"], "sweep", at):
        with app.app_context():
            if sweep(at).held_back:
                _log.warning("orphans_held_back")


@handles("ad.closed")
def tell_who_is_assessed(event: Event, at: datetime) -> None:
    """Each mail is posted once, so twice changes nothing. A few in each transaction: on SQLite there is one writer, and
    whoever applies elsewhere in that moment does not wait for a thousand letters."""
    assert event.subject_id is not None
    _tell(assessed_from_now(db.session, ad_id=event.subject_id, at=at), tell_assessed, event, at)


@handles("ad.withdrawn")
def tell_who_applied(event: Event, at: datetime) -> None:
    """As `tell_who_is_assessed`."""
    assert event.subject_id is not None
    _tell(applied_to_what_is_gone(db.session, event.subject_id), tell_withdrawn, event, at)


@handles("document.refused")
def tell_what_cannot_be_read(event: Event, at: datetime) -> None:
    """Each mail is posted once, so twice changes nothing."""
    assert event.subject_id is not None
    with unit_of_work() as session, suppress(KeyGone):
        tell_unreadable(session, event.subject_id, at=at)


@handles("ad.extended")
def prolong_what_is_asked(event: Event, at: datetime) -> None:
    """The links by which a second sending is answered for last a week beyond the new last day."""
    assert event.subject_id is not None
    if (ad := current_version_of(db.session, event.subject_id)) is not None:
        with unit_of_work() as session:
            prolong_proposals(session, ad)


@handles(FREED)
def ask_about_what_waits(event: Event, at: datetime) -> None:
    """Asked once for each news, so twice changes nothing."""
    assert event.subject_id is not None
    with unit_of_work() as session:
        ask_anew(session, first_id=event.subject_id, news=event.id, at=at)


def _tell(ids: list[UUID], tell: Callable[..., int], event: Event, at: datetime) -> None:
    news = event.created_at
    for few in in_chunks(ids, TOLD_AT_ONCE):
        if is_ending(current_app):
            raise LeftForNext
        with unit_of_work() as session:
            tell(session, few, at=at, news=news)
