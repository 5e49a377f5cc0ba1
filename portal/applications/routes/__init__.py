"""The candidate's pages: apply in three steps, the receipt, and what the private link opens."""

from portal.applications.routes import (
    apply,
    changing,
    mending,
    papers,
    pictures,
    private,
    receipt_paper,
    sending,
)
from portal.applications.routes.blueprint import applications

__all__ = [
    "applications",
    "apply",
    "changing",
    "mending",
    "papers",
    "pictures",
    "private",
    "receipt_paper",
    "sending",
]
