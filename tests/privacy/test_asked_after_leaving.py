"""Who has taken their application back already and asks the office to erase it: the answer is a mail of its own."""

import pytest

from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, agreed, link_of, requests_in, told
from tests.privacy.holding import kept_longer
from tests.privacy.test_registered import press
from tests.world import World

BUTTON, ENDS, MAILED = "Ta tillbaka, och spara bara det som måste sparas", "Bedömningen slutar", "får ett mejl"


def ask_to_erase(world: World, link: str) -> str:
    """On their own page. The office's page of it."""
    asked = {"kind": "erasure", "text": "Radera allt."}
    assert submit(own_browser(world), f"{link}/mina-uppgifter", asked).status_code == 303
    return f"/arbete/begaran/{requests_in(world)[0].id}"


def test_an_authority_keeps_the_record_and_the_candidate_is_mailed_that_there_is_an_answer(
    world: World, set_clock: Clock
) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    link = link_of(world, one)
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    set_clock("2026-12-16T09:00")
    office, place = world.browser(world.kansli), ask_to_erase(world, link)
    page = office.get(place).get_data(as_text=True)
    assert MAILED in page and ENDS not in page, "nobody assesses it any more"
    assert submit(office, place, {}, BUTTON).status_code == 303
    (mail,) = letters(world, "request-answered")
    assert mail.to == one.email and f"{link}/mina-uppgifter" in mail.body
    assert len(letters(world, "withdrawn")) == 1, "that of the day before yesterday"
    assert press(office, f"{place}/ta-tillbaka").status_code == 409
    assert len(letters(world, "request-answered")) == 1


@pytest.mark.parametrize("why", ["claims", "hold"])
def test_what_lies_sealed_stays_so_and_the_candidate_is_mailed_that_there_is_an_answer(
    world: World, set_clock: Clock, why: str
) -> None:
    if why == "claims":
        ad, (_hired, one) = told(world, set_clock)
    else:
        ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
        agreed(world, ad)
        kept_longer(world, (ad.id, one.id))
    link = link_of(world, one)
    submit(own_browser(world), f"{link}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    place = ask_to_erase(world, link)
    assert press(world.browser(world.kansli), f"{place}/ta-tillbaka").status_code == 303
    (mail,) = letters(world, "request-answered")
    assert mail.to == one.email
    assert requests_in(world)[0].result == "partly"


def test_who_has_not_taken_it_back_gets_the_one_mail_that_it_is(world: World, set_clock: Clock) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1)
    office, place = world.browser(world.kansli), ask_to_erase(world, link_of(world, one))
    page = office.get(place).get_data(as_text=True)
    assert ENDS in page and MAILED in page
    assert submit(office, place, {}, BUTTON).status_code == 303
    assert [mail.to for mail in letters(world, "withdrawn")] == [one.email]
    assert letters(world, "request-answered") == []
