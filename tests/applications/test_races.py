"""What is saved while the same draft is being sent, and what else two do with one application at once."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import clock, scope
from portal.ads.queries import current_version
from portal.ads.services.publishing import end_ad
from portal.applications.models import Application, ApplicationChange
from portal.applications.services.addressing import prepare_address
from portal.applications.services.drafting import draft_to_write, key_of, read_written, texts_of
from portal.applications.services.mending import mend_address
from portal.applications.services.telling import tell_assessed
from portal.applications.states import State
from portal.applications.tasks import tell_what_cannot_be_read
from portal.db import db, unit_of_work
from portal.documents.models import Document
from portal.links.models import Link, Purpose
from tests.applications.paper import PAPERS, applications_in, apply, letters, page_one, page_two, private_link
from tests.at_once import second, taking_back
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.events import as_the_worker
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def test_what_is_saved_while_the_draft_is_being_sent_is_no_part_of_what_was_sent(world: World) -> None:
    ad, client = publish_ad(world), world.browser()
    assert page_one(client, ad).status_code == 303 and page_two(client, ad).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        id = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    with second() as the_page:
        with world.writing(scope.candidate(id)) as session:
            sent = draft_to_write(session, id)
            the_page.begins(page_two, client, ad, {**PAPERS, "Personligt brev": "Ett annat brev."}, {})
            sent.state, sent.submitted_at = State.SENT, clock.now()
        answer = the_page.ends()
    assert answer.status_code == 409
    (row,) = applications_in(world, ad)
    with world.acting(scope.candidate(id)) as session, world.app.app_context():
        assert texts_of(read_written(session, row, key_of(row)))["letter"] == PAPERS["Personligt brev"]


def test_whoever_takes_their_application_back_while_all_are_told_gets_no_mail_of_it(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    ids = [one.id, other.id]

    def tell() -> None:
        with world.writing(scope.party(ad.party_id)) as session:
            tell_assessed(session, ids, at=clock.now())

    with second() as the_worker:
        with taking_back(world, one.id):
            the_worker.begins(tell)
        the_worker.ends()
    assert [letter.to for letter in letters(world, "step:")] == [other.email]


def test_an_address_that_is_mended_by_two_clicks_is_mended_once(world: World) -> None:
    ad, client = publish_ad(world), world.browser()
    apply(client, ad)
    (row,) = applications_in(world, ad)
    with world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(row.id))
        prepared = prepare_address(db.session, db.session.get_one(Application, row.id), "alma.ekdahl@example.se")
        version = current_version(db.session, ad.reference)
        assert version is not None
        for _click in range(2):
            with unit_of_work() as session:
                mend_address(session, prepared=prepared, email="alma.ekdahl@example.se", ad=version, at=clock.now())
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(ApplicationChange)).all()) == 1


def test_no_address_is_mended_once_the_recruitment_has_ended_meanwhile(world: World) -> None:
    ad, client = publish_ad(world), own_browser(world)
    place = f"{private_link(apply(client, ad))}/andra/uppgifter"
    shown = submit(client, place, {"E-post": "alma.ekdahl@example.se"})
    with second() as the_candidate:
        with world.writing(scope.party(ad.party_id)) as session:
            end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
            the_candidate.begins(submit_page, client, shown, place)
        answer = the_candidate.ends()
    assert answer.status_code == 409 and {letter.to for letter in letters(world)} == {"alma@example.se"}
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(ApplicationChange)).all() == []


def test_page_one_that_waits_while_the_draft_is_sent_gives_back_what_was_typed(world: World) -> None:
    ad, client = publish_ad(world), world.browser()
    assert page_one(client, ad).status_code == 303 and page_two(client, ad).status_code == 303
    with world.acting(scope.PLATFORM) as session:
        id = session.scalars(select(Link.subject_id).where(Link.purpose == Purpose.DRAFT)).one()
    with second() as the_page:
        with world.writing(scope.candidate(id)) as session:
            sent = draft_to_write(session, id)
            the_page.begins(page_one, client, ad, Namn="Alma E. Ekdahl")
            sent.state, sent.submitted_at = State.SENT, clock.now()
        answer = the_page.ends()
    assert answer.status_code == 409 and "Alma E. Ekdahl" in answer.get_data(as_text=True)


def test_nobody_is_told_of_a_file_that_they_replace_at_that_moment(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    with second() as the_worker:
        with world.writing(scope.candidate(one.id)) as session:
            session.get_one(Application, one.id, with_for_update=True)
            session.get_one(Document, one.document).replaced_at = clock.now()
            session.flush()
            about = {"kind": "document.refused", "subject_id": one.document}
            the_worker.begins(as_the_worker, world, tell_what_cannot_be_read, **about)
        the_worker.ends()
    assert letters(world, "unreadable:") == []
