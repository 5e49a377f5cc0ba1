"""Candidates judged by two, with jäv and a change after handing in, and the decision file of it fetched."""

import json
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from tests.review.panel import Panel
from tests.steps import kept

STEPS = ((3, 1, 2), (2, 2, None), (0, 3, 1))


@kept
def judged(panel: Panel, *, jav: bool = True) -> None:
    first, second, third = panel.sent[:3]
    world = panel.world
    panel.declare(world.gunnel)
    panel.declare(world.elof, *([third] if jav else []))
    panel.score_all(world.gunnel, {one.id: steps for one, steps in zip(panel.sent, STEPS, strict=False)})
    panel.score_all(world.elof, {first.id: (1, 1, 1), second.id: (3, 2, 2)})
    panel.order(world.gunnel, ((first.id,), (second.id, third.id)))
    panel.order(world.elof, ((second.id,), (first.id,)))
    panel.hand_in(world.gunnel)
    panel.hand_in(world.elof)
    panel.step(world.gunnel, first, 0, 2, "Läste brevet en gång till.")


def get(panel: Panel, person: UUID, kind: str = "json") -> TestResponse:
    return panel.world.browser(person).get(f"{panel.url}/beslutsakt.{kind}")


def data(panel: Panel, person: UUID | None = None) -> dict[str, Any]:
    answer = get(panel, person or panel.world.kansli)
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)
    return found
