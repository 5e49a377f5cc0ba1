"""The page of a change of mandate: the party's own people and posts, the region's lines without a name, the board's day."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.onboarding.services.ticking import tick_step
from portal.contracts.queries import name_place
from portal.elections.limit import ARTICLE, RULE
from portal.organisations.models import Authority
from portal.posts.services.claiming import claim_for_many
from portal.vault.services import seal_for_controller
from tests.contracts.acts.changing import BACK, NOTICE, change
from tests.contracts.onboarding_lists import about, add, begin
from tests.counting import statements
from tests.forms import submit, submit_page
from tests.posts.ledgers import give
from tests.world import World

Clock = Callable[[str], datetime]
PAGE = "/arbete/mandatskifte"
TERMS = {2026: (date(2023, 1, 1), date(2026, 12, 31)), 2030: (date(2027, 1, 1), date(2030, 12, 31))}
TERMS[2034] = (date(2031, 1, 1), date(2034, 12, 31))


def employ(
    world: World,
    name: str,
    *,
    year: int = 2026,
    party: UUID | None = None,
    employer: str = "authority",
    ends: date | None = None,
    renews: UUID | None = None,
    percent: int = 100,
) -> UUID:
    """An employment of the term that ends with ``year``, with its claim in the ledger."""
    party_id, id = party or world.party, uuid4()
    first, last = TERMS[year]
    controller = world.authority if employer == "authority" else party_id
    with world.writing(scope.party(party_id)) as session:
        row = Employment(
            id=id, party_id=party_id, authority_id=world.authority, controller_id=controller,
            with_authority=employer == "authority", title="Politisk sekreterare", employer=employer,
            name_sealed=seal_for_controller(session, controller, name, place=name_place(id)), decided_on=first,
            starts_on=first, ends_on=ends or last, extent_percent=percent, limit_reference=first,
            limit_election=date(year, 9, 8), limit_latest_end=last, limit_rule=RULE, limit_article=ARTICLE,
            recorded_by=world.kansli, recorded_at=clock.now(), renews_id=renews,
        )  # fmt: skip
        session.add(row)
        session.flush()
        claim_for_many(session, [row])
    return id


def page(world: World, who: str = "kansli", query: str = "", status: int = 200) -> str:
    answer = world.browser(getattr(world, who)).get(PAGE + query)
    assert answer.status_code == status
    return words(answer)


def words(answer: Any) -> str:
    """The page with plain spaces."""
    return str(answer.get_data(as_text=True)).replace("\u00a0", " ")


@pytest.mark.parametrize(("year", "following"), [(2030, "2031–2034"), (2034, "2035–2038")])
def test_before_the_election_it_says_who_leaves_and_from_when_anybody_can_be_decided(
    world: World, set_clock: Clock, year: int, following: str
) -> None:
    employ(world, "Per Vikman", year=year)
    employ(world, "Siv Dalmark", year=year)
    set_clock(f"{year}-07-01T10:00")
    shown = page(world)
    assert f"Om 183 dagar, 31 december {year}, slutar två anställningar." in shown
    assert f"Före valet {8 if year == 2030 else 10} september {year} kan ingen anställas längre" in shown
    assert f"går det att besluta för {following}" in shown
    assert 'name="chosen"' not in shown, "nobody can be renewed before the election"
    start = world.browser(world.kansli).get("/arbete").get_data(as_text=True)
    assert "Mandatskiftet: två anställningar slutar" in start
    assert "Per Vikman" not in start
    set_clock(f"{year}-06-30T10:00")
    assert "Mandatskiftet" not in world.browser(world.kansli).get("/arbete").get_data(as_text=True)


@pytest.mark.parametrize(("year", "following"), [(2030, "2031–2034"), (2034, "2035–2038")])
def test_after_the_election_those_who_leave_are_ticked_on_the_page_that_renews(
    world: World, set_clock: Clock, year: int, following: str
) -> None:
    employ(world, "Per Vikman", year=year)
    employ(world, "Siv Dalmark", year=year, ends=date(year, 11, 30))
    set_clock(f"{year}-11-20T10:00")
    browser = world.browser(world.kansli)
    assert "Före valet" not in page(world)
    renewing = submit(browser, PAGE, {}, f"Förnya för {following}")
    shown = words(renewing)
    assert renewing.status_code == 200
    assert shown.count(" checked") == 1
    assert f"1 januari {year + 1} till 31 december {year + 4}" in shown


def test_whoever_is_under_notice_is_told_apart_and_not_ticked_until_it_is_taken_back(world: World) -> None:
    id = employ(world, "Per Vikman")
    assert change(world, id, NOTICE, by="employee", given="2026-11-23", last_day="2026-12-15").status_code == 303
    shown = page(world)
    assert "Uppsagd, slutar 15 december 2026" in shown
    assert 'name="chosen"' not in shown
    assert change(world, id, BACK).status_code == 303
    shown = page(world)
    assert "Uppsagd" not in shown
    assert 'name="chosen"' in shown


def test_the_way_from_the_change_to_a_renewal_ends_with_nobody_left(world: World, set_clock: Clock) -> None:
    employ(world, "Per Vikman")
    set_clock("2026-11-23T10:00")
    browser = world.browser(world.kansli)
    assert "Förnya för 2027–2030, eller lämna över" in browser.get("/arbete").get_data(as_text=True)
    asked = submit(browser, PAGE, {}, "Förnya för 2027–2030")
    done = submit_page(browser, asked, "/arbete/anstallningar/fornya", {}, "Förnya för 2027–2030")
    assert done.status_code == 303
    shown = page(world)
    assert "Förnyad 1 januari 2027 till 31 december 2030" in shown
    assert "slutar ingen anställning" in shown
    assert "Att lämna över" not in shown
    assert "Mandatskiftet" not in browser.get("/arbete").get_data(as_text=True)


def test_too_little_room_in_the_new_term_is_told_with_the_sums(world: World, set_clock: Clock) -> None:
    for name in ("Per Vikman", "Siv Dalmark"):
        employ(world, name)
    give(world, (world.party, "3"), starts=TERMS[2026][0], ends=TERMS[2026][1])
    give(world, (world.party, "1.5"))
    shown = page(world)
    assert "Om båda som slutar förnyas blir det 0,50 heltider för mycket: 2,00 tillsatt mot 1,50." in shown


def test_a_party_that_has_lost_all_its_seats_and_one_that_is_new(world: World) -> None:
    employ(world, "Per Vikman")
    give(world, (world.party, "2"), starts=TERMS[2026][0], ends=TERMS[2026][1])
    give(world, (world.party, "0"), (world.rival, "1"))
    assert "Partiet har inga tjänster från 1 januari 2027" in page(world)
    assert "Partiet är nytt i fördelningen: 1,00 heltider från 1 januari 2027." in page(world, "rival_kansli")
    lines = page(world, "region")
    assert "Inga tjänster efter skiftet" in lines
    assert "Nytt i fördelningen" in lines


def test_without_a_decision_for_the_new_term_nothing_is_promised(world: World) -> None:
    employ(world, "Per Vikman")
    assert "Inget beslut om partiets tjänster från 1 januari 2027 är inlagt än" in page(world)
    give(world, (world.party, "2"), starts=TERMS[2026][0], ends=TERMS[2026][1])
    give(world, (world.rival, "1"))
    assert "Inte med i något beslut efter skiftet" in page(world, "region")


def test_the_region_sees_each_partys_line_and_nobodys_name(world: World) -> None:
    old = employ(world, "Per Vikman", percent=80)
    employ(world, "Per Vikman", year=2030, renews=old, percent=80)
    employ(world, "Gun Hemlig", employer="party", year=2030)
    employ(world, "Siv Dalmark", party=world.rival)
    give(world, (world.party, "1"), (world.rival, "1"))
    shown = page(world, "region")
    for name in ("Per Vikman", "Gun Hemlig", "Siv Dalmark"):
        assert name not in shown
    row = shown.split("Närvårdspartiet")[1].split("</tr>")[0]
    cells = [cell.split("<span>")[1].split("</span>")[0] for cell in row.split("<td")[1:]]
    assert cells == ["inte inlagt", "0,80", "1,00", "1,80", "1,80", "0,00", "0,80 från 1 januari 2027"]


def test_a_coalition_that_is_dissolved_and_a_party_that_leaves_are_told_from_the_decisions(
    world: World, set_clock: Clock
) -> None:
    both = (world.party, "4"), (world.rival, "4")
    give(world, *both, coalition="Rödgrön Ledning")
    middle = {"starts": date(2028, 5, 1), "ends": TERMS[2030][1], "on": date(2026, 11, 20)}
    give(world, (world.party, "0"), (world.rival, "0"), coalition="Rödgrön Ledning", **middle)
    set_clock("2027-03-01T10:00")
    shown = page(world)
    assert "1 maj 2028" in shown
    assert "Samverkans gemensamma tjänster upphör för partiet." in shown
    assert "har inga efter skiftet" not in page(world, "region")
    give(world, *both, coalition="Blågrön", starts=date(2028, 5, 1), ends=TERMS[2030][1], on=date(2026, 11, 21))
    assert "<b>Blågrön</b> hade 4,00 heltider gemensamt och har inga efter skiftet." in page(world, "region")


@pytest.mark.parametrize("val", ["2031", "2027-01-01", "20300", "²030", "-2030", "<script>", "0", "2054", " 2030"])
def test_a_year_that_is_no_election_year_is_told_so(world: World, val: str) -> None:
    answer = world.browser(world.kansli).get(PAGE, query_string={"val": val})
    assert answer.status_code == 422
    shown = answer.get_data(as_text=True)
    assert "Det året är inget val i hela landet" in shown
    assert "Mandatskiftet 2026" in shown
    assert "<script>" not in shown.split("<main")[1]


def test_five_years_from_now_and_at_the_end_of_the_table(world: World, set_clock: Clock) -> None:
    employ(world, "Per Vikman", year=2034)
    set_clock("2031-11-26T10:00")
    assert "Om 1131 dagar, 31 december 2034, slutar en anställning." in page(world)
    assert "slutade" in page(world, query="?val=2030")
    set_clock("2050-11-01T10:00")
    assert "från 2051" in page(world)
    set_clock("2051-01-01T10:00")
    assert world.browser(world.kansli).get(PAGE).status_code == 404


def test_another_change_than_the_one_at_hand_renews_nobody(world: World) -> None:
    employ(world, "Per Vikman", year=2030)
    shown = page(world, query="?val=2030")
    assert "Per Vikman" in shown
    assert 'name="chosen"' not in shown


def test_a_rival_sees_nothing_and_cannot_renew_with_anothers_id(world: World) -> None:
    foreign = employ(world, "Per Vikman")
    employ(world, "Siv Dalmark", party=world.rival)
    assert "Per Vikman" not in page(world, "rival_kansli")
    browser = world.browser(world.rival_kansli)
    answer = submit(browser, PAGE, {"chosen": [str(foreign)]}, "Förnya för 2027–2030")
    assert answer.status_code == 404


@pytest.mark.parametrize("role", ["gunnel", "drift"])
def test_neither_the_panel_nor_the_operator_sees_it(world: World, role: str) -> None:
    assert world.browser(getattr(world, role)).get(PAGE).status_code == 404


def test_hostile_names_are_shown_as_they_were_typed(world: World) -> None:
    name = "<img src=x onerror=alert(1)> \u202e{{7*7}}"
    employ(world, name)
    shown = page(world)
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "{{7*7}}" in shown


def test_what_is_handed_over_is_the_rules_own_words_or_unknown(world: World) -> None:
    employ(world, "Per Vikman")
    shown = page(world).split("Att lämna över")[1]
    assert "Det finns inga regler inlagda här" in shown
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).profile_key = "region-vasternorrland"
    shown = page(world).split("Att lämna över")[1]
    assert "Vid tillträdet: Upprätta användar-id" in shown
    assert "2.1 Anställningsförfarande" in shown


def test_what_is_given_back_is_what_the_first_days_say_was_given(world: World) -> None:
    begun = employ(world, "Per Vikman")
    employ(world, "Åsa Nyman")
    begin(world, begun)
    given = [add(world, begun, what, date(2023, 1, 9)) for what in ("Hämta ut tjänstetelefonen", "Visa kontoret")]
    add(world, begun, "Ge en dator", date(2023, 1, 9))
    with world.writing(scope.party(world.party)) as session:
        for step in given:
            assert tick_step(session, step_id=step, done_on=date(2023, 1, 9), **about(world, begun))
    shown = page(world).split("Att lämna över")[1]
    assert "Hämta ut tjänstetelefonen" in shown
    assert ("Visa kontoret" in shown, "Ge en dator" in shown) == (False, False)  # nothing to give back; never given
    assert shown.count("Introduktionen är inte påbörjad här") == 1
    assert "Hämta ut" not in page(world, "region")


@pytest.mark.parametrize(("role", "expected"), [("kansli", 10), ("region", 7)])
@pytest.mark.counts
def test_the_page_asks_as_much_for_thirty_as_for_one(world: World, role: str, expected: int) -> None:
    give(world, (world.party, "40"), starts=TERMS[2026][0], ends=TERMS[2026][1])
    counts = []
    for n in (1, 29):
        for number in range(n):
            employ(world, f"Person {number}")
        browser = world.browser(getattr(world, role))
        browser.get(PAGE)
        with statements(world.app) as asked:
            assert browser.get(PAGE).status_code == 200
        counts.append(asked.count)
    assert counts == [expected, expected]


@pytest.mark.parametrize("who", ["kansli", "region"])
def test_the_last_change_of_the_table_leads_to_no_day_that_the_ledger_does_not_take(world: World, who: str) -> None:
    browser = world.browser(getattr(world, who))
    for year in (2046, 2050):
        shown = browser.get(f"{PAGE}?val={year}").get_data(as_text=True)
        days = [part.partition('"')[0] for part in shown.split("?dag=")[1:]]
        assert len(days) == (year == 2046)
        ledger = "/arbete/tjanster" if who == "kansli" else "/arbete/tjansteutrymme"
        assert all(browser.get(f"{ledger}?dag={day}").status_code == 200 for day in days)
