"""The panel's page open in two windows: what the one saves is never written over by the other without a word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from portal import scope
from portal.review.panel_choices import PanelChoices
from portal.review.panel_words import beside_words
from portal.review.queries.panel import everyone_of
from portal.review.visibility import USUAL, Sharing
from tests.forms import submit_page
from tests.review.panel import Panel, panel_of
from tests.world import World

SAVE = "Spara bedömarna"
Clock = Callable[[str], datetime]
A, B, C = (UUID(int=number) for number in (1, 2, 3))
NAMES = {A: "Anna", B: "Bo", C: "Cilla"}
CHOSEN = PanelChoices((A, B), A, (C,), None, datetime(2026, 12, 17, 17, 0, tzinfo=UTC), USUAL, False)


@pytest.mark.parametrize(
    ("other", "saved", "mine"),
    [
        ({"people": (A, C)}, "Anna, Bo", "Anna, Cilla"),
        ({"leader": B}, "Anna", "Bo"),
        ({"deputies": ()}, "Cilla", "Ingen"),
        ({"decider": UUID(int=9)}, "Den som leder", "någon som inte är kvar"),
        ({"hand_in_by": datetime(2026, 12, 18, 8, 0, tzinfo=UTC)}, "17 december 2026 kl. 18.00",
         "18 december 2026 kl. 09.00"),
        ({"blind": True}, "Nej", "Ja"),
        (
            {"sharing": Sharing(scores_wait_for_all=True)},
            "Poäng när båda har lämnat in, anteckningar när alla har lämnat in",
            "Poäng när alla har lämnat in, anteckningar när alla har lämnat in",
        ),
    ],
)  # fmt: skip
def test_each_choice_that_differs_stands_in_words_beside_what_is_saved(
    other: dict[str, object], saved: str, mine: str
) -> None:
    chosen = replace(CHOSEN, **other)
    (beside,) = beside_words(chosen, CHOSEN, NAMES)
    assert (beside.name, beside.saved.replace("\xa0", " "), beside.mine.replace("\xa0", " ")) == (*other, saved, mine)
    assert chosen.print != CHOSEN.print


def test_the_order_of_ticks_and_what_a_page_only_told_are_no_difference() -> None:
    same = replace(CHOSEN, people=(B, A), sharing=None, blind=None)
    assert same.differences(CHOSEN) == []
    assert replace(CHOSEN, people=(B, A)).print == CHOSEN.print
    assert replace(CHOSEN, deputies=(B, C)).differences(replace(CHOSEN, deputies=(C, B))) == ["deputies"]


def leaders(panel: Panel) -> list[UUID]:
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        return [row.person_id for row in everyone_of(session, panel.ad.id) if row.leads]


def test_the_second_of_two_windows_gets_both_choices_and_saves_when_it_has_seen_them(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    browser, page = world.browser(world.kansli), f"{panel.url}/bedomare"
    first, second = (browser.get(page) for _ in range(2))
    assert submit_page(browser, first, page, {"leader": str(world.elof)}, SAVE).status_code == 303
    stopped = submit_page(browser, second, page, {"day": "2026-12-18"}, SAVE)
    told = stopped.get_data(as_text=True).replace("\xa0", " ")
    assert stopped.status_code == 409
    assert "Dina val är inte sparade" in told
    for words in ("Elof Rehnström", "17 december 2026 kl. 18.00", "18 december 2026 kl. 18.00"):
        assert words in told
    assert leaders(panel) == [world.elof]
    assert submit_page(browser, stopped, page, button="Spara mina val").status_code == 303, (
        "what was chosen stands there"
    )
    assert leaders(panel) == [world.gunnel]


def test_the_same_once_more_is_no_collision(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    browser, page = world.browser(world.kansli), f"{panel.url}/bedomare"
    opened = browser.get(page)
    chosen = [submit_page(browser, opened, page, {"leader": str(world.elof)}, SAVE).status_code for _ in range(2)]
    assert chosen == [303, 303]
