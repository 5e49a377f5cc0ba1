"""The pages of interviews: times, guide and cards, references; and the candidate's own."""

from portal.interviews.routes import calendar, cards, guide, meeting, references, slots
from portal.interviews.routes.blueprint import interviews

__all__ = ["calendar", "cards", "guide", "interviews", "meeting", "references", "slots"]
