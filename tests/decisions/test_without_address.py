"""Before and after the words go out whoever sends them sees who gets no mail, and is to be told in another way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import update

from portal import scope
from portal.applications.models import Application
from portal.decisions.queries.words import to_write_to
from portal.review.access import Phase, Standing
from portal.review.queries.case import load_case
from tests.decisions.recruiting import address, closed_recruitment, decide, office, proofread
from tests.forms import submit
from tests.world import World

Clock = Callable[[str], datetime]
NOTHING = {"email_sealed": None, "phone_sealed": None, "address_print": None}
TOLD = "har ingen e-postadress. Ring eller skriv brev"


@pytest.mark.parametrize("protected", [False, True])
def test_who_has_no_address_is_named_where_the_words_are_sent_unless_under_a_code_name(
    world: World, set_clock: Clock, protected: bool
) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="party")
    decide(world, ad, sent)
    proofread(world, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        row = update(Application).where(Application.id == sent[0].id)
        session.execute(row.values(**NOTHING, protected=protected))
    browser = world.browser(world.kansli)
    before = plain(browser.get(address(ad, "beslut/avsluta")).get_data(as_text=True))
    assert "Den som har lämnat en e-postadress får ett mejl om att det finns något att läsa." in before
    assert (f"{sent[0].name} {TOLD}" in before) is not protected
    done = submit(browser, address(ad, "beslut/avsluta"), {}, "Avsluta rekryteringen")
    after = plain(browser.get(done.location).get_data(as_text=True))
    assert (f"{sent[0].name} {TOLD}" in after and "Alla besked är ute." in after) is not protected
    assert ("Alla har fått besked." in after) is protected
    assert "Två sökande har fått besked på sin egen sida. Den som har lämnat en e-postadress får ett mejl" in after
    told = plain(browser.get(address(ad, "besked")).get_data(as_text=True))
    assert (f"Den sökande {TOLD}" in told) is not protected


def test_whoever_reads_under_code_names_learns_nobodys_address(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 1, employer="party")
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Application).where(Application.id == sent[0].id).values(**NOTHING))
    with world.acting(scope.party(ad.party_id)) as session:
        case = load_case(session, ad.id, office(world))
        assert case is not None and to_write_to(session, case) == {sent[0].id}
        seen = frozenset({sent[0].id})
        blind = Standing(decides=True, clear=seen, phase=Phase.OPEN, blind=True, approved=seen)
        assert to_write_to(session, replace(case, standing=blind)) == set()


def plain(page: str) -> str:
    """Without what keeps a line whole."""
    return page.replace("\xa0", " ")
