"""A candidate who takes everything back at the moment at which the office answers them: neither stops the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from time import sleep

from portal import clock, scope
from portal.applications.models import Application, CandidateRequest
from portal.applications.services.withdrawing import empty_application
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.queries.listed import asked
from portal.privacy.rights.services.asking import ask
from tests.decisions.recruiting import closed_recruitment
from tests.world import World

Clock = Callable[[str], datetime]


def test_who_is_erased_while_the_office_answers_is_waited_for_and_not_the_other_way_round(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    with world.writing(scope.candidate(one.id)) as session:
        id = ask(session, application_id=one.id, kind=Kind.CORRECTION, text="Året är fel.", at=clock.now()).id

    def answer() -> None:
        with world.writing(scope.party(ad.party_id)) as session:
            found = asked(session, id, lock=True)
            assert found is not None and found.row.text_sealed is None, "read after it was waited for"
            session.get_one(Application, one.id, with_for_update=True)

    with ThreadPoolExecutor(1) as pool:
        with world.writing(scope.candidate(one.id)) as session:
            application = session.get_one(Application, one.id, with_for_update=True)
            answering = pool.submit(answer)
            sleep(0.3)  # by now it waits: for the application, on SQLite for the writer's place
            assert not answering.done()
            empty_application(session, application)
        answering.result(timeout=20)
    with world.acting(scope.party(ad.party_id)) as session:
        assert session.get_one(CandidateRequest, id).text_sealed is None
