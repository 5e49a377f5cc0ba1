"""The same once more is one act; another wish from an older page is never reported as done."""

from typing import Any
from uuid import UUID

import pytest

from tests.contracts.acts.changing import EXTEND, NOTICE, acts, change, employ, go_by, post, stored
from tests.world import World

TODAY = "2026-11-23"
FIRST = {"decided": TODAY, "ends": "2027-06-30", "policy_reason": "", "note": "Enligt gruppens beslut."}


def again(world: World, id: UUID, tail: str, prefix: str, **fields: Any) -> int:
    """From a page on which nothing had been done."""
    answer = post(world, id, tail, {f"{prefix}-{name}": value for name, value in {"seen": "0", **fields}.items()})
    if answer.status_code == 409:
        assert "Någon har ändrat anställningen" in answer.get_data(as_text=True)
    return int(answer.status_code)


def test_another_extension_from_an_older_page_is_said_to_be_another(world: World) -> None:
    id = employ(world, employer="party")
    assert change(world, id, EXTEND, **FIRST).status_code == 303
    assert again(world, id, "/forlang", "forlang", **FIRST) == 303
    other = {"until_further_notice": "y", "policy_reason": "Projektet pågår."}
    for changes in ({"ends": "", **other}, other, {"ends": ""}, {"note": "Något annat."}, {"note": ""}):
        assert again(world, id, "/forlang", "forlang", **{**FIRST, **changes}) == 409, changes
    assert len(acts(world, id)) == 2


def test_another_reason_is_another_extension(world: World) -> None:
    id = employ(world, employer="party")
    first = {"decided": TODAY, "until_further_notice": "y", "policy_reason": "Projektet pågår."}
    assert again(world, id, "/forlang", "forlang", **first) == 303
    assert again(world, id, "/forlang", "forlang", **first) == 303
    assert again(world, id, "/forlang", "forlang", **{**first, "policy_reason": "Ett annat skäl."}) == 409
    assert len(acts(world, id)) == 2 and stored(world, id).ends_on is None


def test_the_same_extension_to_the_last_day_allowed_is_the_same(world: World) -> None:
    id = employ(world)
    assert change(world, id, EXTEND, decided=TODAY).status_code == 303
    assert again(world, id, "/forlang", "forlang", decided=TODAY) == 303
    assert again(world, id, "/forlang", "forlang", decided=TODAY, ends="2030-12-31") == 303
    assert again(world, id, "/forlang", "forlang", decided=TODAY, ends="2030-12-30") == 409


@pytest.mark.parametrize("released", ["yes", "no"])
def test_another_word_on_the_release_is_another_notice(world: World, released: str) -> None:
    go_by(world, "region-varmland")
    id = employ(world)
    given = {"by": "employer", "given": TODAY}
    assert change(world, id, NOTICE, **given, released="yes").status_code == 303
    assert (
        again(world, id, "/uppsagning", "uppsagning", **given, released=released) == {"yes": 303, "no": 409}[released]
    )


def test_another_last_day_of_a_notice_is_another_notice(world: World) -> None:
    id = employ(world)
    given = {"by": "employee", "given": TODAY}
    assert change(world, id, NOTICE, **given, last_day="2026-12-15").status_code == 303
    assert again(world, id, "/uppsagning", "uppsagning", **given, last_day="2026-12-15") == 303
    assert again(world, id, "/uppsagning", "uppsagning", **given, last_day="2026-12-20") == 409
