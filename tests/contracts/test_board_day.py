"""The new board's first day: the region's own word with its source, told on the page of the change, or unknown."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.db import db
from portal.operations.schema import downgrade, upgrade
from portal.organisations.models import Authority
from tests.contracts.test_mandate_pages import page
from tests.forms import submit
from tests.world import World

BOARD = "/arbete/myndighet"


def told(world: World, **fields: str) -> Any:
    """The region says when its new board begins."""
    return submit(world.browser(world.region), BOARD, fields)


def test_the_boards_first_day_is_the_regions_word_or_unknown(world: World) -> None:
    for who in ("kansli", "region"):
        assert "Vilken dag den nya styrelsen i Region Ådalen tillträder är inte inskrivet" in page(world, who)
    assert (
        told(world, board_first_day="2026-12-01", board_source="Regionfullmäktige 2026-10-27 § 98").status_code == 303
    )
    for who in ("kansli", "region"):
        shown = page(world, who)
        assert "Från 1 december 2026 kan den nya styrelsen i Region Ådalen besluta" in shown
        assert "Regionfullmäktige 2026-10-27 § 98" in shown
    assert "är inte inskrivet" in page(world, query="?val=2030"), "another term's board is another board"
    assert told(world, board_first_day="", board_source="").status_code == 303
    assert "är inte inskrivet" in page(world)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"board_first_day": "2026-10-14", "board_source": "§ 1"}, "tidigast 15 oktober"),
        ({"board_first_day": "2027-01-02", "board_source": "§ 1"}, "senast 1 januari"),
        ({"board_first_day": "2028-11-01", "board_source": "§ 1"}, "Kontrollera dagen"),
        ({"board_first_day": "2026-12-01", "board_source": ""}, "var dagen är beslutad"),
        ({"board_first_day": "", "board_source": "§ 1"}, "Skriv också dagen"),
        ({"board_first_day": "1 dec", "board_source": "§ 1"}, "är inget datum"),
        ({"board_first_day": "2026-12-01", "board_source": "x" * 201}, "200"),
    ],
)
def test_a_day_on_which_no_board_can_begin_is_refused_beside_its_field(
    world: World, fields: dict[str, str], sentence: str
) -> None:
    answer = told(world, **fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    with world.acting(scope.PLATFORM) as session:
        assert session.get_one(Authority, world.authority).board_first_day is None


def test_a_day_without_its_source_is_refused_by_the_database_too(world: World) -> None:
    with pytest.raises(IntegrityError, match="board_day_has_a_source"):
        with world.writing(scope.PLATFORM) as session:
            session.get_one(Authority, world.authority).board_first_day = date(2026, 12, 1)


def test_the_columns_come_and_go_and_keep_every_authority(world: World) -> None:
    with world.app.app_context():
        before = db.session.execute(text("SELECT name, kind, controller_name FROM authority")).all()
        db.session.rollback()
        downgrade(revision="0018")
        upgrade()
        kept = text("SELECT name, kind, controller_name, board_first_day, board_source FROM authority")
        assert db.session.execute(kept).all() == [(*row, None, None) for row in before]
