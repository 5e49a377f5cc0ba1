"""Many ids given as one value are found as they would be one by one."""

from uuid import uuid4

from sqlalchemy import select

from portal import scope
from portal.ads.models import Ad
from portal.many_ids import each_of
from tests.world import World, publish_ad


def test_those_that_are_there_are_found_and_no_others(world: World) -> None:
    ads = [publish_ad(world) for _ in range(3)]
    with world.acting(scope.party(world.party)) as session:
        dialect, wanted = session.get_bind().dialect, {ads[0].id, ads[2].id}
        these = each_of({*wanted, uuid4()}, dialect)
        assert set(session.scalars(select(Ad.id).where(Ad.id.in_(select(these))))) == wanted
        assert set(session.scalars(select(Ad.id).where(Ad.id == these))) == wanted
        assert session.scalars(select(Ad.id).where(Ad.id.in_(select(each_of((), dialect))))).all() == []
