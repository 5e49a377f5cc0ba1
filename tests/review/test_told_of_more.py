"""A fall on a krav that is taken back: whoever had handed in without the candidate judges them too, and is told by mail."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.db import db
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import open_letter
from tests.applicants import send_applications
from tests.decisions.recruiting import decide, proofread, release
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def told(world: World) -> list[str]:
    """To whom it has been said that there is more to judge."""
    run_rounds(world.app)
    with world.app.app_context():
        rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("more:"))).all()
        return sorted(open_letter(db.session, row).to for row in rows)


def one_handed_in(world: World, set_clock: Clock) -> Panel:
    """Elof leads and has not handed in; Gunnel has, while the first candidate had fallen."""
    panel = panel_of(world, set_clock, world.elof, world.gunnel)
    for person in panel.people:
        panel.declare(person)
    panel.drop(world.elof, panel.sent[0])
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    set_clock("2026-12-14T11:00")
    return panel


def test_who_had_handed_in_without_them_is_told_once(world: World, set_clock: Clock) -> None:
    panel = one_handed_in(world, set_clock)
    assert told(world) == []
    panel.take_back(world.elof, panel.sent[0])
    assert told(world) == ["gunnel@example.se"]
    panel.drop(world.elof, panel.sent[0])
    panel.take_back(world.elof, panel.sent[0])
    assert told(world) == ["gunnel@example.se"]


def test_nobody_is_told_of_one_who_has_had_their_word_by_then(world: World, set_clock: Clock) -> None:
    panel = one_handed_in(world, set_clock)
    panel.take_back(world.elof, panel.sent[0])
    decide(world, panel.ad, panel.sent)
    proofread(world, panel.ad)
    release(world, panel.ad)
    assert told(world) == []


def test_of_a_late_one_who_fell_and_is_taken_back_all_who_had_handed_in_are_told(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.elof, world.gunnel)
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    (late,) = send_applications(world, panel.ad, 1, start=7, late=True)
    set_clock("2026-12-15T11:00")
    for person in panel.people:
        panel.declare(person)
    panel.drop(world.kansli, late)
    assert told(world) == []
    set_clock("2026-12-16T11:00")
    panel.take_back(world.kansli, late)
    assert told(world) == ["elof@example.se", "gunnel@example.se"]


def test_a_deputy_who_had_handed_in_is_told_of_one_they_were_called_in_for_since(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel, disa = panel_of(world, set_clock), deputies[0]
    panel.name(world.gunnel, world.elof, deputies=[disa])
    panel.declare(world.gunnel, panel.sent[0])
    for person in (world.elof, disa):
        panel.declare(person)
    panel.score_all(disa)
    panel.hand_in(disa)
    set_clock("2026-12-14T11:00")
    panel.declare(world.gunnel, panel.sent[0], panel.sent[1])
    panel.declare(disa)
    panel.drop(world.kansli, panel.sent[1])
    assert told(world) == []
    panel.take_back(world.kansli, panel.sent[1])
    assert told(world) == ["disa@example.se"]
