import pytest
from sqlalchemy import text, update

from portal import clock, scope
from portal.audit.models import AuditHead
from portal.audit.services import CANDIDATE, record
from portal.organisations.models import Party
from portal.register.services import take_arrival_number
from tests.world import World


def test_whatever_is_changed_or_locked_while_the_end_of_the_log_is_held_fails(world: World) -> None:
    with world.writing(scope.party(world.party)) as session:
        record(session, chain=world.party, at=clock.now(), actor=CANDIDATE, verb="tried")
        take_arrival_number(session, world.authority)  # the line is written after it
    for statement in (
        update(Party).values(name="X"),
        text("INSERT INTO arrival_counter VALUES (1)"),
        text("DELETE FROM party"),
        text("SELECT 1 FROM party FOR UPDATE"),
    ):
        with pytest.raises(AssertionError, match="while the end of the log is held"):
            with world.writing(scope.party(world.party)) as session:
                session.get_one(AuditHead, world.party)
                session.execute(statement)
