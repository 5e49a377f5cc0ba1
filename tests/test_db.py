"""The unit of work and reading at one moment, on the database itself."""

from sqlalchemy import func, select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.db import db, read_at_one_moment
from tests.world import World


def test_what_is_read_at_one_moment_does_not_change_while_others_write(world: World) -> None:
    lines = select(func.count()).select_from(AuditLine)
    with world.app.app_context(), db.sessionmaker() as own:
        connection = read_at_one_moment(own)
        before = connection.scalar(lines)
        with world.writing(scope.PLATFORM) as session:
            record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="test.meanwhile")
        assert connection.scalar(lines) == before
    with world.acting(scope.PLATFORM) as session:
        assert session.scalar(lines) == (before or 0) + 1
