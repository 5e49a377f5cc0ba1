"""A blind review by clicks: the office covers, an assessor scores code names on a phone, a call opens one name."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.applicants import Sent, send_applications
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.review.panel import CLOSED, Panel
from tests.review.test_masked_for_real import put_letter
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

Open = Callable[..., "Page"]


def test_names_are_covered_until_somebody_is_called(portal: Portal, open_browser: Open) -> None:
    ad = publish_ad(portal.world)
    panel = Panel(portal.world, ad, send_applications(portal.world, ad, 2), portal.set_clock)
    for sent in panel.sent:
        put_letter(panel, sent)
    portal.set_clock(CLOSED)
    office = open_browser(portal.world.kansli, viewport={"width": 1280, "height": 900})
    _a_blind_review_is_chosen(office, panel)
    for sent in panel.sent:
        _the_office_covers(office, panel, sent)
    steps.wait_until(office, f"{panel.url}/maskera", "2 av 2 är klara")
    gunnel = open_browser(portal.world.gunnel, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    code_names = _an_assessor_scores_code_names(gunnel, panel)
    _the_order_is_handed_in(gunnel, panel)
    _a_call_opens_one_name(office, gunnel, panel, code_names)


def _a_blind_review_is_chosen(office: "Page", panel: Panel) -> None:
    office.goto(f"{panel.url}/bedomare")
    office.get_by_role("group", name="Bedömare").get_by_label("Gunnel Sundvall").check()
    office.get_by_role("group", name="Vem leder").get_by_label("Gunnel Sundvall").check()
    office.get_by_label("Sista dag att lämna in").fill("2026-12-17")
    office.locator("[name=blind]").last.check()
    steps.press(office, "Spara bedömarna")
    expect(office.get_by_role("main")).to_contain_text("Bedömarna är sparade.")


def _the_office_covers(office: "Page", panel: Panel, sent: Sent) -> None:
    """Page by page and then the typed texts, from the candidate's line until the page of another is shown."""
    own = f"{panel.url}/maskera/{sent.id}"
    steps.wait_until(office, own, "Fortsätt")
    steps.follow(office, "Fortsätt")
    expect(office.locator("[data-masks] rect")).not_to_have_count(0)  # the machine has found something to cover
    while own in office.url and office.get_by_role("button", name="Godkänn och visa nästa").count():
        for looked in office.get_by_label("Jag har tittat").all():
            looked.check()
        with office.expect_navigation():
            steps.press(office, "Godkänn och visa nästa")


def _an_assessor_scores_code_names(gunnel: "Page", panel: Panel) -> set[str]:
    """Every page of the way is searched for names and addresses. Returns what the candidates are called."""
    gunnel.goto(f"{panel.url}/bedom")
    steps.declare(gunnel)
    heard: set[str] = set()
    while "/bedom/" in gunnel.url:
        heard.add(gunnel.locator(".viewer-head h2").inner_text())
        _nobody_is_named(gunnel, panel)
        dock = gunnel.locator("#dock")
        scale = dock.locator("label[for=step-2]")
        (scale if scale.count() else dock.get_by_text("Ja", exact=True)).click()
        expect(dock.locator("[data-saved]")).to_contain_text("Sparat")
        passed = re.escape(gunnel.url)
        dock.locator("[data-send]").click()
        gunnel.wait_for_url(re.compile(f"^(?!{passed}$)"))
    steps.heading(gunnel, "Din bedömning")
    assert len(heard) == 2
    return heard


def _the_order_is_handed_in(gunnel: "Page", panel: Panel) -> None:
    steps.follow(gunnel, "Till din ordning")
    _nobody_is_named(gunnel, panel)
    steps.press(gunnel, "Spara och gå till inlämning")
    steps.press(gunnel, "Lämna in")
    steps.heading(gunnel, "Du har lämnat in")


def _a_call_opens_one_name(office: "Page", gunnel: "Page", panel: Panel, code_names: set[str]) -> None:
    called, other = panel.sent
    office.goto(f"{panel.url}/sokande/{called.id}")
    steps.press(office, "Kalla till intervju")
    expect(office.get_by_role("main")).to_contain_text("Kallad till intervju")
    gunnel.goto(f"{panel.url}/sokande/{called.id}")
    steps.heading(gunnel, called.name)
    gunnel.goto(f"{panel.url}/sokande/{other.id}")
    expect(gunnel.get_by_role("heading", level=1)).to_have_text(re.compile("|".join(code_names)))
    assert other.name not in gunnel.content() and other.email not in gunnel.content()


def _nobody_is_named(page: "Page", panel: Panel) -> None:
    said = page.content()
    assert not [secret for sent in panel.sent for secret in (sent.name, sent.email) if secret in said], page.url
