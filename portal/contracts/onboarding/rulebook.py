"""Which version of which rules an employment's first days go by, on a day."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.contracts.models import Employment
from portal.contracts.onboarding.models import Onboarding
from portal.contracts.written.rules import Rules, rules_for
from portal.organisations.models import Authority
from portal.profiles.shelf import RULES, VersionGone, profile_called, profile_on, profile_version

SHELF = RULES


def rules_on(session: Session, employment: Employment, on: date) -> Rules:
    """The rules for this employer as they were on the day ``on``. Raises BadProfile where they cannot be read."""
    authority = session.scalars(select(Authority).where(Authority.id == employment.authority_id)).one()
    newest = profile_called(authority.rules_called, SHELF)
    profile = profile_on(newest.key, on, SHELF) if newest else None
    return rules_for(profile, employer=employment.employer, kind=authority.kind)


def rules_copied(head: Onboarding) -> str:
    """ "Region Exempel, version 1", as long as that version is there as it was; its key and number afterwards."""
    if not head.profile_key or head.profile_version is None:
        return ""
    try:
        name = profile_version(head.profile_key, head.profile_version, head.profile_print, SHELF).name
    except VersionGone:
        name = head.profile_key
    return f"{name}, version {head.profile_version}"
