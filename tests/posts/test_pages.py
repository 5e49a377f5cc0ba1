"""The ledger's pages: the region decides under every model and sees every line; a party sees its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import scope
from portal.audit.models import AuditLine
from portal.organisations.models import Party
from portal.posts.models import Quota
from tests.contracts.hiring import fill, hired
from tests.counting import statements
from tests.forms import submit
from tests.posts.ledgers import give
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
OWN, LINES, NEW = "/arbete/tjanster", "/arbete/tjansteutrymme", "/arbete/tjansteutrymme/nytt"
SAVE, COUNT = "Lägg in beslutet", "Räkna"
DECISION = {
    "body": "Regionfullmäktige", "decided": "2026-11-18", "paragraph": "§ 142", "number": "RS/566/2026",
    "starts": "2027-01-01", "ends": "2030-12-31",
}  # fmt: skip


def decide(world: World, model: str = "fast", button: str = SAVE, **fields: Any) -> Any:
    """Fill the region's form in and press a button."""
    return submit(world.browser(world.region), f"{NEW}?modell={model}", {**DECISION, **fields}, button)


def decided(world: World) -> list[tuple[str, int]]:
    """Each party's hundredths as they are stored."""
    with world.acting(scope.authority(world.authority)) as session:
        rows = select(Party.name, Quota.hundredths).join(Party, Party.id == Quota.party_id)
        return sorted((row.name, row.hundredths) for row in session.execute(rows.where(Quota.taken_back_at.is_(None))))


def page(world: World, path: str, person: str = "region") -> str:
    """A page as this person sees it."""
    answer = world.browser(getattr(world, person)).get(path)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


SEATS = {"seats_nar1": "14", "seats_dal1": "7"}


@pytest.mark.parametrize(
    ("model", "fields", "expected", "basis"),
    [
        ("fast", {"amount_nar1": "5,5", "amount_dal1": "4"}, (400, 550), "Så mycket som beslutet säger"),
        (
            "per_mandat", {"base": "1", "each": "0,25", **SEATS, "chair": "nar1", "extra": "1,00"}, (275, 550),
            "1,00 heltider i grund och 0,25 heltider för varje mandat: 14 mandat. 1,00 heltider extra för ordföranden",
        ),
        ("proportionellt", {"total": "24", **SEATS}, (800, 1600), "14 av 21 mandat, av 24,00 heltider"),
        (
            "majoritet_opposition", {"for_majority": "12", "for_opposition": "12", **SEATS, "side_nar1": True},
            (1200, 1200), "Majoriteten: 14 av 14 mandat, av 12,00 heltider",
        ),
        (
            "samverkan", {"coalition_name": "Dalsamverkan", "amount": "12", "member_nar1": True, "member_dal1": True},
            (1200, 1200), "Gemensamt för Dalpartiet, Närvårdspartiet",
        ),
    ],
)  # fmt: skip
def test_every_model_is_counted_first_and_then_written_down(
    world: World, model: str, fields: dict[str, Any], expected: tuple[int, int], basis: str
) -> None:
    shown = decide(world, model, COUNT, **fields)
    assert (shown.status_code, decided(world)) == (200, [])
    assert basis in shown.get_data(as_text=True)
    assert decide(world, model, **fields).status_code == 303
    assert decided(world) == [("Dalpartiet", expected[0]), ("Närvårdspartiet", expected[1])]
    text = page(world, LINES)
    assert "Regionfullmäktige 18 november 2026 § 142, RS/566/2026" in text.replace("\xa0", " ")
    assert basis in text
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(AuditLine).where(AuditLine.verb == "quota.decided")).all()) == 2


def test_money_is_turned_into_posts_by_what_a_post_costs(world: World) -> None:
    decide(world, unit="kronor", kronor_per_post="800 000", amount_nar1="4 400 000")
    assert decided(world) == [("Närvårdspartiet", 550)]
    assert "4\xa0400\xa0000 kronor per år" in page(world, OWN, "kansli")


@pytest.mark.parametrize(
    ("model", "fields", "sentence"),
    [
        ("fast", {"body": "", "amount_nar1": "1"}, "Skriv vem som beslutade"),
        ("fast", {"decided": "", "amount_nar1": "1"}, "Ange dagen då beslutet fattades."),
        ("fast", {"decided": "2026-11-24", "amount_nar1": "1"}, "Beslutet kan inte vara fattat efter i dag."),
        ("fast", {"starts": "2031-01-01", "amount_nar1": "1"}, "ligger före första dagen"),
        ("fast", {"ends": "9999-12-31", "amount_nar1": "1"}, "till och med 2050 i ”Gäller till och med”."),
        ("fast", {}, "Skriv vad minst ett parti får."),
        ("fast", {"amount_nar1": "fem"}, "Skriv ett tal med högst två decimaler i ”"),
        ("fast", {"amount_nar1": "-1"}, "Skriv ett tal med högst två decimaler i ”"),
        ("fast", {"amount_nar1": "5,505"}, "Skriv ett tal med högst två decimaler i ”"),
        ("fast", {"amount_nar1": "9" * 400}, "Skriv ett tal med högst två decimaler i ”"),
        ("fast", {"amount_nar1": "1000,01"}, "Högst 1 000 heltider för ett parti."),
        ("fast", {"amount_nar1": "1", "unit": "kronor"}, "Skriv vad en heltid kostar per år"),
        ("fast", {"amount_nar1": "1,5", "unit": "kronor", "kronor_per_post": "800000"}, "Skriv hela kronor, utan ören."),
        ("fast", {"body": "x" * 121, "amount_nar1": "1"}, "högst 120 tecken"),
        ("per_mandat", {"base": "1", "each": "0"}, "Inget parti har mandat"),
        ("per_mandat", {"base": "1", "each": "1", "seats_nar1": "150"}, "Skriv ett tal från 0 till 149 i ”Mandat, "),
        ("proportionellt", {"total": "5,30", "step": "0.25", **SEATS}, "5,30 går inte jämnt upp i steg om 0,25."),
        ("samverkan", {"coalition_name": "Alla", "amount": "1"}, "Kryssa för vilka partier"),
        ("samverkan", {"coalition_name": "", "amount": "1", "member_nar1": True}, "Skriv vad samverkan heter."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_written(
    world: World, model: str, fields: dict[str, Any], sentence: str
) -> None:
    answer = decide(world, model, **fields)
    assert (answer.status_code, decided(world)) == (422, [])
    assert sentence in answer.get_data(as_text=True)


def test_a_decision_with_markup_is_shown_as_it_was_typed_and_control_signs_are_let_go(world: World) -> None:
    decide(world, body="<b>Region\x00fullmäktige", amount_nar1="1")
    assert "&lt;b&gt;Regionfullmäktige" in page(world, OWN, "kansli")


def test_written_down_twice_it_is_one_decision_and_another_sum_is_another(world: World) -> None:
    for amount in ("1", "1", "2"):
        decide(world, amount_nar1=amount)
    assert decided(world) == [("Närvårdspartiet", 100), ("Närvårdspartiet", 200)]
    assert "Partiet har 2,00 heltider" in page(world, f"{OWN}?dag=2027-02-01", "kansli")


def test_a_decision_taken_back_lets_the_former_one_hold_again(world: World) -> None:
    give(world, (world.party, "3"))
    latest = give(world, (world.party, "1"))
    browser = world.browser(world.region)
    path = f"{LINES}/{latest}/ta-tillbaka"
    assert submit(browser, LINES, {}, "Ta bort beslutet").status_code == 303
    assert "Partiet har 3,00 heltider" in page(world, f"{OWN}?dag=2027-02-01", "kansli")
    token = browser.get(NEW).get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    again, unused = (browser.post(p, data={"csrf_token": token}) for p in (path, f"{LINES}/{uuid4()}/ta-tillbaka"))
    assert (again.status_code, again.data) == (404, unused.data)


def test_who_leaves_a_coalition_has_none_of_its_pool_and_who_stays_the_whole(world: World) -> None:
    give(world, (world.party, "3"), (world.rival, "3"), coalition="Dalsamverkan")
    give(world, (world.party, "2"), coalition="Dalsamverkan")
    assert "Partiet har 2,00 heltider" in page(world, f"{OWN}?dag=2027-02-01", "kansli")
    assert "Partiet har 0,00 heltider" in page(world, f"{OWN}?dag=2027-02-01", "rival_kansli")


def test_a_lowered_quota_is_taken_and_shown_as_over_to_both(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "1"))
    fill(world.browser(world.kansli), published, sent[0])
    assert decide(world, amount_nar1="0,40").status_code == 303
    assert "0,60 över" in page(world, f"{LINES}?dag=2027-02-01")
    assert "0,60 heltider är över" in page(world, f"{OWN}?dag=2027-02-01", "kansli")


def test_the_party_sees_its_posts_on_the_day_it_asks_for(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    give(world, (world.party, "5.50"))
    fill(world.browser(world.kansli), published, sent[0])
    before = page(world, f"{OWN}?dag=2027-01-31", "kansli")
    after = page(world, f"{OWN}?dag=2027-02-01", "kansli")
    assert "5,50 är lediga" in before
    assert "4,50 är lediga" in after
    assert "Ingen fördelning är inlagd" in page(world, OWN, "kansli")


@pytest.mark.parametrize("day", ["i-morgon", "2027-02-30", "1999-01-01", "9" * 5000])
def test_a_day_that_is_none_gets_its_sentence_and_today_is_shown(world: World, day: str) -> None:
    for path, person in ((OWN, world.kansli), (LINES, world.region)):
        answer = world.browser(person).get(f"{path}?dag={day}")
        assert answer.status_code == 422
        text = answer.get_data(as_text=True)
        assert "är inget datum" in text or "Välj en dag från 2020" in text
        assert "måndag 23 november 2026" in text.replace("\xa0", " ")


def test_a_sign_that_no_page_can_hold_is_no_day_asked_for(world: World) -> None:
    assert "Ingen fördelning är inlagd" in page(world, f"{OWN}?dag=%00", "kansli")


def test_the_region_sees_every_partys_sums_and_no_name_of_whom_a_party_employs(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock, employer="party")
    fill(world.browser(world.kansli), published, sent[0])
    give(world, (world.party, "5.50"), (world.rival, "4"))
    text = page(world, f"{LINES}?dag=2027-02-01")
    assert "9,50 heltider är fördelade" in text
    assert text.count("1,00") >= 1
    assert sent[0].name not in text
    assert "Politisk sekreterare" not in text


def test_an_unknown_model_is_the_plain_one(world: World) -> None:
    assert "Så mycket till varje parti" in page(world, f"{NEW}?modell=<b>")


def test_the_database_refuses_money_that_does_not_pay_for_the_posts(world: World) -> None:
    give(world, (world.party, "1"))
    with pytest.raises(IntegrityError, match="money_pays"), world.writing(scope.authority(world.authority)) as session:
        row = session.scalars(select(Quota)).one()
        row.kronor, row.kronor_per_post = 800_000, 100_000


def test_the_pages_ask_as_much_for_thirty_lines_as_for_one(world: World) -> None:
    counts = []
    for number in (1, 29):
        for n in range(number):
            give(world, (world.party, f"{n + number}"))
            publish_ad(world)
        for path, person in ((OWN, world.kansli), (LINES, world.region)):
            browser = world.browser(person)
            browser.get(path)
            with statements(world.app) as asked:
                assert browser.get(path).status_code == 200
            counts.append(asked.count)
    assert counts == [3, 4, 3, 4]


def test_what_was_over_before_the_day_is_no_longer_among_what_counts_then(world: World, set_clock: Clock) -> None:
    published, (one,) = hired(world, set_clock)
    give(world, (world.party, "3"))
    assert fill(world.browser(world.kansli), published, one, ends="2028-12-31").status_code == 303
    set_clock("2031-02-01T09:00")
    shown = page(world, OWN, "kansli").replace("\u00a0", " ")
    assert "31 december 2028" not in shown and "§ 142" not in shown
    then = page(world, f"{OWN}?dag=2028-12-31", "kansli").replace("\u00a0", " ")
    assert "31 december 2028" in then and "§ 142" in then
