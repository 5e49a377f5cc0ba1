"""Once all is over the office reads and answers letters, also where everybody of it has assessed without names; and what was
typed to somebody whose application is kept sealed by then is not lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.services.publishing import end_ad
from portal.applications.services.withdrawing import withdraw_and_restrict
from tests.applicants import send_applications
from tests.forms import submit_page
from tests.letterbox.writing import ask
from tests.privacy.candidates import Clock
from tests.review.blind import make_blind
from tests.review.panel import panel_of
from tests.world import World, publish_ad

WHY = "Varför gick jag inte vidare?"


def test_a_letter_after_a_blind_review_by_the_whole_office_is_read_and_answered(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.kansli, world.elof)
    make_blind(panel)
    first, second = panel.sent[:2]
    panel.declare(world.kansli, second)
    with world.writing(scope.party(panel.ad.party_id)) as session:
        end_ad(session, ad_id=panel.ad.id, person_id=world.kansli, at=clock.now())
    for one in (first, second):
        ask(panel, one, WHY)
    office = world.browser(world.kansli)
    assert "En sökande väntar på svar" in office.get("/arbete").get_data(as_text=True)
    assert f"/brev/{first.id}" in office.get(f"{panel.url}/brev").get_data(as_text=True)
    box = f"{panel.url}/brev/{first.id}"
    shown = office.get(box)
    assert shown.status_code == 200 and WHY in shown.get_data(as_text=True)
    assert submit_page(office, shown, box, {"text": "Andra visade mer."}, "Skicka brevet").status_code == 303
    assert "väntar på svar" not in office.get("/arbete").get_data(as_text=True)
    assert office.get(f"{panel.url}/brev/{second.id}").status_code == 404, "who has jäv reads nothing still"


def test_a_letter_to_whoever_keeps_theirs_sealed_is_shown_to_be_copied(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad = publish_ad(world, employer="party")
    (one,) = send_applications(world, ad, 1)
    office: FlaskClient = world.browser(world.kansli)
    box = f"/arbete/rekryteringar/{ad.id}/brev/{one.id}"
    shown = office.get(box)
    with world.writing(scope.candidate(one.id)) as session:
        until = clock.today() + timedelta(days=700)
        withdraw_and_restrict(session, application_id=one.id, until=until, at=clock.now())
    answer = submit_page(office, shown, box, {"text": "Ett långt brev."}, "Skicka brevet")
    assert answer.status_code == 409
    assert "Brevet är inte skickat" in answer.get_data(as_text=True) and "Ett långt brev." in answer.get_data(
        as_text=True
    )
