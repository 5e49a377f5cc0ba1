"""A small party of two people in all: one at the office and one who assesses alone, and what the pages say that is worth."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from portal import clock, scope
from portal.organisations.models import Membership
from tests.applicants import send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.review.panel import CLOSED, Panel
from tests.review.test_minutes import words_of
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]
OF_MANY = ("Spridning", "spridning", "Schulze", "par för par", "isär", "Oenighet", "oense", "Börja där")


def test_one_who_assesses_alone_is_told_what_that_is_worth(portal: Portal, open_browser: Open) -> None:
    panel = _two_people_in_all(portal)
    office = open_browser(portal.world.kansli, viewport={"width": 1280, "height": 900})
    _the_office_names_the_only_one(office, panel)
    panel.declare(portal.world.gunnel)
    panel.score_all(portal.world.gunnel, {panel.sent[0].id: (3, 2, 3), panel.sent[1].id: (0, 1, 2)})
    gunnel = open_browser(portal.world.gunnel, **steps.PHONE)
    _she_hands_in_from_her_list(gunnel)
    for page in (gunnel, office):
        _the_joint_view_claims_no_more_than_it_knows(page, panel)
    _she_writes_down_what_she_came_to(gunnel, panel)


def _two_people_in_all(portal: Portal) -> Panel:
    """The other assessor has left the party; three candidates of a closed ad."""
    world = portal.world
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[world.elof]).ended_at = clock.now()
    ad = publish_ad(world)
    panel = Panel(world, ad, send_applications(world, ad, 3), portal.set_clock)
    portal.set_clock(CLOSED)
    return panel


def _the_office_names_the_only_one(office: "Page", panel: Panel) -> None:
    office.goto(f"{panel.url}/bedomare")
    expect(office.get_by_role("main")).not_to_contain_text("Elof Rehnström")
    office.get_by_role("group", name="Bedömare").get_by_label("Gunnel Sundvall").check()
    office.get_by_role("group", name="Vem leder").get_by_label("Gunnel Sundvall").check()
    office.get_by_label("Sista dag att lämna in").fill("2026-12-17")
    steps.press(office, "Spara bedömarna")
    expect(office.get_by_role("main")).to_contain_text("Bedömarna är sparade.")


def _she_hands_in_from_her_list(gunnel: "Page") -> None:
    gunnel.goto("/arbete")
    steps.follow(gunnel, "Ordna och lämna in din bedömning")
    steps.press(gunnel, "Spara och gå till inlämning")
    steps.press(gunnel, "Lämna in")
    steps.heading(gunnel, "Du har lämnat in")
    expect(gunnel.get_by_role("main")).to_contain_text("Den gemensamma bilden är öppen.")
    expect(gunnel.get_by_role("main")).not_to_contain_text("Väntar på")
    steps.follow(gunnel, "Gemensam bild")


def _the_joint_view_claims_no_more_than_it_knows(page: "Page", panel: Panel) -> None:
    page.goto(f"{panel.url}/gemensam")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Det här är en persons bedömning.")
    expect(main).to_contain_text("siffrorna säger inte mer än den som satte dem")
    said = str(main.evaluate("e => e.innerHTML"))
    assert [word for word in OF_MANY if word in said] == []
    for one in panel.sent:
        expect(main.get_by_role("table").first).to_contain_text(one.name)
    assert steps.scrolls_sideways(page) == 0


def _she_writes_down_what_she_came_to(gunnel: "Page", panel: Panel) -> None:
    """No meeting to hold: texts, order and minutes all the same."""
    steps.follow(gunnel, "Till mötet")
    expect(gunnel.get_by_role("main")).to_contain_text("En ensam bedömare har ingen att mötas med.")
    steps.press(gunnel, "Starta mötet")
    gunnel.get_by_label("Gunnel Sundvall").check()
    steps.press(gunnel, "Spara närvaron")
    gunnel.locator(".agenda").get_by_role("link", name=panel.sent[0].name).click()
    gunnel.get_by_label(f"Gemensam bedömning av {panel.sent[0].name}").fill("Tydligast av de tre.")
    gunnel.locator("main .over a").click()  # and what was typed goes along
    steps.follow(gunnel, "Sätt ordningen")
    steps.press(gunnel, "Spara och gå tillbaka")
    steps.press(gunnel, "Avsluta mötet")
    with gunnel.expect_download() as taken:
        steps.follow(gunnel, "Protokoll (PDF)")
    minutes = words_of(taken.value.path().read_bytes())
    assert panel.sent[0].name in minutes and "Gunnel Sundvall" in minutes
