"""A court sets an employment decision aside (KL 13:8): it is said, and nothing happens by itself."""

from datetime import date
from uuid import UUID

import pytest

from tests.contracts.deciding import (
    ANNOUNCED_DAYS,
    BY_GROUP_LEADER,
    Clock,
    announced,
    employed,
    posted,
    shown,
    verbs,
    written,
)
from tests.contracts.deciding import write as press
from tests.forms import submit_page
from tests.world import World

APPEAL, DONE, GONE = "Spara överklagandet", "Beslutet står fast", "Beslutet är upphävt"


@pytest.fixture
def appealed(world: World, set_clock: Clock) -> UUID:
    """An employment whose decision was appealed on 19 January, and could be until 4 February; it is June."""
    id = announced(world, set_clock)
    assert press(world, id, APPEAL, came="2027-01-19", case_number="1234-27").status_code == 303
    set_clock("2027-06-02T09:00")
    return id


def test_a_contract_is_no_longer_asked_for_once_the_decision_is_set_aside(world: World, appealed: UUID) -> None:
    asked = "Erbjud anställningsavtalet"

    def desk() -> str:
        return world.browser(world.kansli).get("/arbete").get_data(as_text=True)

    assert asked in desk()
    assert press(world, appealed, GONE, ruled="2027-06-01").status_code == 303
    assert asked not in desk()
    assert press(world, appealed, "Ta tillbaka avgörandet, det blev fel").status_code == 303
    assert asked in desk()


def test_what_a_court_has_set_aside_is_told_and_its_day_kept(world: World, appealed: UUID) -> None:
    assert press(world, appealed, GONE, ruled="2027-06-01").status_code == 303
    row, text = written(world, appealed), shown(world, appealed)
    assert (row.set_aside, row.final_on, row.confirmed_by) == (True, date(2027, 6, 1), world.kansli)
    assert "Upphävt av domstol. Avgörandet vann laga kraft 1 juni 2027." in text
    assert "ska rättas så långt det går (kommunallagen 13 kap. 15 §)" in text
    assert "<dt>Upphävt</dt>" in text and "<dt>Laga kraft</dt>" not in text
    for words in ("Laga kraft sedan", DONE, APPEAL, "Rätta beslutet", "Rätta dagarna"):
        assert words not in text
    register = world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)
    assert "Upphävt av domstol" in register
    assert verbs(world) == ["recorded", "announced", "appealed", "set_aside"]


@pytest.mark.parametrize(
    ("ruled", "sentence"),
    [
        ("", "Ange dagen då domstolens avgörande vann laga kraft."),
        ("i fjol", "i fjol är inget datum"),
        ("2027-02-04", "dagen efter 4 februari 2027"),
        ("2027-06-03", "3 juni 2027 har inte varit än"),
    ],
)
def test_it_is_set_aside_on_no_impossible_day(world: World, appealed: UUID, ruled: str, sentence: str) -> None:
    answer = press(world, appealed, GONE, ruled=ruled)
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count(sentence) >= 2
    assert not written(world, appealed).set_aside


def test_nothing_is_set_aside_before_it_was_appealed(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-06-02T09:00")
    refused = posted(world, id, {"ruled": "2027-06-01"}, "/overklagande/upphavt")
    assert refused.status_code == 409 and "Inget överklagande är inskrivet" in refused.get_data(as_text=True)
    assert press(world, id, APPEAL, came="2027-05-31").status_code == 303
    early = press(world, id, GONE, ruled="2027-05-31")
    assert early.status_code == 422 and "Överklagandet kom in 31 maj 2027" in early.get_data(as_text=True)
    assert press(world, id, GONE, ruled="2027-06-01").status_code == 303


def test_the_announcement_is_asked_for_first(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    press(world, id, **BY_GROUP_LEADER)
    set_clock("2027-06-02T09:00")
    press(world, id, APPEAL, came="2027-01-07")
    assert "anslogs först" in press(world, id, GONE, ruled="2027-06-01").get_data(as_text=True)
    assert posted(world, id, ANNOUNCED_DAYS, "/anslag").status_code == 303
    assert press(world, id, GONE, ruled="2027-06-01").status_code == 303


def test_a_courts_word_is_written_down_once_and_stays(world: World, appealed: UUID) -> None:
    said = ("/overklagande/upphavt", {"ruled": "2027-06-01"})
    for _ in range(2):
        assert posted(world, appealed, said[1], said[0]).status_code == 303
    assert verbs(world).count("set_aside") == 1
    for tail, fields in (
        ("/overklagande/upphavt", {"ruled": "2027-05-31"}), ("/overklagande/avgjort", {"stands": "2027-06-01"}),
        ("/overklagande", {"came": "2027-01-20"}), ("/overklagande/ta-bort", {}), ("", BY_GROUP_LEADER | {"who": "Elof"}),
    ):  # fmt: skip
        refused = posted(world, appealed, fields, tail)
        assert refused.status_code == 409, tail
        assert "Domstolen har upphävt beslutet, och det ändras inte." in refused.get_data(as_text=True)
    assert (written(world, appealed).final_on, written(world, appealed).who) == (date(2027, 6, 1), "Gunnel Sundvall")


def test_of_two_who_say_what_the_court_came_to_the_second_is_told(world: World, appealed: UUID) -> None:
    office = world.browser(world.kansli)
    page = office.get(f"/arbete/anstallningar/{appealed}/beslut")
    assert press(world, appealed, DONE, stands="2027-06-01").status_code == 303
    late = submit_page(office, page, f"/arbete/anstallningar/{appealed}/beslut", {"ruled": "2027-06-01"}, GONE)
    assert late.status_code == 409 and "Beslutet har vunnit laga kraft" in late.get_data(as_text=True)
    assert "1 juni 2027" in late.get_data(as_text=True) and not written(world, appealed).set_aside
