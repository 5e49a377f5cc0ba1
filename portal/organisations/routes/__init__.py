"""The pages of authorities, parties, their people, and of invitations."""

from portal.organisations.routes import (
    account,
    choosing,
    data_protection,
    installation,
    invitation,
    look,
    people,
    rules,
)
from portal.organisations.routes.blueprint import organisations

__all__ = [
    "account",
    "choosing",
    "data_protection",
    "installation",
    "invitation",
    "look",
    "organisations",
    "people",
    "rules",
]
