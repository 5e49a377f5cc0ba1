"""In a blind review: the covered CV of somebody under a code name, handed over and taken back before it was approved."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.jobs.tasks import run_rounds
from tests.forms import submit
from tests.protection.in_blind import blind_with_protected
from tests.protection.test_masks import press
from tests.review.blind import approve_all, listed
from tests.world import World


@pytest.mark.parametrize("looked_at", [True, False])
def test_who_has_no_cv_any_more_is_judged_by_what_was_approved_before_it_came(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch, looked_at: bool
) -> None:
    panel, protected = blind_with_protected(world, set_clock, monkeypatch, world.gunnel)
    id = protected.id
    approve_all(panel, protected)
    panel.declare(world.gunnel)
    assert id in listed(panel)
    reader, mask = world.browser(world.kansli), f"{panel.url}/skyddad/{id}/maskera"
    submit(reader, f"{panel.url}/skyddad/{id}", {"reason": "Täcka CV:t"}, "Öppna")
    press(reader, mask, "Leta efter det som röjer")
    press(reader, mask, "Lämna till dem som bedömer")
    if looked_at:
        for _ in range(3):
            run_rounds(world.app)
    assert id not in listed(panel)
    press(reader, mask, "Ta tillbaka CV:t")
    for _ in range(3):
        run_rounds(world.app)
    assert id in listed(panel)
