"""Region Jämtland Härjedalen, where the party chooses who employs: both ways by real clicks, each as far as its rules reach,
and what the region itself calls unclear open until a person has filled it in."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.contracts.written.contracting import rules_of
from tests.journeys import employing, steps
from tests.journeys.conftest import Portal
from tests.journeys.test_every_page import _faults_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

UNCLEAR = {
    "Skriv vem som är arbetsledare. Reglerna lämnar det öppet.",
    "Skriv vem som har arbetsmiljöansvaret. Reglerna lämnar det öppet.",
    "Skriv vem som har beslutat om anställningen. Reglerna lämnar det öppet.",
    "Skriv uppsägningstiden i månader. Ingen lag ger en när LAS inte gäller, så den måste stå i avtalet.",
}
THREE = ("Regionstabschefen", "Gruppledaren för partiet", "Den anställde")


def employ(page: "Page", who: str, choice: str, ends: str) -> None:
    """Choose who employs, record the employment and go to its contract."""
    page.goto("/arbete/anstallningar/ny")
    steps.follow(page, choice)
    page.get_by_label("Namn", exact=True).fill(who)
    page.get_by_label("Beslut om anställning").fill("2026-11-20")
    page.get_by_label("Tillträde").fill("2027-01-01")
    page.get_by_label("Slutdatum", exact=True).fill(ends)
    steps.press(page, "Registrera anställningen")
    steps.heading(page, who)
    steps.follow(page, "Till avtalet")


def lacks(page: "Page") -> set[str]:
    """What the contract's page says is left before it can be offered, once that page is there."""
    expect(page.locator("ul.asks li").first).to_be_visible()
    return set(page.locator("ul.asks li").all_inner_texts())


def test_the_region_employs_and_what_it_calls_unclear_is_open_until_somebody_fills_it_in(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    rules_of(portal.world, "region-jamtland-harjedalen")
    portal.set_clock("2026-11-23T09:00")
    page = open_browser(portal.world.kansli)
    employ(page, "Åsa Nyman", "Region Ådalen anställer", "2030-12-31")
    assert lacks(page) >= UNCLEAR
    expect(page.get_by_text("Protokollet § 9 kallar det oklart vem som har arbetsmiljöansvaret.")).to_be_visible()
    faults = _faults_of(page)
    page.get_by_label("Arbetsledare").fill("Gruppledaren Ylva Strandberg")
    page.get_by_label("Beslutet fattat av").fill("Regionstabschefen Disa Sjölund")
    for n, (role, name) in enumerate(zip(THREE, ("Disa Sjölund", "Ylva Strandberg", "Åsa Nyman"), strict=True), 1):
        page.get_by_label(f"{n}. {role}", exact=True).fill(name)
    steps.press(page, "Spara")
    expect(page.get_by_role("button", name="Erbjud avtalet")).to_have_count(0)
    expect(page.locator("ul.asks li")).to_have_count(2)  # the duty of work environment and the notice are still open
    page.get_by_label("Arbetsmiljöansvar").fill("Regionstabschefen Disa Sjölund")
    page.get_by_label("Uppsägningstid").fill("1")
    steps.press(page, "Spara")
    steps.press(page, "Erbjud avtalet")
    steps.press(page, "Anteckna att det är antaget")
    for number, (role, name) in enumerate(zip(THREE, ("Disa Sjölund", "Ylva Strandberg", "Åsa Nyman"), strict=True), 1):
        expect(page.get_by_role("heading", name=f"Lägg in underskrift {number}: {role}")).to_be_visible()
        if number == 1:
            employing.sign(page, number, "Åsa Nyman", day="2026-11-23")
            expect(page.get_by_role("alert").first).to_contain_text("Disa Sjölund")  # hers is the third, not the first
        employing.sign(page, number, name, day="2026-11-23")
        expect(page.get_by_role("link", name=f"Hämta kopia {number}")).to_be_visible()
    expect(page.get_by_text("Löper från 1 januari 2027")).to_be_visible()
    assert faults + _faults_of(page) == []


def test_the_party_employs_under_the_same_region_and_is_told_when_it_turns_permanent(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    rules_of(portal.world, "region-jamtland-harjedalen")
    portal.set_clock("2026-11-23T09:00")
    page = open_browser(portal.world.kansli)
    employ(page, "Bo Nyman", "Närvårdspartiet anställer", "2030-12-31")
    assert not lacks(page) & UNCLEAR, "the party leads, has the duty and decides: its rules say so"
    expect(page.get_by_text("Skriv vad den som skriver under", exact=False)).to_have_count(0)
    faults = _faults_of(page)
    for n, name in enumerate(("Samira Hedvall", "Bo Nyman")):
        page.locator(f"#name_{n}").fill(name)
    page.locator("#role_0").fill("Partiets ordförande")
    page.locator("#role_1").fill("Den som anställs")
    steps.press(page, "Spara")
    said = employing.words_of(page, "Läs utkastet (PDF)")
    assert "tillsvidareanställning" in said and "4 kap. 33 §" not in said
    steps.press(page, "Erbjud avtalet")
    expect(page.get_by_role("button", name="Anteckna att det är antaget")).to_be_visible()
    assert faults + _faults_of(page) == []
    region = open_browser(portal.world.region)
    answer = region.goto(re.sub(r"^https?://[^/]+", "", page.url))
    assert answer is not None and answer.status == 404
