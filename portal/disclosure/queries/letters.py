"""The letters about an application that is a public record, with their numbers."""

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.letterbox.queries import Opened, messages_of, opened
from portal.review.queries.papers import key_of


def letters_of(session: Session, application: Application) -> list[tuple[int, Opened]]:
    """What has been written about the application, by number, the oldest first; nothing once it is erased, nor what was asked
    in a former application in whose place it is: that has its number there."""
    key = key_of(session, application)
    written = messages_of(session, application.id) if key is not None else ()
    if key is None or not written:
        return []
    numbers = [one.arrival_number for one in written]
    return [(number, one) for number, one in zip(numbers, opened(session, key, written), strict=True) if number]
