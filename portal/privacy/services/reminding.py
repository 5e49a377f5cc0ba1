"""Mailing the office of recruitments that keep what they were sent without a last day."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from portal.ads.queries import ad_of
from portal.applications.services.sweeping import each_party
from portal.clock import STOCKHOLM
from portal.db import unit_of_work
from portal.organisations.queries import office_addresses
from portal.privacy.clocks import Kept, Wait
from portal.privacy.emails import post_standing
from portal.privacy.queries import kept_case, kept_cases
from portal.privacy.standing import standing_on
from portal.review.queries.person import applied_themselves

_log = structlog.get_logger("retention")


def remind_of_standing(at: datetime) -> None:
    """In every party. Each mail is posted once for each person and day. One that cannot be told of keeps none of the others
    from it."""
    on = at.astimezone(STOCKHOLM).date()
    for own in each_party():
        for ad_id in [one.ad_id for one in _cases_of(own) if standing_on(one, on)]:
            try:
                _remind(own, ad_id, at)
            except Exception as fault:
                own.rollback()
                _log.error("not_reminded", ad_id=str(ad_id), reason=type(fault).__name__)


def _cases_of(own: Session) -> Sequence[Kept]:
    """One party's; one whose cases cannot be read stops no other party's."""
    try:
        return kept_cases(own)
    except Exception as fault:
        own.rollback()
        _log.error("not_reminded", reason=type(fault).__name__)
        return ()


def _remind(own: Session, ad_id: UUID, at: datetime) -> None:
    with unit_of_work(own) as session:
        ad, kept = ad_of(session, ad_id, lock=True), kept_case(session, ad_id)
        day = standing_on(kept, at.astimezone(STOCKHOLM).date()) if kept is not None else None
        if ad is None or kept is None or day is None or not isinstance(kept.start, Wait) or kept.shut_on is None:
            return
        has_applied = applied_themselves(session, ad_id, ad.controller_id)
        for membership_id, email in office_addresses(session, ad.party_id, there_on=day):
            if not has_applied(email):
                once = f"standing:{ad_id}:{membership_id}:{day:%Y%m%d}"
                post_standing(session, to=email, ad_id=ad_id, waits=kept.start, since=kept.shut_on, once=once, at=at)
