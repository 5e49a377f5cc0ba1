"""What is saved while the same draft is being sent: it waits, and is told that the application is sent."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

from sqlalchemy import select

from portal import clock, scope
from portal.applications.services.drafting import draft_to_write, key_of, read_written, texts_of
from portal.applications.states import State
from portal.links.models import Link, Purpose
from tests.applications.paper import PAPERS, applications_in, page_one, page_two
from tests.world import World, publish_ad


def test_what_is_saved_while_the_draft_is_being_sent_is_no_part_of_what_was_sent(world: World) -> None:
    ad, client = publish_ad(world), world.browser()
    assert page_one(client, ad).status_code == 303 and page_two(client, ad).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        id = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    with ThreadPoolExecutor(1) as pool:
        with world.writing(scope.candidate(id)) as session:
            sent = draft_to_write(session, id)
            saving = pool.submit(page_two, client, ad, {**PAPERS, "Personligt brev": "Ett annat brev."}, {})
            sleep(0.5)  # by now it waits for the row, on SQLite for the writer's place
            assert not saving.done()
            sent.state, sent.submitted_at = State.SENT, clock.now()
        answer = saving.result(timeout=30)
    assert answer.status_code == 409
    (row,) = applications_in(world, ad)
    with world.acting(scope.candidate(id)) as session, world.app.app_context():
        assert texts_of(read_written(session, row, key_of(row)))["letter"] == PAPERS["Personligt brev"]
