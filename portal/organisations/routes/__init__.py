"""The pages of authorities, parties, their people, and of invitations."""

from portal.organisations.routes import choosing, installation, invitation, look, people, rules
from portal.organisations.routes.blueprint import organisations

__all__ = ["choosing", "installation", "invitation", "look", "organisations", "people", "rules"]
