"""The database's own wall, tried past the ORM: on PostgreSQL raw statements see no row of another party."""

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from portal.config import Settings
from tests.database import POSTGRESQL
from tests.world import World, publish_ad

pytestmark = pytest.mark.skipif(
    not POSTGRESQL, reason="SQLite has no row level security; the run on PostgreSQL tries it"
)


def _act_for(connection: Connection, kind: str, id: object) -> None:
    connection.execute(
        text("select set_config('portal.scope_kind', :k, true), set_config('portal.scope_id', :i, true)"),
        {"k": kind, "i": str(id)},
    )


def test_raw_statements_see_only_the_own_partys_rows(world: World, settings: Settings) -> None:
    own = publish_ad(world)
    publish_ad(world, party=world.rival)
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from ad")) == 0
        _act_for(connection, "party", world.party)
        assert connection.scalars(text("select id from ad")).all() == [own.id]
        connection.rollback()
        assert connection.scalar(text("select count(*) from ad")) == 0, "the pooled connection kept the scope"
    engine.dispose()


@pytest.mark.parametrize("statement", ["UPDATE ad SET title = 'x'", "DELETE FROM ad_contact"])
def test_raw_writes_touch_none_of_the_rivals_rows(world: World, settings: Settings, statement: str) -> None:
    publish_ad(world, party=world.rival)
    engine = create_engine(settings.database_url)
    with engine.begin() as connection:
        _act_for(connection, "party", world.party)
        assert connection.execute(text(statement)).rowcount == 0
    engine.dispose()


def test_a_row_cannot_be_moved_or_inserted_across_the_wall(world: World, settings: Settings) -> None:
    own = publish_ad(world)
    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        _act_for(connection, "party", world.party)
        with pytest.raises(DBAPIError, match="row-level security"):
            connection.execute(
                text("UPDATE ad_contact SET party_id = :rival WHERE ad_id = :ad"), {"rival": world.rival, "ad": own.id}
            )
    engine.dispose()
