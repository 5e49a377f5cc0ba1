"""A candidate who takes their application back at the moment at which the office decides about it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import sleep

from sqlalchemy import select

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Result
from portal.decisions.services.recording import record_outcome
from tests.decisions.recruiting import closed_recruitment, office
from tests.world import World


def test_nothing_is_decided_about_whoever_has_just_taken_their_application_back(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, (one, _other) = closed_recruitment(world, set_clock, 2)

    def decide() -> Outcome | None:
        with world.writing(scope.party(ad.party_id)) as session:
            return record_outcome(
                session, ad_id=ad.id, application_id=one.id, result=Result.NOT_FURTHER, criterion_id=ad.criteria[0],
                reason="Skriver klart och snabbt.", actor=office(world), at=clock.now(),
            )  # fmt: skip

    with ThreadPoolExecutor(1) as pool:
        with world.writing(scope.candidate(one.id)) as session:
            withdraw_application(session, application_id=one.id, at=clock.now())
            session.flush()
            deciding = pool.submit(decide)
            sleep(0.3)  # by now it waits: for the application, on SQLite for the writer's place
            assert not deciding.done()
        assert deciding.result(timeout=20) is None
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.scalars(select(Outcome)).all() == []
