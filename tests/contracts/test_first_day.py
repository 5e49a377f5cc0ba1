"""A first day that lies before the decision is asked about; and one that was written down wrong is put right on the page, as
long as no contract says it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.contracts.acts.rules import FirstDay
from portal.contracts.acts.services import correct_first_day
from portal.contracts.acts.services.holding import Pressed
from portal.contracts.models import Employment
from tests.contracts.acts.changing import BACK, END, OFF, acts, change, place, post, pressed, shown, stored, verbs
from tests.contracts.hiring import RECORD, fill, hired
from tests.contracts.test_renewal import renew_them
from tests.contracts.test_taking_over import confirm as read_in
from tests.contracts.test_without_ad import employments
from tests.contracts.test_without_ad import fill as fill_without_ad
from tests.contracts.written.contracting import offer, recorded, save
from tests.forms import submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.world import World

Clock = Callable[[str], datetime]
FIX = "Rätta första dagen"
ASKED = "Den första dagen, 1 oktober 2026, ligger före beslutet 23 november 2026."
STARTED = "Ja, arbetet började innan beslutet fattades"


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def correct(world: World, id: UUID, browser: FlaskClient | None = None, **fields: Any) -> Any:
    named = {f"forsta-{name}": value for name, value in fields.items()}
    return submit(browser or world.browser(world.kansli), place(id), named, FIX)


def confirm(browser: FlaskClient, asked: Any, prefix: str = "", button: str = RECORD) -> Any:
    """Tick that it is so, on the page that asked."""
    assert asked.status_code == 422, asked.get_data(as_text=True)
    return submit_page(browser, asked, asked.request.path, {f"{prefix}begun_before": True}, button)


def early(world: World, **changes: Any) -> Employment:
    """An employment with its first day before the decision, as it was once taken."""
    browser, days = world.browser(world.kansli), {"starts": "2026-10-01", "ends": "2030-12-31", **changes}
    answer = confirm(browser, fill_without_ad(browser, **days))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    (row,) = employments(world)
    return row


def test_a_first_day_before_the_decision_is_asked_about_and_what_was_typed_stays(world: World) -> None:
    browser = world.browser(world.kansli)
    answer = fill_without_ad(browser, starts="2026-10-01", ends="2029-12-31")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and ASKED in page and STARTED in page
    assert 'value="2026-10-01"' in page and 'value="2029-12-31"' in page and "Åsa Nyman" in page
    assert employments(world) == []
    assert confirm(browser, answer).status_code == 303
    (row,) = employments(world)
    assert (row.starts_on, row.decided_on, row.limit_reference) == (
        date(2026, 10, 1),
        date(2026, 11, 23),
        date(2026, 10, 1),
    )


def test_a_first_day_on_the_day_of_the_decision_or_later_is_not_asked_about(world: World) -> None:
    browser = world.browser(world.kansli)
    assert STARTED not in fill_without_ad(browser, button="Räkna").get_data(as_text=True)
    assert fill_without_ad(browser, starts="2026-11-23").status_code == 303


def test_a_candidate_s_first_day_before_the_decision_is_asked_about_too(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    answer = fill(browser, published, sent[0], starts="2026-12-01")
    assert answer.status_code == 422 and STARTED in answer.get_data(as_text=True)
    assert employments(world) == []
    assert confirm(browser, answer).status_code == 303


def test_a_row_that_is_taken_over_is_asked_about_in_the_same_way(world: World) -> None:
    asked = read_in(world, {"Beslut": "2023-03-01"})
    assert asked.status_code == 422 and "började 1 februari 2023, före beslutet 1 mars 2023." in asked.get_data(
        as_text=True
    )
    assert employments(world) == []
    assert read_in(world, {"Beslut": "2023-03-01"}, ticks=(2,)).status_code == 303
    assert [row.starts_on for row in employments(world)] == [date(2023, 2, 1)]


def test_a_first_day_that_was_typed_wrong_is_put_right_with_limit_claim_and_log(world: World) -> None:
    give(world, (world.party, "1"))
    row = early(world)
    answer = correct(world, row.id, starts="2027-01-01")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on, now.decided_on) == (date(2027, 1, 1), date(2030, 12, 31), date(2026, 11, 23))
    assert (now.limit_reference, now.limit_latest_end) == (date(2026, 11, 23), date(2030, 12, 31))
    assert claimed(world) == [("filled", 80)]
    assert verbs(world)[-1] == ("first_day_corrected", "2026-10-01 → 2027-01-01, 2030-12-31 → 2030-12-31")


def test_kl_4_33_the_limit_is_that_of_the_day_it_was_put_right_to(world: World) -> None:
    """The wrong day lay before an election, so it had cut the employment short; and over it was before it had begun."""
    row = early(world, starts="2022-01-01", ends="")
    assert row.ends_on == date(2022, 12, 31)
    refused = correct(world, row.id, starts="2027-01-01")
    assert refused.status_code == 422 and "ligger före första dagen" in refused.get_data(as_text=True)
    past = correct(world, row.id, starts="2027-01-01", ends="2031-01-01")
    assert past.status_code == 422 and "Längst till och med 31 december 2030." in past.get_data(as_text=True)
    assert 'value="2031-01-01"' in past.get_data(as_text=True)
    assert stored(world, row.id).starts_on == date(2022, 1, 1)
    assert correct(world, row.id, starts="2027-01-01", ends="").status_code == 303
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on, now.limit_latest_end) == (date(2027, 1, 1), *2 * (date(2030, 12, 31),))


def test_a_first_day_moves_no_end_and_begins_nothing_anew(world: World, set_clock: Clock) -> None:
    fill_without_ad(world.browser(world.kansli), starts="2027-01-01", ends="2027-12-31")
    (row,) = employments(world)
    longer = correct(world, row.id, starts="2027-01-15", ends="2030-12-31")
    assert longer.status_code == 422 and "Slutdatumet ändras inte här." in longer.get_data(as_text=True)
    same = correct(world, row.id, starts="2027-01-01")
    assert same.status_code == 422 and "Den dagen står redan." in same.get_data(as_text=True)
    assert correct(world, row.id, starts="2027-01-15").status_code == 303
    set_clock("2029-05-01T10:00")
    assert FIX not in shown(world, row.id)
    fields = {"forsta-seen": "0", "forsta-was": "2027-01-15", "forsta-starts": "2027-02-01"}
    assert post(world, row.id, "/forsta-dagen", fields).status_code == 409
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on) == (date(2027, 1, 15), date(2027, 12, 31))


@pytest.mark.parametrize("employer", ["offentlig", "parti"])
def test_kl_4_33_what_has_ended_is_not_begun_anew_where_the_limit_moves_with_the_day(
    world: World, set_clock: Clock, employer: str
) -> None:
    """Decided after the election, begun before it: the right day would give four years more."""
    set_clock("2026-09-20T10:00")
    browser = world.browser(world.kansli)
    asked = fill_without_ad(browser, employer, decided="2026-09-20", starts="2026-09-01", ends="2026-12-31")
    assert confirm(browser, asked).status_code == 303
    (row,) = employments(world)
    set_clock("2027-02-01T10:00")
    fields = {"seen": "0", "was": "2026-09-01", "starts": "2026-10-01", "earlier_days": "0"}
    told = post(world, row.id, "/forsta-dagen", {f"forsta-{name}": value for name, value in fields.items()})
    assert told.status_code == 409 and "Anställningen slutade" in told.get_data(as_text=True)
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on) == (date(2026, 9, 1), date(2026, 12, 31))
    assert FIX not in shown(world, row.id)


def test_pressed_twice_it_is_put_right_once(world: World) -> None:
    row = early(world)
    for _press in range(2):
        with world.writing(scope.party(world.party)) as session:
            who, wish = pressed(world, row.id), FirstDay(date(2027, 1, 1), date(2030, 12, 31))
            assert correct_first_day(session, who, wish, was=date(2026, 10, 1)) is not None
    assert [verb for verb, _ in verbs(world)].count("first_day_corrected") == 1


def test_a_correction_to_before_the_decision_is_asked_about_as_well(world: World) -> None:
    fill_without_ad(world.browser(world.kansli))
    (row,) = employments(world)
    assert STARTED not in shown(world, row.id)
    browser = world.browser(world.kansli)
    asked = correct(world, row.id, browser, starts="2026-10-01")
    assert asked.status_code == 422 and ASKED in asked.get_data(as_text=True)
    assert stored(world, row.id).starts_on == date(2027, 1, 1)
    assert confirm(browser, asked, "forsta-", FIX).status_code == 303
    assert stored(world, row.id).starts_on == date(2026, 10, 1)


def test_a_party_s_own_without_an_end_keeps_that_and_its_reason(world: World) -> None:
    more = {"until_further_notice": True, "policy_reason": "Partiet tror på dig."}
    browser = world.browser(world.kansli)
    asked = fill_without_ad(browser, "parti", starts="2026-10-01", ends="", **more)
    assert confirm(browser, asked).status_code == 303
    (row,) = employments(world)
    assert correct(world, row.id, starts="2027-01-01").status_code == 303
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on, now.policy_lifted_reason) == (date(2027, 1, 1), None, "Partiet tror på dig.")


def test_a_day_that_an_offered_contract_says_is_not_moved_behind_it(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock)
    assert FIX in shown(world, one.employment)
    save(one)
    offer(one)
    assert FIX not in shown(world, one.employment)
    with world.acting(scope.party(world.party)) as session:
        with pytest.raises(Exception, match="Ta tillbaka avtalet"):
            correct_first_day(session, pressed(world, one.employment), FirstDay(date(2027, 3, 1)), was=date(2027, 2, 1))


def test_after_a_change_that_stands_it_is_taken_back_first_and_then_the_first_line_goes_along(world: World) -> None:
    row = early(world)
    assert change(world, row.id, END, decided="2026-11-23", ends="2029-12-31").status_code == 303
    assert FIX not in shown(world, row.id)
    assert change(world, row.id, BACK).status_code == 303
    assert correct(world, row.id, starts="2027-01-01").status_code == 303
    assert [act.starts_on for act in acts(world, row.id) if act.number == 0] == [date(2027, 1, 1)]
    assert change(world, row.id, OFF, decided="2026-11-23").status_code == 303
    assert change(world, row.id, BACK).status_code == 303
    now = stored(world, row.id)
    assert (now.starts_on, now.ends_on, now.never_began) == (date(2027, 1, 1), date(2030, 12, 31), False)


def test_a_colleague_s_correction_since_the_page_was_opened_is_told(world: World) -> None:
    row = early(world)
    with world.writing(scope.party(world.party)) as session:
        who: Pressed = pressed(world, row.id)
        assert correct_first_day(session, who, FirstDay(date(2027, 1, 1), date(2030, 12, 31)), was=date(2026, 10, 1))
    with world.acting(scope.party(world.party)) as session, pytest.raises(Exception, match="Någon har ändrat"):
        correct_first_day(session, who, FirstDay(date(2027, 2, 1)), was=date(2026, 10, 1))
    assert clock.today() == date(2026, 11, 23)


def test_a_renewal_and_the_one_before_it_do_not_come_to_cover_the_same_day(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T10:00")
    fill_without_ad(world.browser(world.kansli), decided="2026-09-10", starts="2026-10-01", ends="2026-12-31")
    (former,) = employments(world)
    set_clock("2026-11-23T10:00")
    assert renew_them(world, [former.id]) == 1
    later = next(one for one in employments(world) if one.renews_id)
    told = correct(world, later.id, starts="2026-12-01")
    assert told.status_code == 422 and "1 januari 2027" in told.get_data(as_text=True)
    assert stored(world, later.id).starts_on == date(2027, 1, 1)


def test_a_renewal_of_what_was_called_off_has_its_day_put_right_too(world: World, set_clock: Clock) -> None:
    set_clock("2026-09-10T10:00")
    fill_without_ad(world.browser(world.kansli), decided="2026-09-10", starts="2026-12-01", ends="2026-12-31")
    (former,) = employments(world)
    set_clock("2026-11-23T10:00")
    assert renew_them(world, [former.id]) == 1
    later = next(one for one in employments(world) if one.renews_id)
    for id, button in ((later.id, OFF), (former.id, OFF), (later.id, BACK)):
        assert change(world, id, button, **({"decided": "2026-11-23"} if button == OFF else {})).status_code == 303
    assert correct(world, later.id, starts="2027-02-01").status_code == 303
    assert stored(world, later.id).starts_on == date(2027, 2, 1)
