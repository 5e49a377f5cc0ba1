"""Who may open a protected identity: the one reader whom the party has named. Pure predicates."""

from uuid import UUID

from portal.organisations.access import Actor
from portal.review.access import Standing, may_name_panel


def may_open_identity(actor: Actor, who: Standing, *, reader_id: UUID | None, application_id: UUID) -> bool:
    """The reader alone, of the office and in the case, and not where they have said that they have jäv."""
    named = reader_id is not None and actor.person_id == reader_id
    return named and may_name_panel(who) and application_id not in who.conflicts
