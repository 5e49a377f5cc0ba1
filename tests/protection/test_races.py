"""What two do at once where somebody has applied under a code name: one comes after the other."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.ads.services.publishing import end_ad
from portal.locking import HELD
from portal.review import services
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.queries.case import load_case
from portal.review.services.declaring import declare_for
from portal.review.services.naming import hold_panel
from tests.applicants import send_applications
from tests.at_once import second
from tests.forms import submit_page
from tests.protection.applying import apply, identities, name_as_reader, stage_protected
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad


def test_none_arrives_under_a_code_name_once_the_recruitment_has_ended_meanwhile(world: World) -> None:
    ad, client = publish_ad(world), world.browser()
    name_as_reader(world, world.kansli)
    with second() as the_candidate:
        with world.writing(scope.party(ad.party_id)) as session:
            end_ad(session, ad_id=ad.id, person_id=world.kansli, at=clock.now())
            the_candidate.begins(apply, client, ad)
        assert the_candidate.ends().status_code == 422
    assert identities(world) == []


def test_who_answers_for_themself_as_the_reader_answers_for_them_has_one_answer(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad = publish_ad(world)
    panel, id = Panel(world, ad, send_applications(world, ad, 1), set_clock), stage_protected(world, ad)
    set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)

    def answer_for_gunnel() -> None:
        with panel.as_person(world.kansli) as (session, case):
            declare_for(
                session, case=case, person_id=world.gunnel, application_id=id, ground="narstaende", at=clock.now()
            )

    with second() as the_reader:
        with panel.as_person(world.gunnel) as (session, _):
            own = load_case(session, panel.ad.id, panel.actor(world.gunnel), lock=True)
            assert own is not None
            listed = {row.id for row in own.applications}
            services.declare_conflicts(session, case=own, listed=listed, conflicts={}, at=clock.now())
            session.flush()
            the_reader.begins(answer_for_gunnel)
        the_reader.ends()
    with world.acting(scope.party(world.party)) as session:
        answers = session.scalars(select(ConflictAnswer).where(ConflictAnswer.application_id == id)).all()
        assert [row.has_conflict for row in answers] == [True]


def test_a_reader_who_sits_and_declares_for_another_and_an_office_that_names_the_panel_do_not_stop_each_other(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad = publish_ad(world)
    panel, id = Panel(world, ad, send_applications(world, ad, 1), set_clock), stage_protected(world, ad)
    set_clock(CLOSED)
    panel.name(world.gunnel, world.kansli)
    with world.writing(scope.party(world.party)) as session:
        for seat in session.scalars(select(PanelMember)):
            seat.id = UUID(int=2 if seat.person_id == world.kansli else 1)  # the reader's own comes last
    reader, page = world.browser(world.kansli), f"{panel.url}/skyddad/{id}"
    shown = reader.get(page)
    said = {"person": str(world.gunnel), "ground": "narstaende"}
    with second() as the_reader:
        with panel.as_person(world.kansli) as (session, _case):
            session.get_one(PanelMember, UUID(int=1), with_for_update=HELD)  # the first of the panel's, as `hold_panel`
            the_reader.begins(submit_page, reader, shown, page, said, "Anmäl jäv")
            hold_panel(session, panel.ad.id)
        assert the_reader.ends().status_code == 303
