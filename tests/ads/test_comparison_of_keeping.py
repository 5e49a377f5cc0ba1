"""What the office is told of keeping before it chooses who employs."""

from datetime import date

from portal import clock, scope
from portal.ads.routes.comparison import comparison_for
from portal.organisations.models import Authority, Party
from portal.organisations.retention import Retention
from portal.organisations.services.settings import say_rule
from tests.world import World


def test_the_table_beside_the_choice_tells_the_employers_own_months(world: World) -> None:
    with world.writing(scope.authority(world.authority)) as session:
        authority = session.get_one(Authority, world.authority)
        say_rule(session, authority, Retention(36, "Gallringsbeslut RS/1/2026", date(2026, 1, 1)), None, clock.now())
    with world.acting(scope.party(world.party)) as session:
        party = session.get_one(Party, world.party)
        with world.app.test_request_context():
            rows = comparison_for(party, party.authority, on=clock.today(), starts=None)
        kept = next(row for row in rows if row.what == "Hur länge de sparas")
    assert kept.authority == "Gallras 36 månader efter att beslutet fått laga kraft"
