"""Whoever has handed in and then judged a late one is told to hand in anew, where the last button leads."""

import pytest

from portal import scope
from portal.ads.models import Ad
from tests.applicants import Sent, send_applications
from tests.forms import submit
from tests.review.meetings import page_of
from tests.review.panel import Panel

HANDED_IN = "Du har lämnat in. Tryck på en ruta för att läsa igen."


@pytest.fixture
def late(panel: Panel) -> Sent:
    """Gunnel has handed in; then one more application comes."""
    gunnel = panel.world.gunnel
    panel.declare(gunnel)
    panel.score_all(gunnel)
    panel.hand_in(gunnel)
    panel.set_clock("2026-12-15T10:00")
    (sent,) = send_applications(panel.world, panel.ad, 1, start=7, late=True)
    panel.set_clock("2026-12-15T11:00")
    return sent


def test_own_judgement_asks_first_of_jav_for_the_late_one(panel: Panel, late: Sent) -> None:
    gunnel = panel.world.gunnel
    page = page_of(panel, gunnel, "din-bedomning")
    assert HANDED_IN not in page and "Svara på om du känner någon av de sökande." in page
    assert f'btn-primary" href="{panel.url}/jav"' in page
    with panel.world.writing(scope.party(panel.world.party)) as session:
        session.get_one(Ad, panel.ad.id).state = "ended"
    assert HANDED_IN in page_of(panel, gunnel, "din-bedomning"), "when it is over nothing is asked any more"


def test_what_is_judged_since_is_to_be_handed_in_anew(panel: Panel, late: Sent) -> None:
    gunnel = panel.world.gunnel
    panel.declare(gunnel)
    panel.score_all(gunnel)
    page = page_of(panel, gunnel, "din-bedomning")
    assert HANDED_IN not in page and "det som har kommit sedan du lämnade in är inte inlämnat än" in page
    assert f'btn-primary" href="{panel.url}/lamna-in">Lämna in på nytt' in page
    assert submit(panel.world.browser(gunnel), f"{panel.url}/lamna-in", {}, "Lämna in").status_code == 303
    assert HANDED_IN in page_of(panel, gunnel, "din-bedomning")
