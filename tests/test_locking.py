"""What is locked has just been read, whoever held it meanwhile; and nothing that waits to be written is lost by that."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.ads.models import Ad
from portal.locking import HELD
from tests.at_once import second
from tests.world import World, publish_ad

WAYS: dict[str, Callable[[Session, UUID], Any]] = {
    "by its id": lambda session, id: session.get(Ad, id, with_for_update=True),
    "where others may refer to it": lambda session, id: session.get_one(Ad, id, with_for_update=HELD),
    "by a question": lambda session, id: session.scalars(select(Ad).where(Ad.id == id).with_for_update()).one(),
    "among others": lambda session, id: session.execute(select(Ad).with_for_update(of=Ad)).scalars().all(),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_who_has_waited_for_a_row_sees_what_the_one_before_has_written(
    world: World, way: Callable[[Session, UUID], Any]
) -> None:
    ad = publish_ad(world)

    def wait() -> str:
        with world.writing(scope.party(world.party)) as session:
            row = session.get_one(Ad, ad.id)  # on PostgreSQL as it was before; on SQLite there is one writer
            way(session, ad.id)
            return row.title

    with second() as other:
        with world.writing(scope.party(world.party)) as session:
            session.get_one(Ad, ad.id, with_for_update=True).title = "Skriven först"
            session.flush()
            other.begins(wait)
        assert other.ends() == "Skriven först"


def test_what_is_not_yet_written_of_a_row_is_written_before_it_is_read_anew(world: World) -> None:
    ad = publish_ad(world)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Ad, ad.id)
        row.title = "Just ändrad"
        assert session.get(Ad, ad.id, with_for_update=True) is row
        assert row.title == "Just ändrad"
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, ad.id).title == "Just ändrad"
