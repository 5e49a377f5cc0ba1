"""The page of one score says the krav or merit once: as its heading, and whole beneath only where that says more."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.mark.parametrize(
    ("text", "heading", "whole"),
    [
        ("en stor social förmåga", "En stor social förmåga", ""),
        ("En stor  social förmåga.", "En stor social förmåga", ""),
        ("du har en stor social förmåga", "En stor social förmåga", "du har en stor social förmåga"),
        ("en stor förmåga, också under press", "En stor förmåga", "en stor förmåga, också under press"),
    ],
)
def test_the_heading_is_not_said_twice(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch, text: str, heading: str, whole: str
) -> None:
    monkeypatch.setattr("tests.world.CRITERIA", (("krav", "skala", text, 30),))
    panel = panel_of(world, set_clock, world.gunnel)
    panel.declare(world.gunnel)
    page = world.browser(world.gunnel).get(panel.score_url(panel.sent[0])).get_data(as_text=True)
    said = page.split('<div class="criterion">')[1].split("</div>")[0]
    assert f"<h1>{heading}</h1>" in said
    assert said.split("</h1>")[1].strip() == (f"<p>{whole}</p>" if whole else "")
