"""The page that renews many, of both employers: what it says is true of each, and none of its ways leads nowhere."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from pdfminer.high_level import extract_text

from portal import scope
from portal.contracts.models import Employment
from tests.contracts.acts.changing import END, change
from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import BUTTON, DECIDED, MANY, renew_them, renewals
from tests.forms import submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def turned(world: World, name: str) -> UUID:
    """A party's from 2023, as it is recorded: since 1 February 2024 it is until further notice."""
    id = employ(world, name, employer="party")
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, id).permanent_on = date(2024, 2, 1)
    return id


def test_an_end_past_the_partys_policy_is_led_to_where_its_reason_can_be_written(world: World) -> None:
    id = employ(world, "Bo", employer="party")
    browser = world.browser(world.kansli)
    fields = {"decided": DECIDED, "ends": "2031-01-01", "chosen": [str(id)]}
    answer = submit(browser, MANY, fields, BUTTON)
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert answer.status_code == 422
    assert "Skriv varför partiet går förbi utgångsläget" not in page, "there is no such field here"
    assert "Slutdatumet är senare än partiets utgångsläge, 31 december 2030. Då behövs ett skäl" in page
    assert f'href="/arbete/anstallningar/{id}/fornya"' in page and "Förnya Bo för sig" in page
    assert renewals(world) == []


def test_of_who_has_been_renewed_meanwhile_an_old_page_says_no_word_of_a_box_that_is_gone(world: World) -> None:
    first, second = employ(world, "Åsa"), employ(world, "Bo")
    browser = world.browser(world.kansli)
    old = browser.get(MANY)
    renew_them(world, [first])
    told = submit_page(browser, old, MANY, {"decided": DECIDED, "chosen": [str(first), str(second)]}, BUTTON)
    page = told.get_data(as_text=True).replace("\xa0", " ")
    assert told.status_code == 422 and len(renewals(world)) == 1
    assert "Åsa: Den är redan förnyad, från och med 1 januari 2027, så krysset är borta." in page
    assert "Ta bort markeringen" not in page and f'value="{second}" checked' in page
    assert submit_page(browser, told, MANY, {}, BUTTON).status_code == 303


def test_where_all_are_renewed_no_button_is_left_that_could_only_refuse(world: World) -> None:
    first = employ(world, "Åsa")
    browser = world.browser(world.kansli)
    assert BUTTON in browser.get(MANY).get_data(as_text=True)
    renew_them(world, [first])
    page = browser.get(MANY).get_data(as_text=True)
    assert 'name="save"' not in page and "Alla som slutar är redan förnyade." in page and "Redan förnyad" in page


def test_kl_4_33_of_both_employers_each_has_its_own_reasoning(world: World) -> None:
    ids = [employ(world, "Bo", employer="party"), employ(world, "Åsa")]
    browser = world.browser(world.kansli)
    fields = {"decided": DECIDED, "chosen": [str(id) for id in ids]}
    for page in (browser.get(MANY), submit(browser, MANY, fields, "Räkna")):
        text = page.get_data(as_text=True).replace("\xa0", " ")
        region, party = text.index("Där Region Ådalen anställer"), text.index("Där partiet anställer")
        law = text.index("Därför 31 december 2030")
        none = text.index("Partiet är arbetsgivare, så kommunallagens gräns gäller inte")
        assert region < law < party < none or party < none < region < law


def test_with_one_employer_there_is_one_reasoning_without_a_name(world: World) -> None:
    employ(world, "Åsa")
    text = world.browser(world.kansli).get(MANY).get_data(as_text=True)
    assert "Därför" in text and "anställer</h2>" not in text


def test_las_5_a_who_is_permanent_already_is_so_since_the_same_day_on_every_page(world: World) -> None:
    id = turned(world, "Bo")
    browser = world.browser(world.kansli)
    since = "Sedan 1 februari 2024 är det en tillsvidareanställning"
    one = f"/arbete/anstallningar/{id}"
    for where in (one, f"{one}/fornya", MANY):
        page = browser.get(where).get_data(as_text=True).replace("\xa0", " ")
        assert since in page, where
        assert "lir tillsvidareanställning 1 januari 2027" not in page
        assert "blir en tillsvidareanställning redan första dagen" not in page


def test_las_5_a_a_renewal_of_who_is_permanent_claims_no_new_day_on_its_page_nor_on_its_paper(
    world: World, set_clock: Clock
) -> None:
    id = turned(world, "Bo")
    renew_them(world, [id])
    (row,) = renewals(world)
    assert row.permanent_on == date(2027, 1, 1)
    browser = world.browser(world.kansli)
    own = f"/arbete/anstallningar/{row.id}"
    page = browser.get(own).get_data(as_text=True).replace("\xa0", " ")
    since = "Sedan 1 februari 2024 är det en tillsvidareanställning, redan i den anställning som den här följer på."
    assert since in page and "1 januari 2027 blir det" not in page
    paper = " ".join(extract_text(BytesIO(browser.get(f"{own}/avtal/utkast.pdf").data)).split())
    assert "tillsvidareanställning från och med 1 februari 2024, om den pågick då" in paper
    assert "särskild visstidsanställning" not in paper and "Pågår anställningen" not in paper
    set_clock("2030-11-23T10:00")  # and what it is renewed by says the same, again
    browser = world.browser(world.kansli)
    for where in (f"{own}/fornya", MANY):
        assert "Sedan 1 februari 2024 är det" in browser.get(where).get_data(as_text=True).replace("\xa0", " "), where


def test_las_5_a_what_an_earlier_last_day_has_ended_goes_on_in_no_renewal(world: World, set_clock: Clock) -> None:
    id = turned(world, "Bo")
    assert change(world, id, END, decided="2026-11-23", ends="2026-12-30").status_code == 303
    renew_them(world, [id])
    (row,) = renewals(world)
    page = world.browser(world.kansli).get(f"/arbete/anstallningar/{row.id}").get_data(as_text=True)
    assert "1 januari 2027 blir det en tillsvidareanställning" in page.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("starts", "earliest"), [("2027-02-01", "14 september 2026"), ("2031-02-01", "9 september 2030")]
)
def test_a_partys_first_day_past_its_policy_names_the_election_whose_term_it_lies_in(
    world: World, set_clock: Clock, starts: str, earliest: str
) -> None:
    set_clock("2026-08-20T10:00")
    id = employ(world, "Åsa", employer="party")
    answer = submit(
        world.browser(world.kansli), f"/arbete/anstallningar/{id}/fornya", {"decided": "2026-08-20", "starts": starts},
        "Förnya för 2027–2030",
    )  # fmt: skip
    assert answer.status_code == 422
    assert f"Fatta beslutet tidigast {earliest}, dagen efter valet." in answer.get_data(as_text=True).replace(
        "\xa0", " "
    )


@pytest.mark.parametrize(
    ("employers", "says"),
    [
        (["authority"], "Lämnar du det tomt blir det den sista möjliga dagen."),
        (["party"], "Lämnar du det tomt blir det utgångsläget."),
        (
            ["authority", "party"],
            "Lämnar du det tomt blir det den sista möjliga dagen där Region Ådalen anställer, och utgångsläget där partiet "
            "anställer.",
        ),
    ],
)
def test_what_an_empty_end_means_is_said_for_whoever_employs(world: World, employers: list[str], says: str) -> None:
    for number, employer in enumerate(employers):
        employ(world, f"Bo {number}", employer=employer)
    assert says in world.browser(world.kansli).get(MANY).get_data(as_text=True)


def test_who_is_renewed_is_not_told_of_as_one_who_leaves_soon(world: World) -> None:
    first, second = employ(world, "Åsa"), employ(world, "Bo")
    assert renew_them(world, [first]) == 1

    def told() -> str:
        page = world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)
        return page.partition("inom två månader.")[2].partition("</p>")[0] if "En anställning slutar" in page else ""

    assert "Bo" in told() and "Åsa" not in told()
    assert renew_them(world, [second]) == 1
    assert "inom två månader" not in world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)


def test_the_page_of_one_who_is_renewed_leads_to_the_renewal_and_offers_no_other(world: World) -> None:
    id = employ(world, "Åsa")
    browser = world.browser(world.kansli)
    page = f"/arbete/anstallningar/{id}"
    assert "Förnya för 2027–2030" in browser.get(page).get_data(as_text=True)
    assert renew_them(world, [id]) == 1
    (made,) = renewals(world)
    shown = browser.get(page).get_data(as_text=True).replace("\u00a0", " ")
    assert "Förnya för" not in shown
    assert "Förnyad från 1 januari 2027" in shown and f'href="/arbete/anstallningar/{made.id}"' in shown
