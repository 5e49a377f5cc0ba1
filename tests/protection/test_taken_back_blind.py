"""In a blind review: the covered CV of somebody under a code name, handed over and taken back before it was approved."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.jobs.tasks import run_rounds
from tests.applicants import Sent, send_applications
from tests.door import own_browser
from tests.forms import submit
from tests.protection.applying import TYPED, identities, name_as_reader, way_in
from tests.protection.test_masks import PAPER, press
from tests.review.blind import approve_all, listed, machine_says, make_blind
from tests.review.panel import CLOSED, Panel
from tests.world import World, publish_ad


@pytest.mark.parametrize("looked_at", [True, False])
def test_who_has_no_cv_any_more_is_judged_by_what_was_approved_before_it_came(
    world: World, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch, looked_at: bool
) -> None:
    machine_says(monkeypatch)
    name_as_reader(world, world.kansli)
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 1), set_clock)
    submit(own_browser(world), way_in(ad), TYPED, "Skicka ansökan", {"paper": (PAPER.encode(), "hemligstrom.txt")})
    id = identities(world)[0].application_id
    set_clock(CLOSED)
    panel.name(world.gunnel)
    make_blind(panel)
    for _ in range(2):
        run_rounds(world.app)
    protected = Sent(id, "", "", "", 0, panel.sent[0].document, 0, {})
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
