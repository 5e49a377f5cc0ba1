"""The day that the office is reminded of is the one that candidates were told: the published ad's."""

from datetime import date

from portal import clock, scope
from portal.ads.parts import BY_KEY
from portal.ads.services.parts import save_part, save_term
from tests.ads.drafts import TERM, by, published, whole_draft
from tests.applicants import send_applications
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.decisions.test_promises import PROMISED, at, reminders
from tests.decisions.test_room_of_withdrawn import withdraw
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of
from tests.world import Published, World


def test_a_day_that_is_saved_and_not_published_moves_no_promise(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    part = f"/arbete/rekryteringar/{ad.id}/annons/slutdatum"
    saved = submit(world.browser(world.kansli), part, {"expected_decision": "2027-01-30"}, "Spara och fortsätt")
    assert saved.status_code == 303
    own = own_browser(world).get(link_of(world, one)).get_data(as_text=True).replace("\xa0", " ")
    assert "15 januari 2027" in own and "30 januari 2027" not in own
    assert at(world, set_clock, "2027-01-13T09:00") == 1


def test_who_has_their_word_waits_for_no_decision(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    own = own_browser(world).get(link_of(world, sent[0])).get_data(as_text=True)
    assert "Beslut väntas" in own and "Du fick besked" not in own
    decide(world, ad, sent)
    proofread(world, ad)
    release(world, ad)
    own = own_browser(world).get(link_of(world, sent[0])).get_data(as_text=True)
    assert "Beslut väntas" not in own and "Du fick besked" in own


def test_a_day_that_was_only_assumed_was_promised_to_nobody(world: World, set_clock: Clock) -> None:
    ad_id, timetable = whole_draft(world), [["15 jan", "Besked till alla"]]
    with world.writing(scope.party(world.party)) as session:
        days = {"deadline": date(2026, 12, 11), "timetable": timetable}
        save_part(session, ad_id=ad_id, part=BY_KEY["deadline"], values=days, **by(world))
        term = {**TERM, "expected_decision": date(2026, 12, 12)}
        save_term(session, ad_id=ad_id, values=term, on=clock.today(), **by(world))
    reference = published(world, ad_id)
    send_applications(world, Published(ad_id, reference, (), world.party), 1)
    page = world.browser().get(f"/annonser/{reference}").get_data(as_text=True).replace("\xa0", " ")
    assert "15 januari 2027" in page
    print("12 december" in page)
    assert at(world, set_clock, "2026-12-13T09:00") == 0


def test_the_link_stands_on_a_line_of_its_own(world: World, set_clock: Clock) -> None:
    closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    at(world, set_clock, "2027-01-13T09:00")
    (mail,) = reminders(world)
    assert "kan skickas:\nhttp" in mail.body


def test_of_an_ad_that_was_taken_back_no_day_is_promised_any_more(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, expected_decision=PROMISED)
    withdraw(world, ad)
    set_clock("2027-01-13T09:00")
    own = own_browser(world).get(link_of(world, one)).get_data(as_text=True).replace("\xa0", " ")
    assert "Annonsen drogs tillbaka" in own and "15 januari 2027" not in own
    desk = world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert "Besked lovat" not in desk
    assert at(world, set_clock, "2027-01-13T09:00", "2027-01-16T09:00") == 0
