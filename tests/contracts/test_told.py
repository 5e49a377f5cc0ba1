"""What a hired person's own page says: first that the employer will be in touch, and never after the work began."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal import scope
from portal.contracts.models import Employment
from tests.contracts.acts.changing import BACK, END, change
from tests.contracts.hiring import fill, hired
from tests.decisions.recruiting import proofread, release
from tests.decisions.test_words import private_page
from tests.world import World

Clock = Callable[[str], datetime]
IN_TOUCH = "Arbetsgivaren hör av sig till dig."


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_the_page_says_how_far_the_employment_has_come(world: World, set_clock: Clock, employer: str) -> None:
    published, sent = hired(world, set_clock, employer=employer)
    assert fill(world.browser(world.kansli), published, sent[0]).status_code == 303
    assert IN_TOUCH not in private_page(world, sent[0]), "nothing before the word"
    proofread(world, published)
    release(world, published)
    assert f"Du anställs. {IN_TOUCH}" in private_page(world, sent[0])
    set_clock("2027-01-31T12:00")
    assert IN_TOUCH in private_page(world, sent[0])
    set_clock("2027-02-01T12:00")
    page = private_page(world, sent[0])
    assert "Du är anställd." in page and IN_TOUCH not in page
    with world.writing(scope.party(world.party)) as session:
        session.scalars(select(Employment)).one().ends_on = date(2027, 12, 31)
    set_clock("2027-12-31T12:00")
    assert "Du är anställd." in private_page(world, sent[0])
    set_clock("2028-01-01T12:00")
    page = private_page(world, sent[0])
    assert "Du var anställd. Anställningen är slut." in page and IN_TOUCH not in page


def test_las_5_a_nobody_whose_employment_has_turned_permanent_reads_that_it_is_over(
    world: World, set_clock: Clock
) -> None:
    """Until somebody has written down a notice or an earlier last day: nothing else ends it."""
    published, sent = hired(world, set_clock, employer="party")
    assert fill(world.browser(world.kansli), published, sent[0]).status_code == 303
    proofread(world, published)
    release(world, published)
    with world.writing(scope.party(world.party)) as session:
        employment = session.scalars(select(Employment)).one()
        employment.ends_on = date(2028, 3, 31)
        id = employment.id
    set_clock("2028-03-20T12:00")
    assert change(world, id, END, decided="2028-03-20", ends="2028-03-30").status_code == 303
    set_clock("2028-04-01T12:00")
    assert "Du var anställd. Anställningen är slut." in private_page(world, sent[0])
    assert change(world, id, BACK).status_code == 303
    assert "Du är anställd." in private_page(world, sent[0])


def test_where_nothing_is_recorded_it_stays_for_some_months(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    proofread(world, published)
    release(world, published)
    set_clock("2027-02-01T12:00")
    assert IN_TOUCH in private_page(world, sent[0])
    set_clock("2027-06-01T12:00")
    page = private_page(world, sent[0])
    assert IN_TOUCH not in page and "Du fick tjänsten." in page
