"""The office's pages for an application that came by post or mail."""

from portal.intake.routes import beginning, letter, papers
from portal.intake.routes.blueprint import intake

__all__ = ["beginning", "intake", "letter", "papers"]
