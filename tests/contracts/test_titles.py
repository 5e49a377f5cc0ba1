"""An ad for several has its title in the plural; whoever is employed from it is one."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import select

from portal import scope
from portal.contracts.models import Employment
from portal.contracts.pictures import recorded_reasoning
from portal.contracts.titles import title_of_one
from tests.contracts.hiring import fill, hired
from tests.world import World


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("Politiska sekreterare", "Politisk sekreterare"),
        ("Politiska sekreterare för vård och omsorg", "Politisk sekreterare för vård och omsorg"),
        ("Två politiska sekreterare på halvtid", "Politisk sekreterare på halvtid"),
        ("Politisk sekreterare på heltid", "Politisk sekreterare på heltid"),
        ("Pressekreterare", "Pressekreterare"),
        ("Samordnare för politiska sekreterare", "Samordnare för politiska sekreterare"),
        ("", ""),
    ],
)
def test_the_title_of_one(title: str, one: str) -> None:
    assert title_of_one(title) == one


def test_who_is_employed_from_an_ad_for_two_has_the_title_of_one(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad, sent = hired(world, set_clock, 2, 2, title="Politiska sekreterare", extent_percent=50)
    assert fill(world.browser(world.kansli), ad, sent[0], extent_percent="50").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(Employment)).one()
        assert row.title == "Politisk sekreterare"
        said = [
            recorded_reasoning(row, ends=row.ends_on, on=on).steps[0]["label"]
            for on in (row.decided_on, date(2026, 1, 1))
        ]
    assert said == ["Beslutet fattades", "Beslutet fattas"], "a decision that is still to come is not taken"
