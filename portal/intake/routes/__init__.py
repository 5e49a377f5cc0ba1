"""The office's pages for an application that came by post or mail."""

from portal.intake.routes import answering, beginning, letter, papers, told
from portal.intake.routes.blueprint import intake

__all__ = ["answering", "beginning", "intake", "letter", "papers", "told"]
