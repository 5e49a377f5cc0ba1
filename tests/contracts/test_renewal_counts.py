"""Many are renewed, and looked for among those who are there, with as few questions to the database as one."""

from datetime import date

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.renewal.queries import last_days_of, there_on
from tests.contracts.acts.test_lasting_posts import employ
from tests.contracts.test_renewal import renew_them
from tests.counting import statements
from tests.posts.ledgers import give
from tests.privacy.candidates import Clock
from tests.world import World

THERE = "controller_key"  # asked for once for each name that is sealed


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


@pytest.mark.counts
def test_ten_who_have_turned_permanent_are_renewed_with_as_many_questions_as_one(world: World) -> None:
    give(world, (world.party, "50"))
    counts = []
    for n in (1, 10):
        ids = [employ(world, name=f"Person {n} {number}") for number in range(n)]
        with statements(world.app) as asked:
            assert renew_them(world, ids) == n
        counts.append(len([one for one in asked if THERE not in one]))
    assert counts == [26, 26]


@pytest.mark.counts
def test_those_whose_last_day_has_gone_by_are_looked_at_together(world: World, set_clock: Clock) -> None:
    ids = [employ(world, name=f"Person {number}") for number in range(10)]
    assert renew_them(world, ids, ends=date(2027, 1, 31)) == 10
    set_clock("2027-02-01T10:00")
    for find in (lambda session, rows: there_on(session, rows, on=clock.today()), last_days_of):
        counts = []
        for n in (1, 10):
            with world.acting(scope.party(world.party)) as session:
                renewed = select(Employment).where(Employment.renews_id.is_not(None)).limit(n)
                rows = session.scalars(renewed).all()
                with statements(world.app) as asked:
                    assert len(find(session, rows)) == n
                counts.append(asked.count)
        assert counts == [3, 3]
