"""Nobody is told that their application is erased while it is kept; who answers reads why it is (GDPR art. 12.1, 17.3)."""

from uuid import UUID

import pytest

from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.privacy.test_registered import registered
from tests.world import World

RECORD, WITHDRAWAL = "Ansökan är en allmän handling. En myndighet får inte radera den", "Ta tillbaka ansökan"
REFUSED = "Ansökan kan inte raderas nu, så välj Har gjorts till en del eller Har inte gjorts."
TEXT = "Vi har raderat allt."


def answers(world: World, authority: bool) -> UUID:
    return world.region if authority else world.kansli


@pytest.mark.parametrize("authority", [True, False], ids=["registrar", "office"])
def test_an_authoritys_record_is_never_said_to_be_erased(world: World, set_clock: Clock, authority: bool) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    browser, place = world.browser(answers(world, authority)), registered(world, ad, one, "erasure")
    page = browser.get(place).get_data(as_text=True)
    assert RECORD in page and (WITHDRAWAL in page) is not authority
    said = submit(browser, place, {"result": "done", "text": TEXT}, "Skicka svaret")
    assert said.status_code == 409 and REFUSED in said.get_data(as_text=True)
    assert fields_of(said)["text"] == [TEXT] and requests_in(world)[0].answered_at is None
    assert submit_page(browser, said, place, {"result": "partly"}, "Skicka svaret").status_code == 303
    assert requests_in(world)[0].result == "partly"
    assert "Har gjorts till en del" in own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(
        as_text=True
    )


def test_nor_is_it_in_an_addition_to_what_a_colleague_has_answered(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    browser, place = world.browser(world.region), registered(world, ad, one, "erasure")
    open_in_two = browser.get(place)
    submit_page(browser, open_in_two, place, {"result": "refused", "text": "Den sparas."}, "Skicka svaret")
    second = submit_page(browser, open_in_two, place, {"result": "partly", "text": TEXT}, "Skicka svaret")
    late = submit_page(browser, second, place, {"result": "done"}, "Skicka som tillägg")
    assert late.status_code == 409 and REFUSED in late.get_data(as_text=True)
    assert requests_in(world)[0].result == "refused"
    assert submit_page(browser, late, place, {"result": "partly"}, "Skicka som tillägg").status_code == 303


def test_nor_is_what_a_party_keeps_for_claims(world: World, set_clock: Clock) -> None:
    ad, (_hired, one) = told(world, set_clock)
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    said = submit(office, place, {"result": "done", "text": TEXT}, "Skicka svaret")
    assert said.status_code == 409 and f"{REFUSED} Den sökande har fått besked" in said.get_data(as_text=True)


def test_what_a_party_may_erase_and_what_is_no_erasure_are_answered_as_before(world: World, set_clock: Clock) -> None:
    ad, (one, two) = closed_recruitment(world, set_clock, 2, employer="party")
    office = world.browser(world.kansli)
    for whose, kind in ((one, "erasure"), (two, "objection")):
        place = registered(world, ad, whose, kind)
        assert submit(office, place, {"result": "done", "text": "Klart."}, "Skicka svaret").status_code == 303
