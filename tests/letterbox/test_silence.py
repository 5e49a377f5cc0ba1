"""Whoever has had no word for thirty days is shown to the office, until somebody writes or there is word."""

from portal import scope
from portal.ads.services.publishing import withdraw_ad
from tests.ads.drafts import by
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.forms import submit
from tests.privacy.candidates import Clock
from tests.world import World


def test_who_has_had_no_word_for_a_month_is_named_until_somebody_writes(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    boxes = f"/arbete/rekryteringar/{ad.id}/brev"

    def silent() -> str:
        return world.browser(world.kansli).get(boxes).get_data(as_text=True)

    set_clock("2027-01-10T23:00")  # the ad closed on 11 December, and that was told
    assert "Har inte hört något" not in silent()
    set_clock("2027-01-12T09:00")
    page = silent()
    assert one.name in page and two.name in page and "31 dagar sedan" in page
    wrote = submit(world.browser(world.kansli), f"{boxes}/{one.id}", {"text": "Det dröjer."}, "Skicka brevet")
    assert wrote.status_code == 303
    section = silent().partition("Har inte hört något")[2]
    assert one.name not in section and two.name in section
    rival = world.browser(world.rival_kansli).get(boxes)
    assert rival.status_code == 404 and two.name not in rival.get_data(as_text=True)
    decide(world, ad, [one, two])
    proofread(world, ad)
    assert release(world, ad) == 2
    assert "Har inte hört något" not in silent()


def test_that_the_ad_was_taken_back_is_a_word(world: World, set_clock: Clock) -> None:
    ad, _sent = closed_recruitment(world, set_clock, 2, employer="party")
    set_clock("2027-01-08T09:00")
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, **by(world))  # each of them is mailed
    set_clock("2027-01-13T09:00")
    page = world.browser(world.kansli).get(f"/arbete/rekryteringar/{ad.id}/brev").get_data(as_text=True)
    assert "Har inte hört något på länge" not in page
