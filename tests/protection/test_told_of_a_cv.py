"""Who has handed in and must do so anew is told by mail: a covered CV has come, or a blind review has opened more of one."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.db import db
from portal.jobs.tasks import run_rounds
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from tests.applicants import Sent
from tests.forms import submit
from tests.protection.in_blind import blind_with_protected
from tests.protection.test_masks import PAPER, applied, press  # noqa: F401 a fixture
from tests.review.blind import approve_all, approve_pages, work
from tests.review.panel import Panel
from tests.world import World

Clock = Callable[[str], datetime]


def told(world: World) -> list[Letter]:
    """The letters to whoever has handed in, that there is more."""
    run_rounds(world.app)
    with world.app.app_context():
        rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once.startswith("more:"))).all()
        return [open_letter(db.session, row) for row in rows]


def hand_over(panel: Panel, id: UUID) -> None:
    reader, mask = panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    panel.set_clock("2026-12-14T11:00")
    for button in ("Leta efter det som röjer", "Lämna till dem som bedömer"):
        press(reader, mask, button)


def handed_in(panel: Panel, person: UUID) -> None:
    panel.declare(person)
    panel.score_all(person)
    panel.hand_in(person)


def test_who_has_handed_in_is_told_of_the_cv_once_and_nobody_else_is(applied: tuple[Panel, UUID]) -> None:  # noqa: F811
    panel, id = applied
    world = panel.world
    panel.name(world.gunnel, world.elof)
    handed_in(panel, world.gunnel)
    panel.declare(world.elof)
    assert told(world) == []
    hand_over(panel, id)
    (letter,) = told(world)
    assert letter.to == "gunnel@example.se"
    assert "lämna in på nytt senast torsdag kl. 18.00" in letter.body and f"{panel.url}/bedom" in letter.body
    assert "CV" not in letter.subject + letter.body and "kod" not in letter.body.lower()
    assert len(told(world)) == 1


def test_who_has_jav_is_told_nothing(applied: tuple[Panel, UUID]) -> None:  # noqa: F811
    panel, id = applied
    world = panel.world
    panel.name(world.gunnel, world.elof)
    panel.declare(world.elof, Sent(id, "", "", "", 0, panel.sent[0].document, 0, {}))
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    hand_over(panel, id)
    assert told(world) == []


def test_of_a_cv_that_was_taken_back_at_once_nobody_is_told(applied: tuple[Panel, UUID]) -> None:  # noqa: F811
    panel, id = applied
    handed_in(panel, panel.world.gunnel)
    hand_over(panel, id)
    press(panel.world.browser(panel.world.kansli), f"{panel.url}/skyddad/{id}/maskera", "Ta tillbaka CV:t")
    assert told(panel.world) == []


def test_in_a_blind_review_they_are_told_when_it_can_be_read(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, protected = blind_with_protected(world, set_clock, monkeypatch, world.gunnel)
    id = protected.id
    approve_all(panel, panel.sent[0], protected)
    handed_in(panel, panel.world.gunnel)
    assert told(panel.world) == []
    submit(world.browser(world.kansli), f"{panel.url}/skyddad/{id}", {"reason": "Täcka CV:t"}, "Öppna")
    hand_over(panel, id)
    for _ in range(2):
        assert told(panel.world) == [], "nobody can read it yet"
    panel.set_clock("2026-12-14T12:00")
    approve_pages(panel, protected)
    work(panel)
    assert [letter.to for letter in told(panel.world)] == ["gunnel@example.se"]
    assert len(told(panel.world)) == 1
