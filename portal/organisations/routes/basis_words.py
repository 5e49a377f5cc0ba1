"""What a time of keeping rests on, as it is shown: people's own words, but for the ones that every new party is given."""

from flask_babel import gettext as _

from portal.organisations.retention import PARTY_RULE
from portal.web.filters import swedish


def basis_shown(basis: str) -> str:
    """On a page: a person's words are marked as Swedish where it is not."""
    return _(PARTY_RULE) if basis == PARTY_RULE else swedish(basis)


def basis_text(basis: str) -> str:
    """The same in a paper that is plain text."""
    return _(PARTY_RULE) if basis == PARTY_RULE else basis
