"""A contract that no child can set for the moment: said as when a store is away, and nothing is written."""

import pytest
from structlog.testing import capture_logs

from portal import clock
from portal.documents.engines import places, setter
from tests.contracts.written.contracting import recorded
from tests.contracts.written.test_contract_pages import VASTERNORRLAND, Clock
from tests.world import World


def test_a_paper_that_cannot_be_set_now_is_asked_for_again_later(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = recorded(world, set_clock, rules=VASTERNORRLAND)
    office, draft = world.browser(world.kansli), f"{one.page}/utkast.pdf"
    with monkeypatch.context() as patched, capture_logs() as logs:
        patched.setattr(setter, "SECONDS", 0.2)
        with places.place(clock.monotonic() + 5, room=places.SETTING):
            answer = office.get(draft)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert [line["reason"] for line in logs if line["event"] == "outage"] == ["papers:no child"]
    assert office.get(draft).data.startswith(b"%PDF-")
