"""Mailing the office of a request that none of its people may answer."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from portal.applications.services.sweeping import each_party
from portal.db import unit_of_work
from portal.organisations.queries import office_addresses
from portal.privacy.rights.emails import post_colleague_needed
from portal.privacy.rights.queries.listed import waiting_for_nobody
from portal.scope import scope_of

_log = structlog.get_logger("privacy")


def call_in_colleagues(at: datetime) -> None:
    """In every party: each of the office is mailed once for each request, with no word of whose it is or what it asks for.
    One party that cannot be told keeps none of the others from it."""
    for own in each_party():
        try:
            _tell(own, at)
        except Exception as fault:
            own.rollback()
            _log.error("not_called_in", reason=type(fault).__name__)


def _tell(own: Session, at: datetime) -> None:
    with unit_of_work(own) as session:
        found, party_id = waiting_for_nobody(session), scope_of(session).id
        assert party_id is not None
        for membership_id, email in office_addresses(session, party_id) if found else ():
            for row in found:
                once = f"colleague:{membership_id}:{row.id}:{row.made_at:%Y%m%d}"
                post_colleague_needed(session, to=email, once=once, at=at)
