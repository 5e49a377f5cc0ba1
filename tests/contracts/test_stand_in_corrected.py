"""Whether it is a stand-in, and for whom, is put right on the page: LAS 5 a § and the ledger follow, as long as no contract
says it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.contracts.acts.changing import OFF, change, place, shown, stored, verbs
from tests.contracts.test_earlier_days_corrected import of_party, words
from tests.contracts.test_stand_in_renewed import both
from tests.contracts.test_stand_in_renewed import renew as renew_one
from tests.contracts.test_taking_over import confirm, show
from tests.contracts.test_taking_over import filled as table
from tests.contracts.test_without_ad import employments, fill
from tests.contracts.written.contracting import offer, recorded, save
from tests.forms import fields_of, submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.world import World

Clock = Callable[[str], datetime]
FIX, ASKED = "Rätta vikariatet", "Skrevs vikariatet in fel?"
OF_PARTY = {"Arbetsgivare": "parti", "Beslut": date(2026, 1, 9), "Tillträde": date(2026, 2, 1)}


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def correct(world: World, id: UUID, **fields: Any) -> Any:
    named = {f"vikariat-{name}": value for name, value in fields.items()}
    return submit(world.browser(world.kansli), place(id), named, FIX)


def test_what_runs_without_the_tick_is_put_right_months_later_and_the_way_there_is_told(
    world: World, set_clock: Clock
) -> None:
    id = of_party(world, starts="2026-12-01")
    set_clock("2027-03-15T10:00")
    browser = world.browser(world.kansli)
    told = fill(browser, "parti", starts="2026-12-01", stands_in=True)
    assert told.status_code == 409 and "går tidigare dagar att rätta på anställningens sida" in words(told)
    assert correct(world, id, stands_in=True).status_code == 303
    now = stored(world, id)
    assert (now.stands_in, now.permanent_on) == (True, date(2028, 11, 30))
    assert verbs(world)[-1] == ("stand_in_corrected", "nej → ja")
    assert "Vikariatet rättades 15 mars 2027: det är ett vikariat." in shown(world, id)
    again = fill(browser, "parti", starts="2026-12-01", stands_in=True)
    assert again.status_code == 303, "it is what the form says"


def test_what_was_no_stand_in_is_told_after_twelve_months_and_its_renewal_counts_the_days(world: World) -> None:
    id = of_party(world, starts="2026-12-01", ends="2026-12-31", stands_in=True)
    assert renew_one(world, id, stands_in=False).status_code == 303
    later = next(row.id for row in employments(world) if row.renews_id)
    assert stored(world, later).earlier_days == 0
    assert correct(world, id, stands_in=False).status_code == 303
    assert (stored(world, id).stands_in, stored(world, id).permanent_on) == (False, date(2027, 12, 1))
    assert (stored(world, later).earlier_days, stored(world, later).permanent_on) == (31, date(2027, 12, 1))


@pytest.mark.parametrize("employer", ["parti", "offentlig"])
def test_the_ledger_follows_and_says_when_there_is_no_room(world: World, employer: str) -> None:
    ada, bo = both(world, employer)
    assert fields_of(world.browser(world.kansli).get(place(bo)))["vikariat-stands_in_for"] == [str(ada)]
    ticked = {"stands_in": False} if employer == "parti" else {}
    told = correct(world, bo, stands_in_for="", **ticked)
    assert told.status_code == 303, "there is no decision on posts in December"
    assert not stored(world, bo).stands_in
    give(world, (world.party, "1.00"), starts=date(2026, 12, 1), ends=date(2026, 12, 31))
    assert correct(world, bo, stands_in_for=str(ada)).status_code == 303
    told = correct(world, bo, stands_in_for="", **ticked)
    assert told.status_code == 422 and "Tjänsteutrymmet räcker inte" in words(told)
    assert stored(world, bo).stands_in and claimed(world) == [("filled", 100)] * 2


def test_over_its_posts_the_party_still_puts_right_what_takes_no_more(world: World) -> None:
    browser = world.browser(world.kansli)
    for person in ("Ada Lind", "Bo Ek"):
        assert fill(browser, "parti", person=person, starts="2026-12-01", extent_percent="100").status_code == 303
    give(world, (world.party, "1.00"))
    id = employments(world)[0].id
    assert correct(world, id, stands_in=True).status_code == 303, "it is a stand-in for nobody who is registered"
    assert correct(world, id, stands_in=False).status_code == 303
    assert claimed(world) == [("filled", 100)] * 2 and not stored(world, id).stands_in


def test_a_tick_taken_away_while_somebody_is_chosen_is_asked_about(world: World) -> None:
    _, bo = both(world)
    told = correct(world, bo, stands_in=False)
    assert told.status_code == 422 and "vikarierar för någon" in words(told) and "Det står redan så" not in words(told)
    assert 'id="vikariat-stands_in-error"' in words(told)


def test_another_who_is_away_is_chosen_and_nobody_stands_in_for_themselves(world: World) -> None:
    _, bo = both(world)
    assert fill(world.browser(world.kansli), "parti", person="Cia", starts="2026-12-01", ends="2026-12-20").status_code
    cia = next(row.id for row in employments(world) if row.extent_percent == 80)
    assert str(bo) not in shown(world, bo).split('id="vikariat-stands_in_for"')[1].split("</select>")[0]
    assert correct(world, bo, stands_in_for=str(cia)).status_code == 303
    assert "det är för en annan än den som stod" in shown(world, bo)
    same = correct(world, bo)
    assert same.status_code == 422 and "Det står redan så." in words(same)


def test_nobody_stands_in_for_who_stands_in_for_them_whoever_is_between(world: World) -> None:
    ada, bo = both(world)
    told = correct(world, ada, stands_in_for=str(bo))
    assert told.status_code == 422 and "vikarierar redan för den här" in words(told)
    more = {"person": "Cia", "starts": "2026-12-01", "ends": "2026-12-20", "stands_in_for": str(bo)}
    assert fill(world.browser(world.kansli), "parti", **more).status_code == 303
    cia = next(row.id for row in employments(world) if row.extent_percent == 80)
    told = correct(world, ada, stands_in_for=str(cia))
    assert told.status_code == 422 and "vikarierar redan för den här" in words(told)
    assert correct(world, cia, stands_in_for=str(ada)).status_code == 303, "she stands in for nobody"
    assert not stored(world, ada).stands_in


def test_an_old_page_changes_nothing_over_what_a_colleague_has_put_right(world: World) -> None:
    id = of_party(world)
    browser = world.browser(world.kansli)
    old = browser.get(place(id))
    assert submit_page(browser, old, place(id), {"vikariat-stands_in": True}, FIX).status_code == 303
    again = submit_page(browser, old, place(id), {"vikariat-stands_in": True}, FIX)
    assert again.status_code == 303, "the same once more changes nothing"
    late = submit_page(browser, old, place(id), {"vikariat-stands_in": False}, FIX)
    assert late.status_code == 409 and stored(world, id).stands_in
    assert [verb for verb, _ in verbs(world)].count("stand_in_corrected") == 1


def test_what_an_offered_contract_says_is_not_changed_behind_it(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party")
    browser = world.browser(world.kansli)
    page = browser.get(place(one.employment))
    assert ASKED in words(page)
    save(one)
    offer(one)
    assert ASKED not in shown(world, one.employment)
    late = submit_page(browser, page, place(one.employment), {"vikariat-stands_in": True}, FIX)
    assert late.status_code == 409 and "där står om det är ett vikariat" in words(late)
    assert not stored(world, one.employment).stands_in


def test_what_is_not_to_be_is_no_stand_in_to_put_right(world: World) -> None:
    id = of_party(world)
    assert change(world, id, OFF, decided="2026-11-23").status_code == 303
    assert ASKED not in shown(world, id)


def test_taken_to_have_turned_permanent_it_is_put_right_after_its_last_day(world: World, set_clock: Clock) -> None:
    id = of_party(world, ends="2028-03-31")
    set_clock("2028-04-10T10:00")
    assert "tog inte slut då" in shown(world, id)
    assert correct(world, id, stands_in=True).status_code == 303
    assert "Anställningen slutade 31 mars 2028" in shown(world, id) and ASKED not in shown(world, id)


def test_the_table_says_what_the_register_has_otherwise_and_where_it_is_put_right(world: World) -> None:
    assert confirm(world, OF_PARTY).status_code == 303
    told = show(world, table({**OF_PARTY, "Vikariat": "ja", "Tidigare dagar": 40}))
    assert "men där står inget om vikariat och 0 tidigare dagar. Är det fel där, rätta det på" in words(told)
    assert "med samma uppgifter. Ta bort raden" not in words(told)
    (row,) = employments(world)
    assert correct(world, row.id, stands_in=True).status_code == 303
    assert "med samma uppgifter" in words(show(world, table({**OF_PARTY, "Vikariat": "ja"})))
