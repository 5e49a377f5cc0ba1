"""Who comes to one identity: its reader. What shows the paper as it is needs an opening that stands, with its reason."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import structlog
from flask import abort, flash, g, redirect, url_for
from sqlalchemy.orm import Session

from portal import clock
from portal.applications.models import ProtectedIdentity
from portal.db import db
from portal.protection.access import may_open_identity
from portal.protection.queries import identity_of, open_until
from portal.review.queries.case import Case
from portal.review.queries.readers import reader_of_ad
from portal.review.routes.blueprint import fresh
from portal.vault.keystore import KeyGone
from portal.vault.sealing import SealBroken

View = Callable[..., Any]
_log = structlog.get_logger("protection")


def of_reader(view: View) -> View:
    """Only whoever reads: the view is given the case and the identity. One that is erased meanwhile, or whose key has been
    passed on, is answered like one that never was."""

    @wraps(view)
    def guarded(case: Case, application_id: UUID, **places: Any) -> Any:
        try:
            return view(case, readable(db.session, case, application_id), **places)
        except KeyGone:
            abort(404)
        except SealBroken:  # passed on at this instant; if it is not that, whoever runs the portal is to know
            _log.warning("identity_does_not_open")
            abort(404)

    return guarded


def of_opened(view: View) -> View:
    """Of them only whoever has said why, and not too long ago; else they are led to where that is asked."""

    @of_reader
    @wraps(view)
    def guarded(case: Case, row: ProtectedIdentity, **places: Any) -> Any:
        if open_until(db.session, row, person_id=g.actor.person_id, at=clock.now()) is None:
            flash("Skriv först varför du öppnar. En öppning gäller i två timmar.", "stop")
            at: dict[str, Any] = {"ad_id": case.ad.id, "application_id": row.application_id}
            return redirect(url_for("protection.identity", **at), 303)
        return view(case, row, **places)

    return guarded


def readable(session: Session, case: Case, application_id: UUID) -> ProtectedIdentity:
    """The identity, for its reader; nothing for anybody else."""
    row, present = identity_of(session, case.ad.id, application_id), reader_of_ad(session, case.ad)
    if row is None or case.application(application_id) is None:
        abort(404)
    reader_id = present.id if present is not None and row.reader_id in (None, present.id) else None
    if not may_open_identity(g.actor, case.standing, reader_id=reader_id, application_id=application_id):
        abort(404)
    return row


def still_readable(session: Session, row: ProtectedIdentity) -> ProtectedIdentity:
    """The same read again inside a unit of work: somebody else may have been named, or the application taken back."""
    return readable(session, fresh(session, row.ad_id, lock=False), row.application_id)
