"""A stand-in whose day an older program reckoned by the calendar is permanent on the day that their own page says."""

from datetime import date

from sqlalchemy import select, update

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import may_be_there, there_on
from portal.desk.queries.coming import endings
from tests.contracts.test_earlier_days_corrected import of_party
from tests.privacy.candidates import Clock
from tests.world import World

LAST = date(2028, 12, 31)  # the 731st day of one who began on 1 January 2027: it makes the employment permanent


def test_they_are_among_those_who_are_there_and_those_who_do_not_end(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    id = of_party(world, starts="2027-01-01", ends=LAST.isoformat(), stands_in=True)
    with world.writing(scope.party(world.party)) as session:
        session.execute(update(Employment).values(permanent_on=date(2029, 1, 1)))  # as it was stored
    set_clock("2029-01-02T10:00")
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(Employment).where(may_be_there(clock.today()))).all()
        assert there_on(session, rows, on=clock.today()) == {id}
        (ending,) = endings(session, on=date(2028, 12, 1))
        assert (ending.on, ending.lasting) == (LAST, 1)
