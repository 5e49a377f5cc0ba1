"""What the record says of a formal assessment: what counts, and nothing else."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import scope
from portal.applications.models import Application
from portal.disclosure.queries.assessed import assessment_lines
from portal.review.models import ConflictAnswer, PanelMember
from portal.vault.services import open_application_key
from tests.applicants import Sent, send_applications
from tests.review.meetings import all_handed_in
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad

ELOF, GUNNEL = "Elof Rehnström", "Gunnel Sundvall"


def record_of(panel: Panel, one: Sent) -> str:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        application = session.get_one(Application, one.id)
        key = open_application_key(session, application_id=one.id, controller_id=application.controller_id)
        return str(assessment_lines(session, application, key))


def test_what_somebody_with_jav_has_set_is_no_part_of_the_record(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 2), set_clock)
    set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    all_handed_in(panel)
    first, second = panel.sent
    assert ELOF in record_of(panel, first) and GUNNEL in record_of(panel, first)
    with world.writing(scope.party(world.party)) as session:
        seat = select(PanelMember.id).where(PanelMember.person_id == world.elof)
        own = select(ConflictAnswer).where(
            ConflictAnswer.panel_member_id == seat.scalar_subquery(), ConflictAnswer.application_id == first.id
        )
        session.scalars(own).one().has_conflict = True
    assert ELOF not in record_of(panel, first) and GUNNEL in record_of(panel, first)
    assert ELOF in record_of(panel, second)
