"""A file that nobody had time to read when it was added to a registration, and that cannot be opened."""

from datetime import date

from sqlalchemy import select

from portal import scope
from portal.documents.models import Document
from portal.documents.reading import Reading, Verdict
from portal.documents.services import WAITING, note_reading
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import World, publish_ad

LOCKED = "Filen cv.pdf är låst med lösenord"
SAID = "En av filerna går inte att läsa. Ta bort den, och lägg till den en gång till, helst som PDF."


def turn_out_unreadable(world: World) -> None:
    """The file had to wait, and the worker finds that it is locked."""
    with world.writing(scope.party(world.party)) as session:
        document = session.scalars(select(Document)).one()
        document.state, document.verdict = WAITING, Verdict.waiting.value
        session.flush()
        assert note_reading(session, document.id, Reading(Verdict.encrypted, "cv.pdf", "pdf", ""), (None, []))


def test_what_cannot_be_read_is_told_before_it_is_registered_and_is_not_registered(world: World) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-11-23").location
    add_cv(office, page)
    assert LOCKED not in office.get(page).get_data(as_text=True)
    turn_out_unreadable(world)
    assert LOCKED in office.get(page).get_data(as_text=True)
    refused = finish(office, page)
    assert refused.status_code == 409 and SAID in refused.get_data(as_text=True)
    ((row, _),) = intakes(world, world.party)
    assert row.finished_at is None
    assert submit(office, page, {}, "Ta bort cv.pdf").status_code == 303
    add_cv(office, page)
    assert finish(office, page).status_code == 303
    ((row, application),) = intakes(world, world.party)
    assert row.finished_at is not None and application is not None
