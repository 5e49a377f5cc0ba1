"""What a court came to can be mistyped: its day is put right and its word taken back, until something has gone because of
it."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.contracts.decision.services.appealing import note_appeal
from portal.contracts.decision.services.ruling import set_aside
from portal.contracts.models import Employment
from portal.contracts.routes.decision_beside import standing_marks
from tests.contracts.acts.changing import OFF, change, employ
from tests.contracts.deciding import Clock, about, announced, decide_and_announce, place, posted, shown, verbs, written
from tests.contracts.deciding import write as press
from tests.forms import submit, submit_page
from tests.privacy.test_disposing import carried_out, ended
from tests.world import World

APPEAL, DONE, GONE = "Spara överklagandet", "Beslutet står fast", "Beslutet är upphävt"
RIGHT, BACK = "Spara dagen", "Ta tillbaka avgörandet, det blev fel"
WAYS = [(GONE, "ruled", True), (DONE, "stands", False)]


@pytest.fixture
def appealed(world: World, set_clock: Clock) -> UUID:
    """An employment whose decision was appealed on 19 January, and could be until 4 February; it is June."""
    id = announced(world, set_clock)
    assert press(world, id, APPEAL, came="2027-01-19", case_number="1234-27").status_code == 303
    set_clock("2027-06-02T09:00")
    return id


def reasons(world: World, of: str = "employment_decision") -> list[str]:
    with world.acting(scope.party(world.party)) as session:
        rows = select(AuditLine.reason).where(AuditLine.verb.like(f"{of}.ruling%"))
        return list(session.scalars(rows.order_by(AuditLine.number)))


@pytest.mark.parametrize(("button", "field", "gone"), WAYS)
def test_the_day_of_a_courts_word_is_put_right(
    world: World, appealed: UUID, button: str, field: str, gone: bool
) -> None:
    press(world, appealed, button, **{field: "2027-05-01"})
    assert 'value="2027-05-01"' in shown(world, appealed), "the form has the day that stands"
    for wrong, status in (("2027-02-04", 422), ("2027-06-03", 422), ("2027-06-01", 303)):
        assert press(world, appealed, RIGHT, **{field: wrong}).status_code == status
    row = written(world, appealed)
    assert (row.final_on, row.set_aside, row.confirmed_on) == (date(2027, 6, 1), gone, date(2027, 6, 2))
    assert verbs(world)[-1] == "ruling_corrected"
    assert reasons(world) == ["2027-05-01 → 2027-06-01"]


@pytest.mark.parametrize(("button", "field", "gone"), WAYS)
def test_a_courts_word_that_was_none_is_taken_back_and_another_written_down(
    world: World, appealed: UUID, button: str, field: str, gone: bool
) -> None:
    press(world, appealed, button, **{field: "2027-05-01"})
    assert press(world, appealed, BACK).status_code == 303
    row, text = written(world, appealed), shown(world, appealed)
    assert (row.final_on, row.set_aside, row.confirmed_on, row.confirmed_by) == (None, False, None, None)
    assert (row.appealed_on, row.case_number) == (date(2027, 1, 19), "1234-27")
    assert "Överklagat 19 januari 2027." in text and DONE in text and BACK not in text
    assert (verbs(world)[-1], reasons(world)) == ("ruling_taken_back", ["2027-05-01"])
    assert posted(world, appealed, {}, "/overklagande/aterta").status_code == 303, "twice is once"
    other, its = (DONE, "stands") if gone else (GONE, "ruled")
    assert press(world, appealed, other, **{its: "2027-06-01"}).status_code == 303
    assert verbs(world).count("ruling_taken_back") == 1


def test_of_two_the_one_who_meant_what_stood_before_is_told(world: World, appealed: UUID) -> None:
    press(world, appealed, DONE, stands="2027-06-01")
    office = world.browser(world.kansli)
    page = office.get(place(appealed))
    press(world, appealed, BACK)
    press(world, appealed, GONE, ruled="2027-06-01")
    late = submit_page(office, page, place(appealed), {}, BACK)
    assert late.status_code == 409 and "hänt något med beslutet" in late.get_data(as_text=True)
    assert written(world, appealed).set_aside, "the same day, and another word"


def test_what_nobody_has_appealed_has_no_courts_word_to_take_back(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-06-02T09:00")
    assert press(world, id, "Bekräfta laga kraft", none_came="y").status_code == 303
    refused = posted(world, id, {}, "/overklagande/aterta")
    assert refused.status_code == 409 and written(world, id).final_on == date(2027, 2, 5)
    assert BACK not in shown(world, id)


def test_the_region_reads_it_and_takes_nothing_back(world: World, appealed: UUID) -> None:
    press(world, appealed, GONE, ruled="2027-06-01")
    assert BACK not in shown(world, appealed, "region") and RIGHT not in shown(world, appealed, "region")


def test_what_has_gone_because_of_it_lets_it_stand(world: World, set_clock: Clock) -> None:
    ended(world, set_clock, "authority")
    with world.acting(scope.party(world.party)) as session:
        id = session.scalars(select(Employment.id)).one()
    set_clock("2026-12-15T09:00")
    decide_and_announce(world, id, by_authority=True)
    set_clock("2027-06-02T09:00")
    with world.writing(scope.party(world.party)) as session:
        assert note_appeal(session, came=date(2027, 1, 4), case_number="", **about(world, id))
        assert set_aside(session, ruled_on=date(2027, 6, 1), **about(world, id))
    carried_out(world, set_clock, "2029-05-19T09:00")
    assert BACK in shown(world, id)
    carried_out(world, set_clock, "2029-06-02T09:00")
    seen = standing_marks(written(world, id))
    for tail, fields in (("/overklagande/aterta", {}), ("/overklagande/upphavt", {"ruled": "2027-05-31"})):
        refused = posted(world, id, fields | {"marks": seen}, tail)
        assert refused.status_code == 409 and "Anteckna i ärendet" in refused.get_data(as_text=True), tail
    assert (written(world, id).set_aside, written(world, id).final_on) == (True, date(2027, 6, 1))
    text = shown(world, id)
    assert BACK not in text and "har gallrats sedan domstolens avgörande skrevs in" in text


def test_of_what_changed_an_employment_it_is_taken_back_as_well(world: World, set_clock: Clock) -> None:
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 2, 1), ends=date(2030, 12, 31))
    change(world, id, OFF, decided="2026-11-23")
    decide_and_announce(world, id, by_authority=True, act=1)
    set_clock("2027-06-02T09:00")
    of_act = f"{place(id)}/1"
    office = world.browser(world.kansli)
    steps = (
        (APPEAL, {"came": "2026-12-01"}), (GONE, {"ruled": "2027-05-01"}), (RIGHT, {"ruled": "2027-06-01"}), (BACK, {}),
    )  # fmt: skip
    for button, fields in steps:
        assert submit(office, of_act, fields, button).status_code == 303, button
    told = ["1 2027-05-01 → 2027-06-01", "1 2027-06-01"]
    assert reasons(world, "act_decision") == told, "the day that stood is known, and of which act"
    assert "Överklagat 1 december 2026" in office.get(of_act).get_data(as_text=True).replace("\xa0", " ")
    assert clock.today() == date(2027, 6, 2)
