"""From mail to minutes on telephones: two commissioners, a deputy, and nine candidates of whom one is known to one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.accounts.people import PASSWORD, give_account
from tests.applicants import Sent, send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.presses import count_presses, presses
from tests.proofs.plugin import Proof
from tests.review.panel import CLOSED, Panel
from tests.review.test_minutes import words_of
from tests.stage import add_person
from tests.world import CRITERIA, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
NINE = 9
SCORES = NINE * len(CRITERIA)
TEXT = "Skriver bäst av dem vi har läst, och är van vid nämndarbete."


@pytest.mark.proof(
    "Nio sökande bedöms efter fem kriterier på en telefon, från mejlet till inlämningen, med två tryck för varje bedömning.",
    how="Chromium at 360 px: the mail's link, log-in with a code, jäv, every score, own order, handing in",
    short={"candidates": NINE},
    full={"candidates": NINE},
)
def test_two_commissioners_and_a_deputy_from_the_mail_to_the_minutes(
    portal: Portal, open_browser: Open, proof: Proof
) -> None:
    panel, deputy = _nine_candidates(portal, proof.size("candidates"))
    known, apart = panel.sent[4], panel.sent[0]
    gunnel, elof, sara = (open_browser(**steps.PHONE) for _ in range(3))
    _one_finds_a_name_they_know(panel, elof, known)
    _the_other_scores_everything(panel, gunnel, proof)
    _whoever_knows_one_scores_the_others(panel, elof, known, apart)
    _the_deputy_scores_that_one(panel, sara, deputy, known)
    _they_meet(panel, gunnel, known, apart)
    _each_reads_the_minutes_that_are_theirs(panel, {"gunnel": gunnel, "elof": elof, "sara": sara}, known)


def _nine_candidates(portal: Portal, count: int) -> tuple[Panel, str]:
    """The ad has closed and the panel is named. Returns the deputy's address too."""
    world = portal.world
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, count), portal.set_clock)
    deputy, _ = add_person(world, "sara", "ledamot", party=world.party)
    addresses = [give_account(world, person) for person in (world.gunnel, world.elof, deputy)]
    portal.set_clock(CLOSED)
    panel.name(world.gunnel, world.elof, deputies=(deputy,))
    return panel, addresses[-1]


def _one_finds_a_name_they_know(panel: Panel, elof: "Page", known: Sent) -> None:
    mail = steps.come_by_mail(elof, "elof@example.se", "Att göra", PASSWORD)
    assert known.name not in mail
    fits(elof)
    steps.declare(elof, known.name)
    expect(elof.get_by_role("main")).to_contain_text("En sökande är borta ur dina listor.")
    expect(elof.locator("[data-queue] li a")).to_have_count(NINE - 1)
    fits(elof)


def _the_other_scores_everything(panel: Panel, gunnel: "Page", proof: Proof) -> None:
    count_presses(gunnel)
    mail = steps.come_by_mail(gunnel, "gunnel@example.se", "Att göra", PASSWORD)
    steps.declare(gunnel)
    fits(gunnel)
    assert steps.score_all(gunnel, "2") == SCORES
    fits(gunnel)
    _order_by_hand_and_hand_in(gunnel, panel.sent[0])
    proof.came_to(
        scores=SCORES,
        presses=presses(gunnel),
        minutes_told=mail.split("cirka ")[1].split(" ")[0],
        criteria=len(CRITERIA),
    )
    assert presses(gunnel) <= 2 * SCORES + 12
    steps.follow(gunnel, "Gemensam bild")
    expect(gunnel.get_by_role("main")).to_contain_text("Elof Rehnström")  # whom one waits for
    expect(gunnel.get_by_role("table")).to_have_count(0)


def _order_by_hand_and_hand_in(page: "Page", first: Sent) -> None:
    steps.follow(page, "Till din ordning")
    steps.press(page, f"Flytta upp {first.name}")  # all share a place, or the first of it
    expect(page.locator("main [data-saved]")).to_contain_text("Sparat")
    fits(page)
    steps.press(page, "Spara och gå till inlämning")
    steps.press(page, "Lämna in")
    steps.heading(page, "Du har lämnat in")
    fits(page)


def _whoever_knows_one_scores_the_others(panel: Panel, elof: "Page", known: Sent, apart: Sent) -> None:
    panel.score_all(panel.world.elof, {apart.id: (0, 2, 3)})
    elof.goto(f"{panel.url}/din-bedomning")
    expect(elof.get_by_role("main")).not_to_contain_text(known.name)
    _order_by_hand_and_hand_in(elof, panel.sent[1])


def _the_deputy_scores_that_one(panel: Panel, sara: "Page", email: str, known: Sent) -> None:
    mail = steps.come_by_mail(sara, email, "ersättare", PASSWORD)
    assert "En ansökan" in mail and known.name not in mail
    steps.declare(sara)
    expect(sara.get_by_role("main")).to_contain_text(known.name)
    assert steps.score_all(sara, "3") == len(CRITERIA)
    seen = sara.get_by_role("main").inner_text()
    assert [one.name for one in panel.sent if one.name in seen] == [known.name]
    steps.follow(sara, "Till din ordning")
    steps.press(sara, "Spara och gå till inlämning")
    steps.press(sara, "Lämna in")
    steps.heading(sara, "Du har lämnat in")


def _they_meet(panel: Panel, gunnel: "Page", known: Sent, apart: Sent) -> None:
    gunnel.goto(f"{panel.url}/gemensam")
    expect(gunnel.get_by_role("main")).to_contain_text("Alla tre har lämnat in.")
    fits(gunnel)
    steps.follow(gunnel, "Till mötet")
    steps.press(gunnel, "Starta mötet")
    for name in ("Gunnel Sundvall", "Elof Rehnström", "Sara Person"):
        gunnel.get_by_label(name).check()
    steps.press(gunnel, "Spara närvaron")
    expect(gunnel.get_by_text(f"Elof Rehnström, när ni talar om {known.name}")).to_be_visible()
    fits(gunnel)
    first = gunnel.locator(".agenda li").first
    expect(first).to_contain_text("två steg isär")
    first.get_by_role("link").click()
    steps.heading(gunnel, apart.name)
    _say(gunnel, apart, TEXT)
    steps.follow(gunnel, "Nästa punkt")
    _say(gunnel, None, "Ett klart andrahandsval.")
    gunnel.locator("main .over a").click()
    _vote_between(gunnel, panel.sent[1], apart)
    _agree(gunnel, panel.sent[1])
    steps.press(gunnel, "Avsluta mötet")
    expect(gunnel.get_by_role("main")).to_contain_text("Protokollet står fast.")
    fits(gunnel)


def _say(page: "Page", sent: Sent | None, text: str) -> None:
    """The joint text, saved by itself."""
    whom = f"Gemensam bedömning av {sent.name}" if sent else "Gemensam bedömning av"
    page.get_by_label(whom).fill(text)
    page.get_by_label(whom).blur()
    expect(page.locator("[data-saved]")).to_contain_text("Sparat")
    fits(page)


def _vote_between(page: "Page", one: Sent, other: Sent) -> None:
    steps.follow(page, "Rösta mellan två")
    page.locator("[name=first]").select_option(label=one.name)
    page.locator("[name=second]").select_option(label=other.name)
    for name, choice in (("Gunnel Sundvall", "A före B"), ("Elof Rehnström", "Avstår")):
        page.get_by_role("group", name=name).get_by_text(choice, exact=True).click()
    fits(page)
    steps.press(page, "Anteckna omröstningen")
    expect(page.get_by_role("main")).to_contain_text(f"{one.name} före {other.name}")
    if page.url.endswith("/omrostning"):
        steps.follow(page, "Tillbaka")


def _agree(page: "Page", first: Sent) -> None:
    steps.follow(page, "Sätt ordningen")
    place = page.get_by_label(f"Plats för {first.name}")
    place.fill("1")
    place.blur()
    page.get_by_label("Vi har röstat").check()
    expect(page.locator("main [data-saved]")).to_contain_text("Sparat")
    fits(page)
    steps.press(page, "Spara och gå tillbaka")
    expect(page.locator(".set-order li")).to_have_count(NINE)


def _each_reads_the_minutes_that_are_theirs(panel: Panel, people: "dict[str, Page]", known: Sent) -> None:
    read = {}
    for who, page in people.items():
        page.goto(f"{panel.url}/mote")
        with page.expect_download() as taken:
            steps.follow(page, "Protokoll (PDF)")
        read[who] = words_of(taken.value.path().read_bytes())
    for name in (*(one.name for one in panel.sent), "Gunnel Sundvall", "Elof Rehnström", "Sara Person"):
        assert name in read["gunnel"]
    assert TEXT in read["gunnel"] and "Ett klart andrahandsval." in read["gunnel"]
    assert known.name not in read["elof"] and TEXT in read["elof"]
    assert known.name in read["sara"] and TEXT not in read["sara"], "a deputy was there for one alone"


def fits(page: "Page") -> None:
    """Nothing on the page is wider than the telephone."""
    assert steps.scrolls_sideways(page) == 0, page.url
