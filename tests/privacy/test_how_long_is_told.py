"""How long it is kept is told as it is counted wherever it is told, also where nobody is employed."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from portal.posts.comparison import compared
from portal.posts.employer_model import Employer
from tests.decisions.recruiting import closed_recruitment, decide, proofread, release
from tests.door import own_browser
from tests.privacy.candidates import link_of
from tests.privacy.test_pages import page
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
NOBODY = {"authority": "om ingen anställ", "party": "avslutad utan anställning"}


@pytest.mark.parametrize("employer", NOBODY)
def test_whoever_applies_is_told_of_both_days_before_they_do(world: World, employer: str) -> None:
    ad, browser = publish_ad(world, employer=employer), world.browser()
    for tail in ("", "/personuppgifter", "/ansok"):
        told = browser.get(f"/annonser/{ad.reference}{tail}").get_data(as_text=True)
        assert NOBODY[employer] in told, tail


def test_where_nobody_was_employed_no_decision_is_what_it_is_counted_from(world: World, set_clock: Clock) -> None:
    ad, sent = closed_recruitment(world, set_clock, 2, employer="authority")
    decide(world, ad, sent)
    proofread(world, ad)
    assert release(world, ad) == 2
    told = own_browser(world).get(f"{link_of(world, sent[0])}/radera").get_data(as_text=True)
    assert "om ingen anställdes, efter den dag som arbetsgivaren anger" in told
    assert "om ingen anställdes, efter den dag som arbetsgivaren anger" in world.browser(world.kansli).get(
        page(ad)
    ).get_data(as_text=True)


def test_the_table_beside_the_choice_of_employer_tells_of_both_days() -> None:
    rows = compared(controllers=dict.fromkeys(Employer, ""), profile=None, on=date(2026, 12, 1), starts=None)
    (kept,) = (row for row in rows if row.what == "Hur länge de sparas")
    assert NOBODY["authority"] in kept.authority and NOBODY["party"] in kept.party
