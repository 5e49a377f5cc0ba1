"""The pages of log-in, password and one's own account."""

from portal.accounts.routes import account, confirming, log_in, passwords
from portal.accounts.routes.blueprint import accounts

__all__ = ["account", "accounts", "confirming", "log_in", "passwords"]
