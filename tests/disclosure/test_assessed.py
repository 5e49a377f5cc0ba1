"""What the record says of a formal assessment: what counts, and nothing else."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.withdrawing import withdraw_application
from portal.disclosure.queries.assessed import assessment_lines, handed_in_scores
from portal.jobs.tasks import run_rounds
from portal.register.lines import lines_in, made_place
from portal.register.models import MadeRecord
from portal.review.models import ConflictAnswer, PanelMember
from portal.vault.services import open_application_key
from tests.applicants import Sent, send_applications
from tests.decisions.recruiting import decide, proofread, release
from tests.decisions.test_kept_sealed import kept
from tests.review.meetings import all_handed_in
from tests.review.panel import AFTER_LAST_MINUTE, CLOSED, Panel, panel_of
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
ELOF, GUNNEL = "Elof Rehnström", "Gunnel Sundvall"


def record_of(panel: Panel, one: Sent) -> str:
    """As it would be frozen now."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        application = session.get_one(Application, one.id)
        key = open_application_key(session, application_id=one.id, controller_id=application.controller_id)
        scores = handed_in_scores(session, panel.ad.id, at=clock.now())
        return str(assessment_lines(session, application, key, scores.get(one.id, [])))


def frozen(panel: Panel, one: Sent) -> str:
    """As it was frozen when the matter closed."""
    with panel.world.acting(scope.authority(panel.world.authority)) as session:
        row = session.scalars(select(MadeRecord).where(MadeRecord.application_id == one.id)).one()
        key = open_application_key(session, application_id=one.id, controller_id=row.controller_id)
        return str(lines_in(key.open_text(made_place(row.entry_id), row.lines_sealed)))


def end(panel: Panel, *more: Sent) -> None:
    """Nobody is hired."""
    decide(panel.world, panel.ad, [*panel.sent, *more])
    proofread(panel.world, panel.ad)
    release(panel.world, panel.ad)
    run_rounds(panel.world.app)


def test_what_somebody_with_jav_has_set_is_no_part_of_the_record(world: World, set_clock: Clock) -> None:
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


def test_what_was_sealed_when_it_ended_is_opened_by_no_record(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    end(panel)
    assert kept(panel)["scores_sealed"] is True
    said = frozen(panel, panel.sent[0])
    assert "Utfall" in said and "Bedömarnas svar" not in said and GUNNEL not in said


def test_after_the_last_minute_it_has_what_was_handed_in_alone(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    for person in (world.gunnel, world.elof):
        panel.declare(person)
        panel.score_all(person)
    panel.hand_in(world.gunnel)
    assert GUNNEL not in record_of(panel, panel.sent[0])
    set_clock(AFTER_LAST_MINUTE)
    end(panel)
    said = frozen(panel, panel.sent[0])
    assert GUNNEL in said and ELOF not in said


def test_of_one_who_came_after_the_handing_in_what_was_never_handed_in_is_no_part(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    all_handed_in(panel)
    set_clock("2026-12-14T12:00")
    (late,) = send_applications(world, panel.ad, 1, start=4, late=True)
    panel.declare(world.gunnel)
    panel.declare(world.elof)
    set_clock("2026-12-14T13:00")
    panel.step(world.gunnel, late, 0, 0)
    set_clock("2026-12-18T13:00")
    end(panel, late)
    assert "Bedömarnas svar" not in frozen(panel, late)
    assert GUNNEL in frozen(panel, panel.sent[0]) and ELOF in frozen(panel, panel.sent[0])


def test_whoever_has_left_the_panel_is_in_it_as_little_as_in_the_kept_file(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    all_handed_in(panel)
    with world.writing(scope.party(world.party)) as session:
        seat = session.scalars(select(PanelMember).where(PanelMember.person_id == world.elof)).one()
        seat.removed_at = clock.now()
    end(panel)
    file = kept(panel)
    names = {one["id"]: one["name"] for one in file["panel"]}
    assert {names[one["assessor"]] for one in file["scores"]} == {GUNNEL}
    said = frozen(panel, panel.sent[0])
    assert GUNNEL in said and ELOF not in said


def test_what_was_handed_in_of_one_who_took_it_back_since_is_part_of_it(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    all_handed_in(panel)
    with world.writing(scope.candidate(panel.sent[0].id)) as session:
        withdraw_application(session, application_id=panel.sent[0].id, at=clock.now())
    assert GUNNEL in record_of(panel, panel.sent[0])
