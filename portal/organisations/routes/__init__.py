"""The pages of authorities, parties, their people, and of invitations."""

from portal.organisations.routes import choosing, data_protection, installation, invitation, look, people, rules
from portal.organisations.routes.blueprint import organisations

__all__ = ["choosing", "data_protection", "installation", "invitation", "look", "organisations", "people", "rules"]
