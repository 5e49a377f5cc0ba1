"""From an invitation to an employment that runs, by real clicks, with five people and two candidates, under
Västernorrland's rules: the ad, the assessment, a contract signed by two, the first days."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from portal.demo.people import Candidate, candidates
from tests.journeys import employing, steps
from tests.journeys.conftest import Portal

if TYPE_CHECKING:
    from playwright.sync_api import Page

OFFICE = "sigrid@example.se"
CRITERIA = [
    {"Vad": steps.SCALE_QUESTIONS[0], "Sort": "Krav", "Hur det bedöms": "Bedöms på en skala", "Vikt": "60"},
    {"Vad": "Du samarbetar lätt", "Sort": "Krav", "Hur det bedöms": "Bedöms på en skala", "Vikt": "40"},
    {
        "Vad": steps.LICENCE,
        "Sort": "Krav",
        "Förklaring": "Resor i hela länet, ofta på kvällar.",
        "Hur det bedöms": "Finns eller finns inte",
    },
    {"Vad": steps.SCALE_QUESTIONS[1], "Sort": "Meriterande", "Hur det bedöms": "Bedöms på en skala", "Vikt": "10"},
]
FIRST, SECOND = candidates()[0], candidates()[2]
Open = Callable[..., "Page"]


@pytest.mark.parametrize("portal", ["several"], indirect=True)
def test_a_recruitment_from_the_invitation_to_the_first_days(portal: Portal, open_browser: Open) -> None:
    _the_region_goes_by_vasternorrlands_rules(portal, open_browser)
    office = _office_is_invited_and_logs_in(portal, open_browser)
    reference = _the_ad_is_written_and_published(office)
    first_page = _the_candidates_apply(portal, open_browser, reference)
    case = _the_panel_is_named(portal, open_browser)
    _both_assess(portal, open_browser, case)
    office = _one_is_called_to_interview(portal, open_browser, case)
    _the_outcome_and_the_employment_are_recorded(office, case)
    contract = _the_contract_is_signed_by_two(office)
    _everybody_sees_what_concerns_them(portal, open_browser, office, first_page)
    _the_first_days_are_done(portal, open_browser, contract)


def _the_region_goes_by_vasternorrlands_rules(portal: Portal, open_browser: Open) -> None:
    region = open_browser(portal.world.region)
    region.goto("/arbete/myndighet")
    rules = region.locator("select[name=profile_key]")
    rules.select_option("region-vasternorrland")
    region.locator("form", has=rules).get_by_role("button").last.click()
    region.goto("/arbete/regler")
    expect(region.get_by_role("main")).to_contain_text("Region Västernorrland, vars regler används här")


def _office_is_invited_and_logs_in(portal: Portal, open_browser: Open) -> "Page":
    operator = open_browser(portal.world.drift)
    operator.goto("/drift/inbjudan")
    to = operator.get_by_label("Till vad")
    to.select_option(label=str(to.locator("option", has_text=re.compile("Närvårdspartiet.*[Kk]ansli")).inner_text()))
    operator.get_by_label("Namn").fill("Sigrid Norling")
    operator.get_by_label("E-post").fill(OFFICE)
    steps.press(operator, "Skicka inbjudan")
    page = open_browser()
    steps.accept_invitation(page, steps.link_in(steps.newest_mail(page, OFFICE)))
    expect(page.get_by_role("banner")).to_contain_text("Sigrid Norling")
    page.get_by_text("Sigrid Norling").click()
    steps.press(page, "Logga ut")
    portal.set_clock("2026-11-23T10:05")  # a code is good once, so another half minute must have come
    steps.log_in(page, OFFICE)
    return page


def _the_ad_is_written_and_published(page: "Page") -> str:
    page.get_by_role("link", name="Skriv en ny annons").click()
    steps.press(page, "Börja skriva")
    page.get_by_label("Region Ådalen anställer").check()
    page.get_by_label("Beslut eller regel som det bygger på").fill("Gallringsbeslut 2024 § 12")
    steps.save_part(page)
    steps.write_part(page, "Sista dag och tidplan", deadline="2026-12-11")
    _the_end_date_past_the_limit_is_refused(page)
    steps.write_part(page, "Omfattning och plats", extent_percent="100", hours="Oreglerad", place="Härnösand")
    steps.write_part(page, "Lön och avtal", salary_low="38000", salary_high="46000", collective_agreement="AB i delar")
    steps.write_part(
        page, "Rubrik och ingress", title="Politisk sekreterare på heltid", intro="Du arbetar med två regionråd."
    )
    steps.write_part(page, "Arbetsuppgifter", tasks="skriva tal\nläsa handlingar")
    steps.open_part(page, "Krav och meriterande")
    steps.fill_rows(page, CRITERIA, "Spara och lägg till en rad")
    steps.save_part(page)
    steps.open_part(page, "Vad ska skickas in")
    for what in ("CV", "Personligt brev", "Löneanspråk"):
        page.get_by_label(what, exact=True).check()
    steps.save_part(page)
    steps.open_part(page, "Kontaktpersoner")
    contact = {"Namn": "Gunnel Sundvall", "Titel": "Regionråd", "E-post": "gunnel@example.se"}
    steps.fill_rows(page, [contact], "Spara och lägg till en person")
    steps.save_part(page)
    steps.open_part(page, "Granska och publicera")
    expect(page.get_by_role("heading", name="Måste rättas")).to_have_count(0)
    steps.press(page, "Publicera annonsen")
    expect(page.get_by_role("main")).to_contain_text("Annonsen är publicerad.")
    return str(page.get_by_role("link", name="Annonsens sida").get_attribute("href")).rsplit("/", 1)[1]


def _the_end_date_past_the_limit_is_refused(page: "Page") -> None:
    steps.open_part(page, "Tillträde och slutdatum")
    page.get_by_label("Beslut om anställning").fill("2027-01-11")
    page.get_by_label("Tillträde, tidigast").fill("2027-02-01")
    page.get_by_label("Slutdatum").fill("2031-01-01")
    steps.save_part(page)
    expect(page.get_by_role("alert")).to_contain_text("31 december 2030")
    expect(page.get_by_label("Slutdatum")).to_have_value("2031-01-01")  # nothing typed is lost
    steps.press(page, "Använd 31 december 2030")
    expect(page.get_by_label("Slutdatum")).to_have_value("2030-12-31")
    expect(page.get_by_role("main")).to_contain_text("Slutdatum är nu 31 december 2030.")


def _the_candidates_apply(portal: Portal, open_browser: Open, reference: str) -> "Page":
    """The first with a PDF, the second with a Word file. Returns the first one's browser on the private page."""
    browsers = {}
    for who, layout in ((FIRST, "classic"), (SECOND, "word")):
        page = browsers[who.person.name] = open_browser()
        page.goto("/")
        page.get_by_role("link", name="Politisk sekreterare på heltid").click()
        page.get_by_role("link", name="Sök tjänsten").first.click()
        steps.apply(page, reference, who, layout)
        expect(page.get_by_role("main")).to_contain_text(who.letter.splitlines()[0])
        steps.send(page)
        mail = steps.newest_mail(page, who.person.email, "Kvitto")
        assert "Närvårdspartiet" not in mail and who.person.name not in mail
        page.goto(steps.link_in(mail))
        steps.open_door(page, who.person.email)
        steps.heading(page, "Mottagen")
    return browsers[FIRST.person.name]


def _the_panel_is_named(portal: Portal, open_browser: Open) -> str:
    portal.set_clock("2026-12-14T10:00")
    office = open_browser()
    steps.log_in(office, OFFICE)
    office.get_by_role("link", name="Utse bedömare").first.click()
    for name in ("Gunnel Sundvall", "Elof Rehnström"):
        office.get_by_role("group", name="Bedömare").get_by_label(name).check()
    office.get_by_role("group", name="Vem leder").get_by_label("Gunnel Sundvall").check()
    office.get_by_label("Sista dag att lämna in").fill("2026-12-17")
    steps.press(office, "Spara bedömarna")
    expect(office.get_by_role("main")).to_contain_text("Bedömarna är sparade.")
    case = office.url.removesuffix("/bedomare")
    office.goto(f"{case}/gemensam")
    expect(office.get_by_role("table")).to_have_count(0)
    return case


def _both_assess(portal: Portal, open_browser: Open, case: str) -> None:
    gunnel = open_browser(portal.world.gunnel)
    elof = open_browser(portal.world.elof, viewport={"width": 360, "height": 740})
    mail = steps.newest_mail(gunnel, "gunnel@example.se")
    assert FIRST.person.name not in mail
    gunnel.goto(steps.link_in(mail))
    gunnel.goto(f"{case}/bedom")
    steps.declare(gunnel)
    assert steps.pages_drawn(gunnel) >= 1
    assert steps.score_all(gunnel, "3") == 8  # four criteria for two candidates
    _order_and_hand_in(gunnel)
    for page in (gunnel, elof):  # hers is sealed for him, and the joint view is shut for both
        page.goto(f"{case}/gemensam")
        expect(page.get_by_role("table")).to_have_count(0)
    elof.goto(f"{case}/bedom")
    steps.declare(elof, SECOND.person.name)
    assert steps.pages_drawn(elof) >= 1
    assert steps.score_all(elof, "2") == 4
    expect(elof.get_by_role("main")).not_to_contain_text(SECOND.person.name)
    _order_and_hand_in(elof)
    steps.follow(elof, "Gemensam bild")
    expect(elof.get_by_role("main")).to_contain_text(FIRST.person.name)


def _order_and_hand_in(page: "Page") -> None:
    """By the buttons, then by typed numbers, saved as they are typed; then sealed."""
    steps.follow(page, "Till din ordning")
    up = page.get_by_role("button", name=f"Flytta upp {FIRST.person.name}")
    up.click()
    place = page.get_by_label(f"Plats för {FIRST.person.name}")
    place.fill("första")
    place.blur()
    expect(page.locator("main [data-saved]")).to_contain_text("heltal")
    expect(place).to_have_attribute("aria-invalid", "true")
    place.fill("1")
    other = page.get_by_label(f"Plats för {SECOND.person.name}")
    if other.count():
        other.fill("2")
    steps.press(page, "Spara och gå till inlämning")
    steps.press(page, "Lämna in")
    steps.heading(page, "Du har lämnat in")


def _salary_of(who: Candidate) -> re.Pattern[str]:
    return re.compile(rf"{who.salary_kronor // 1000}\s{who.salary_kronor % 1000:03}")


def _one_is_called_to_interview(portal: Portal, open_browser: Open, case: str) -> "Page":
    portal.set_clock("2026-12-15T09:00")
    office = open_browser()
    steps.log_in(office, OFFICE)
    office.goto(f"{case}/gemensam")
    expect(office.get_by_role("table").first).to_contain_text(FIRST.person.name)
    office.goto(f"{case}/sokande")
    steps.follow(office, FIRST.person.name)
    expect(office.locator("body")).not_to_contain_text(_salary_of(FIRST))
    steps.press(office, "Kalla till intervju")
    expect(office.get_by_role("main")).to_contain_text("Kallad till intervju")
    expect(office.get_by_role("main")).to_contain_text(_salary_of(FIRST))
    office.goto(f"{case}/sokande")
    steps.follow(office, SECOND.person.name)
    expect(office.locator("body")).not_to_contain_text(_salary_of(SECOND))
    return office


def _the_outcome_and_the_employment_are_recorded(office: "Page", case: str) -> None:
    office.goto(f"{case}/utfall")
    steps.follow(office, "Svara om jäv")
    steps.press(office, "Spara och gå vidare")
    for who, result in ((FIRST, "Anställs"), (SECOND, "Går inte vidare")):
        form = office.get_by_role("group", name=f"Utfall för {who.person.name}")
        form.get_by_label(result).check()
        form.get_by_label("Skälet gäller").select_option(label=steps.SCALE_QUESTIONS[0])
        form.get_by_label("Skälet i en rad").fill(steps.REASON)
        steps.press(form, "Spara utfallet")
        expect(office.get_by_role("main")).to_contain_text("har ett utfall" if who is SECOND else "saknar utfall")
    steps.follow(office, "Korrekturläs beskeden")
    steps.press(office, "Jag har läst alla")
    steps.follow(office, "Gå igenom och avsluta")
    steps.follow(office, "Se vem som får veta vad")
    steps.press(office, "Avsluta rekryteringen")
    expect(office.get_by_role("main")).to_contain_text("Alla har fått besked.")
    office.goto(f"{case}/anstall")
    steps.heading(office, f"Anställ {FIRST.person.name}")
    office.get_by_label("Beslut om anställning").fill("2026-12-15")
    office.get_by_label("Slutdatum").fill("2031-01-01")
    steps.press(office, "Registrera anställningen")
    expect(office.get_by_role("alert")).to_contain_text("31 december 2030")
    office.get_by_label("Slutdatum").fill("2030-12-31")
    steps.press(office, "Registrera anställningen")
    expect(office.get_by_role("main")).to_contain_text("Anställningen är registrerad.")
    steps.heading(office, FIRST.person.name)


def _the_contract_is_signed_by_two(office: "Page") -> str:
    steps.follow(office, "Till avtalet")
    employing.fill_in(office, leads="Gunnel Sundvall", signs="Disa Sjölund")
    steps.press(office, "Erbjud avtalet")
    steps.press(office, "Anteckna att det är antaget")
    employing.all_sign(office, ("Disa Sjölund", FIRST.person.name), day="2026-12-15")
    expect(office.get_by_text("Löper från 1 februari 2027")).to_be_visible()
    return office.url.split("#")[0]


def _the_first_days_are_done(portal: Portal, open_browser: Open, contract: str) -> None:
    portal.set_clock("2027-02-01T09:00")
    office = open_browser()
    steps.log_in(office, OFFICE)
    office.goto(contract)
    expect(office.get_by_text("Löper till och med 31 december 2030")).to_be_visible()
    office.goto(contract.removesuffix("/avtal"))
    steps.follow(office, "Introduktionen")
    employing.do_the_first_days(office)


def _everybody_sees_what_concerns_them(portal: Portal, open_browser: Open, office: "Page", candidate: "Page") -> None:
    office.goto("/arbete/anstallningar")
    expect(office.get_by_role("main")).to_contain_text(FIRST.person.name)
    candidate.goto(steps.link_in(steps.newest_mail(candidate, FIRST.person.email, "besked")))
    steps.open_door(candidate, FIRST.person.email)
    steps.heading(candidate, "Avgjord")
    expect(candidate.get_by_role("main")).to_contain_text("Du anställs.")
    assert steps.link_in(steps.newest_mail(candidate, SECOND.person.email, "besked"))
    region = open_browser(portal.world.region)
    region.goto("/arbete/inkomna")
    for who in (FIRST, SECOND):
        expect(region.get_by_role("table")).to_contain_text(who.person.name)
    region.goto("/arbete/anstallningar")
    expect(region.get_by_role("main")).to_contain_text(FIRST.person.name)
    rival = open_browser(portal.world.rival_kansli)
    for address in ("/arbete", "/arbete/rekryteringar", "/arbete/anstallningar"):
        rival.goto(address)
        expect(rival.get_by_role("main")).not_to_contain_text(FIRST.person.name)
