"""What follows from who employs, for one party in its authority: shown before the office chooses."""

from datetime import date

from portal.ads.checks import controller_of
from portal.organisations.models import Authority, Party
from portal.posts.comparison import Row, compared
from portal.posts.employer_model import Employer
from portal.profiles.faults import BadProfile
from portal.profiles.profile import Profile
from portal.profiles.shelf import profile_called


def comparison_for(party: Party, authority: Authority, *, on: date, starts: date | None) -> tuple[Row, ...]:
    """The rows, with the controllers' names and the authority's own rules where they are known."""
    controllers = {who: controller_of(who, party=party, authority=authority) or "" for who in Employer}
    return compared(controllers=controllers, profile=_rules_of(authority), on=on, starts=starts)


def _rules_of(authority: Authority) -> Profile | None:
    try:
        return profile_called(authority.rules_called)
    except BadProfile:  # said by `portal check` and on the page of the rules; an ad can be written all the same
        return None
