"""After a restore: who is in each party and authority is as it was when the backup was taken, and its own people are asked to
look them over. Nobody else can tell who has left since."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from portal.audit.services import PLATFORM_CHAIN, person_actor, record
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.organisations.models import Authority, Party
from portal.refusal import N_, Refusal


class RestoredAgain(Refusal):
    """Another backup was put back since the page was opened."""

    status = 409
    text = N_("Portalen har återställts igen sedan sidan öppnades. Läs listan och tryck igen.")


def note_restored(session: Session, *, of: datetime) -> None:
    """All people are of the instant ``of``, or of an earlier one where nobody has looked them over since that: who came back
    then is in the later backup too."""
    for table in (Party, Authority):
        session.execute(update(table).where(table.people_as_of.is_(None)).values(people_as_of=of))


def look_over(session: Session, *, actor: Actor, shown: str, at: datetime) -> bool:
    """Somebody of the party or authority has looked its people over, on a page on which they were of ``shown`` (`mark_of`).
    False where that is done. Raises RestoredAgain."""
    home = _held(session, actor)
    if home.people_as_of is None:
        return False
    if mark_of(home) != shown:
        raise RestoredAgain
    home.people_as_of = None
    session.flush()
    chain, who = actor.party_id or PLATFORM_CHAIN, person_actor(actor.person_id)
    record(session, chain=chain, at=at, actor=who, verb="people.looked_over", object_id=home.id, reason=shown)
    return True


def _held(session: Session, actor: Actor) -> Party | Authority:
    """As it is once whoever presses at the same moment is done."""
    if actor.party_id:
        return session.get_one(Party, actor.party_id, with_for_update=HELD, populate_existing=True)
    return session.get_one(Authority, actor.authority_id, with_for_update=HELD, populate_existing=True)


def mark_of(home: Party | Authority) -> str:
    """From when its people are, as the page keeps it and the log says it; empty where they are of now."""
    return home.people_as_of.isoformat() if home.people_as_of else ""
