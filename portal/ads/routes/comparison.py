"""What follows from who employs, for one party in its authority: shown before the office chooses."""

from datetime import date

from portal.ads.checks import controller_of
from portal.db import db
from portal.organisations.models import Authority, Party
from portal.organisations.queries import retention_of
from portal.posts.comparison import Row, compared
from portal.posts.employer_model import Employer
from portal.profiles.faults import BadProfile
from portal.profiles.profile import Profile
from portal.profiles.shelf import profile_called


def comparison_for(party: Party, authority: Authority, *, on: date, starts: date | None) -> tuple[Row, ...]:
    """The rows, with the controllers' names and rules of keeping, and the authority's own rules where they are known."""
    controllers = {who: controller_of(who, party=party, authority=authority) or "" for who in Employer}
    months = {
        Employer.AUTHORITY: retention_of(db.session, authority, on)[0],
        Employer.PARTY: retention_of(db.session, party, on)[0],
    }
    return compared(controllers=controllers, profile=_rules_of(authority), on=on, starts=starts, months=months)


def _rules_of(authority: Authority) -> Profile | None:
    try:
        return profile_called(authority.rules_called)
    except BadProfile:  # said by `portal check` and on the page of the rules; an ad can be written all the same
        return None
