"""A legal hold keeps what assessors wrote for themselves alone: while it stands nobody else reads it, and then it goes."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.interviews.models import InterviewMark
from portal.jobs.tasks import work_off_due
from portal.privacy.services.holding import lift_hold, set_hold
from portal.review.models import ScoreNote
from tests.decisions.judging import data
from tests.decisions.recruiting import decide, office, proofread, release
from tests.disclosure.test_closing import ended
from tests.review.meetings import write_note
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import Published, World

Clock = Callable[[str], datetime]
OWN, HANDED_IN = "Bara för mig: kände igen bilen.", "Nämner tre artiklar."


def hold(world: World, ad: Published, application_id: UUID | None = None) -> UUID:
    with world.writing(scope.party(world.party)) as session:
        about = {"reason": "DO har avbrutit preskriptionen.", "actor": office(world), "at": clock.now()}
        row = set_hold(session, ad_id=ad.id, application_id=application_id, **about)
        assert row is not None
        return row.id


def lift(world: World, ad: Published, hold_id: UUID) -> None:
    with world.writing(scope.party(world.party)) as session:
        assert lift_hold(session, ad_id=ad.id, hold_id=hold_id, actor=office(world), at=clock.now())


def notes(world: World) -> tuple[int, int]:
    """How many lines there are beside scores, and on cards."""
    with world.acting(scope.party(world.party)) as session:
        on_cards = select(InterviewMark).where(InterviewMark.note_sealed.is_not(None))
        return len(session.scalars(select(ScoreNote)).all()), len(session.scalars(on_cards).all())


def destroyed(world: World) -> list[str]:
    with world.acting(scope.party(world.party)) as session:
        return [row.reason for row in session.scalars(select(AuditLine).where(AuditLine.verb == "notes.destroyed"))]


def half_handed_in(world: World, set_clock: Clock) -> Panel:
    """Two have written; one of them has handed in, and the last minute has passed."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    for person, text in ((world.gunnel, HANDED_IN), (world.elof, OWN)):
        panel.declare(person)
        panel.score_all(person)
        write_note(panel, person, panel.sent[0], 0, text)
    panel.hand_in(world.gunnel)
    set_clock(AFTER_LAST_MINUTE)
    return panel


def end(panel: Panel) -> None:
    decide(panel.world, panel.ad, panel.sent)
    proofread(panel.world, panel.ad)
    release(panel.world, panel.ad)


def test_what_nobody_handed_in_is_kept_while_a_hold_stands_and_destroyed_when_the_last_is_lifted(
    world: World, set_clock: Clock
) -> None:
    ad, sent = ended(world, set_clock, "authority")
    of_one, of_all = hold(world, ad, sent[1].id), hold(world, ad)
    work_off_due(world.app)
    assert (notes(world), destroyed(world)) == ((2, 2), [])
    lift(world, ad, of_one)
    assert (notes(world), destroyed(world)) == ((2, 2), [])
    day = clock.today()
    lift(world, ad, of_all)
    worked_off(world, set_clock, day + timedelta(days=13))
    assert (notes(world), destroyed(world)) == ((2, 2), []), "two weeks in which it can be undone"
    worked_off(world, set_clock, day + timedelta(days=15))
    assert (notes(world), destroyed(world)) == ((1, 0), ["3"])
    lift(world, ad, of_all)
    worked_off(world, set_clock, day + timedelta(days=31))
    assert destroyed(world) == ["3"]


def test_one_who_has_lifted_it_and_stops_it_again_keeps_them(world: World, set_clock: Clock) -> None:
    ad, _sent = ended(world, set_clock, "authority")
    first = hold(world, ad)
    work_off_due(world.app)
    day = clock.today()
    lift(world, ad, first)
    worked_off(world, set_clock, day + timedelta(days=10))
    second = hold(world, ad)
    worked_off(world, set_clock, day + timedelta(days=12))
    lift(world, ad, second)
    worked_off(world, set_clock, day + timedelta(days=15))
    assert (notes(world), destroyed(world)) == ((2, 2), [])
    worked_off(world, set_clock, day + timedelta(days=27))
    assert (notes(world), destroyed(world)) == ((1, 0), ["3"])


def worked_off(world: World, set_clock: Clock, day: date) -> None:
    set_clock(f"{day}T10:00")
    work_off_due(world.app)


def test_a_hold_that_is_lifted_before_the_end_destroys_nothing_that_is_still_written(
    world: World, set_clock: Clock
) -> None:
    panel = half_handed_in(world, set_clock)
    lift(world, panel.ad, hold(world, panel.ad))
    day = clock.today()
    worked_off(world, set_clock, day + timedelta(days=15))
    assert (notes(world), destroyed(world)) == ((2, 0), [])
    end(panel)
    work_off_due(world.app)
    assert (notes(world), destroyed(world)) == ((1, 0), ["1"])


def test_what_a_hold_keeps_is_nobodys_to_read_and_in_no_file(world: World, set_clock: Clock) -> None:
    panel = half_handed_in(world, set_clock)
    side_by_side = f"{panel.url}/gemensam/anteckningar"
    assert OWN in world.browser(world.kansli).get(side_by_side).get_data(as_text=True), "until it is over"
    hold(world, panel.ad)
    end(panel)
    work_off_due(world.app)
    assert notes(world) == (2, 0)
    kept = world.browser(world.kansli).get(f"{panel.url}/beslutsakt-sparad.json").get_data(as_text=True)
    page = world.browser(world.kansli).get(side_by_side).get_data(as_text=True)
    for shown in (kept, str(data(panel)), page):
        assert (HANDED_IN in shown, OWN in shown) == (True, False)
