"""An interview by clicks: the office makes times, the candidate books from the private link, the card is handed in."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.applicants import Sent, send_applications
from tests.interviews.meetings import call_first
from tests.interviews.test_ical import lines_of
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.desk import small_targets
from tests.review.panel import CLOSED, Panel
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

Open = Callable[..., "Page"]
PLACE, QUESTION, NOTE = "Rådhuset, rum 3", "Berätta om en text som blev bra på kort tid.", "Ger ett tydligt exempel."
FIRST = re.compile(r"17\s+december kl\.\s10\.00–10\.45")
IN_THE_CALENDAR = ("DTSTART;TZID=Europe/Stockholm:20261217T100000", "DURATION:PT45M", "LOCATION:Rådhuset\\, rum 3")


def test_an_interview_from_the_first_time_to_the_card(portal: Portal, open_browser: Open) -> None:
    panel = _two_are_called(portal)
    asked, other = panel.sent[:2]
    office = open_browser(portal.world.kansli, viewport={"width": 1280, "height": 900})
    _the_office_makes_times(office, panel)
    candidate, next_one = (open_browser(**steps.PHONE) for _ in range(2))
    _the_candidate_books(candidate, asked, panel)
    _the_other_is_offered_what_is_left(next_one, other)
    gunnel = open_browser(portal.world.gunnel, **steps.PHONE)
    _the_card_is_filled_and_handed_in(gunnel, panel, asked)
    _it_is_sealed_until_the_other_has_handed_in(open_browser(portal.world.elof), gunnel, panel, asked)


def _two_are_called(portal: Portal) -> Panel:
    """The ad has closed, Gunnel and Elof have no jäv, and the first two of three candidates are called."""
    world = portal.world
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 3), portal.set_clock)
    portal.set_clock(CLOSED)
    panel.name(world.gunnel, world.elof)
    call_first(panel, 2)
    return panel


def _the_office_makes_times(office: "Page", panel: Panel) -> None:
    office.goto(panel.url)
    office.get_by_role("navigation", name="Rekryteringens steg").get_by_role("link", name="Intervjuer").click()
    expect(office.get_by_role("main")).to_contain_text("Två kallade, två utan tid.")
    for label, text in (("Dag", "2026-12-17"), ("Första klockslaget", "10.00"), ("Hur länge", "45"), ("Antal tider", "2"),
                        ("Paus mellan tiderna", "15"), ("Plats eller länk till videomöte", PLACE)):  # fmt: skip
        office.get_by_label(label, exact=True).fill(text)
    for name in ("Gunnel Sundvall", "Elof Rehnström"):
        office.get_by_role("group", name="Vilka är med").get_by_label(name).check()
    steps.press(office, "Lägg upp tiderna")
    expect(office.get_by_role("table").get_by_text("Ledig", exact=True)).to_have_count(2)
    steps.follow(office, "Intervjuguide")
    office.locator("textarea").first.fill(QUESTION)
    steps.press(office, "Spara guiden")


def _the_candidate_books(candidate: "Page", sent: Sent, panel: Panel) -> None:
    mail = steps.newest_mail(candidate, sent.email, "Välj en tid")
    assert sent.name not in mail and "Närvårdspartiet" not in mail
    candidate.goto(steps.link_in(mail))
    steps.open_door(candidate, sent.email)
    expect(candidate.get_by_role("heading", level=1)).to_have_text("Mötet")
    candidate.get_by_label(FIRST).check()
    assert steps.scrolls_sideways(candidate) == 0
    steps.press(candidate, "Boka tiden")
    expect(candidate.get_by_role("main")).to_contain_text("Din tid är bokad.")
    with candidate.expect_download() as taken:
        steps.follow(candidate, "Lägg in i kalendern")
    lines = lines_of(taken.value.path().read_bytes())
    assert set(IN_THE_CALENDAR) <= set(lines) and "SUMMARY:Möte" in lines
    assert "Närvårdspartiet" not in "".join(lines)
    steps.follow(candidate, "Till din ansökan")
    steps.heading(candidate, "Intervju")


def _the_other_is_offered_what_is_left(page: "Page", sent: Sent) -> None:
    page.goto(steps.link_in(steps.newest_mail(page, sent.email, "Välj en tid")))
    steps.open_door(page, sent.email)
    expect(page.get_by_role("radio")).to_have_count(1)
    expect(page.get_by_role("main")).not_to_contain_text(FIRST)


def _the_card_is_filled_and_handed_in(gunnel: "Page", panel: Panel, sent: Sent) -> None:
    gunnel.goto(f"{panel.url}/intervjuer")
    expect(gunnel.get_by_role("main")).to_contain_text(FIRST)
    steps.follow(gunnel, sent.name)
    steps.heading(gunnel, f"Intervju med {sent.name}")
    expect(gunnel.get_by_role("main")).to_contain_text(QUESTION)
    with gunnel.expect_download() as taken:
        steps.follow(gunnel, "Lägg in i kalendern")
    assert set(IN_THE_CALENDAR) <= set(lines_of(taken.value.path().read_bytes()))
    assert small_targets(gunnel, "main .step, main .mini label, main .btn") == []
    _judge_everything(gunnel)
    gunnel.reload()
    expect(gunnel.locator("main input:checked")).to_have_count(5)
    assert steps.scrolls_sideways(gunnel) == 0
    _hand_in_while_the_note_is_on_its_way(gunnel)
    expect(gunnel.get_by_role("main")).to_contain_text("Kortet är inlämnat")
    expect(gunnel.get_by_role("main")).to_contain_text(NOTE)


def _hand_in_while_the_note_is_on_its_way(gunnel: "Page") -> None:
    """A slow connection: the card is handed in when what was typed just before is saved."""
    on_its_way: list[Route] = []
    gunnel.route("**/kort/**", lambda route: on_its_way.append(route))
    gunnel.get_by_role("textbox").first.fill(NOTE)
    steps.press(gunnel, "Lämna in kortet")
    gunnel.wait_for_timeout(300)
    assert len(on_its_way) == 1
    expect(gunnel.get_by_role("main")).not_to_contain_text("Kortet är inlämnat")
    on_its_way[0].continue_()
    gunnel.unroute_all()


def _judge_everything(page: "Page") -> None:
    """Each choice is saved by the click, whichever part of the card it stands in."""
    parts = page.locator("section.part[id^=k-]")
    expect(parts).to_have_count(5)
    for part in parts.all():
        scale = part.locator(".scale label").filter(has_text="Gott")
        (scale if scale.count() else part.get_by_text("Ja", exact=True)).click()
        expect(part.locator("[data-saved]")).to_contain_text("Sparat")


def _it_is_sealed_until_the_other_has_handed_in(elof: "Page", gunnel: "Page", panel: Panel, sent: Sent) -> None:
    elof.goto(f"{panel.url}/intervjuer/{sent.id}")
    expect(elof.get_by_role("main")).not_to_contain_text(NOTE)
    _judge_everything(elof)
    steps.press(elof, "Lämna in kortet")
    expect(elof.get_by_role("main")).to_contain_text(NOTE)
