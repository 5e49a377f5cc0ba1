import pytest

from portal import clock, scope
from portal.audit.services import CANDIDATE, record
from portal.register.services import take_arrival_number
from tests.world import World


def _log(world: World, session: object) -> None:
    record(session, chain=world.party, at=clock.now(), actor=CANDIDATE, verb="tried")  # type: ignore[arg-type]


def test_a_request_that_asks_for_a_number_after_its_line_in_the_log_fails_and_the_other_order_does_not(
    world: World,
) -> None:
    with world.app.test_request_context(), world.writing(scope.party(world.party)) as session:
        take_arrival_number(session, world.authority)
        _log(world, session)
    with world.app.test_request_context(), pytest.raises(AssertionError, match="wait for each other"):
        with world.writing(scope.party(world.party)) as session:
            _log(world, session)
            take_arrival_number(session, world.authority)
    with world.writing(scope.party(world.party)) as session:  # a command, which nobody else meets
        _log(world, session)
        take_arrival_number(session, world.authority)
