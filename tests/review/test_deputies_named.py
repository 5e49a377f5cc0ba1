"""Which deputy is called in, as a rule of its own; and deputies and who decides as the office names them on the page."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.review.deputies import to_call
from portal.review.models import DeputyCall, PanelMember
from tests.forms import submit
from tests.review.panel import panel_of
from tests.world import World

Clock = Callable[[str], datetime]
A, B, C, D, E = (UUID(int=n) for n in range(1, 6))


@pytest.mark.parametrize(
    ("called", "conflicts", "expected"),
    [
        (set(), set(), []),
        (set(), {A}, [C]),
        (set(), {A, B}, [C, D]),
        (set(), {A, C}, [D]),
        ({C}, {A}, []),
        ({C}, {A, C}, [D]),
        ({C}, {A, B}, [D]),
        (set(), {A, B, C, D, E}, []),
        ({C, D, E}, {A}, []),
    ],
)
def test_who_is_called_in(called: set[UUID], conflicts: set[UUID], expected: list[UUID]) -> None:
    assert to_call([A, B], [C, D, E], called=called, conflicts=conflicts) == expected


def test_the_office_names_deputies_in_order_and_who_decides_on_the_page(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = panel_of(world, set_clock)
    kansli = world.browser(world.kansli)
    shut = kansli.get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert '<details class="more"><summary>Ersättare, och vem som beslutar</summary>' in shut
    data = {
        "people": [str(world.gunnel), str(world.elof)], "leader": str(world.gunnel), "day": "2026-12-17", "hour": "18.00",
        "first_deputy": str(deputies[1]), "second_deputy": str(deputies[0]), "decider": str(world.kansli),
    }  # fmt: skip
    assert submit(kansli, f"{panel.url}/bedomare", data, "Spara bedömarna").status_code == 303
    page = kansli.get(f"{panel.url}/bedomare").get_data(as_text=True)
    words = {
        "Gunnel Sundvall": "bedömer och leder", "Elof Rehnström": "bedömer",
        "Egil Person": "första ersättare, inte inkallad", "Disa Person": "andra ersättare, inte inkallad",
    }  # fmt: skip
    for name, said in words.items():
        assert f'{name} <span class="dim">{said}</span>' in page
    assert "Samira Hedvall beslutar, och bedömer inte." in page and '<details class="more" open>' in page
    data["decider"] = ""
    submit(kansli, f"{panel.url}/bedomare", data, "Spara bedömarna")
    assert "bedömer, leder och beslutar" in kansli.get(f"{panel.url}/bedomare").get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_deputy": "gunnel"}, "Välj en ersättare som inte redan är bedömare"),
        ({"first_deputy": "disa", "second_deputy": "disa"}, "Välj en ersättare som inte redan är bedömare"),
        ({"first_deputy": "rival_kansli"}, ""),
        ({"decider": "rival_kansli"}, ""),
        ({"decider": "x" * 4000}, ""),
    ],
)
def test_deputies_and_deciders_that_cannot_be(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID], change: dict[str, str], sentence: str
) -> None:
    panel = panel_of(world, set_clock)
    known = {"gunnel": world.gunnel, "disa": deputies[0], "rival_kansli": world.rival_kansli}
    data = {
        "people": [str(world.gunnel)], "leader": str(world.gunnel), "day": "2026-12-17", "hour": "18.00",
    } | {key: str(known.get(value, value)) for key, value in change.items()}  # fmt: skip
    answer = submit(world.browser(world.kansli), f"{panel.url}/bedomare", data, "Spara bedömarna")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in text and '<details class="more" open>' in text
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(PanelMember)).all() == []


def test_the_database_lets_nobody_be_called_in_twice_for_the_same(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof, deputies=deputies)
    panel.declare(panel.world.elof, panel.sent[0])
    with pytest.raises(IntegrityError), panel.world.writing(scope.party(panel.ad.party_id)) as session:
        call = session.scalars(select(DeputyCall)).one()
        walls = {"party_id": call.party_id, "authority_id": call.authority_id, "controller_id": call.controller_id}
        session.add(
            DeputyCall(
                **walls, panel_member_id=call.panel_member_id, application_id=call.application_id, called_at=clock.now()
            )
        )
