"""The list of candidates says when each came, with the year once it is another."""

from collections.abc import Callable
from datetime import datetime

from tests.decisions.recruiting import closed_recruitment
from tests.world import World


def test_the_year_is_said_where_it_is_not_this_one(world: World, set_clock: Callable[[str], datetime]) -> None:
    ad, _sent = closed_recruitment(world, set_clock, 1)
    page, office = f"/arbete/rekryteringar/{ad.id}/sokande", world.kansli

    def came() -> str:
        listed = world.browser(office).get(page).get_data(as_text=True).replace("\xa0", " ")
        return listed[listed.index('data-l="Kom in"') :][:80]

    assert "november" in came() and "2026" not in came()
    set_clock("2027-06-01T09:00")
    assert "november 2026 " in came()
